import type { Message } from "./protocol.js";
import type { Chat } from "./chat.js";
import { PichatError } from "./errors.js";
import { replyId } from "./ids.js";
import type { Draft } from "./outbox.js";

/** A message, reported once whether it arrived as an event or was fetched after a lost connection. */
export interface Incoming {
  chat: Chat;
  message: Message;
  /** It was sent while this client was not connected. */
  missed: boolean;
}

/** The argument of middleware and handlers. */
export interface MessageContext extends Incoming {
  /** Answers in the same chat; the same answer to the same message is stored once, even after a restart. */
  reply(content: string | Omit<Draft, "id">): Promise<Message>;
}

/** Runs around the handlers; without a call of `next` they do not run. */
export type Middleware = (context: MessageContext, next: () => Promise<void>) => unknown;

/** Handles a message; `match` is what the pattern found. */
export type MessageHandler = (context: MessageContext & { match: RegExpMatchArray }) => unknown;

interface Route {
  pattern: RegExp;
  handler: MessageHandler;
}

/** The part of the client that the dispatcher uses. */
export interface DispatcherHost {
  isOwn(message: Message): boolean;
  /** Moves the read position, if the client keeps it there. */
  markHandled?(chat: Chat, seq: number): Promise<unknown>;
  problem(error: PichatError): void;
}

/** Passes messages of others through middleware to handlers; those of one chat one after the other. */
export class Dispatcher {
  readonly #host: DispatcherHost;
  readonly #middleware: Middleware[] = [];
  readonly #routes: Route[] = [];
  readonly #turns = new Map<string, Promise<void>>();
  /** The last handled position of each chat whose mark is being moved. */
  readonly #handled = new Map<string, number>();

  constructor(host: DispatcherHost) {
    this.#host = host;
  }

  use(middleware: Middleware): void {
    this.#middleware.push(middleware);
  }

  route(pattern: RegExp, handler: MessageHandler): () => void {
    const route = { pattern, handler };
    this.#routes.push(route);
    return () => void this.#routes.splice(this.#routes.indexOf(route), 1);
  }

  dispatch(incoming: Incoming): void {
    if (this.#host.isOwn(incoming.message)) return;
    const { id } = incoming.chat;
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(() => this.#handle(incoming));
    this.#turns.set(id, turn);
    void turn.then(() => this.#turns.get(id) === turn && this.#turns.delete(id));
  }

  async #handle({ chat, message, missed }: Incoming): Promise<void> {
    const replies: Promise<Message>[] = [];
    const reply: MessageContext["reply"] = (content) => {
      const draft = typeof content === "string" ? { content } : content;
      const sent = chat.send({ replyTo: message.id, ...draft, id: replyId(message.id, replies.length + 1) });
      replies.push(sent);
      sent.catch(() => {});
      return sent;
    };
    const context = { chat, message, missed, reply };
    try {
      await this.#run(context, 0);
      // A message counts as handled once its answers are stored.
      await Promise.all(replies);
    } catch (cause) {
      const error = cause instanceof PichatError ? cause : new PichatError("a message handler failed", { cause });
      this.#host.problem(error);
    }
    this.#markHandled(chat, message.seq);
  }

  async #run(context: MessageContext, index: number): Promise<void> {
    const middleware = this.#middleware[index];
    if (middleware) return void (await middleware(context, () => this.#run(context, index + 1)));
    for (const { pattern, handler } of [...this.#routes]) {
      // A global pattern would begin where its last match ended.
      pattern.lastIndex = 0;
      const match = pattern.exec(context.message.content);
      if (match) await handler({ ...context, match });
    }
  }

  /** Moves the mark in the background; positions that are handled meanwhile share the next command. */
  #markHandled(chat: Chat, seq: number): void {
    if (!this.#host.markHandled) return;
    const isMoving = this.#handled.has(chat.id);
    this.#handled.set(chat.id, Math.max(seq, this.#handled.get(chat.id) ?? 0));
    if (!isMoving) void this.#moveMark(chat);
  }

  async #moveMark(chat: Chat): Promise<void> {
    for (let moved = 0; moved < this.#handled.get(chat.id)!; ) {
      const seq = this.#handled.get(chat.id)!;
      await this.#host.markHandled?.(chat, seq).catch(() => {});
      moved = seq;
    }
    this.#handled.delete(chat.id);
  }
}
