import { Chat } from "./chat.js";
import type { Command, CreateChatCommand, FrameOf, Message, ReplyTo, ServerFrame, SyncedFrame, User } from "./protocol.js";
import { Connection, type Status } from "./connection.js";
import { Credentials, type Session, type Ways } from "./credentials.js";
import { Emitter } from "./emitter.js";
import { Closed, PichatError } from "./errors.js";
import { newId } from "./ids.js";
import { Outbox, type OutboxStore } from "./outbox.js";
import type { Backoff } from "./reconnect.js";
import { Requests, type Asking } from "./requests.js";
import type { Room } from "./room.js";
import { Sequence } from "./sequence.js";
import type { SocketClass } from "./socket.js";
import { State } from "./state.js";

/** How to connect; the ways to authenticate are tried in the order session, token, signUp, login. */
export interface Options extends Ways {
  /** Where: `ws://127.0.0.1:8080/ws`. */
  url: string;
  /** A WebSocket to use instead of the platform's, for instance that of the package `ws`. */
  WebSocket?: SocketClass;
  /** Keeps unsent messages through a restart of the program. */
  outbox?: OutboxStore;
  /** How long to wait between attempts; from half a second to half a minute where it is left out. */
  backoff?: Partial<Backoff>;
  /** How long the server may take to answer a sign of life: ten seconds where it is left out. */
  patienceMs?: number;
}

/** A message that somebody said, told once, whether it came at once or was fetched after a cut. */
export interface Incoming {
  chat: Chat;
  message: Message;
  /** It was said while there was no connection. */
  missed: boolean;
}

/** What can be listened to: every type of frame by its name, and these. */
export type Events = { [T in ServerFrame["type"]]: FrameOf<T> } & {
  /** Every frame. */
  frame: ServerFrame;
  message: Incoming;
  /** The connection comes and goes. */
  status: Status;
  /** Something in these chats changed ("": of the user); comes once for many changes. */
  change: ReadonlySet<string>;
  /** A log-in, a renewal, or (undefined) the end of a session. */
  session: Session | undefined;
  /** An error that belongs to no command. */
  problem: PichatError;
};

const STALE_ONE_BY_ONE = 8;
const FRESH_ATTEMPTS = 5;

/** A user's connection: comes back by itself, and knows what the user can see. */
export class Client extends Emitter<Events> {
  readonly state = new State();
  readonly outbox: Outbox;
  readonly #requests = new Requests();
  readonly #sequence: Sequence;
  readonly #credentials: Credentials;
  readonly #connection: Connection;
  readonly #chats = new Map<string, Chat>();
  #announcing = false;
  #refreshing = false;

