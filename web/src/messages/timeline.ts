import type { Chat, Message, Pending } from "pichat-client";
import { pictureOf } from "../avatar.ts";
import { unreadAfter, type Context } from "../context.ts";
import { attempt } from "../dialog.ts";
import { h, sentence } from "../dom.ts";
import { FileViews } from "../files/views.ts";
import { formatDay, formatTime } from "../format.ts";
import { t } from "../i18n.ts";
import { hasParser, loadParser } from "../markdown/parser.ts";
import { needsParser } from "../markdown/render.ts";
import type { Notice, Notices } from "../notices.ts";
import { messagesSkeleton } from "../skeletons.ts";
import { firstBelow } from "./geometry.ts";
import { KeyedRows } from "./keyed.ts";
import { dayOf, follows } from "./moment.ts";
import { FIRST_PAGE, NEXT_PAGE } from "./pages.ts";
import { ReadTracker } from "./reading.ts";
import { messageRow, pendingRow, reactorNames, updateStreamedRow, type Presentation } from "./row.ts";
import { MessageWindow } from "./window.ts";

/** Bounds the search for a message or for the first unread one. */
const MOST_PAGES = 100;
/** Within this distance of the end, new messages are followed. */
const NEAR_END_PX = 80;
const HIGHLIGHT_MS = 2_000;
/** The share of the view above the line "New messages" when a chat is opened. */
const ABOVE_UNREAD = 0.2;

