import { CommandError, type FrameOf } from "pichat-client";
import type { Context } from "../context.ts";
import { attempt } from "../dialog.ts";
import { bdi, button, h, iconButton, sentence } from "../dom.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { dialogs } from "../lazy.ts";
import { refusedText } from "../refused.ts";
import { isolate } from "../text.ts";

type Listed = FrameOf<"CHAT">["chat"];

/** Takes the place of a chat: a hint, a channel that the user has not joined, or the reason why a link leads nowhere. */
export class ChannelPreview {
  readonly element = h("div.preview", { tabindex: "-1" });
  readonly #context: Context;
  readonly #back: () => void;
  #chatId = "";
  #found: Listed | Error | undefined;
  #asked = 0;

  constructor(context: Context, back: () => void) {
    this.#context = context;
    this.#back = back;
  }

  /** Shows the chat with that id or name, which the user is not in; none: a hint how to begin. */
  open(chatId: string): void {
    if (chatId === this.#chatId && this.#found) return this.draw();
    this.#chatId = chatId;
    this.#found = undefined;
    this.draw();
    if (chatId) void this.#look(chatId);
  }

  draw(): void {
    this.element.replaceChildren(...this.#content());
  }

  async #look(chatId: string): Promise<void> {
    const asked = ++this.#asked;
    const found = await this.#find(chatId).catch((error: Error) => error);
    if (asked !== this.#asked) return;
    this.#found = found;
    const member = !(found instanceof Error) && this.#context.client.state.rooms.has(found.id);
    // A link by name to a channel that the user is in.
    if (member) this.#context.open(found.id);
    else this.draw();
  }

  async #find(chatId: string): Promise<Listed> {
    const { client } = this.#context;
    const get = async (reference: string) => (await client.command({ type: "GET_CHAT", chatId: reference })).chat;
    try {
      return await get(chatId);
    } catch (error) {
      const unknown = error instanceof CommandError && (error.code === "NOT_FOUND" || error.code === "INVALID_ARGUMENT");
      if (!unknown || chatId.startsWith("#")) throw error;
      return get(`#${chatId}`);
    }
  }

  #content(): Node[] {
    const back = iconButton("back", t.backToChats, this.#back);
    back.classList.add("back");
    if (!this.#context.isLoaded) return [back, h("p.hero", { "aria-busy": "true" }, t.loading)];
    if (!this.#chatId) {
      const begin = button(t.startAChat, () => dialogs.use(({ newChat }) => newChat(this.#context)), "primary");
      return [h("div.hero", {}, icon("mail"), h("h2", {}, t.chooseAChat), h("p", {}, t.chooseAChatHint), begin)];
    }
    if (!this.#found) return [back, h("p.hero", { "aria-busy": "true" }, t.loading)];
    return [back, this.#found instanceof Error ? failure(this.#found, this.#back) : this.#channel(this.#found)];
  }

  #channel(chat: Listed): HTMLElement {
    const join = async () => {
      const joined = await attempt(this.#context.client.join(chat.id));
      if (joined) this.#context.open(joined.id);
    };
    return h("div.hero", {}, icon("hash"), h("h2", { dir: "auto" }, bdi(`#${chat.name}`)),
      chat.description && h("p", { dir: "auto" }, chat.description), h("p", {}, t.members(chat.memberCount)),
      h("p", {}, sentence(t.notAMember(isolate(`#${chat.name}`)))), button(t.joinChannel, () => void join(), "primary"));
  }
}

function failure(error: Error, back: () => void): HTMLElement {
  const missing = error instanceof CommandError && (error.code === "NOT_FOUND" || error.code === "INVALID_ARGUMENT");
  return h("div.hero", { role: "alert" }, icon("search"), h("h2", {}, missing ? t.chatNotFound : t.cannotOpenChat), h("p", {}, missing ? t.chatNotFoundHint : refusedText(error)),
    button(t.backToChats, back));
}
