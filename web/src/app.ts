import { AuthenticationError, Client, type Chat, type Limits, type Options, type Status } from "pichat-client";
import { Announcer } from "./announcer.ts";
import { Banner } from "./banner.ts";
import { chatSwitcher } from "./chats/switcher.ts";
import { sortedChats } from "./chats/order.ts";
import { Sidebar } from "./chats/sidebar.ts";
import { Composer } from "./composer/composer.ts";
import type { Context, MessageAddress } from "./context.ts";
import { Conversation } from "./conversation.ts";
import { toast } from "./dialog.ts";
import { h } from "./dom.ts";
import { FrameBatch } from "./frames.ts";
import { dialogs, prefetchParts } from "./lazy.ts";
import { ServerLimits } from "./limits.ts";
import { Notices } from "./notices.ts";
import { Notifier } from "./notifications.ts";
import { forgetSnapshot, keepPage, OfflineChats } from "./offline.ts";
import { Profiles } from "./profiles.ts";
import { Router, type Route } from "./router.ts";
import { sessions } from "./sessions.ts";
import type { EarlyConnection, ShellPage } from "./shell/handover.ts";
import { forgetUser, isTheme, outbox, theme } from "./storage.ts";
import { whenSettled } from "./takeover.ts";
import { refusedText } from "./refused.ts";
import { Wishes } from "./wishes.ts";

const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
const WIDE = "(min-width: 48rem)";

/** What the page of a user who returns begins with: the shell, and the connection that was opened with it. */
export interface Beginning {
  shell?: ShellPage;
  early?: EarlyConnection;
}

