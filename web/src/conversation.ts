import type { Message } from "pichat-client";
import { ChannelPreview } from "./chats/preview.ts";
import { Heading } from "./chats/heading.ts";
import type { Composer } from "./composer/composer.ts";
import { chatTitle, type Context } from "./context.ts";
import { toast } from "./dialog.ts";
import { h, sentence } from "./dom.ts";
import { acceptDrops } from "./files/dropping.ts";
import { isPicture } from "./files/kinds.ts";
import { formatList, formatNumber } from "./format.ts";
import { t } from "./i18n.ts";
import { icon } from "./icons.ts";
import { dialogs } from "./lazy.ts";
import { MessageActions } from "./messages/actions.ts";
import { Timeline } from "./messages/timeline.ts";
import type { Notices } from "./notices.ts";
import type { Route } from "./router.ts";
import type { ShellComposer } from "./shell/handover.ts";
import { lastChat } from "./storage.ts";
import { isolate } from "./text.ts";

/** Events that the surrounding page handles. */
export interface ConversationEvents {
  back(): void;
}

/** The open chat: its heading, messages and composer; or what stands in its place. */
export class Conversation {
  readonly element: HTMLElement;
  readonly timeline: Timeline;
  readonly #context: Context;
  readonly #composer: Composer;
  readonly #actions: MessageActions;
  readonly #heading: Heading;
  readonly #preview: ChannelPreview;
  readonly #typing = h("div.typing");
  readonly #count = h("span.badge", { hidden: true });
  readonly #jump = h("button.jump", { type: "button", hidden: true, onclick: () => this.timeline.toEnd() }, icon("down"), this.#count);
  /** The reply that "Back to the reply" leads to, after a jump to the message it answers. */
  #returnTo: string | undefined;
  readonly #return = h("button.return", { type: "button", hidden: true, onclick: () => this.#goBack() }, icon("reply"), t.backToReply);