  constructor(options: Options) {
    super();
    this.#credentials = new Credentials(options);
    this.outbox = new Outbox((command) => this.command(command), options.outbox, (chatId) => this.touch(chatId));
    this.#sequence = new Sequence(this.state, {
      sync: (chats) => this.#requests.ask({ type: "SYNC", chats }, { urgent: true }) as Promise<SyncedFrame>,
      applied: (frame) => this.#applied(frame),
      caughtUp: (messages) => this.#caughtUp(messages),
    });
    this.#connection = new Connection(options, this.#credentials, {
      requests: this.#requests,
      hear: (frame) => this.#sequence.take(frame),
      catchUp: () => this.#sequence.catchUp(),
      lost: () => this.#lost(),
      status: (status) => this.#statusChanged(status),
      problem: (error) => this.emit("problem", error),
    });
  }

  /** Begins to connect, and goes on until `close`; resolves when everything is there for the first time. */
  start(): Promise<void> {
    return this.#connection.start();
  }

  /** How the connection is. */
  get status(): Status {
    return this.#connection.status;
  }

  /** Who is connected. */
  get me(): User {
    if (!this.state.me) throw new PichatError("there has been no connection yet");
    return this.state.me;
  }

  /** The chats that the user is in. */
  get chats(): Chat[] {
    return [...this.state.rooms.keys()].map((id) => this.#chatOf(id));
  }

  /** A chat that the user is in, by id or `#name`. */
  chat(reference: string): Chat {
    const room = this.state.rooms.get(reference) ?? this.#named(reference);
    if (!room) throw new PichatError(`you are not in the chat ${reference}; join it or have somebody add you`);
    return this.#chatOf(room.id);
  }

  /** What is known of a chat. */
  room(id: string): Room {
    const room = this.state.rooms.get(id);
    if (!room) throw new PichatError(`you are not in the chat ${id} any more`);
    return room;
  }

  /** Sends any command and waits for its reply; waits for the connection first where there is none. */
  command<const C extends Command>(command: C, asking?: Asking): Promise<ReplyTo<C>> {
    return this.#requests.ask(command, asking) as unknown as Promise<ReplyTo<C>>;
  }

  /** Goes into a channel, or finds that one is in. */
  async join(reference: string): Promise<Chat> {
    const joined = await this.command({ type: "JOIN_CHAT", chatId: reference });
    if (!this.state.rooms.has(joined.chatId)) await this.#fetchChat(joined.chatId);
    return this.chat(joined.chatId);
  }

  /** Makes a group or channel. */
  async create(chat: Omit<CreateChatCommand, "type" | "requestId">): Promise<Chat> {
    const made = await this.command({ type: "CREATE_CHAT", id: newId(), ...chat });
    return this.chat(made.chatId);
  }

  /** The direct chat with somebody, by user id or username. */
  async direct(who: string): Promise<Chat> {
    const command = { type: "CREATE_CHAT", kind: "direct", members: [who] } as unknown as CreateChatCommand;
    const made = await this.command(command, { repeatable: true });
    return this.chat(made.chatId);
  }

  /** Ends the session on the server, here and, if wished, everywhere, and closes. */
  async logOut(everywhere = false): Promise<void> {
    await this.command({ type: "LOG_OUT", everywhere });
    this.#credentials.forget();
    this.emit("session", undefined);
    const closed = this.once("status", ({ phase }) => phase === "closed");
    this.close();
    await closed;
  }

  /** Tries at once to come back, or looks whether the connection is still alive. */
  wake(): void {
    this.#connection.wake();
  }

  /** Says goodbye; unsent messages stay where the outbox keeps them. */
  close(): void {
    this.#connection.close();
  }

  /** Something in a chat changed: tells once for all that changes in this turn. */
  touch(chatId: string): void {
    this.state.touched.add(chatId);
    if (this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      const touched = new Set(this.state.touched);
      this.state.touched.clear();
      this.emit("change", touched);
    });
  }

  #applied(frame: ServerFrame): void {
    if (frame.type === "AUTHENTICATED") {
      this.#credentials.accepted(frame);
      this.emit("session", frame);
    }
    this.touch("");
    this.emit("frame", frame);
    this.emit(frame.type, frame as never);
    if (frame.type === "NEW_MESSAGE" && !frame.duplicate) this.#say(frame.message, false);
    void this.#refresh();
  }

  #caughtUp(messages: Message[]): void {
    this.touch("");
    for (const message of messages) this.#say(message, true);
    void this.#refresh();
  }

  #say(message: Message, missed: boolean): void {
    if (this.state.rooms.has(message.chatId)) this.emit("message", { chat: this.#chatOf(message.chatId), message, missed });
  }

  /** Asks anew for what events do not tell: what differs per user. */
  async #refresh(): Promise<void> {
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      for (let attempt = 0; attempt < FRESH_ATTEMPTS && this.#stale().length > 0; attempt++) {
        const stale = this.#stale();
        if (stale.length > STALE_ONE_BY_ONE) await this.#refreshAll();
        else for (const { id } of stale) await this.#fetchChat(id);
      }
    } catch {
      // Asked again with the next change, or after the next connect.
    } finally {
      this.#refreshing = false;
    }
  }

  #stale(): Room[] {
    return [...this.state.rooms.values()].filter((room) => room.stale);
  }

  async #refreshAll(): Promise<void> {
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await this.command({ type: "GET_CHATS", limit: 200, cursor });
      page.chats.forEach((chat) => this.state.refresh(chat));
      cursor = page.nextCursor;
    }
    this.touch("");
  }

  async #fetchChat(chatId: string): Promise<void> {
    const { chat } = await this.command({ type: "GET_CHAT", chatId });
    if (chat.myRole && !this.state.rooms.has(chat.id)) this.state.add(chat);
    this.state.refresh(chat);
    this.touch(chatId);
  }

  #lost(): void {
    this.#requests.lost();
    this.#sequence.lost();
    for (const room of this.state.rooms.values()) {
      room.typing.clear();
      room.streams.clear();
    }
  }

  #statusChanged(status: Status): void {
    if (status.phase === "online") {
      this.outbox.start();
      void this.#refresh();
    }
    if (status.phase === "closed") {
      const error = status.reason ?? new Closed("the client was closed");
      this.#requests.end(error);
      this.outbox.end(error);
    }
    this.emit("status", status);
    this.touch("");
    if (status.phase === "closed") this.endLoops();
  }

  #chatOf(id: string): Chat {
    const chat = this.#chats.get(id) ?? new Chat(this, id);
    this.#chats.set(id, chat);
    return chat;
  }

  #named(reference: string): Room | undefined {
    const name = reference.replace(/^#/, "").toLowerCase();
    const fits = ({ chat }: Room) => chat.kind === "channel" && chat.name.toLowerCase() === name;
    return reference.startsWith("#") ? [...this.state.rooms.values()].find(fits) : undefined;
  }
}

/** Connects, and waits until everything is there. */
export async function connect(options: Options): Promise<Client> {
  const client = new Client(options);
  await client.start();
  return client;
}
