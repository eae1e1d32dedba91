import type { Synced } from "./additions.js";
import { Chat } from "./chat.js";
import { ServerClock } from "./clock.js";
import type { Ask, CommandOf } from "./commands.js";
import { Connection, type ConnectionOptions, type Status } from "./connection.js";
import { Credentials, type AuthenticationOptions } from "./credentials.js";
import { Dispatcher, type Incoming, type MessageHandler, type Middleware } from "./dispatcher.js";
import type { Divergence } from "./divergence.js";
import { Emitter } from "./emitter.js";
import { Closed, PichatError } from "./errors.js";
import { Expiry } from "./expiry.js";
import { newId } from "./ids.js";
import type { Log } from "./log.js";
import { watchNetwork } from "./network.js";
import { Outbox, type AsyncOutboxStore, type OutboxStore } from "./outbox.js";
import type { Command, CreateChatCommand, FrameOf, Message, ServerFrame, User } from "./protocol.js";
import { Refresher } from "./refresher.js";
import { Requests, type CommandOptions } from "./requests.js";
import type { Room } from "./room.js";
import { Sequence } from "./sequence.js";
import type { Session } from "./session.js";
import { State } from "./state.js";

/** Options of a client. */
export interface Options extends AuthenticationOptions, ConnectionOptions {
  /** Keeps unsent messages across restarts of the program. */
  outbox?: OutboxStore | AsyncOutboxStore;
  /** The number of messages kept per chat unless the user reads further back; 1,000 by default. */
  keepMessages?: number;
  /**
   * For bots: reports unread messages as missed on the first connect, and marks messages as read once their handlers
   * have finished. What was asked while the bot was down is then answered, once.
   */
  replayUnread?: boolean;
  /** Receives the client's log. */
  log?: Log;
}

/** Events by name: every type of frame, and these. */
export type Events = { [T in ServerFrame["type"]]: FrameOf<T> } & {
  /** Every frame. */
  frame: ServerFrame;
  message: Incoming;
  /** The state of the connection changed. */
  status: Status;
  /** These chats changed ("" stands for what belongs to no chat); emitted once for many changes. */
  change: ReadonlySet<string>;
  /** A log-in, a renewal, or the end of a session (undefined). */
  session: Session | undefined;
  /** An error that belongs to no command. */
  problem: PichatError;
  /** A chat differed from the server's, and was repaired; see `pichat-client/verify`. */
  divergence: Divergence;
};

/** A user's connection. It reconnects by itself and keeps the state of everything the user can see. */
export class Client extends Emitter<Events> {
  readonly state: State;
  readonly outbox: Outbox;
  readonly #options: Options;
  readonly #clock = new ServerClock();
  readonly #requests = new Requests();
  readonly #sequence: Sequence;
  readonly #refresher: Refresher;
  readonly #expiry: Expiry;
  readonly #credentials: Credentials;
  readonly #connection: Connection;
  readonly #dispatcher: Dispatcher;
  readonly #chats = new Map<string, Chat>();
  /** Releases what `start` has subscribed to. */
  #release: (() => void)[] = [];
  #isAnnouncing = false;
  /** Ends the dispatching, which begins with the first handler. */
  #dispatching: (() => void) | undefined;
  #wasOnline = false;
  /** Replayed messages that wait for the first listener. */
  #backlog: Incoming[] | undefined;

