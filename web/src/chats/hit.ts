import type { Message } from "pichat-client";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { bdi, h, sentence } from "../dom.ts";
import { formatBriefly } from "../format.ts";
import { t } from "../i18n.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { isolate } from "../text.ts";

const SNIPPET = 200;

/** A message in a list outside its chat; choosing it shows it there. */
export function messageHit(context: Context, message: Message, chosen: () => void): HTMLElement {
  const chat = context.client.state.rooms.has(message.chatId) ? context.client.chat(message.chatId) : undefined;
  const open = () => {
    chosen();
    context.showMessage(message);
  };
  const where = chat ? t.inChat(isolate(chatTitle(chat))) : t.inAnotherChat;
  return h("button.hit", { type: "button", onclick: open, disabled: !chat },
    h("span.line", {}, h("strong", {}, bdi(message.sender.displayName)), h("small", {}, sentence(where)), h("time", { datetime: message.createdAt }, formatBriefly(message.createdAt))),
    h("span.text", { dir: "auto" }, messageSnippet(message, SNIPPET)));
}
