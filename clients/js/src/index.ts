export type { Stream } from "./answer.js";
export { Chat, type DraftWithFiles } from "./chat.js";
export { Client, type Events, type Options } from "./client.js";
export type { Ask, CommandOf } from "./commands.js";
export { connect, type ConnectLimits } from "./connect.js";
export type { ConnectionOptions, Status } from "./connection.js";
export type { AuthenticationOptions, Login, SignUp } from "./credentials.js";
export type { Incoming, MessageContext, MessageHandler, Middleware } from "./dispatcher.js";
export {
  AuthenticationError, Closed, CommandError, ConnectionFailed, ConnectionLost, PichatError, TimedOut,
} from "./errors.js";
export { newId } from "./ids.js";
export type { AsyncKeyValueStore, KeyValueStore } from "./lock.js";
export type { Log, LogEntry } from "./log.js";
export type { AsyncOutboxStore, Draft, OutboxStore, Pending } from "./outbox.js";
export type { CommandOptions } from "./requests.js";
export type { Room } from "./room.js";
export { sharedSession, type AsyncSessionStore, type Session, type SessionStore, type SharedSessionOptions } from "./session.js";
export { followStream, type StreamedText } from "./streaming.js";
export type { UploadedFile, UploadOptions } from "./upload.js";
export type * from "./protocol.js";
