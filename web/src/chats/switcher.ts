import type { Chat } from "pichat-client";
import { chatAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { dialog } from "../dialog.ts";
import { bdi, h } from "../dom.ts";
import { t } from "../i18n.ts";
import { sortedChats } from "./order.ts";

const MOST = 12;

/** Finds a chat by typing: arrows choose, Enter opens, Escape leaves everything as it was. */
export function chatSwitcher(context: Context): void {
  if (document.querySelector("dialog.switcher")) return;
  let found: Chat[] = [];
  let index = 0;
  const list = h("ul.options", { id: "switcher", role: "listbox", "aria-label": t.chats });
  /** Enter was pressed before there was anything to open. */
  let isWanted = false;
  const open = (chat: Chat | undefined): false => {
    if (chat) {
      made.close();
      context.open(chat.id);
    }
    return false;
  };
  const draw = () => {
    list.replaceChildren(...found.map((chat, place) =>
      h("li", { role: "option", id: `switch-${place}`, "aria-selected": String(place === index), onclick: () => open(chat) }, chatAvatar(chat), h("span.lines", {}, bdi(chatTitle(chat))))));
    if (found.length) input.setAttribute("aria-activedescendant", `switch-${index}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[index]?.scrollIntoView({ block: "nearest" });
    empty.hidden = found.length > 0;
    empty.textContent = context.isLoaded ? t.noChatOfThatName : t.loading;
  };
  const search = () => {
    isWanted = false;
    find();
  };
  const find = () => {
    found = sortedChats(context, input.value).slice(0, MOST);
    index = 0;
    draw();
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && !event.isComposing) isWanted = !context.isLoaded || open(found[index]);
    else if (step && found.length) index = (index + step + found.length) % found.length;
    else return;
    event.preventDefault();
    draw();
  };
  const empty = h("p.empty", { role: "status" });
  const input = h("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher", "aria-label": t.goToChat, placeholder: t.goToChat, autocomplete: "off", dir: "auto", oninput: search, onkeydown: key,
  });
  const made = dialog(t.goToChat, input, empty, list);
  made.classList.add("switcher");
  let wasLoaded = context.isLoaded;
  const loaded = () => {
    if (wasLoaded || !context.isLoaded) return;
    wasLoaded = true;
    find();
    if (isWanted) open(found[index]);
  };
  made.addEventListener("close", context.client.on("change", loaded));
  search();
  input.focus();
}
