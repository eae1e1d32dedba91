import type { Chat } from "pichat-client";
import { chatAvatar, userAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { bdi, h, iconButton, sentence } from "../dom.ts";
import { formatBriefly, formatNumber } from "../format.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { dialogs } from "../lazy.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { placeChildren } from "../place.ts";
import type { ShellPage } from "../shell/handover.ts";
import { chatsSkeleton, nameSkeleton } from "../skeletons.ts";
import { replaceField } from "../takeover.ts";
import { isolate, snippet } from "../text.ts";
import { sortedChats } from "./order.ts";

const SNIPPET = 70;

interface Row {
  element: HTMLLIElement;
  drawn: string;
}

/** The user's chats, the latest activity first, and the way to everything that is not in a chat. */
export class Sidebar {
  readonly element: HTMLElement;
  readonly #context: Context;
  readonly #list = h("ul.chats", { "aria-label": t.chats });
  readonly #me = h("button.me", { type: "button", title: t.settings, onclick: () => dialogs.use(({ settingsDialog }) => settingsDialog(this.#context)) });
  #drawnMe = "";
  readonly #mentions: HTMLButtonElement;
  readonly #mentionCount = h("span.badge.mention-badge", { hidden: true });
  readonly #filter: HTMLInputElement;
  readonly #rows = new Map<string, Row>();
  /** Until the first answer of the server nothing can be said about the chats. */
  #loaded = false;
  /** Enter was pressed in the filter before there was anything to open. */
  #isFirstWanted = false;

  constructor(context: Context) {
    this.#context = context;
    this.#filter = h("input", {
      type: "search", placeholder: t.filterChats, "aria-label": t.filterChats, dir: "auto", oninput: () => this.draw(), onkeydown: (event) => this.#filterKey(event),
    });
    this.#mentions = iconButton("at", t.mentions, () => dialogs.use(({ mentionsInbox }) => mentionsInbox(context)));
    this.#mentions.append(this.#mentionCount);
    const buttons = [this.#mentions, iconButton("search", t.searchMessages, () => dialogs.use(({ searchMessages }) => searchMessages(context))), iconButton("plus", t.newChat, () => dialogs.use(({ newChat }) => newChat(context)))];
    this.#list.addEventListener("keydown", (event) => this.#listKey(event));
    this.element = h("nav.sidebar", { "aria-label": t.chats }, h("header", {}, this.#me, ...buttons), this.#filter, this.#list);
  }

  /** Goes on with what was typed into the filter before the scripts were there. */
  adopt({ sidebar, filter, isFirstWanted }: ShellPage): void {
    replaceField(filter, this.#filter, () => sidebar.replaceWith(this.element));
    this.#isFirstWanted = isFirstWanted;
    this.draw();
    if (this.#loaded && isFirstWanted) this.#openFirst();
  }

  /** The first answer has come. */
  loaded(): void {
    this.#loaded = true;
    this.draw();
    if (this.#isFirstWanted) this.#openFirst();
  }

  draw(): void {
    this.#drawMe();
    if (!this.#loaded) return this.#list.replaceChildren(...chatsSkeleton());
    const chats = sortedChats(this.#context, this.#filter.value);
    const wanted: HTMLElement[] = chats.map((chat) => this.#row(chat));
    if (wanted.length === 0) wanted.push(this.#empty());
    placeChildren(this.#list, wanted);
    const mentions = this.#context.client.chats.reduce((sum, { object }) => sum + (object.mentionCount ?? 0), 0);
    this.#mentionCount.hidden = mentions === 0;
    this.#mentionCount.textContent = formatNumber(mentions);
    this.#mentions.setAttribute("aria-label", mentions ? `${t.mentions}, ${t.mentionCount(mentions)}` : t.mentions);
  }

  #drawMe(): void {
    const { me } = this.#context.client.state;
    // A click is lost if what was pressed is gone when it is released, so only a change is drawn.
    const drawn = JSON.stringify(me ?? null);
    if (drawn === this.#drawnMe) return;
    this.#drawnMe = drawn;
    this.#me.disabled = !me;
    if (!me) return this.#me.replaceChildren(...nameSkeleton());
    this.#me.replaceChildren(userAvatar(me, me.status), h("span.lines", {}, h("strong", {}, bdi(me.displayName)), h("small", {}, bdi(`@${me.username}`))));
  }

  #empty(): HTMLElement {
    const filtered = this.#filter.value.trim() !== "";
    return h("li.empty", {}, filtered ? t.noChatOfThatName : t.noChatsYet, !filtered && h("button.primary", { type: "button", onclick: () => dialogs.use(({ newChat }) => newChat(this.#context)) }, t.startAChat));
  }

  #row(chat: Chat): HTMLLIElement {
    const { object } = chat;
    const open = chat.id === this.#context.chat?.id;
    const line = this.#line(chat);
    const drawn = JSON.stringify([chatTitle(chat), line, object.unreadCount, object.mentionCount, this.#context.wishes.isMuted(chat), open, chat.pending.length, object.peer?.status, object.peer?.avatarUrl, object.lastMessage?.createdAt]);
    const known = this.#rows.get(chat.id);
    if (known?.drawn === drawn) return known.element;
    const element = known?.element ?? h("li");
    const focused = element.contains(document.activeElement);
    element.replaceChildren(this.#button(chat, open, line));
    if (focused) element.querySelector("button")!.focus({ preventScroll: true });
    this.#rows.set(chat.id, { element, drawn });
    return element;
  }

  /** The second line: who is typing, else the last message, else what the chat is about. */
  #line(chat: Chat): string {
    const [typing] = chat.typingUsers;
    if (typing) return t.typing(isolate(typing.displayName), 1);
    const { lastMessage, description, kind } = chat.object;
    if (!lastMessage) return description ? isolate(snippet(description, SNIPPET)) : t.noMessagesYet;
    const text = isolate(messageSnippet(lastMessage, SNIPPET) || t.attachment);
    if (lastMessage.sender.id === this.#context.client.state.me?.id) return t.says(t.you, text);
    return kind === "direct" ? text : t.says(isolate(lastMessage.sender.displayName), text);
  }

  #button(chat: Chat, open: boolean, line: string): HTMLElement {
    const { unreadCount = 0, mentionCount = 0, lastMessage } = chat.object;
    const muted = this.#context.wishes.isMuted(chat);
    const unsent = chat.pending.length;
    return h("button.chat", { type: "button", "aria-current": open ? "true" : undefined, onclick: () => this.#context.open(chat.id), "data-chat": chat.id },
      chatAvatar(chat),
      h("span.lines", {}, h(unreadCount && !muted ? "strong.name.unread" : "strong.name", {}, bdi(chatTitle(chat))), h("small", {}, sentence(line))),
      h("span.side", {},
        h("span.top", {}, muted && h("span.quiet", { role: "img", "aria-label": t.muted, title: t.muted }, icon("muted")),
          lastMessage && h("time", { datetime: lastMessage.createdAt }, formatBriefly(lastMessage.createdAt))),
        h("span.badges", {},
          unsent > 0 && h("span.unsent", { role: "img", "aria-label": t.unsent(unsent), title: t.unsent(unsent) }, icon("clock")),
          mentionCount > 0 && h("span.badge.mention-badge", { role: "img", dir: "ltr", "aria-label": t.mentionCount(mentionCount), title: t.mentionCount(mentionCount) }, `@${formatNumber(mentionCount)}`),
          unreadCount > 0 && h(muted ? "span.badge.muted" : "span.badge", { role: "img", "aria-label": t.unreadCount(unreadCount), title: t.unreadCount(unreadCount) }, formatNumber(unreadCount)))));
  }

  #filterKey(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") {
      this.#list.querySelector("button")?.focus();
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (this.#loaded) this.#openFirst();
      else this.#isFirstWanted = true;
    } else if (event.key === "Escape") this.#clear();
    else this.#isFirstWanted = false;
  }

  #openFirst(): void {
    const [first] = sortedChats(this.#context, this.#filter.value);
    if (!first) return;
    this.#clear();
    this.#filter.blur();
    this.#context.open(first.id);
  }

  #clear(): void {
    this.#isFirstWanted = false;
    this.#filter.value = "";
    this.draw();
  }

  #listKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey) return;
    const buttons = [...this.#list.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
    (next ?? (step < 0 ? this.#filter : undefined))?.focus();
    event.preventDefault();
  }
}
