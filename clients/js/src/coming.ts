// Commands and frames of the contract, version 1, that protocol.ts does not hold yet.

import type { Chat, Command, Message, ReplyTo, ServerFrame, User } from "./protocol.js";

type Id = { requestId?: string | number };
type InChat = Id & { chatId: string };
type AboutMessage = InChat & { messageId: string };
type Ticked = InChat & { seq: number; duplicate?: boolean };

export interface Reaction {
  emoji: string;
  count: number;
  userIds: string[];
  me?: boolean;
}

type Commands = {
  SEARCH_MESSAGES: Id & { query: string; chatId?: string; senderId?: string; limit?: number; cursor?: string };
  ADD_REACTION: AboutMessage & { emoji: string };
  REMOVE_REACTION: AboutMessage & { emoji: string };
  MARK_READ: InChat & { seq?: number };
  GET_MENTIONS: Id & { limit?: number; cursor?: string };
  MUTE_CHAT: InChat & { until?: string | null };
};

type Frames = {
  MESSAGE_LIST: Id & { messages: Message[]; nextCursor?: string };
  REACTION_ADDED: Ticked & { messageId: string; emoji: string; user: User; reactions: Reaction[] };
  REACTION_REMOVED: Ticked & { messageId: string; emoji: string; user: User; reactions: Reaction[] };
  MESSAGE_READ: InChat & { userId: string; seq: number; at: string; readByAllSeq: number; duplicate?: boolean };
  MESSAGE_DELIVERED: InChat & { userId: string; seq: number; at: string };
  MENTION: Id & { chatId: string; message: Message };
  CHAT_MUTED: InChat & { muted: boolean; until?: string };
};

type Answers = {
  SEARCH_MESSAGES: "MESSAGE_LIST";
  ADD_REACTION: "REACTION_ADDED";
  REMOVE_REACTION: "REACTION_REMOVED";
  MARK_READ: "MESSAGE_READ";
  GET_MENTIONS: "MESSAGE_LIST";
  MUTE_CHAT: "CHAT_MUTED";
};

type ComingCommand = { [N in keyof Answers]: { type: N } & Commands[N] }[keyof Answers];
type ComingFrame = { [N in keyof Frames]: { type: N } & Frames[N] }[keyof Frames];

/** Everything that a client can send. */
export type AnyCommand = Command | ComingCommand;
/** Everything that the server sends. */
export type AnyFrame = ServerFrame | ComingFrame;
/** The frames of one type. */
export type AnyFrameOf<T extends AnyFrame["type"]> = Extract<AnyFrame, { type: T }>;
/** The reply to a command, if it went well. */
export type AnyReplyTo<C extends AnyCommand> = C extends Command
  ? ReplyTo<C>
  : C["type"] extends keyof Answers
    ? AnyFrameOf<Answers[C["type"]]>
    : never;
export type { Chat };
