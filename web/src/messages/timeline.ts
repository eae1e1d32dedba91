import type { Chat, Message, Pending } from "pichat-client";
import type { Context } from "../context.ts";
import { h, sentence } from "../dom.ts";
import { formatDay, formatTime } from "../format.ts";
import { t } from "../i18n.ts";
import type { Notice, Notices } from "../notices.ts";
import { placeChildren } from "../place.ts";
import { firstBelow } from "./geometry.ts";
import { ReadTracker } from "./reading.ts";
import { messageRow, pendingRow, updateStreamedRow, type Presentation } from "./row.ts";
import { MessageWindow } from "./window.ts";

const FIRST_PAGE = 60;
const NEXT_PAGE = 200;
/** Bounds the search for a message or for the first unread one. */
const MOST_PAGES = 100;
/** Within this distance of the end, new messages are followed. */
const NEAR_END_PX = 80;
/** Messages of one sender within this time are grouped under one name. */
const GROUPED_WITHIN_MS = 300_000;
const HIGHLIGHT_MS = 2_000;
/** How much of the view lies above the line "New messages" when a chat is opened. */
const ABOVE_UNREAD = 0.2;

interface Row {
  element: HTMLElement;
  /** The inputs it was drawn from; it is drawn again when one of them changes. */
  inputs: unknown[];
}

interface SentAt {
  ms: number;
  day: string;
}

const moments = new WeakMap<Message, SentAt>();

/** Parsing dates is slow, and every draw looks at hundreds. */
function sentAt(message: Message): SentAt {
  let known = moments.get(message);
  if (!known) {
    const date = new Date(message.createdAt);
    known = { ms: date.getTime(), day: date.toDateString() };
    moments.set(message, known);
  }
  return known;
}

/** What the timeline leaves to the conversation around it. */
export interface TimelineEvents {
  /** The position in the chat changed. */
  moved(): void;
  /** The user wants a refused message back in the composer. */
  takeBack(pending: Pending): void;
}

/** The scrolling list of messages of the open chat. */
export class Timeline {
  readonly list = h("div.messages", { role: "log", "aria-label": t.messages, "aria-live": "off", tabindex: "0" });
  readonly element = h("div.scroller", {}, this.list);
  readonly #context: Context;
  readonly #events: TimelineEvents;
  readonly #notices: Notices;
  readonly #window = new MessageWindow();
  readonly #reading: ReadTracker;
  #rows = new Map<string, Row>();
  #chat: Chat | undefined;
  #loading = false;
  /** The first load of the open chat has not finished. */
  #opening = false;
  /** The `seq` of the message above which the line "New messages" stands; 0: there is no line. */
  #unreadFrom = 0;
  #atEnd = true;

