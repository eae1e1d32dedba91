import type { Chat, User } from "pichat-client";
import { h } from "./dom.ts";
import { avatar } from "./text.ts";

const MOST = 6;

/** Completes `@na…` with the names of members. */
export class Mentions {
  readonly element = h("ul.mentions", { role: "listbox", id: "mentions", "aria-label": "Members", hidden: true });
  readonly #text: HTMLTextAreaElement;
  readonly #chat: () => Chat | undefined;
  #found: User[] = [];
  #index = 0;

  constructor(text: HTMLTextAreaElement, chat: () => Chat | undefined) {
    [this.#text, this.#chat] = [text, chat];
    text.setAttribute("aria-controls", "mentions");
    text.setAttribute("aria-autocomplete", "list");
  }

  hide(): void {
    this.element.hidden = true;
    this.#found = [];
    this.#text.removeAttribute("aria-activedescendant");
  }

  /** Looks at what stands before the cursor. */
  update(): void {
    const begun = this.#begun()?.toLowerCase();
    const members = this.#chat()?.room.members;
    if (begun === undefined || !members) return this.hide();
    const users = [...members.values()].map(({ user }) => user);
    const fits = ({ username, displayName }: User) => username.toLowerCase().startsWith(begun) || displayName.toLowerCase().startsWith(begun);
    this.#found = users.filter(fits).slice(0, MOST);
    this.#index = 0;
    this.#draw();
  }

  /** Takes a key; says false where it means nothing here. */
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

  #begun(): string | undefined {
    return this.#text.value.slice(0, this.#text.selectionStart).match(/(?:^|\s)@([\w.-]*)$/)?.[1];
  }

  #choose(user: User): void {
    const cursor = this.#text.selectionStart;
    const begin = cursor - this.#begun()!.length;
    this.#text.setRangeText(`${user.username} `, begin, cursor, "end");
    this.hide();
    this.#text.focus();
  }

  #draw(): void {
    this.element.hidden = this.#found.length === 0;
    this.element.replaceChildren(
      ...this.#found.map((user, index) =>
        h("li", { role: "option", id: `mention-${index}`, "aria-selected": String(index === this.#index), onmousedown: (event) => (event.preventDefault(), this.#choose(user)) },
          avatar(user.id, user.displayName, user.status), h("span", {}, user.displayName, h("small", {}, ` @${user.username}`))),
      ),
    );
    if (this.#found.length) this.#text.setAttribute("aria-activedescendant", `mention-${this.#index}`);
    else this.#text.removeAttribute("aria-activedescendant");
  }
}
