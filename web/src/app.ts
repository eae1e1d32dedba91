import { AuthenticationError, Client, type Chat, type Options, type Status } from "pichat-client";
import { Composer } from "./composer.ts";
import { Conversation } from "./conversation.ts";
import { h, toast } from "./dom.ts";
import { loginPage } from "./login.ts";
import { Sidebar } from "./sidebar.ts";
import { forgetUnsent, outbox, sessions, theme, type Theme } from "./stores.ts";

const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;

/** Shows the chat where somebody is logged in, else the way in. */
export function begin(place: Element): void {
  const kept = sessions.load();
  if (kept?.accessToken || kept?.refreshToken) new App(place, {});
  else loginPage(place, (ways) => enter(place, ways));
}

/** Tries to get in; the page stays where it is until that is known. */
async function enter(place: Element, ways: Partial<Options>): Promise<void> {
  const app = new App(place, ways, true);
  await app.entered;
}

/** The chat page: one client, and what is looked at. */
export class App {
  readonly client: Client;
  readonly entered: Promise<void>;
  readonly #place: Element;
  readonly #sidebar: Sidebar;
  readonly #conversation: Conversation;
  readonly #composer: Composer;
  readonly #banner = h("div.banner", { role: "status", "aria-live": "polite", hidden: true });
  readonly #layout: HTMLElement;
  #chatId = location.hash.slice(1);
  #shown = false;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(place: Element, ways: Partial<Options>, wait = false) {
    this.#place = place;
    this.client = new Client({ url, ...ways, session: sessions, outbox });
    this.#sidebar = new Sidebar(this);
    this.#composer = new Composer(this);
    this.#conversation = new Conversation(this, this.#composer);
    const main = h("main", {}, this.#conversation.element);
    this.#layout = h("div.layout", {}, this.#banner, this.#sidebar.element, main);
    this.client.on("status", (status) => this.#showStatus(status));
    this.client.on("change", (chats) => this.#changed(chats));
    this.client.on("problem", (error) => toast(error.message));
    this.client.on("SETTINGS", ({ settings }) => this.#applySettings(settings));
    this.entered = this.client.start();
    this.entered.then(() => this.#enter(), () => {});
    if (!wait) this.#show();
  }

  /** The chat that is looked at. */
  get chat(): Chat | undefined {
    return this.client.state.rooms.has(this.#chatId) ? this.client.chat(this.#chatId) : undefined;
  }

  /** Looks at a chat. */
  open(id: string): void {
    this.#chatId = id;
    if (location.hash.slice(1) !== id) history.replaceState(null, "", id ? `#${id}` : location.pathname);
    this.#layout.classList.toggle("open", id !== "");
    this.#conversation.open();
    this.#sidebar.draw();
  }

  /** Looks at a message. */
  show(message: { chatId: string; id: string }): void {
    if (message.chatId !== this.#chatId) this.open(message.chatId);
    void this.#conversation.show(message.id);
  }

  /** Goes back to the log-in, with nothing left of this user. */
  async logOut(everywhere: boolean): Promise<void> {
    await this.client.logOut(everywhere).catch(() => {
      // A pasted token has no session to end.
      this.client.close();
    });
    this.#leave();
  }

  #leave(): void {
    sessions.save(undefined);
    forgetUnsent();
    history.replaceState(null, "", location.pathname);
    location.reload();
  }

  #show(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.#place.replaceChildren(this.#layout);
    window.addEventListener("hashchange", () => this.open(location.hash.slice(1)));
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woken());
    window.addEventListener("online", () => this.client.wake());
  }

  #enter(): void {
    this.#show();
    this.client.command({ type: "GET_SETTINGS" }).catch(() => {});
    if (!this.chat && window.matchMedia("(min-width: 48rem)").matches) {
      const [newest] = this.#sidebar.sorted();
      if (newest) return this.open(newest.id);
    }
    this.open(this.#chatId);
  }

  #applySettings(settings: Record<string, unknown>): void {
    if (["system", "light", "dark"].includes(String(settings.theme))) theme.set(settings.theme as Theme);
  }

  #changed(chats: ReadonlySet<string>): void {
    if (!this.#shown) return;
    if (this.#chatId && !this.chat && this.client.status.phase === "online") this.open("");
    this.#sidebar.draw();
    if (chats.has(this.#chatId) || chats.has("")) this.#conversation.draw();
    const unread = this.client.chats.reduce((sum, { object }) => sum + (object.muted ? 0 : (object.unreadCount ?? 0)), 0);
    document.title = unread > 0 ? `(${unread}) PiChat` : "PiChat";
  }

  #showStatus(status: Status): void {
    clearInterval(this.#tick);
    const draw = () => this.#drawBanner(status);
    if (status.phase === "waiting") this.#tick = setInterval(draw, 1_000);
    draw();
    if (status.phase === "closed" && this.#shown) this.#ended(status.reason);
  }

  #drawBanner(status: Status): void {
    this.#banner.dataset.phase = status.phase;
    this.#banner.hidden = status.phase === "online";
    if (status.phase === "connecting") this.#banner.replaceChildren("Connecting…");
    if (status.phase !== "waiting") return;
    const seconds = Math.max(0, Math.ceil((status.retryAt - Date.now()) / 1_000));
    const now = h("button", { type: "button", onclick: () => this.client.wake() }, "Try now");
    this.#banner.replaceChildren(`No connection. Trying again in ${seconds} s. `, now);
  }

  #ended(reason: Error | undefined): void {
    if (reason instanceof AuthenticationError) return this.#leave();
    this.#banner.hidden = false;
    const again = h("button", { type: "button", onclick: () => location.reload() }, "Reload");
    this.#banner.replaceChildren(`The connection was ended: ${reason?.message ?? "goodbye"}. `, again);
  }

  #woken(): void {
    this.client.wake();
    this.#conversation.draw();
  }

  #key(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.#sidebar.focusSearch();
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const chats = this.#sidebar.sorted();
      const index = chats.findIndex(({ id }) => id === this.#chatId) + (event.key === "ArrowUp" ? -1 : 1);
      const next = chats[Math.min(Math.max(index, 0), chats.length - 1)];
      if (next) this.open(next.id);
    }
  }
}