  constructor(options: Options) {
    super();
    this.#options = options;
    this.#backlog = options.replayUnread ? [] : undefined;
    this.state = new State(options.keepMessages);
    const changed = (chatId: string) => this.touch(chatId);
    const problem = (error: PichatError) => this.emit("problem", error);
    this.outbox = new Outbox(options.outbox, { send: (command) => this.command(command), changed, problem });
    this.#credentials = new Credentials(options, this.#clock);
    this.#refresher = new Refresher(this.state, { ask: this.command, changed });
    this.#expiry = new Expiry(this.state, this.#clock, changed);
    this.#dispatcher = new Dispatcher({
      isOwn: ({ sender }) => sender.id === this.state.me?.id,
      ...(options.replayUnread && { markHandled: (chat: Chat, seq: number) => chat.read(seq) }),
      problem,
    });
    this.#sequence = this.#newSequence();
    this.#connection = this.#newConnection(options);
  }

  /** Starts connecting, and keeps the connection until `close`; resolves once the client is online. */
  start(): Promise<void> {
    const started = new Promise<void>((resolve, reject) => {
      const off = this.on("status", (status) => {
        if (status.phase === "online") resolve();
        else if (status.phase === "closed") reject(status.reason ?? new Closed("the client was closed"));
        else return;
        off();
      });
      if (this.status.phase === "online") resolve();
    });
    if (!this.#release.length) {
      this.#release.push(watchNetwork(() => this.wake()));
      const unsubscribe = this.#options.session?.subscribe?.(() => this.#connection.sessionChanged());
      if (unsubscribe) this.#release.push(unsubscribe);
    }
    this.#connection.start();
    return started;
  }

  /** The state of the connection, with the error that interrupted it. */
  get status(): Status {
    return this.#connection.status;
  }

  /** The failure of the latest attempt to connect; undefined while online. */
  get lastError(): PichatError | undefined {
    return this.#connection.lastError;
  }

  /** The connected user. */
  get me(): User {
    if (!this.state.me) throw new PichatError("not connected yet");
    return this.state.me;
  }

  /** The chats the user is in. */
  get chats(): Chat[] {
    return [...this.state.rooms.keys()].map((id) => this.#chatOf(id));
  }

  /** True while the client is fetching something it knows to be out of date. */
  get isRefreshing(): boolean {
    return this.#refresher.isStale;
  }

  /** A chat the user is in, by id or `#name`. */
  chat(reference: string): Chat {
    const room = this.state.rooms.get(reference) ?? this.#channelNamed(reference) ?? this.room(reference);
    return this.#chatOf(room.id);
  }

  /** The state of a chat. */
  room(id: string): Room {
    const room = this.state.rooms.get(id);
    if (!room) throw new PichatError(`you are not in the chat ${id}: join it`);
    return room;
  }

  /** Sends any command and resolves with its reply; waits for the connection if there is none. */
  readonly command = ((command: Command, options?: CommandOptions) => this.#requests.ask(command, options)) as Ask;

  /** Joins a channel; does nothing if the user is in it. */
  async join(reference: string): Promise<Chat> {
    const joined = await this.command({ type: "JOIN_CHAT", chatId: reference });
    if (!this.state.rooms.has(joined.chatId)) await this.#refresher.addChat(joined.chatId);
    return this.chat(joined.chatId);
  }

  /** Creates a group or channel. */
  async create(chat: Omit<CreateChatCommand, "type" | "requestId">): Promise<Chat> {
    const created = await this.command({ type: "CREATE_CHAT", id: newId(), ...chat });
    return this.chat(created.chatId);
  }

  /** The direct chat with another user, by id or username. */
  async direct(user: string): Promise<Chat> {
    const created = await this.command({ type: "CREATE_CHAT", kind: "direct", members: [user] }, { repeatable: true });
    return this.chat(created.chatId);
  }

  /** Adds middleware around the handlers of `onMessage`; it runs in the order it was added. */
  use(middleware: Middleware): this {
    this.#dispatcher.use(middleware);
    return this;
  }

  /** Handles messages of others that match a pattern; the returned function removes the handler. */
  onMessage(handler: MessageHandler): () => void;
  onMessage(pattern: RegExp, handler: MessageHandler): () => void;
  onMessage(pattern: RegExp | MessageHandler, handler?: MessageHandler): () => void {
    const off = this.#dispatcher.route(handler ? (pattern as RegExp) : /^/, handler ?? (pattern as MessageHandler));
    this.#dispatching ??= this.on("message", (incoming) => this.#dispatcher.dispatch(incoming));
    return off;
  }

  override on<N extends keyof Events>(name: N, listener: (event: Events[N]) => void): () => void {
    if (name === "message" && this.#backlog) queueMicrotask(() => this.#replayBacklog());
    return super.on(name, listener);
  }

  /** Ends the session on the server, here or everywhere, and closes the client. */
  async logOut(everywhere = false): Promise<void> {
    await this.command({ type: "LOG_OUT", everywhere }).catch((error) => {
      // The session may have ended before the reply was sent.
      if ((this.lastError as Closed | undefined)?.closeCode !== 4401) throw error;
    });
    this.#credentials.forget();
    this.emit("session", undefined);
    await this.close();
  }

  /** Reconnects at once, or checks that the connection is alive; browsers' events do this by themselves. */
  wake(): void {
    this.#connection.wake();
  }

  /** Closes the connection; resolves once it is closed and the outbox store has every unsent message. */
  async close(): Promise<void> {
    await this.#connection.close();
    await this.outbox.saved();
  }

  /** Marks a chat as changed; `change` is emitted once for all changes of this turn. */
  touch(chatId: string): void {
    this.state.touched.add(chatId);
    if (this.#isAnnouncing) return;
    this.#isAnnouncing = true;
    queueMicrotask(() => {
      this.#isAnnouncing = false;
      const touched = new Set(this.state.touched);
      this.state.touched.clear();
      for (const id of touched) this.#expiry.watchMute(id);
      this.emit("change", touched);
    });
  }

  #newSequence(): Sequence {
    const sync = (chats: Record<string, number>, cursor: string | undefined) => {
      // A cursor that is undefined is not sent.
      const command = { type: "SYNC", chats, cursor } as CommandOf<"SYNC">;
      return this.#requests.ask(command, { urgent: true }) as Promise<unknown> as Promise<Synced>;
    };
    const host = {
      sync,
      applied: (frame: ServerFrame) => this.#applied(frame),
      caughtUp: (messages: Message[]) => this.#caughtUp(messages),
      lagged: () => this.#refresher.missedPresence(),
      failed: (error: unknown) => this.#connection.restart(error),
    };
    return new Sequence(this.state, host, this.#options.replayUnread === true);
  }

  #newConnection(options: Options): Connection {
    return new Connection(options, this.#credentials, {
      requests: this.#requests,
      clock: this.#clock,
      log: options.log ?? (() => {}),
      receive: (frame, command) => this.#sequence.take(frame, command),
      catchUp: () => this.#sequence.catchUp(),
      lost: () => this.#lost(),
      status: (status) => this.#statusChanged(status),
      problem: (error) => this.emit("problem", error),
    });
  }

  #applied(frame: ServerFrame): void {
    if (frame.type === "AUTHENTICATED") {
      this.#credentials.accepted(frame);
      this.emit("session", frame);
    }
    if (frame.type === "TYPING") this.#expiry.watchTyping(frame);
    this.touch("");
    this.emit("frame", frame);
    this.emit(frame.type, frame as never);
    if (frame.type === "NEW_MESSAGE" && !frame.duplicate) this.#report(frame.message, false);
    void this.#refresher.run();
  }

  #caughtUp(messages: Message[]): void {
    this.touch("");
    for (const message of messages) this.#report(message, true);
    void this.#refresher.run();
  }

  #report(message: Message, missed: boolean): void {
    if (!this.state.rooms.has(message.chatId)) return;
    const incoming = { chat: this.#chatOf(message.chatId), message, missed };
    if (this.#backlog) this.#backlog.push(incoming);
    else this.emit("message", incoming);
  }

  #replayBacklog(): void {
    const backlog = this.#backlog ?? [];
    this.#backlog = undefined;
    for (const incoming of backlog) this.emit("message", incoming);
  }

  #lost(): void {
    this.#requests.lost();
    this.#sequence.lost();
    this.#expiry.clear();
    for (const room of this.state.rooms.values()) {
      room.typing.clear();
      room.streams.clear();
      this.touch(room.id);
    }
  }

  #statusChanged(status: Status): void {
    if (status.phase === "online") this.#cameOnline();
    if (status.phase === "closed") {
      const error = status.reason ?? new Closed("the client was closed");
      this.#requests.end(error);
      this.outbox.end(error);
      this.#expiry.end();
      for (const release of this.#release.splice(0)) release();
    }
    this.emit("status", status);
    this.touch("");
    if (status.phase === "closed") this.endLoops();
  }

  #cameOnline(): void {
    // Servers before 0.3 refuse this and send every change on its own.
    void this.command({ type: "SET_CAPABILITIES", presenceBatches: true }).catch(() => {});
    void this.outbox.start();
    if (this.#wasOnline) this.#refresher.missedPresence();
    this.#wasOnline = true;
    void this.#refresher.run();
  }

  #chatOf(id: string): Chat {
    const chat = this.#chats.get(id) ?? new Chat(this, id);
    this.#chats.set(id, chat);
    return chat;
  }

  #channelNamed(reference: string): Room | undefined {
    const wanted = reference.toLowerCase();
    return [...this.state.rooms.values()].find(({ chat: { kind, name } }) => kind === "channel" && `#${name.toLowerCase()}` === wanted);
  }
}
