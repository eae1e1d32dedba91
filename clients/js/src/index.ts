export { Chat, Stream } from "./chat.js";
export { Client, connect, type Events, type Incoming, type Options } from "./client.js";
export type { Status } from "./connection.js";
export type { Login, Session, SessionStore, SignUp } from "./credentials.js";
export { AuthenticationError, Closed, CommandError, ConnectionLost, PichatError, TimedOut } from "./errors.js";
export { newId } from "./ids.js";
export type { Draft, OutboxStore, Pending } from "./outbox.js";
export type { Room } from "./room.js";
export type * from "./protocol.js";