/** The chat page: one client, and what is open. */
export class App implements Context {
  readonly client: Client;
  readonly profiles: Profiles;
  /** Resolves when the first connection is up; rejects if the credentials are refused. */
  readonly entered: Promise<void>;
  readonly #place: Element;
  readonly #router: Router;
  readonly #sidebar: Sidebar;
  readonly #conversation: Conversation;
  readonly #banner: Banner;
  readonly #layout: HTMLElement;
  readonly #offline: OfflineChats;
  readonly #limits: ServerLimits;
  readonly #frames = new FrameBatch((chats) => this.#changed(chats));
  readonly wishes = new Wishes((chats) => this.#frames.add(chats));
  /** Holds the place of the conversation, and what is typed into it, until a chat is shown. */
  #shell: ShellPage | undefined;
  #route: Route;
  #settings: object | undefined;
  #shown = false;
  #ready = false;

  constructor(place: Element, credentials: Partial<Options>, { shell, early }: Beginning = {}) {
    this.#place = place;
    this.#shell = shell;
    this.#limits = new ServerLimits(early);
    this.client = new Client({ url, ...credentials, session: sessions, outbox, WebSocket: this.#limits.Socket });
    this.profiles = new Profiles(this.client, (chats) => this.#frames.add(chats));
    this.#router = new Router((route) => this.#showRoute(route));
    this.#route = this.#router.route;
    this.#banner = new Banner(() => this.client.wake());
    this.#sidebar = new Sidebar(this);
    this.#conversation = new Conversation(this, new Composer(this), new Notices(this.client), { back: () => this.#router.toList() });
    new Notifier(this);
    this.#layout = shell?.layout ?? h("div.layout", {}, this.#banner.element, h("main", {}, h("h1.visually-hidden", {}, "PiChat"), this.#sidebar.element, this.#conversation.element));
    this.#layout.append(new Announcer(this).element);
    this.client.on("status", (status) => this.#statusChanged(status));
    this.client.on("change", () => this.#applySettings());
    this.client.on("change", (chats) => this.#frames.add(chats));
    this.client.on("problem", (error) => toast(refusedText(error)));
    this.#offline = new OfflineChats(this.client);
    this.entered = this.#start(shell !== undefined);
    this.entered.then(() => this.#online(), () => {});
  }

  get isLoaded(): boolean {
    return this.#ready;
  }

  get limits(): Limits | undefined {
    return this.#limits.current;
  }

  get chat(): Chat | undefined {
    const { chatId } = this.#route;
    return this.client.state.rooms.has(chatId) ? this.client.chat(chatId) : undefined;
  }

  /** Puts the page into the document. */
  show(): void {
    if (this.#shown) return;
    this.#shown = true;
    if (this.#shell) this.#takeOver(this.#shell);
    else this.#place.replaceChildren(this.#layout);
    this.#layout.classList.toggle("open", this.#route.chatId !== "");
    this.#sidebar.draw();
    this.#conversation.draw();
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woken());
    window.addEventListener("online", () => this.client.wake());
  }

  /** Takes the place of the shell; its conversation stays while somebody may be typing into it. */
  #takeOver(shell: ShellPage): void {
    shell.banner.replaceWith(this.#banner.element);
    whenSettled(shell, () => this.#sidebar.adopt(shell));
    if (!shell.composer) this.#placeConversation();
  }

  #placeConversation(): void {
    const shell = this.#shell;
    this.#shell = undefined;
    if (!shell) return;
    const replace = () => shell.conversation.replaceWith(this.#conversation.element);
    whenSettled(shell, () => (shell.composer ? this.#conversation.adopt(shell.composer, replace) : replace()));
  }

  open(chatId: string): void {
    this.#router.go({ chatId });
  }

  showMessage({ chatId, id }: MessageAddress): void {
    if (chatId === this.#route.chatId && this.chat) void this.#conversation.show(id);
    else this.#router.go({ chatId, messageId: id });
  }

  async logOut(everywhere: boolean): Promise<void> {
    // A token that was pasted has no session to end.
    await this.client.logOut(everywhere).catch(() => this.client.close());
    this.#leave();
  }

  async #start(isReturning: boolean): Promise<void> {
    if (isReturning && (await this.#offline.show())) this.#enter();
    await this.client.start();
  }

  /** Starts over; what is stored belongs to another user if one has logged in in another window. */
  #leave(isReplaced = false): void {
    if (!isReplaced) {
      sessions.save(undefined);
      forgetUser();
    }
    const reload = () => {
      history.replaceState(null, "", location.pathname);
      location.reload();
    };
    void forgetSnapshot().finally(reload);
  }

  #showRoute(route: Route): void {
    this.#route = route;
    this.#layout.classList.toggle("open", route.chatId !== "");
    if (!this.#ready) return;
    this.#conversation.open(route);
    this.#sidebar.draw();
  }

  /** The first connection is up. */
  #online(): void {
    this.#offline.online();
    this.#fetchTheRest();
    if (!this.#ready) return this.#enter();
    this.#sidebar.draw();
    this.#conversation.refresh(this.#route);
  }

  /** What is not needed for the first messages must not delay them. */
  #fetchTheRest(): void {
    prefetchParts();
    keepPage();
  }

  #enter(): void {
    this.#ready = true;
    this.show();
    this.#sidebar.loaded();
    if (!this.#conversation.showsChat) this.#showFirst();
    this.#placeConversation();
    this.client.command({ type: "GET_SETTINGS" }).catch(() => {});
  }

  #showFirst(): void {
    const [newest] = sortedChats(this);
    if (!this.#route.chatId && newest && window.matchMedia(WIDE).matches) this.#router.go({ chatId: newest.id }, { replace: true });
    else this.#showRoute(this.#route);
  }

  /** The theme follows the user to every device; changes made during a cut arrive with the state, not as events. */
  #applySettings(): void {
    const { settings } = this.client.state;
    if (this.#settings === settings) return;
    this.#settings = settings;
    if (isTheme(settings?.theme)) theme.set(settings.theme);
  }

  #changed(chats: ReadonlySet<string>): void {
    if (!this.#shown || !this.#ready || this.#offline.isBetween) return;
    const { chatId } = this.#route;
    this.#sidebar.draw();
    // The open chat was joined, or the user is no longer in it.
    const member = this.chat !== undefined;
    if (chatId && member !== this.#conversation.showsChat && this.client.status.phase === "online") this.#conversation.open(this.#route);
    else if (chats.has(chatId) || chats.has("")) this.#conversation.draw();
    const unread = this.client.chats.reduce((sum, { object }) => sum + (object.muted ? (object.mentionCount ?? 0) : (object.unreadCount ?? 0)), 0);
    document.title = unread > 0 ? `(${unread}) PiChat` : "PiChat";
  }

  #statusChanged(status: Status): void {
    this.#banner.show(status);
    if (status.phase === "closed" && this.#shown && status.reason instanceof AuthenticationError) this.#leave(status.reason.code === "CONFLICT");
  }

  #woken(): void {
    this.client.wake();
    if (this.#ready && !this.#offline.isBetween) this.#conversation.draw();
  }

  #key(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k") chatSwitcher(this);
    else if (command && event.key === "/") dialogs.use(({ shortcutsHelp }) => shortcutsHelp());
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) this.#step(event.key === "ArrowUp" ? -1 : 1);
    else return;
    event.preventDefault();
  }

  /** Opens the chat above or below the open one. */
  #step(step: 1 | -1): void {
    const chats = sortedChats(this);
    const index = chats.findIndex(({ id }) => id === this.#route.chatId) + step;
    const next = chats[Math.min(Math.max(index, 0), chats.length - 1)];
    if (next) this.open(next.id);
  }
}

