import type { Message, Reaction } from "pichat-client";
import type { App } from "./app.ts";
import type { Composer } from "./composer.ts";
import { attempt, dialog, h, iconButton, toast } from "./dom.ts";

const QUICK = ["👍", "❤️", "😂"];
const MORE = [..."👍👎❤😂😮😢😡🎉🙏👏🔥🚀👀✅❌💯🤔😍😅🥳💡☕🍕🐛"];

/** What can be done with the message that is pointed at; there is one, which moves. */
export class Toolbar {
  readonly #app: App;
  readonly #composer: Composer;
  readonly #element = h("div.toolbar", { role: "toolbar", "aria-label": "Do with this message" });
  #message: Message | undefined;

  constructor(app: App, composer: Composer) {
    [this.#app, this.#composer] = [app, composer];
  }

  hide(): void {
    this.#element.remove();
    this.#message = undefined;
  }

  show(row: HTMLElement, message: Message): void {
    if (this.#message === message && this.#element.parentElement === row) return;
    this.#message = message;
    this.#element.replaceChildren(...this.#buttons(message));
    row.append(this.#element);
  }

  /** Takes a reaction back, or adds it. */
  react(message: Message | undefined, emoji: string): void {
    const { chat } = this.#app;
    if (!chat || !message) return;
    const mine = (message.reactions as Reaction[]).some((reaction) => reaction.emoji === emoji && reaction.me);
    void attempt<unknown>(mine ? chat.unreact(message.id, emoji) : chat.react(message.id, emoji));
  }

  #buttons(message: Message): HTMLElement[] {
    const { chat, client } = this.#app;
    const own = message.sender.id === client.me.id;
    const keeper = chat?.object.myRole !== "member" || client.me.role !== "member";
    const pinned = chat?.object.pinned.includes(message.id);
    return [
      ...QUICK.map((emoji) => iconButton(emoji, `React with ${emoji}`, () => this.react(message, emoji))),
      iconButton("smile", "React…", () => this.#choose(message)),
      iconButton("reply", "Reply", () => this.#composer.reply(message)),
      ...(keeper ? [iconButton("pin", pinned ? "Unpin" : "Pin", () => this.#pin(message, Boolean(pinned)))] : []),
      ...(own ? [iconButton("edit", "Edit", () => this.#composer.edit(message))] : []),
      ...(own || keeper ? [iconButton("trash", "Delete", () => this.#delete(message))] : []),
    ];
  }

  #choose(message: Message): void {
    const choices = MORE.map((emoji) => iconButton(emoji, `React with ${emoji}`, () => {
      this.react(message, emoji);
      made.close();
    }));
    const made = dialog("React", h("div.emojis", {}, ...choices));
  }

  #pin(message: Message, pinned: boolean): void {
    const about = { chatId: message.chatId, messageId: message.id };
    void attempt<unknown>(pinned ? this.#app.client.command({ type: "UNPIN_MESSAGE", ...about }) : this.#app.client.command({ type: "PIN_MESSAGE", ...about }));
  }

  #delete(message: Message): void {
    const yes = async () => {
      made.close();
      if (await attempt(this.#app.client.chat(message.chatId).delete(message.id))) toast("The message was deleted.");
    };
    const made = dialog("Delete this message?", h("p", {}, message.content.slice(0, 200)),
      h("footer", {}, h("button", { type: "button", onclick: () => made.close() }, "Keep it"), h("button.danger", { type: "button", onclick: yes }, "Delete")));
  }
}
