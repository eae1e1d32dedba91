import type { Chat, Message } from "pichat-client";
import type { App } from "./app.ts";
import { dialog, field, h } from "./dom.ts";
import { briefly, snippet } from "./text.ts";

const PAUSE_MS = 250;

/** Searches what was said, in one chat or in all. */
export function searchMessages(app: App, chat?: Chat): void {
  const list = h("ul.found", { "aria-label": "Found", "aria-live": "polite" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const draw = async () => {
    const query = input.value.trim();
    const number = ++asked;
    if (!query) return list.replaceChildren();
    const problem = (error: Error) => ({ messages: [] as Message[], problem: error.message.replace(/^[A-Z_]+: /, "") });
    const found = await app.client.command({ type: "SEARCH_MESSAGES", query, chatId: chat?.id, limit: 50 }).catch(problem);
    // An answer that another overtook is old.
    if (number !== asked) return;
    const none = "problem" in found ? (found.problem as string) : "Nothing found.";
    list.replaceChildren(...found.messages.map((message) => row(app, message, () => made.close())));
    if (found.messages.length === 0) list.append(h("li.empty", {}, none));
  };
  const oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), PAUSE_MS);
  };
  const [element, input] = field(chat ? `Search in ${chat.name}` : "Search in all chats", { type: "search", oninput });
  const made = dialog("Search", element, list);
  input.focus();
}

function row(app: App, message: Message, done: () => void): HTMLElement {
  const chat = app.client.state.rooms.has(message.chatId) ? app.client.chat(message.chatId) : undefined;
  const open = () => {
    done();
    app.show(message);
  };
  return h("li", {}, h("button.hit", { type: "button", onclick: open, disabled: !chat },
    h("strong", {}, message.sender.displayName), h("small", {}, ` in ${chat?.name ?? "another chat"}, ${briefly(message.createdAt)}`), h("span", {}, snippet(message.content, 200))));
}
