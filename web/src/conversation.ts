import type { Chat, Message, Pending } from "pichat-client";
import type { App } from "./app.ts";
import type { Composer } from "./composer.ts";
import { chatDetails } from "./details.ts";
import { h, iconButton } from "./dom.ts";
import { drawMessage, drawPending, type Look } from "./message.ts";
import { searchMessages } from "./search.ts";
import { avatar, dayOf } from "./text.ts";
import { Toolbar } from "./toolbar.ts";

const PAGE = 60;
/** Whoever scrolls on, scrolls on. */
const NEXT_PAGE = 200;
/** At most so many messages are drawn, however many are loaded; the window moves by so many. */
const MOST = 400;
const STEP = 100;
/** Closer than this to the end counts as being there. */
const NEAR = 80;
/** Messages of one sender within this time share a heading. */
const TOGETHER_MS = 300_000;

interface Row {
  element: HTMLElement;
  /** What it was drawn of; drawn anew when any of it is another. */
  drawn: unknown[];
}

const moments = new WeakMap<Message, { at: number; day: string }>();

/** When a message was sent; thousands are looked at each time, and dates are slow to make. */
function moment(message: Message): { at: number; day: string } {
  let known = moments.get(message);
  if (!known) {
    const date = new Date(message.createdAt);
    moments.set(message, (known = { at: date.getTime(), day: date.toDateString() }));
  }
  return known;
}

/** One chat: its heading, what was said, and where to say more. */
export class Conversation {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #composer: Composer;
  readonly #header = h("header.heading");
  readonly #list = h("div.messages", { role: "log", "aria-label": "Messages", "aria-live": "polite", tabindex: "0" });
  readonly #scroller = h("div.scroller", {}, this.#list);
  readonly #typing = h("div.typing", { "aria-live": "polite" });
  readonly #jump = iconButton("down", "Go to the newest message", () => this.#toEnd(), { hidden: true });
  readonly #toolbar: Toolbar;
  #rows = new Map<string, Row>();
  #loading = false;
  /** The window: from this `seq` (0: as many as there is room for) to that one (infinite: to the end). */
  #from = 0;
  #until = Infinity;
  /** Where reading began when the chat was opened; the line "New" stays there. */
  #newFrom = 0;
  #readUpTo = 0;

