import type { Ask } from "./commands.js";
import type { Message } from "./protocol.js";

/** An answer that is being written. */
export class Stream {
  readonly id: string;
  readonly #chatId: string;
  readonly #ask: Ask;

  constructor(chatId: string, id: string, ask: Ask) {
    this.#chatId = chatId;
    this.id = id;
    this.#ask = ask;
  }

  /** Appends text. */
  async write(content: string): Promise<void> {
    await this.#ask({ type: "APPEND_STREAM", chatId: this.#chatId, messageId: this.id, content });
  }

  /** Ends the stream; the whole text becomes a message. Without any text there is none, and the stream is just over. */
  async end(content?: string): Promise<Message | undefined> {
    const reply: { message?: Message } = await this.#ask({ type: "END_STREAM", chatId: this.#chatId, messageId: this.id, content });
    return reply.message;
  }
}
