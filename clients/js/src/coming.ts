// Commands and frames of the contract, version 1, that protocol.ts does not hold yet.

import type { Chat, Command, Reaction, ReplyTo, ServerFrame } from "./protocol.js";

type Id = { requestId?: string | number };
type InChat = Id & { chatId: string };

type Commands = {
  MARK_READ: InChat & { seq?: number };
  MUTE_CHAT: InChat & { until?: string | null };
};

type Frames = {
  MESSAGE_READ: InChat & { userId: string; seq: number; at: string; readByAllSeq: number; duplicate?: boolean };
  MESSAGE_DELIVERED: InChat & { userId: string; seq: number; at: string };
  CHAT_MUTED: InChat & { muted: boolean; until?: string };
};

type Answers = {
  MARK_READ: "MESSAGE_READ";
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
export type { Chat, Reaction };
