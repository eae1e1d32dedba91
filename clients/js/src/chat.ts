import type { Chat as ChatObject, Command, FrameOf, Member, Message, ReplyTo, User } from "./protocol.js";
import type { Client, Incoming } from "./client.js";
import { newId } from "./ids.js";
import type { Draft, Pending } from "./outbox.js";
import { find, putOlder, type Room } from "./room.js";

type CommandOf<C extends Command["type"]> = Extract<Command, { type: C }>;
type About<C extends Command["type"]> = Omit<CommandOf<C>, "type" | "requestId" | "chatId">;

/** One chat of the user. */
export class Chat {
  readonly id: string;
  readonly #client: Client;

  constructor(client: Client, id: string) {
    [this.#client, this.id] = [client, id];
  }

  /** What is known of it; throws once the user is no longer in. */
  get room(): Room {
    return this.#client.room(this.id);
  }

  /** The chat as the server has it. */
  get object(): ChatObject {
    return this.room.chat;
  }

  /** Its name; of a direct chat the other's. */
  get name(): string {
    return this.object.name || (this.object.peer?.displayName ?? "");
  }

  /** The messages that are loaded, oldest first; `older` loads more. */
  get messages(): readonly Message[] {
    return this.room.messages;
  }

  /** Messages on their way, and those that were refused. */
  get pending(): Pending[] {
    const there = new Set(this.room.messages.map(({ id }) => id));
    return this.#client.outbox.of(this.id).filter(({ id }) => !there.has(id));
  }

  /** Who is typing. */
  get typingUsers(): User[] {
    return [...this.room.typing.values()];
  }

  /** Says something; waits through cuts and restarts, and is there once. */
  send(what: string | Draft): Promise<Message> {
    const draft = typeof what === "string" ? { content: what } : what;
    return this.#client.outbox.send(this.id, { ...draft, id: draft.id ?? newId() });
  }

  /** Loads the page before what is loaded; says whether there is more. */
  async older(limit = 50): Promise<boolean> {
    const { from } = this.room;
    if (from <= 1) return false;
    const page = await this.#ask("GET_CHAT_HISTORY", { before: from, limit });
    putOlder(this.room, page as FrameOf<"CHAT_HISTORY">);
    this.#client.touch(this.id);
    return this.room.from > 1;
  }

  /** The message with that id, if it is loaded. */
  message(id: string): Message | undefined {
    return find(this.room, id);
  }

  /** Its members; kept up to date from the first call on. */
  async members(): Promise<Map<string, Member>> {
    if (this.room.members) return this.room.members;
    const found = new Map<string, Member>();
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await this.#ask("GET_MEMBERS", { limit: 200, cursor });
      for (const member of page.members) found.set(member.user.id, member);
      cursor = page.nextCursor;
    }
    this.room.members = found;
    this.#client.touch(this.id);
    return found;
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

  /** Tells that the user is typing; nothing is told while there is no connection. */
  async typing(typing = true): Promise<void> {
    if (this.#client.status.phase === "online") await this.#ask("SET_TYPING", { typing }).catch(() => {});
  }

  /** Goes out of it. */
  leave() {
    return this.#ask("LEAVE_CHAT", {});
  }

  /** What is said in it from now on, what was missed in between included. */
  async *incoming(): AsyncGenerator<Message> {
    for await (const { chat, message } of this.#client.events("message") as AsyncIterable<Incoming>)
      if (chat.id === this.id) yield message;
  }

  /** Begins an answer that appears bit by bit; for bots. */
  async stream(message: { id?: string; role?: "user" | "assistant" | "system"; replyTo?: string } = {}): Promise<Stream> {
    const { messageId } = await this.#ask("START_STREAM", { message });
    return new Stream(this, messageId, (command) => this.#client.command(command));
  }

  #ask<C extends Command["type"]>(type: C, fields: About<C>): Promise<ReplyTo<CommandOf<C>>> {
    const command = { type, chatId: this.id, ...fields } as unknown as CommandOf<C>;
    return this.#client.command<CommandOf<C>>(command) as unknown as Promise<ReplyTo<CommandOf<C>>>;
  }
}

/** An answer that appears bit by bit. */
export class Stream {
  readonly id: string;
  readonly #chat: Chat;
  readonly #ask: <C extends Command>(command: C) => Promise<ReplyTo<C>>;

  constructor(chat: Chat, id: string, ask: <C extends Command>(command: C) => Promise<ReplyTo<C>>) {
    [this.#chat, this.id, this.#ask] = [chat, id, ask];
  }

  /** Adds to it. */
  async write(content: string): Promise<void> {
    await this.#ask({ type: "APPEND_STREAM", chatId: this.#chat.id, messageId: this.id, content });
  }

  /** Ends it; the whole becomes a message. */
  async end(content?: string): Promise<Message> {
    return (await this.#ask({ type: "END_STREAM", chatId: this.#chat.id, messageId: this.id, content })).message;
  }
}
