import type { Chat as ChatObject, CommandType, Member, Message, Replies, User } from "./protocol.js";
import type { Stream } from "./answer.js";
import type { Ask, CommandOf } from "./commands.js";
import { CommandError, ConnectionFailed } from "./errors.js";
import { newId } from "./ids.js";
import { loadMembers } from "./members.js";
import type { Draft, Outbox, Pending } from "./outbox.js";
import { evict, find, putOlder, type Room } from "./room.js";
import type { State } from "./state.js";
import type { UploadedFile, UploadOptions } from "./upload.js";

type Fields<T extends CommandType> = Omit<CommandOf<T>, "type" | "requestId" | "chatId">;

/** A message with files to upload; `text` is another name of `content`. */
export type DraftWithFiles = Draft & { text?: string; files?: readonly Blob[] };

/** The part of the client that a chat uses. */
export interface ChatHost {
  readonly state: State;
  readonly outbox: Outbox;
  readonly status: { phase: string };
  readonly command: Ask;
  room(id: string): Room;
  touch(chatId: string): void;
  events(name: "message"): AsyncIterable<{ chat: { id: string }; message: Message }>;
}

/** One chat of the user. */
export class Chat {
  readonly id: string;
  readonly #client: ChatHost;

  constructor(client: ChatHost, id: string) {
    this.#client = client;
    this.id = id;
  }

  /** The chat's state; throws once the user is no longer in it. */
  get room(): Room {
    return this.#client.room(this.id);
  }

  /** The chat as the server has it. */
  get object(): ChatObject {
    return this.room.chat;
  }

  /** The chat's name; for a direct chat the name of the other user. */
  get name(): string {
    return this.object.name || (this.object.peer?.displayName ?? "");
  }

  /** The loaded messages, oldest first; `older` loads more. */
  get messages(): readonly Message[] {
    return this.room.messages;
  }

  /** Messages on their way, and those that were refused. */
  get pending(): Pending[] {
    return this.#client.outbox.of(this.id).filter(({ id }) => !this.message(id));
  }

  /** Users who are typing. */
  get typingUsers(): User[] {
    return [...this.room.typing.values()];
  }

  /**
   * Sends a message. It survives lost connections and restarts of the server, and is stored once. `files` are uploaded
   * first.
   */
  send(message: string | DraftWithFiles): Promise<Message> {
    const { text, files, ...rest } = typeof message === "string" ? { text: message } : message;
    const draft: Draft & { id: string } = { ...rest, id: rest.id ?? newId() };
    if (text !== undefined) draft.content = text;
    return files ? import("./upload.js").then((lazy) => lazy.sendFiles(this, draft, files)) : this.#client.outbox.send(this.id, draft);
  }

  /** Uploads a file; send its `id` among the `attachments` of a message within a day. */
  upload(file: Blob, options?: UploadOptions): Promise<UploadedFile> {
    return import("./upload.js").then((lazy) => lazy.uploadFile(this.#client.command, this.id, file, options, CommandError, ConnectionFailed));
  }

  /** Loads the page before the loaded messages; resolves with false once everything is loaded. */
  async older(limit = 50): Promise<boolean> {
    const { from } = this.room;
    if (from <= 1) return false;
    const page = await this.#ask("GET_CHAT_HISTORY", { before: from, limit });
    putOlder(this.room, page);
    this.#client.state.showSenders(page.messages);
    this.#client.touch(this.id);
    return this.room.from > 1;
  }

  /** Drops all but the newest loaded messages; `older` loads them again. */
  forgetOlder(keep: number): void {
    this.room.keep = keep;
    evict(this.room, 0);
    this.#client.touch(this.id);
  }

  /** The message with that id, if it is loaded. */
  message(id: string): Message | undefined {
    return find(this.room, id);
  }

  /** The members by user id; loaded by the first call and kept up to date from then on. */
  async members(): Promise<Map<string, Member>> {
    const { room } = this;
    if (room.members) return room.members;
    const members = await loadMembers(this.#client.state, room, this.#client.command);
    this.#client.touch(this.id);
    return members;
  }

  edit(messageId: string, content: string) {
    return this.#ask("EDIT_MESSAGE", { messageId, content });
  }

  delete(messageId: string, reason?: string) {
    return this.#ask("DELETE_MESSAGE", { messageId, reason });
  }

  react(messageId: string, emoji: string) {
    return this.#ask("ADD_REACTION", { messageId, emoji });
  }

  unreact(messageId: string, emoji: string) {
    return this.#ask("REMOVE_REACTION", { messageId, emoji });
  }

  /** Marks everything as read, or everything up to a position. */
  read(seq?: number) {
    return this.#ask("MARK_READ", { seq });
  }

  /** Marks the chat unread from a message on, for the user alone, until `read` reaches that message. */
  markUnread(seq: number) {
    return this.#ask("MARK_UNREAD", { seq });
  }

  /** Shows the others that the user is typing; does nothing while offline. */
  async typing(typing = true): Promise<void> {
    if (this.#client.status.phase === "online") await this.#ask("SET_TYPING", { typing }).catch(() => {});
  }

  leave() {
    return this.#ask("LEAVE_CHAT", {});
  }

  /** Iterates over the messages sent from now on, including those that are missed during a lost connection. */
  async *incoming(): AsyncGenerator<Message> {
    for await (const { chat, message } of this.#client.events("message")) if (chat.id === this.id) yield message;
  }

  /** Starts an answer that others read while it is written; for bots. */
  async stream(message: { id?: string; role?: "user" | "assistant" | "system"; replyTo?: string } = {}): Promise<Stream> {
    const { messageId } = await this.#ask("START_STREAM", { message });
    const lazy = await import("./answer.js");
    return new lazy.Stream(this.id, messageId, this.#client.command);
  }

  #ask<T extends CommandType>(type: T, fields: Fields<T>): Promise<Replies[T]> {
    // The compiler cannot see that the parts are a command of this type.
    const ask = this.#client.command as (command: unknown) => Promise<unknown>;
    return ask({ type, chatId: this.id, ...fields }) as Promise<Replies[T]>;
  }
}
