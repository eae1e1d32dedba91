import type { Chat, User } from "pichat-client";
import { userAvatar } from "../avatar.ts";
import { bdi, h } from "../dom.ts";
import { t } from "../i18n.ts";

const MOST = 6;
const STARTED = /(?:^|\s)@([\w.-]*)$/;

/** Completes `@na…` in the composer with the names of members. */
export class MentionCompletion {
  readonly element = h("ul.options.completion", { role: "listbox", id: "mentions", "aria-label": t.membersHeading, hidden: true });
  readonly #input: HTMLTextAreaElement;
  readonly #chat: () => Chat | undefined;
  #found: User[] = [];
  #index = 0;
  #isWaiting = false;

  constructor(input: HTMLTextAreaElement, chat: () => Chat | undefined) {
    this.#input = input;
    this.#chat = chat;
    input.setAttribute("aria-controls", "mentions");
    input.setAttribute("aria-autocomplete", "list");
  }

  hide(): void {
    this.element.hidden = true;
    this.#found = [];
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** Looks at the text before the cursor. */
  update(): void {
    const started = this.#started()?.toLowerCase();
    const chat = this.#chat();
    const members = chat?.room.members;
    if (started === undefined || !chat) return this.hide();
    if (!members) {
      this.hide();
      return void this.#waitForMembers(chat);
    }
    const fits = ({ username, displayName }: User) => username.toLowerCase().startsWith(started) || displayName.toLowerCase().startsWith(started);
    this.#found = [...members.values()].map(({ user }) => user).filter(fits).slice(0, MOST);
    this.#index = 0;
    this.#draw();
  }

  /** Handles a key; false if it means nothing here. */
  key(event: KeyboardEvent): boolean {
    if (this.#found.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#index = (this.#index + step + this.#found.length) % this.#found.length;
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.#found[this.#index]!);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    if (step) this.#draw();
    return true;
  }

  async #waitForMembers(chat: Chat): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const found = await chat.members().catch(() => undefined);
    this.#isWaiting = false;
    if (found && document.activeElement === this.#input) this.update();
  }

  #started = (): string | undefined => this.#input.value.slice(0, this.#input.selectionStart).match(STARTED)?.[1];

  #choose(user: User): void {
    const cursor = this.#input.selectionStart;
    this.#input.setRangeText(`${user.username} `, cursor - (this.#started()?.length ?? 0), cursor, "end");
    this.hide();
    this.#input.focus();
    this.#input.dispatchEvent(new Event("input"));
  }

  #draw(): void {
    this.element.hidden = this.#found.length === 0;
    this.element.replaceChildren(...this.#found.map((user, index) => this.#option(user, index)));
    if (this.#found.length) this.#input.setAttribute("aria-activedescendant", `mention-${this.#index}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #option(user: User, index: number): HTMLElement {
    const choose = (event: Event) => {
      // The text keeps the focus and its cursor.
      event.preventDefault();
      this.#choose(user);
    };
    return h("li", { role: "option", id: `mention-${index}`, "aria-selected": String(index === this.#index), onmousedown: choose },
      userAvatar(user, user.status), h("span.lines", {}, bdi(user.displayName), h("small", {}, bdi(`@${user.username}`))));
  }
}