/** Events that the surrounding conversation handles. */
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
  readonly #rows = new KeyedRows();
  readonly #reading: ReadTracker;
  readonly files: FileViews;
  #chat: Chat | undefined;
  #loading = false;
  /** The first load of the open chat has not finished. */
  #opening = false;
  /** The user went to the end while the chat was loading, for example by sending a message. */
  #isEndWanted = false;
  /** The user marked a message as unread: nothing is marked as read until the chat is opened again. */
  #isKeptUnread = false;
  /** The user went to the end although there was more to read. */
  #isPastLine = false;
  /** The `seq` of the message above which the line "New messages" stands; 0: there is no line. */
  #unreadFrom = 0;
  /** Everything was read since the line was placed. */
  #caughtUp = true;
  #atEnd = true;

  constructor(context: Context, notices: Notices, events: TimelineEvents) {
    this.#context = context;
    this.#notices = notices;
    this.#events = events;
    this.files = new FileViews(context.client, this.element);
    this.#reading = new ReadTracker(this.element, this.list, (seq) => this.#markRead(seq));
    this.element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Keeps the newest message in sight when the composer grows or the window shrinks.
    new ResizeObserver(() => this.#atEnd && this.#followEnd()).observe(this.element);
    document.addEventListener("visibilitychange", () => this.#reading.look());
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Opens a chat at its first unread message, or at its end; or at a given message. False if that cannot be found. */
  async open(chat: Chat | undefined, messageId?: string): Promise<boolean> {
    this.#chat = chat;
    this.#rows.clear();
    this.files.clear();
    this.list.replaceChildren();
    this.#reading.reset();
    this.#window.showEnd();
    this.#unreadFrom = 0;
    this.#atEnd = true;
    this.#opening = chat !== undefined;
    this.#isEndWanted = this.#isPastLine = this.#isKeptUnread = false;
    this.draw();
    if (!chat) return true;
    if (messageId !== undefined) await this.#load(chat, () => chat.message(messageId) !== undefined);
    else await this.#load(chat, () => chat.room.from <= unreadAfter(chat) + 1 || !chat.object.unreadCount);
    if (this.#chat !== chat) return true;
    this.#opening = false;
    this.#unreadFrom = this.#firstUnread(chat)?.seq ?? 0;
    this.#caughtUp = this.#unreadFrom === 0;
    const found = messageId !== undefined && chat.message(messageId) !== undefined;
    if (this.#isEndWanted) this.toEnd();
    else if (found) this.#showAndHighlight(messageId);
    else this.#showUnread(chat);
    return found || messageId === undefined;
  }

  /** Draws what changed. */
  draw(): void {
    const chat = this.#chat;
    if (!chat || !this.#isMember(chat)) return;
    if (this.#opening) return this.#drawSkeleton();
    // Opened without a connection: the messages are fetched as soon as there is one.
    if (chat.messages.length === 0 && chat.room.from > 1 && this.#isOnline) void this.#showOlder(chat);
    this.#moveUnreadLine(chat);
    const anchor = this.#anchor();
    if (!this.#atEnd) this.#holdOrMoveUp(chat);
    this.#drawRows(chat);
    if (this.#atEnd) this.#followEnd();
    else if (anchor) this.#keepInPlace(anchor);
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

  /** Marks everything from a message on as unread, and puts the line above it. */
  async markUnread({ seq }: Message): Promise<void> {
    const chat = this.#chat;
    if (!chat) return;
    this.#isKeptUnread = true;
    const marked = await attempt(chat.markUnread(seq));
    if (this.#chat !== chat) return;
    if (!marked) return void (this.#isKeptUnread = false);
    this.#unreadFrom = seq;
    this.#caughtUp = false;
    this.draw();
  }

  /** Goes to the newest message. */
  toEnd(): void {
    if (this.#opening) return void (this.#isEndWanted = true);
    const drawn = this.#window.isAtEnd && this.#rows.get("skeleton") === undefined;
    this.#window.showEnd();
    this.#atEnd = this.#isPastLine = true;
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

  get #isOnline(): boolean {
    return this.#context.client.status.phase === "online";
  }

  #isMember = (chat: Chat) => this.#context.client.state.rooms.has(chat.id);

  async #load(chat: Chat, isEnough: () => boolean): Promise<void> {
    const loadPage = async (limit: number) => this.#isOnline && chat.older(limit).catch(() => false);
    if (chat.messages.length < FIRST_PAGE) await loadPage(FIRST_PAGE);
    for (let page = 0; page < MOST_PAGES && this.#chat === chat && this.#isMember(chat) && !isEnough(); page++) if (!(await loadPage(NEXT_PAGE))) break;
    if (!hasParser() && chat.messages.some(({ content }) => needsParser(content))) await loadParser();
    if (this.#isMember(chat)) void chat.members().catch(() => {});
  }

  #firstUnread(chat: Chat): Message | undefined {
    if (!chat.object.unreadCount) return undefined;
    const read = unreadAfter(chat);
    const me = this.#context.client.me.id;
    return chat.messages.find(({ seq, sender, deletedAt }) => seq > read && sender.id !== me && !deletedAt);
  }

  /** The line stays where it is while the user reads; once all is read, messages that arrive out of sight get a new one. */
  #moveUnreadLine(chat: Chat): void {
    if (!chat.object.unreadCount) this.#caughtUp = true;
    const away = !this.#atEnd || document.visibilityState === "hidden";
    const first = this.#caughtUp && away ? this.#firstUnread(chat) : undefined;
    if (!first) return;
    this.#caughtUp = this.#isPastLine = false;
    this.#unreadFrom = first.seq;
  }

  #showUnread(chat: Chat): void {
    const first = chat.messages.find(({ seq }) => seq === this.#unreadFrom);
    if (first) this.#window.showAround(chat.messages, first.id);
    this.#atEnd = !first;
    this.draw();
    const line = this.#rows.get("unread");
    if (line) this.element.scrollTop = line.offsetTop - this.element.clientHeight * ABOVE_UNREAD;
    this.#scrolled();
  }

  #showAndHighlight(id: string): void {
    const chat = this.#chat!;
    this.#atEnd = false;
    this.#window.showAround(chat.messages, id);
    this.draw();
    const row = this.#rows.get(id);
    row?.scrollIntoView({ block: "center" });
    row?.classList.add("highlighted");
    row?.focus({ preventScroll: true });
    setTimeout(() => row?.classList.remove("highlighted"), HIGHLIGHT_MS);
    this.#scrolled();
  }

  /** Scrolls to the end, but never past unread messages that nobody has seen yet. */
  #followEnd(): void {
    const line = this.#rows.get("unread");
    const isUnread = !this.#isPastLine && this.#chat !== undefined && this.#unreadFrom > unreadAfter(this.#chat) && (this.#chat?.object.unreadCount ?? 0) > 0;
    const limit = line && isUnread ? line.offsetTop - this.element.clientHeight * ABOVE_UNREAD : Infinity;
    this.element.scrollTop = Math.min(this.element.scrollHeight, limit);
  }

  #drawRows(chat: Chat): void {
    const { messages, streams } = chat.room;
    const { start, end } = this.#window.range(messages, this.#atEnd);
    const toEnd = end === messages.length;
    if (chat.room.from <= 1 && start === 0) this.#rows.add("beginning", { draw: () => h("p.beginning", {}, t.beginning) });
    let previous = messages[start - 1];
    const notices = this.#notices.of(chat.id).filter(({ seq }) => seq > (previous?.seq ?? 0));
    const seenUpTo = this.#seenUpTo(chat);
    const drawn = [...messages.slice(start, end), ...(toEnd ? streams.values() : [])];
    // Most replies answer a message nearby; searching all that are loaded would take long.
    const nearby = new Map(drawn.map((message) => [message.id, message]));
    for (const message of drawn) {
      this.#addNotices(notices, message.seq || Infinity);
      if (!previous || dayOf(previous) !== dayOf(message)) this.#rows.add(`day ${dayOf(message)}`, { draw: () => dayRow(message) });
      if (this.#isFirstUnread(message)) this.#rows.add("unread", { draw: unreadLine });
      const quoted = message.replyTo ? (nearby.get(message.replyTo) ?? chat.message(message.replyTo) ?? null) : undefined;
      this.#addMessage(chat, message, { ...this.#presentation(chat, message, previous, seenUpTo), quoted });
      previous = message;
    }
    if (toEnd) {
      this.#addNotices(notices, Infinity);
      for (const pending of chat.pending) this.#rows.add(pending.id, { inputs: [pending, pending.error], draw: () => this.#pendingRow(pending) });
    }
    this.#rows.place(this.list);
  }

  /** Messages that arrive while the user reads further up must not push out what is being read, here or in the client. Older ones that have arrived are drawn at once if the user is near the first one drawn: that one may lose the day above it, which can only go unnoticed if something takes its place. */
  #holdOrMoveUp(chat: Chat): void {
    this.#window.hold(chat.messages);
    if (this.#isNearTop) this.#window.moveUp(chat.messages, this.#atEnd);
    chat.room.keep = Math.max(chat.room.keep, chat.messages.length);
  }

  /** Until it is known where to begin reading, messages would only appear to jump away. */
  #drawSkeleton(): void {
    this.#rows.add("skeleton", { draw: messagesSkeleton });
    this.#rows.place(this.list);
  }

  /** Takes the notices that come before a `seq`. */
  #addNotices(notices: Notice[], before: number): void {
    while (notices[0] && notices[0].seq < before) {
      const notice = notices.shift()!;
      this.#rows.add(`notice ${notice.seq}`, { draw: () => noticeRow(notice) });
    }
  }

  #addMessage(chat: Chat, stored: Message, look: Presentation): void {
    const reactions = this.#context.wishes.reactionsOf(stored, look.me);
    const message = reactions === stored.reactions ? stored : { ...stored, reactions: [...reactions] };
    this.#rows.add(message.id, {
      inputs: [stored, reactions, look.grouped, look.seen, look.pinned, look.quoted, look.me.id, look.picture, reactorNames(message, look).join()],
      draw: () => messageRow(message, look),
      update: look.streaming ? (row) => updateStreamedRow(row, message) : undefined,
    });
  }

  #isFirstUnread = (message: Message) => message.seq > 0 && message.seq === this.#unreadFrom;

  #presentation(chat: Chat, message: Message, previous: Message | undefined, seenUpTo: number): Omit<Presentation, "quoted"> {
    const { room } = chat;
    const { wishes, client, profiles } = this.#context;
    const { me, state } = client;
    // Until the members are loaded, everyone would seem to have left.
    const former = (id: string) => (room.members ? profiles.of(id) : undefined);
    const userOf = (id: string) => (id === me.id ? me : (room.members?.get(id)?.user ?? state.users.get(id) ?? former(id)));
    return {
      me,
      picture: pictureOf(userOf(message.sender.id)),
      files: this.files,
      grouped: previous !== undefined && !this.#isFirstUnread(message) && follows(message, previous),
      seen: message.sender.id === me.id && message.seq > 0 && message.seq <= seenUpTo,
      streaming: room.streams.has(message.id),
      pinned: wishes.isPinned(chat, message.id),
      nameOf: (id) => userOf(id)?.displayName,
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
    return pendingRow(pending, { me: client.me, files: this.files }, {
      retry: () => client.outbox.retry(pending.id),
      edit: () => this.#events.takeBack(pending),
      discard: () => client.outbox.drop(pending.id),
    });
  }

  get #isNearTop(): boolean {
    return this.element.scrollTop < this.element.clientHeight;
  }

  /** The first message in sight. */
  #anchor(): Anchor | undefined {
    const rows = this.list.querySelectorAll<HTMLElement>("article[data-id]");
    const view = this.element.getBoundingClientRect();
    const row = rows[firstBelow(rows, view.top)];
    if (!row) return undefined;
    const { top, bottom } = row.getBoundingClientRect();
    // Its own height may change: of a message that is higher than the view only the top can stay.
    const edge = bottom <= view.bottom ? "bottom" : "top";
    return { id: row.dataset.id!, edge, at: edge === "bottom" ? bottom : top };
  }

  /** Scrolls by as much as rows inserted or removed above have moved those in sight. The row may have been drawn anew. */
  #keepInPlace({ id, edge, at }: Anchor): void {
    const row = this.#rows.get(id);
    if (row) this.element.scrollTop += row.getBoundingClientRect()[edge] - at;
  }

  #scrolled(): void {
    const chat = this.#chat;
    if (!chat || this.#opening || !this.#isMember(chat)) return;
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // A hidden list has no height and says nothing about where its reader is.
    if (clientHeight === 0) return;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#atEnd = below < NEAR_END_PX && this.#window.isAtEnd;
    if (below < clientHeight && this.#window.moveDown(chat.messages)) this.draw();
    if (this.#isNearTop) void this.#showOlder(chat);
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
    this.draw();
    // Drawing may have filled the room above already; moving further would remove what is in sight.
    if (this.#isNearTop) void this.#showOlder(chat);
  }

  #markRead(seq: number): void {
    const chat = this.#chat;
    if (!chat || !this.#isMember(chat) || !chat.object.unreadCount || seq <= unreadAfter(chat) || this.#isKeptUnread) return;
    chat.read(seq).catch(() => {});
  }
}

/** A row and where one of its edges was. */
interface Anchor {
  id: string;
  edge: "top" | "bottom";
  at: number;
}

const dayRow = (message: Message): HTMLElement => h("h3.day", {}, h("span", {}, formatDay(message.createdAt)));

const unreadLine = (): HTMLElement => h("div.unread-line", { role: "separator", "aria-label": t.newMessages }, h("span", {}, t.newMessages));

function noticeRow(notice: Notice): HTMLElement {
  return h("p.notice", {}, sentence(notice.text), " ", h("time", { datetime: notice.at }, formatTime(notice.at)));
}
