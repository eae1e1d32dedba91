import type { FrameOf, Message, SendMessageCommand } from "./protocol.js";
import { Closed, CommandError, PichatError } from "./errors.js";

/** A message as the user writes it. */
export type Draft = NonNullable<SendMessageCommand["message"]>;

/** A message on its way. */
export interface Pending {
  /** The message's own id: however often it is sent, it is stored once. */
  readonly id: string;
  readonly chatId: string;
  readonly message: Draft & { id: string };
  readonly createdAt: string;
  /** Set if the server refused it: retry it or drop it. */
  error?: CommandError;
}

/** Keeps unsent messages across restarts of the program. */
export interface OutboxStore {
  load(): Pending[];
  put(pending: Pending): void;
  remove(id: string): void;
}

/** The same for storage that answers later. */
export interface AsyncOutboxStore {
  load(): Promise<Pending[]>;
  put(pending: Pending): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

type AnyStore = OutboxStore | AsyncOutboxStore;

type SendMessage = (command: SendMessageCommand) => Promise<FrameOf<"NEW_MESSAGE">>;

interface Caller {
  resolve(message: Message): void;
  reject(error: PichatError): void;
}

/** The part of the client that the outbox uses. */
export interface OutboxHost {
  send: SendMessage;
  changed(chatId: string): void;
  problem(error: PichatError): void;
}

/** Unsent messages. Those of one chat are sent one after the other, each until the server answers. */
export class Outbox {
  readonly #host: OutboxHost;
  readonly #store: AnyStore | undefined;
  readonly #pending = new Map<string, Pending>();
  readonly #callers = new Map<string, Caller[]>();
  readonly #busy = new Set<string>();
  /** The latest work of an asynchronous store, which begins with loading, and how much of it has not finished. */
  #stored: Promise<unknown> = Promise.resolve();
  #working = 0;
  #ended: PichatError | undefined;

  constructor(store: AnyStore | undefined, host: OutboxHost) {
    this.#host = host;
    this.#store = store;
    const found = store?.load() ?? [];
    if (found instanceof Promise) this.#await(found.then((found) => this.#take(found)));
    else this.#take(found);
  }

  /** Sends what is left from an earlier run. */
  async start(): Promise<void> {
    await this.#stored;
    for (const { chatId } of this.#pending.values()) void this.#work(chatId);
  }

  /** Unsent messages of a chat, oldest first. */
  of(chatId: string): Pending[] {
    return [...this.#pending.values()].filter((pending) => pending.chatId === chatId);
  }

  /**
   * Sends a message in its turn; resolves with the message as the server stored it.
   *
   * A message whose id is on its way already is not sent again: both callers get the one that was stored.
   */
  send(chatId: string, message: Draft & { id: string }): Promise<Message> {
    if (this.#ended) return Promise.reject(this.#ended);
    const sent = new Promise<Message>((resolve, reject) =>
      this.#callers.set(message.id, [...(this.#callers.get(message.id) ?? []), { resolve, reject }]));
    const known = this.#pending.get(message.id);
    if (!known || known.error) {
      const pending: Pending = { id: message.id, chatId, message, createdAt: new Date().toISOString() };
      this.#pending.set(pending.id, pending);
      this.#write((store) => store.put(pending));
      this.#host.changed(chatId);
    }
    void this.#work(chatId);
    return sent;
  }

  /** Sends a refused message again. */
  retry(id: string): void {
    const pending = this.#pending.get(id);
    if (!pending?.error) return;
    delete pending.error;
    this.#host.changed(pending.chatId);
    void this.#work(pending.chatId);
  }

  /** Gives up a refused message. */
  drop(id: string): void {
    const pending = this.#pending.get(id);
    if (pending?.error) this.#forget(pending);
  }

  /** Nothing is sent any more; what is stored stays stored. */
  end(error: PichatError): void {
    this.#ended = error;
    for (const id of this.#callers.keys()) this.#settle(id, (caller) => caller.reject(error));
  }

  /** Resolves once the store has finished everything so far. */
  saved(): Promise<unknown> {
    return this.#stored;
  }

  /** Takes what an earlier run has left: it was written first, even if the user has sent something meanwhile. */
  #take(found: Pending[]): void {
    const newer = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of [...found, ...newer]) this.#pending.set(pending.id, pending);
    for (const { chatId } of found) this.#host.changed(chatId);
  }

  async #work(chatId: string): Promise<void> {
    if (this.#busy.has(chatId)) return;
    this.#busy.add(chatId);
    // What an earlier run has left goes first, and a message must outlive the program before anybody can have seen it.
    await this.#stored;
    for (let next; (next = this.of(chatId).find((pending) => !pending.error)); )
      if (!(await this.#deliver(next))) break;
    this.#busy.delete(chatId);
  }

  /** False if the client was closed, so that there is no point in going on. */
  async #deliver(pending: Pending): Promise<boolean> {
    try {
      const sent = await this.#host.send({ type: "SEND_MESSAGE", chatId: pending.chatId, message: pending.message });
      this.#forget(pending);
      this.#settle(pending.id, (caller) => caller.resolve(sent.message));
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) return !(error instanceof Closed);
      pending.error = error;
      this.#write((store) => store.remove(pending.id));
      this.#host.changed(pending.chatId);
      this.#settle(pending.id, (caller) => caller.reject(error));
      return true;
    }
  }

  #forget(pending: Pending): void {
    this.#pending.delete(pending.id);
    this.#write((store) => store.remove(pending.id));
    this.#host.changed(pending.chatId);
  }

  #settle(id: string, settle: (caller: Caller) => void): void {
    this.#callers.get(id)?.forEach(settle);
    this.#callers.delete(id);
  }

  #write(work: (store: AnyStore) => unknown): void {
    const store = this.#store;
    if (!store) return;
    // A synchronous store has the message before `send` returns; an asynchronous one gets its writes in order.
    const written = this.#working ? this.#stored.then(() => work(store)) : work(store);
    if (written instanceof Promise) this.#await(written);
  }

  #await(work: Promise<unknown>): void {
    this.#working++;
    const failed = (cause: unknown) => this.#host.problem(new PichatError("the outbox store failed", { cause }));
    this.#stored = work.catch(failed).finally(() => this.#working--);
  }
}