  constructor(app: App, composer: Composer) {
    [this.#app, this.#composer] = [app, composer];
    this.#jump.classList.add("jump");
    this.#toolbar = new Toolbar(app, composer);
    composer.onEditLast = () => this.#editLast();
    composer.onSent = () => this.#toEnd();
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#list.addEventListener("mouseover", (event) => this.#point(event.target as Element));
    this.#list.addEventListener("focusin", (event) => this.#point(event.target as Element));
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => this.#clicked(event.target as Element));
    // A picture of the whole: the end stays in sight when the composer grows or the window shrinks.
    new ResizeObserver(() => this.#atEnd && this.#toEnd()).observe(this.#scroller);
    this.element = h("section.conversation", {}, this.#header, this.#scroller, this.#jump, this.#typing, composer.element);
  }

  #atEnd = true;

  /** Begins with another chat. */
  open(): void {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#toolbar.hide();
    const { chat } = this.#app;
    this.#atEnd = true;
    [this.#from, this.#until] = [0, Infinity];
    this.#newFrom = chat?.object.unreadCount ? (chat.object.readSeq ?? 0) + 1 : 0;
    this.#readUpTo = 0;
    this.#composer.open(chat);
    this.draw();
    if (chat) void this.#fill(chat);
    if (chat && window.matchMedia("(hover: hover)").matches) this.#composer.focus();
  }

  /** Draws what has changed. */
  draw(): void {
    const { chat } = this.#app;
    this.element.classList.toggle("nothing", !chat);
    if (!chat) delete this.#header.dataset.drawn;
    if (!chat) return this.#header.replaceChildren(h("p.hint", {}, "Choose a chat, or press + to begin one."));
    this.#drawHeader(chat);
    this.#composer.draw(chat);
    const names = chat.typingUsers.map(({ displayName }) => displayName);
    this.#typing.textContent = names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing…` : "";
    const seen = this.#inSight();
    const before = seen?.getBoundingClientRect().top ?? 0;
    this.#drawRows(chat);
    if (this.#atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    // What is put before a message pushes it down; what is in sight stays where it was.
    else if (seen?.isConnected) this.#scroller.scrollTop += seen.getBoundingClientRect().top - before;
    this.#read(chat);
  }

  /** Shows a message, loading what lies between. */
  async show(id: string): Promise<void> {
    const { chat } = this.#app;
    for (let pages = 0; chat && !chat.message(id) && pages < 100; pages++) if (!(await chat.older(200))) break;
    if (chat?.id !== this.#app.chat?.id) return;
    this.#atEnd = false;
    this.#around(chat, id);
    this.draw();
    const row = this.#rows.get(id)?.element;
    row?.scrollIntoView({ block: "center" });
    row?.classList.add("found");
    setTimeout(() => row?.classList.remove("found"), 2_000);
    row?.focus();
  }

  #drawHeader(chat: Chat): void {
    const { kind, peer, memberCount, description, active } = chat.object;
    const about = kind === "direct" ? (peer?.status ?? "") : `${memberCount} ${memberCount === 1 ? "member" : "members"}`;
    const text = [about, description, !active && "archived"].filter(Boolean).join(" · ");
    const back = iconButton("back", "Back to the chats", () => this.#app.open(""));
    back.classList.add("back");
    const title = h("button.title", { type: "button", title: "About this chat", onclick: () => chatDetails(this.#app, chat) },
      avatar(peer?.id ?? chat.id, chat.name, peer?.status),
      h("span", {}, h("strong", {}, kind === "channel" ? `# ${chat.name}` : chat.name), h("small", {}, text)));
    const drawn = [chat.id, title.textContent, peer?.status].join("|");
    // A heading that is rebuilt loses its focus.
    if (this.#header.dataset.drawn === drawn) return;
    this.#header.dataset.drawn = drawn;
    this.#header.replaceChildren(back, title, iconButton("search", "Search in this chat", () => searchMessages(this.#app, chat)));
  }

  #drawRows(chat: Chat): void {
    const { room } = chat;
    const me = this.#app.client.me;
    const rows = new Map<string, Row>();
    let previous: Message | undefined;
    const wanted: HTMLElement[] = [];
    const seenUpTo = this.#seenUpTo(chat);
    const add = (key: string, drawn: unknown[], make: () => HTMLElement) => {
      const known = this.#rows.get(key);
      const same = known && known.drawn.length === drawn.length && known.drawn.every((one, index) => one === drawn[index]);
      const row = same ? known : { element: make(), drawn };
      rows.set(key, row);
      wanted.push(row.element);
    };
    if (room.from <= 1 && this.#window(room.messages)[0] === 0) add("beginning", [], () => h("p.beginning", {}, "This is where it began."));
    const [start, end] = this.#window(room.messages);
    const whole = end === room.messages.length;
    previous = room.messages[start - 1];
    for (const message of [...room.messages.slice(start, end), ...(whole ? room.streams.values() : [])]) {
      const { day } = moment(message);
      if (!previous || moment(previous).day !== day) add(`day ${day}`, [], () => h("h3.day", {}, h("span", {}, dayOf(message.createdAt))));
      if (message.seq > 0 && this.#newFrom > 0 && message.seq >= this.#newFrom && (previous?.seq ?? 0) < this.#newFrom)
        add("new", [], () => h("div.new", { role: "separator" }, h("span", {}, "New")));
      const look = this.#look(chat, message, previous, seenUpTo);
      add(message.id, [message, look.together, look.seen, look.quoted, me.id], () => drawMessage(message, look));
      previous = message;
    }
    for (const pending of whole ? chat.pending : []) add(pending.id, [pending, pending.error], () => this.#pendingRow(pending));
    this.#rows = rows;
    place(this.#list, wanted);
  }

  /** Where the window begins and ends among the messages that are loaded. */
  #window(messages: readonly Message[]): [number, number] {
    const end = this.#until === Infinity ? messages.length : before(messages, this.#until + 1);
    const start = this.#from === 0 ? 0 : before(messages, this.#from);
    // Whoever follows the end needs no more above it; whoever reads above keeps it.
    const most = this.#from === 0 || this.#atEnd ? MOST : Infinity;
    return [Math.max(start, end - most), end];
  }

  /** Moves the window; says whether it could. */
  #move(chat: Chat, up: boolean): boolean {
    const { messages } = chat;
    const [start, end] = this.#window(messages);
    if (up ? start === 0 : end === messages.length) return false;
    const first = up ? Math.max(0, start - STEP) : Math.max(start, end + STEP - MOST);
    const last = up ? Math.min(end, first + MOST) : Math.min(messages.length, end + STEP);
    this.#from = messages[first]!.seq;
    this.#until = last === messages.length ? Infinity : messages[last - 1]!.seq;
    this.draw();
    return true;
  }

  #around(chat: Chat | undefined, id: string): void {
    const messages = chat?.messages ?? [];
    const index = messages.findIndex((message) => message.id === id);
    if (index < 0) return;
    this.#from = messages[Math.max(0, index - STEP)]!.seq;
    this.#until = messages[index + STEP]?.seq ?? Infinity;
  }

  /** The first message that is in sight. */
  #inSight(): Element | undefined {
    const { top } = this.#scroller.getBoundingClientRect();
    return [...this.#list.querySelectorAll("article")].find((row) => row.getBoundingClientRect().bottom > top);
  }

  #look(chat: Chat, message: Message, previous: Message | undefined, seenUpTo: number): Look {
    const { room } = chat;
    const close = previous && moment(message).at - moment(previous).at < TOGETHER_MS;
    const own = message.sender.id === this.#app.client.me.id;
    return {
      me: this.#app.client.me,
      together: Boolean(close && previous.sender.id === message.sender.id && !message.replyTo),
      seen: own && message.seq > 0 && message.seq <= seenUpTo,
      streaming: room.streams.has(message.id),
      quoted: message.replyTo ? (chat.message(message.replyTo) ?? null) : undefined,
    };
  }

  /** How far all the others have read. */
  #seenUpTo(chat: Chat): number {
    const { members, readByAllSeq } = chat.room;
    const others = [...(members?.values() ?? [])].filter(({ user }) => user.id !== this.#app.client.me.id);
    return others.length ? Math.max(readByAllSeq, Math.min(...others.map(({ readSeq }) => readSeq))) : readByAllSeq;
  }

  #pendingRow(pending: Pending): HTMLElement {
    return drawPending(pending, this.#app.client.me, {
      retry: () => this.#app.client.outbox.retry(pending.id),
      drop: () => this.#app.client.outbox.drop(pending.id),
    });
  }

  async #fill(chat: Chat): Promise<void> {
    if (chat.messages.length < PAGE) await this.#older(chat);
    void chat.members().catch(() => {});
  }

  async #older(chat: Chat): Promise<void> {
    if (this.#loading || this.#move(chat, true) || chat.room.from <= 1) return;
    this.#loading = true;
    await chat.older(chat.messages.length < PAGE ? PAGE : NEXT_PAGE).catch(() => {});
    this.#loading = false;
    if (chat.id !== this.#app.chat?.id) return;
    if (!this.#move(chat, true)) this.draw();
    if (this.#scroller.scrollTop < this.#scroller.clientHeight) void this.#older(chat);
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const low = scrollHeight - scrollTop - clientHeight;
    this.#atEnd = low < NEAR && this.#until === Infinity;
    this.#jump.hidden = this.#atEnd;
    const { chat } = this.#app;
    if (chat && low < clientHeight) this.#move(chat, false);
    if (chat && scrollTop < clientHeight) void this.#older(chat);
    if (chat && this.#atEnd) this.#read(chat);
  }

  #toEnd(): void {
    const away = this.#until !== Infinity;
    [this.#from, this.#until, this.#atEnd] = [0, Infinity, true];
    this.#jump.hidden = true;
    if (away) this.draw();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** What is in sight is read. */
  #read(chat: Chat): void {
    const { unreadCount = 0, lastMessage } = chat.object;
    const seen = this.#atEnd && document.visibilityState === "visible" && this.#app.client.status.phase === "online";
    if (!seen || unreadCount === 0 || !lastMessage || this.#readUpTo >= lastMessage.seq) return;
    this.#readUpTo = lastMessage.seq;
    chat.read(lastMessage.seq).catch(() => {});
  }

  #editLast(): void {
    const { chat } = this.#app;
    const own = chat?.messages.findLast(({ sender, deletedAt }) => sender.id === this.#app.client.me.id && !deletedAt);
    if (own) this.#composer.edit(own);
  }

  #point(target: Element): void {
    const row = target.closest<HTMLElement>("article[data-id]");
    const message = row && this.#app.chat?.message(row.dataset.id!);
    if (row && message && !message.deletedAt) this.#toolbar.show(row, message);
  }

  #clicked(target: Element): void {
    const { chat } = this.#app;
    const id = target.closest<HTMLElement>("article")?.dataset.id;
    const quote = target.closest<HTMLElement>("[data-quote]");
    const reaction = target.closest<HTMLElement>("[data-emoji]");
    if (quote) void this.show(quote.dataset.quote!);
    if (reaction && chat && id) this.#toolbar.react(chat.message(id), reaction.dataset.emoji!);
    if (target.closest("[data-stop]") && chat && id)
      this.#app.client.command({ type: "STOP_STREAM", chatId: chat.id, messageId: id }).catch(() => {});
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const rows = [...this.#list.querySelectorAll<HTMLElement>("article[data-id]")];
    const here = (event.target as Element).closest<HTMLElement>("article[data-id]");
    const index = here ? rows.indexOf(here) : rows.length;
    const next = rows[event.key === "ArrowUp" ? index - 1 : index + 1];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

/** How many messages come before that `seq`. */
function before(messages: readonly Message[], seq: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Makes the children of a place these, touching only what differs. */
function place(parent: Element, wanted: HTMLElement[]): void {
  const keep = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}
