import type { Chat, Message } from "pichat-client";
import type { Context } from "../context.ts";
import { dialog } from "../dialog.ts";
import { field, h } from "../dom.ts";
import { t } from "../i18n.ts";
import { refusedText } from "../refused.ts";
import { isolate } from "../text.ts";
import { messageHit } from "./hit.ts";

const PAUSE_MS = 250;
const MOST = 50;

/** Searches messages, in one chat or in all. */
export function searchMessages(context: Context, chat?: Chat): void {
  const results = h("ul.results", { "aria-label": t.results });
  const status = h("p.empty", { role: "status" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const show = (found: readonly Message[], text: string) => {
    results.replaceChildren(...found.map((message) => h("li", {}, messageHit(context, message, () => made.close()))));
    status.textContent = text;
  };
  const search = async () => {
    const query = input.value.trim();
    const number = ++asked;
    if (!query) return show([], "");
    status.textContent = t.searching;
    try {
      const { messages } = await context.client.command({ type: "SEARCH_MESSAGES", query, chatId: chat?.id, limit: MOST });
      // A slow answer must not replace that to a later question.
      if (number === asked) show(messages, messages.length ? t.found(messages.length) : t.nothingFound);
    } catch (error) {
      if (number === asked) show([], refusedText(error));
    }
  };
  const oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), PAUSE_MS);
  };
  const { element, input } = field(chat ? t.searchIn(isolate(chat.name)) : t.searchAllChats, { type: "search", oninput });
  const made = dialog(t.search, element, status, results);
  input.focus();
}
