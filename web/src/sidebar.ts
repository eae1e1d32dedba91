import type { Chat } from "pichat-client";
import type { App } from "./app.ts";
import { h, iconButton } from "./dom.ts";
import { newChat } from "./newchat.ts";
import { searchMessages } from "./search.ts";
import { settingsDialog } from "./settings.ts";
import { avatar, briefly, snippet } from "./text.ts";

/** The chats of the user, newest first. */
export class Sidebar {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #list = h("ul.chats", { "aria-label": "Chats" });
  readonly #me = h("button.me", { type: "button", title: "Settings", onclick: () => settingsDialog(this.#app) });
  readonly #filter: HTMLInputElement;
  readonly #rows = new Map<string, { element: HTMLLIElement; drawn: string }>();

  constructor(app: App) {
    this.#app = app;
    this.#filter = h("input", {
      type: "search", placeholder: "Find a chat (Ctrl K)", "aria-label": "Find a chat", oninput: () => this.draw(),
      onkeydown: (event) => this.#key(event),
    });
    const buttons = [
      iconButton("search", "Search messages", () => searchMessages(app)),
      iconButton("plus", "New chat or channel", () => newChat(app)),
    ];
    this.element = h("nav.sidebar", { "aria-label": "Chats" }, h("header", {}, this.#me, ...buttons), this.#filter, this.#list);
  }

  focusSearch(): void {
    this.#app.open("");
    this.#filter.focus();
    this.#filter.select();
  }

  /** As they are listed. */
  sorted(): Chat[] {
    const wanted = this.#filter.value.trim().toLowerCase();
    const active = ({ object }: Chat) => object.lastMessage?.createdAt ?? object.updatedAt;
    return this.#app.client.chats
      .filter((chat) => chat.object.active || chat.id === this.#app.chat?.id)
      .filter((chat) => chat.name.toLowerCase().includes(wanted))
      .sort((one, other) => active(other).localeCompare(active(one)) || one.id.localeCompare(other.id));
  }

  draw(): void {
    const { me } = this.#app.client.state;
    if (me) {
      const name = h("span", {}, h("strong", {}, me.displayName), h("small", {}, `@${me.username}`));
      this.#me.replaceChildren(avatar(me.id, me.displayName), name);
    }
    const wanted = this.sorted().map((chat) => this.#row(chat));
    // Only what moved is moved: a list that is rebuilt loses its focus.
    wanted.forEach((row, index) => this.#list.children[index] !== row && this.#list.insertBefore(row, this.#list.children[index] ?? null));
    while (this.#list.children.length > wanted.length) this.#list.lastChild!.remove();
    if (wanted.length === 0) this.#list.append(h("li.empty", {}, this.#filter.value ? "No chat of that name." : "No chats yet: press + to begin one."));
  }

  #row(chat: Chat): HTMLLIElement {
    const { object } = chat;
    const here = chat.id === this.#app.chat?.id;
    const unsent = chat.pending.length;
    const typing = chat.typingUsers.map(({ displayName }) => displayName).join(", ");
    const last = object.lastMessage;
    const said = last ? `${last.sender.id === this.#app.client.state.me?.id ? "You" : last.sender.displayName}: ${last.content}` : "";
    const line = typing ? `${typing} is typing…` : snippet(said || object.description || "Nothing said yet", 60);
    const drawn = JSON.stringify([chat.name, line, object.unreadCount, object.mentionCount, object.muted, here, unsent, object.peer?.status]);
    const known = this.#rows.get(chat.id);
    if (known?.drawn === drawn) return known.element;
    const element = known?.element ?? h("li");
    element.replaceChildren(this.#button(chat, here, line, unsent));
    this.#rows.set(chat.id, { element, drawn });
    return element;
  }

  #button(chat: Chat, here: boolean, line: string, unsent: number): HTMLElement {
    const { kind, peer, unreadCount = 0, mentionCount = 0, muted, lastMessage } = chat.object;
    const title = kind === "channel" ? `# ${chat.name}` : chat.name;
    const count = mentionCount > 0 ? `@ ${unreadCount}` : String(unreadCount);
    const spoken = `${unreadCount} unread${mentionCount ? `, ${mentionCount} mention you` : ""}`;
    return h(
      "button.chat",
      { type: "button", "aria-current": here ? "true" : undefined, onclick: () => this.#app.open(chat.id), "data-chat": chat.id },
      avatar(peer?.id ?? chat.id, chat.name, peer?.status),
      h("span.what", {}, h("strong", {}, title, muted && h("span.quiet", { "aria-label": "muted" }, " 🔕")), h("small", {}, line)),
      h(
        "span.side", {},
        lastMessage && h("time", {}, briefly(lastMessage.createdAt)),
        unsent > 0 && h("span.unsent", { "aria-label": `${unsent} unsent` }, "…"),
        unreadCount > 0 && h(muted ? "span.badge.muted" : "span.badge", { "aria-label": spoken }, count),
      ),
    );
  }

  #key(event: KeyboardEvent): void {
    const [first] = this.sorted();
    if (event.key === "Enter" && first) this.#app.open(first.id);
    if (event.key !== "Enter" && event.key !== "Escape") return;
    this.#filter.value = "";
    this.draw();
  }
}
