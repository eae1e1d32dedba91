import type { Incoming } from "pichat-client";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";
import { t } from "./i18n.ts";
import { messageSnippet } from "./markdown/plain.ts";
import { isolate } from "./text.ts";

const MOST_CHARACTERS = 300;

/** Reads new messages of the open chat to screen readers: who wrote, and what. */
export class Announcer {
  readonly element = h("div.visually-hidden", { role: "status", "aria-live": "polite" });
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    context.client.on("message", (incoming) => this.#arrived(incoming));
  }

  #arrived({ chat, message, missed }: Incoming): void {
    if (missed || chat.id !== this.#context.chat?.id || message.sender.id === this.#context.client.me.id) return;
    this.element.textContent = t.says(isolate(message.sender.displayName), isolate(messageSnippet(message, MOST_CHARACTERS) || t.attachment));
  }
}
