import type { FrameOf, Message, SendMessageCommand } from "./protocol.js";
import { Closed, CommandError, PichatError } from "./errors.js";

/** What one can say. */
export type Draft = NonNullable<SendMessageCommand["message"]>;

/** A message that is on its way. */
export interface Pending {
  /** The message's own id: it is sent with it as often as needed and is there once. */
  readonly id: string;
  readonly chatId: string;
  readonly message: Draft & { id: string };
  readonly createdAt: string;
  /** Set where the server refused it: send it again or drop it. */
  error?: CommandError;
}

/** Keeps unsent messages through a restart of the program. */
export interface OutboxStore {
  load(): Pending[];
  put(pending: Pending): void;
  remove(id: string): void;
}

type Sent = FrameOf<"NEW_MESSAGE">;
type Ask = (command: SendMessageCommand) => Promise<Sent>;
interface Caller {
  resolve(message: Message): void;
  reject(error: PichatError): void;
}

/** Unsent messages: one of a chat after the other, each until there is an answer. */
export class Outbox {
  readonly #ask: Ask;
  readonly #store: OutboxStore | undefined;
  readonly #changed: (chatId: string) => void;
  readonly #pending = new Map<string, Pending>();
  readonly #callers = new Map<string, Caller>();
  readonly #busy = new Set<string>();

  constructor(ask: Ask, store: OutboxStore | undefined, changed: (chatId: string) => void) {
    [this.#ask, this.#store, this.#changed] = [ask, store, changed];
    for (const pending of store?.load() ?? []) this.#pending.set(pending.id, pending);
  }

  /** Sends what is left from before. */
  start(): void {
    for (const { chatId } of this.#pending.values()) void this.#work(chatId);
  }

  /** What is unsent in a chat, oldest first. */
  of(chatId: string): Pending[] {
    return [...this.#pending.values()].filter((pending) => pending.chatId === chatId);
  }

  /** Sends a message when its turn has come; gives it as the server has it. */
  send(chatId: string, message: Draft & { id: string }): Promise<Message> {
    const pending: Pending = { id: message.id, chatId, message, createdAt: new Date().toISOString() };
    const sent = new Promise<Message>((resolve, reject) => this.#callers.set(pending.id, { resolve, reject }));
    this.#pending.set(pending.id, pending);
    this.#store?.put(pending);
    this.#changed(chatId);
    void this.#work(chatId);
    return sent;
  }

  /** Sends a refused message once more. */
  retry(id: string): void {
    const pending = this.#pending.get(id);
    if (!pending?.error) return;
    delete pending.error;
    this.#changed(pending.chatId);
    void this.#work(pending.chatId);
  }

  /** Gives a message up that was refused. */
  drop(id: string): void {
    const pending = this.#pending.get(id);
    if (pending?.error) this.#forget(pending);
  }

  /** Nothing will be sent any more; what is stored stays stored. */
  end(error: PichatError): void {
    for (const caller of this.#callers.values()) caller.reject(error);
    this.#callers.clear();
  }

  async #work(chatId: string): Promise<void> {
    if (this.#busy.has(chatId)) return;
    this.#busy.add(chatId);
    for (let next; (next = this.of(chatId).find((pending) => !pending.error)); )
      if (!(await this.#deliver(next))) break;
    this.#busy.delete(chatId);
  }

  /** Says false where there is no use in going on. */
  async #deliver(pending: Pending): Promise<boolean> {
    const caller = this.#callers.get(pending.id);
    try {
      const sent = await this.#ask({ type: "SEND_MESSAGE", chatId: pending.chatId, message: pending.message });
      this.#forget(pending);
      caller?.resolve(sent.message);
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) return error instanceof Closed ? false : true;
      pending.error = error;
      this.#callers.delete(pending.id);
      this.#store?.remove(pending.id);
      this.#changed(pending.chatId);
      caller?.reject(error);
      return true;
    }
  }

  #forget(pending: Pending): void {
    this.#pending.delete(pending.id);
    this.#callers.delete(pending.id);
    this.#store?.remove(pending.id);
    this.#changed(pending.chatId);
  }
}
