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
  const open = (chat: Chat | undefined) => {
    if (!chat) return;
    made.close();
    context.open(chat.id);
  };
  const draw = () => {
    list.replaceChildren(...found.map((chat, place) =>
      h("li", { role: "option", id: `switch-${place}`, "aria-selected": String(place === index), onclick: () => open(chat) }, chatAvatar(chat), h("span.lines", {}, bdi(chatTitle(chat))))));
    if (found.length) input.setAttribute("aria-activedescendant", `switch-${index}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[index]?.scrollIntoView({ block: "nearest" });
    empty.hidden = found.length > 0;
  };
  const search = () => {
    found = sortedChats(context, input.value).slice(0, MOST);
    index = 0;
    draw();
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && !event.isComposing) open(found[index]);
    else if (step && found.length) index = (index + step + found.length) % found.length;
    else return;
    event.preventDefault();
    draw();
  };
  const empty = h("p.empty", { role: "status" }, t.noChatOfThatName);
  const input = h("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher", "aria-label": t.goToChat, placeholder: t.goToChat, autocomplete: "off", dir: "auto", oninput: search, onkeydown: key,
  });
  const made = dialog(t.goToChat, input, empty, list);
  made.classList.add("switcher");
  search();
  input.focus();
}