  constructor(context: Context, notices: Notices, events: TimelineEvents) {
    this.#context = context;
    this.#notices = notices;
    this.#events = events;
    this.#reading = new ReadTracker(this.element, this.list, (seq) => this.#markRead(seq));
    this.element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Keeps the newest message in sight when the composer grows or the window shrinks.
    new ResizeObserver(() => this.#atEnd && this.#followEnd()).observe(this.element);
    document.addEventListener("visibilitychange", () => this.#reading.look());
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Opens a chat at its first unread message, or at its end; or at a given message. */
  async open(chat: Chat | undefined, messageId?: string): Promise<void> {
    this.#chat = chat;
    this.#rows.clear();
    this.list.replaceChildren();
    this.#reading.reset();
    this.#window.showEnd();
    this.#unreadFrom = 0;
    this.#atEnd = true;
    this.#opening = chat !== undefined;
    this.draw();
    if (!chat) return;
    if (messageId !== undefined) await this.#load(chat, () => chat.message(messageId) !== undefined);
    else await this.#load(chat, () => chat.room.from <= (chat.object.readSeq ?? 0) + 1 || !chat.object.unreadCount);
    if (this.#chat !== chat) return;
    this.#opening = false;
    this.#unreadFrom = this.#firstUnread(chat)?.seq ?? 0;
    if (messageId !== undefined && chat.message(messageId)) this.#showAndHighlight(messageId);
    else this.#showUnread(chat);
  }

  /** Draws what changed. */
  draw(): void {
    const chat = this.#chat;
    if (!chat || !this.#isMember(chat)) return;
    this.#moveUnreadLine(chat);
    const anchor = this.#anchor();
    const before = anchor?.getBoundingClientRect().top ?? 0;
    this.#drawRows(chat);
    if (this.#atEnd) this.#followEnd();
    // Rows inserted above push the ones in sight down: scroll by as much, so that those stay in place.
    else if (anchor?.isConnected) this.element.scrollTop += anchor.getBoundingClientRect().top - before;
    this.#reading.look();
    this.#events.moved();
  }

  /** Shows a message, loading the pages up to it. False if it cannot be found. */
  async reveal(id: string): Promise<boolean> {
    const chat = this.#chat;
    if (!chat) return false;
    await this.#load(chat, () => chat.message(id) !== undefined);
    if (this.#chat !== chat || !chat.message(id)) return false;
    this.#showAndHighlight(id);
    return true;
  }

  /** Goes to the newest message. */
  toEnd(): void {
    const drawn = this.#window.isAtEnd;
    this.#window.showEnd();
    this.#atEnd = true;
    if (!drawn) this.draw();
    this.element.scrollTop = this.element.scrollHeight;
    this.#events.moved();
  }

  /** The message row that has or contains the focus, if any. */
  rowOf(target: EventTarget | null): HTMLElement | null {
    return target instanceof Element ? target.closest<HTMLElement>("article[data-id]") : null;
  }

  /** Moves the focus to the next or previous message. */
  focusNext(from: EventTarget | null, step: 1 | -1): boolean {
    const rows = [...this.list.querySelectorAll<HTMLElement>("article[data-id]")];
    const row = this.rowOf(from);
    const next = rows[(row ? rows.indexOf(row) : rows.length) + step];
    next?.focus();
    return next !== undefined;
  }

  #isMember = (chat: Chat) => this.#context.client.state.rooms.has(chat.id);

  async #load(chat: Chat, isEnough: () => boolean): Promise<void> {
    const loadPage = (limit: number) => chat.older(limit).catch(() => false);
    if (chat.messages.length < FIRST_PAGE) await loadPage(FIRST_PAGE);
    for (let page = 0; page < MOST_PAGES && this.#chat === chat && this.#isMember(chat) && !isEnough(); page++) if (!(await loadPage(NEXT_PAGE))) break;
    if (this.#isMember(chat)) void chat.members().catch(() => {});
  }

  #firstUnread(chat: Chat): Message | undefined {
    if (!chat.object.unreadCount) return undefined;
    const read = chat.object.readSeq ?? 0;
    const me = this.#context.client.me.id;
    return chat.messages.find(({ seq, sender, deletedAt }) => seq > read && sender.id !== me && !deletedAt);
  }

  /** Messages that arrive out of sight get a line of their own once everything above the old line is read. */
  #moveUnreadLine(chat: Chat): void {
    const away = !this.#atEnd || document.visibilityState === "hidden";
    if (this.#opening || !away || this.#unreadFrom > (chat.object.readSeq ?? 0)) return;
    this.#unreadFrom = this.#firstUnread(chat)?.seq ?? this.#unreadFrom;
  }

  #showUnread(chat: Chat): void {
    const first = chat.messages.find(({ seq }) => seq === this.#unreadFrom);
    if (first) this.#window.showAround(chat.messages, first.id);
    this.#atEnd = !first;
    this.draw();
    const line = this.#rows.get("unread")?.element;
    if (line) this.element.scrollTop = line.offsetTop - this.element.clientHeight * ABOVE_UNREAD;
    this.#scrolled();
  }

  #showAndHighlight(id: string): void {
    const chat = this.#chat!;
    this.#atEnd = false;
    this.#window.showAround(chat.messages, id);
    this.draw();
    const row = this.#rows.get(id)?.element;
    row?.scrollIntoView({ block: "center" });
    row?.classList.add("highlighted");
    row?.focus({ preventScroll: true });
    setTimeout(() => row?.classList.remove("highlighted"), HIGHLIGHT_MS);
    this.#scrolled();
  }

  /** Scrolls to the end, but never past unread messages that nobody has seen yet. */
  #followEnd(): void {
    const line = this.#rows.get("unread")?.element;
    const isUnread = this.#unreadFrom > (this.#chat?.object.readSeq ?? 0) && (this.#chat?.object.unreadCount ?? 0) > 0;
    const limit = line && isUnread ? line.offsetTop - this.element.clientHeight * ABOVE_UNREAD : Infinity;
    this.element.scrollTop = Math.min(this.element.scrollHeight, limit);
  }

  #drawRows(chat: Chat): void {
    const { room } = chat;
    const rows = new Map<string, Row>();
    const add = (key: string, inputs: unknown[], make: () => HTMLElement, update?: (row: HTMLElement) => boolean) => {
      const known = this.#rows.get(key);
      const same = known && known.inputs.length === inputs.length && known.inputs.every((input, index) => input === inputs[index]);
      const kept = known && (same || update?.(known.element)) ? known.element : make();
      rows.set(key, { element: kept, inputs });
    };
    const { start, end } = this.#window.range(room.messages, this.#atEnd);
    const toEnd = end === room.messages.length;
    if (this.#opening && room.messages.length === 0) add("skeleton", [], skeleton);
    else if (room.from <= 1 && start === 0) add("beginning", [chat.name], () => h("p.beginning", {}, sentence(t.beginning)));
    let previous = room.messages[start - 1];
    const notices = this.#notices.of(chat.id);
    let nextNotice = notices.findIndex(({ seq }) => seq > (previous?.seq ?? 0));
    const addNotices = (before: number) => {
      for (; nextNotice >= 0 && nextNotice < notices.length && notices[nextNotice]!.seq < before; nextNotice++) {
        const notice = notices[nextNotice]!;
        add(`notice ${notice.seq}`, [], () => noticeRow(notice));
      }
    };
    const seenUpTo = this.#seenUpTo(chat);
    for (const message of [...room.messages.slice(start, end), ...(toEnd ? room.streams.values() : [])]) {
      addNotices(message.seq || Infinity);
      const { day } = sentAt(message);
      if (!previous || sentAt(previous).day !== day) add(`day ${day}`, [], () => h("h3.day", {}, h("span", {}, formatDay(message.createdAt))));
      if (message.seq > 0 && message.seq === this.#unreadFrom) add("unread", [], () => h("div.unread-line", { role: "separator", "aria-label": t.newMessages }, h("span", {}, t.newMessages)));
      const look = this.#presentation(chat, message, previous, seenUpTo);
      const update = look.streaming ? (row: HTMLElement) => updateStreamedRow(row, message) : undefined;
      add(message.id, [message, look.grouped, look.seen, look.pinned, look.quoted, look.me.id], () => messageRow(message, look), update);
      previous = message;
    }
    if (toEnd) addNotices(Infinity);
    for (const pending of toEnd ? chat.pending : []) add(pending.id, [pending, pending.error], () => this.#pendingRow(pending));
    this.#rows = rows;
    placeChildren(this.list, [...rows.values()].map(({ element }) => element));
  }

  #presentation(chat: Chat, message: Message, previous: Message | undefined, seenUpTo: number): Presentation {
    const { room } = chat;
    const { me } = this.#context.client;
    const close = previous !== undefined && sentAt(message).ms - sentAt(previous).ms < GROUPED_WITHIN_MS && sentAt(previous).day === sentAt(message).day;
    const afterLine = message.seq > 0 && message.seq === this.#unreadFrom;
    return {
      me,
      grouped: close && !afterLine && previous.sender.id === message.sender.id && !message.replyTo,
      seen: message.sender.id === me.id && message.seq > 0 && message.seq <= seenUpTo,
      streaming: room.streams.has(message.id),
      pinned: chat.object.pinned.includes(message.id),
      quoted: message.replyTo ? (chat.message(message.replyTo) ?? null) : undefined,
      nameOf: (id) => (room.members?.get(id)?.user ?? this.#context.client.state.users.get(id))?.displayName,
    };
  }

  /** The `seq` up to which everyone else has read. */
  #seenUpTo(chat: Chat): number {
    const { members, readByAllSeq } = chat.room;
    const others = [...(members?.values() ?? [])].filter(({ user }) => user.id !== this.#context.client.me.id);
    return others.length ? Math.max(readByAllSeq, Math.min(...others.map(({ readSeq }) => readSeq))) : readByAllSeq;
  }

  #pendingRow(pending: Pending): HTMLElement {
    const { client } = this.#context;
    return pendingRow(pending, client.me, {
      retry: () => client.outbox.retry(pending.id),
      edit: () => this.#events.takeBack(pending),
      discard: () => client.outbox.drop(pending.id),
    });
  }

  /** The first message in sight. */
  #anchor(): Element | undefined {
    const rows = this.list.querySelectorAll("article");
    return rows[firstBelow(rows, this.element.getBoundingClientRect().top)];
  }

  #scrolled(): void {
    const chat = this.#chat;
    if (!chat || this.#opening) return;
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // A hidden list has no height and says nothing about where its reader is.
    if (clientHeight === 0) return;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#atEnd = below < NEAR_END_PX && this.#window.isAtEnd;
    if (below < clientHeight && this.#window.moveDown(chat.messages)) this.draw();
    if (scrollTop < clientHeight) void this.#showOlder(chat);
    this.#reading.look();
    this.#events.moved();
  }

  async #showOlder(chat: Chat): Promise<void> {
    if (this.#loading) return;
    if (this.#window.moveUp(chat.messages, this.#atEnd)) return this.draw();
    if (chat.room.from <= 1) return;
    this.#loading = true;
    await chat.older(NEXT_PAGE).catch(() => false);
    this.#loading = false;
    if (this.#chat !== chat) return;
    this.#window.moveUp(chat.messages, this.#atEnd);
    this.draw();
    if (this.element.clientHeight > 0 && this.element.scrollTop < this.element.clientHeight) void this.#showOlder(chat);
  }

  #markRead(seq: number): void {
    const chat = this.#chat;
    if (!chat || !this.#isMember(chat) || !chat.object.unreadCount || seq <= (chat.object.readSeq ?? 0)) return;
    chat.read(seq).catch(() => {});
  }
}

function skeleton(): HTMLElement {
  const line = (width: number) => h(`span.bone.width-${width}` as "span");
  return h("div.skeleton", { "aria-busy": "true", "aria-label": t.loading }, ...[3, 5, 2, 4, 5, 3].map((width) => h("div", {}, h("span.bone.disc"), h("div", {}, line(1), line(width)))));
}

function noticeRow(notice: Notice): HTMLElement {
  return h("p.notice", {}, sentence(notice.text), " ", h("time", { datetime: notice.at }, formatTime(notice.at)));
}