  constructor(context: Context, composer: Composer, notices: Notices, events: ConversationEvents) {
    this.#context = context;
    this.#composer = composer;
    this.#actions = new MessageActions(context, composer, () => this.timeline);
    this.#heading = new Heading(context, events.back);
    this.#preview = new ChannelPreview(context, events.back);
    this.timeline = new Timeline(context, notices, { moved: () => this.#drawJump(), takeBack: (pending) => this.#takeBack(pending.id) });
    composer.onEditLast = () => this.#editLast();
    composer.onSent = () => this.timeline.toEnd();
    this.#listen();
    const stage = h("div.stage", {}, this.timeline.element, this.#return, this.#jump);
    // Closed until the first chat is opened: a text typed before that would be lost.
    this.element = h("section.conversation.closed", {}, this.#heading.element, stage, this.#typing, composer.element, this.#preview.element);
    acceptDrops(this.element, () => composer.isOpen, (files) => composer.attach(files));
  }

  /** True if messages are shown rather than the preview. */
  get showsChat(): boolean {
    return !this.element.classList.contains("closed");
  }

  /** Takes the place of the shell's conversation, with what was typed into it. */
  adopt(typed: ShellComposer, replace: () => void): void {
    this.#composer.adopt(typed, replace);
    this.timeline.draw();
  }

  /** Opens what the address names. */
  open(route: Route): void {
    const { chat } = this.#context;
    const hasFocus = this.element.contains(document.activeElement);
    this.element.classList.toggle("closed", !chat);
    this.#actions.hide();
    this.#setReturn(undefined);
    this.#composer.open(chat);
    if (chat) lastChat.set({ id: chat.id, title: chatTitle(chat) });
    void this.timeline.open(chat, route.messageId).then((found) => found || toast(t.messageNotFound));
    this.#preview.open(chat ? "" : route.chatId);
    this.draw();
    // What had it is hidden with the chat.
    if (!chat && hasFocus) this.#preview.element.focus();
    if (chat && window.matchMedia("(hover: hover)").matches && !this.#isTypingElsewhere) this.#composer.focus();
  }

  /** The chats have been fetched anew: shows the open one as it is now, and leaves alone what is being written. */
  refresh(route: Route): void {
    const { chat } = this.#context;
    if (!chat || !this.showsChat) return this.open(route);
    void chat.members().catch(() => {});
    if (chat.messages.length === 0) void this.timeline.open(chat, route.messageId);
    this.draw();
  }

  /** A chat that opens by itself must not take over what is being typed into another field. */
  get #isTypingElsewhere(): boolean {
    const { activeElement } = document;
    return activeElement?.matches("input, textarea, select") === true && !this.element.contains(activeElement);
  }

  /** Draws what changed. */
  draw(): void {
    const { chat } = this.#context;
    this.element.classList.toggle("closed", !chat);
    if (!chat) return this.#preview.draw();
    this.#heading.draw(chat);
    this.#composer.draw(chat);
    const names = chat.typingUsers.map(({ displayName }) => isolate(displayName));
    this.#typing.replaceChildren(sentence(names.length ? t.typing(formatList(names), names.length) : ""));
    this.timeline.draw();
  }

  /** Shows a message of the open chat. */
  async show(id: string): Promise<void> {
    if (!(await this.timeline.reveal(id))) toast(t.messageNotFound);
  }

  #listen(): void {
    const { list } = this.timeline;
    const point = (event: Event) => this.#point(event.target);
    list.addEventListener("mouseover", point);
    list.addEventListener("focusin", point);
    list.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("click", (event) => this.#clicked(event));
  }

  #message(row: HTMLElement | null): Message | undefined {
    return row ? this.#context.chat?.message(row.dataset.id!) : undefined;
  }

  #point(target: EventTarget | null): void {
    if (!window.matchMedia("(hover: hover)").matches) return;
    const row = this.timeline.rowOf(target);
    const message = this.#message(row);
    if (row && message && !message.deletedAt) this.#actions.showToolbar(row, message);
  }

  #clicked(event: MouseEvent): void {
    const { chat } = this.#context;
    const target = event.target as Element;
    const row = this.timeline.rowOf(target);
    if (!chat || !row) return;
    const part = target.closest<HTMLElement>("[data-quote], [data-emoji], [data-stop], [data-user], [data-mention], [data-picture]");
    const { quote, emoji, stop, user, mention, picture } = part?.dataset ?? {};
    if (quote) void this.#showQuoted(quote, row.dataset.id!);
    else if (emoji) this.#actions.react(chat.message(row.dataset.id!), emoji);
    else if (stop !== undefined) this.#context.client.command({ type: "STOP_STREAM", chatId: chat.id, messageId: row.dataset.id! }).catch(() => {});
    else if (user) dialogs.use(({ showProfile }) => showProfile(this.#context, user));
    else if (mention) dialogs.use(({ showProfileOf }) => showProfileOf(this.#context, chat, mention));
    else if (picture) this.#enlarge(picture);
    else if (!target.closest("a, button, pre")) this.#tapped(row);
  }

  /** Shows a picture large, among the others of the chat. */
  #enlarge(id: string): void {
    const { chat } = this.#context;
    if (!chat) return;
    const pictures = chat.messages.filter(({ deletedAt }) => !deletedAt).flatMap(({ attachments }) => attachments.filter(isPicture));
    const focus = (shown: string) => this.timeline.list.querySelector<HTMLElement>(`[data-picture="${CSS.escape(shown)}"]`)?.focus();
    dialogs.use(({ lightbox }) => lightbox(this.timeline.files, { chatId: chat.id, pictures, first: id }, focus));
  }

  /** Without a pointer that hovers, a tap shows what can be done with a message. */
  #tapped(row: HTMLElement): void {
    const message = this.#message(row);
    const selects = !(getSelection()?.isCollapsed ?? true);
    if (!window.matchMedia("(hover: hover)").matches && message && !message.deletedAt && !selects) this.#actions.showSheet(message);
  }

  async #showQuoted(id: string, from: string): Promise<void> {
    if (await this.timeline.reveal(id)) this.#setReturn(from);
  }

  #goBack(): void {
    const id = this.#returnTo;
    this.#setReturn(undefined);
    if (id !== undefined) void this.timeline.reveal(id);
  }

  #setReturn(id: string | undefined): void {
    this.#returnTo = id;
    this.#return.hidden = id === undefined;
  }

  #drawJump(): void {
    const unread = this.#context.chat?.object.unreadCount ?? 0;
    this.#jump.hidden = this.timeline.atEnd;
    const label = unread > 0 ? t.jumpToNewestUnread(unread) : t.jumpToNewest;
    this.#jump.setAttribute("aria-label", label);
    this.#jump.title = label;
    this.#count.hidden = unread === 0;
    this.#count.textContent = formatNumber(unread);
  }

  #takeBack(id: string): void {
    const { chat, client } = this.#context;
    const pending = chat?.pending.find((one) => one.id === id);
    if (!pending) return;
    client.outbox.drop(id);
    this.#composer.restore(pending.message.content ?? "", pending.message.attachments ?? []);
  }

  #editLast(): void {
    const { chat, client } = this.#context;
    const own = chat?.messages.findLast(({ sender, deletedAt }) => sender.id === client.me.id && !deletedAt);
    if (own) this.#composer.edit(own);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      this.#composer.focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (this.timeline.focusNext(event.target, event.key === "ArrowUp" ? -1 : 1)) event.preventDefault();
    } else if (event.key === "Enter" && event.target instanceof HTMLElement && event.target.matches("article[data-id]")) {
      this.#tapped(event.target);
      // Otherwise it would press what has the focus by then.
      event.preventDefault();
    } else if (event.key === "End" && event.target === this.timeline.list) {
      this.timeline.toEnd();
    }
  }
}

