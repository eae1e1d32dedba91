// Fields that servers send from version 0.2 on. From an earlier server they are absent, and the client asks instead.

import type { Chat, Message, StreamedMessage, SyncedFrame, User } from "./protocol.js";

/** The part of a chat that differs from user to user. */
export type Viewer = Partial<
  Pick<Chat, "myRole" | "unreadCount" | "mentionCount" | "readSeq" | "unreadFromSeq" | "muted" | "mutedUntil">
>;

/** A user; of two versions of the same user the higher is the newer. */
export type VersionedUser = User & { version?: number; deleted?: boolean };

/** The changes in one chat. */
export type SyncedChat = SyncedFrame["chats"][number] & { viewer?: Viewer; membersTruncated?: boolean };

/** A chat that is new to the client. */
export type NewChat = Chat & { streams?: StreamedMessage[] };

/** The reply to SYNC. */
export type Synced = Omit<SyncedFrame, "chats" | "newChats"> & {
  chats: SyncedChat[];
  newChats: NewChat[];
  cursor?: string;
  users?: VersionedUser[];
  settings?: Record<string, unknown>;
  streams?: StreamedMessage[];
  pending?: string[];
};

/** A message that is being streamed; `nextIndex` is the index of the first chunk it lacks. */
export type StreamState = Message & { nextIndex?: number };
