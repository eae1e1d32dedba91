import type { Chat } from "pichat-client";
import { chatAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { bdi, h, iconButton, sentence } from "../dom.ts";
import { formatBriefly } from "../format.ts";
import { t } from "../i18n.ts";
import { dialogs } from "../lazy.ts";
import { isolate } from "../text.ts";

/** The line above the messages: which chat this is, who is there, and search. */
export class Heading {
  readonly element = h("header.heading");
  readonly #context: Context;
  readonly #back: () => void;
  #drawn = "";

  constructor(context: Context, back: () => void) {
    this.#context = context;
    this.#back = back;
  }

  draw(chat: Chat): void {
    const about = [presence(chat), chat.object.active ? "" : t.archived, chat.object.description ? isolate(chat.object.description) : ""];
    const line = about.filter(Boolean).join(" · ");
    const drawn = JSON.stringify([chat.id, chatTitle(chat), line, chat.object.peer?.status, chat.object.peer?.avatarUrl]);
    // A heading that is rebuilt loses the focus.
    if (this.#drawn === drawn) return;
    this.#drawn = drawn;
    const back = iconButton("back", t.backToChats, this.#back);
    back.classList.add("back");
    const title = h("button.title", { type: "button", title: t.aboutThisChat, onclick: () => dialogs.use(({ chatDetails }) => chatDetails(this.#context, chat)) },
      chatAvatar(chat), h("span.lines", {}, h("strong", {}, bdi(chatTitle(chat))), h("small", {}, sentence(line))));
    const search = iconButton("search", t.searchInThisChat, () => dialogs.use(({ searchMessages }) => searchMessages(this.#context, chat)));
    this.element.replaceChildren(back, h("h2", {}, title), search);
  }
}

function presence(chat: Chat): string {
  const { kind, peer, memberCount } = chat.object;
  if (kind !== "direct") return t.members(memberCount);
  if (!peer) return "";
  return peer.status === "offline" && peer.lastSeenAt ? t.lastSeen(formatBriefly(peer.lastSeenAt)) : t.status[peer.status];
}
