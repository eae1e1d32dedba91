import type { Message } from "pichat-client";
import { mayPost, type Context } from "../context.ts";
import { attempt, confirmed, dialog, toast } from "../dialog.ts";
import { h, iconButton } from "../dom.ts";
import { t } from "../i18n.ts";
import { icon, type Icon } from "../icons.ts";
import { pickEmoji } from "../lazy.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { permalink } from "../router.ts";
import { recentEmoji } from "../storage.ts";
import { isolate } from "../text.ts";

const QUICK = ["👍", "❤️", "😂"];

/** The part of the composer that actions use. */
export interface Writing {
  reply(message: Message): void;
  edit(message: Message): void;
}

/** The part of the timeline that actions use. */
export interface Reading {
  markUnread(message: Message): Promise<void>;
}

interface Action {
  icon: Icon;
  label: string;
  danger?: boolean;
  run(): void;
}

/** The actions on a message: a toolbar at the row under the pointer, or a sheet on touch screens. */
export class MessageActions {
  readonly #context: Context;
  readonly #writing: Writing;
  readonly #reading: () => Reading;
  readonly #toolbar = h("div.toolbar", { role: "toolbar", "aria-label": t.messageActions });
  #shown: Message | undefined;

  constructor(context: Context, writing: Writing, reading: () => Reading) {
    this.#context = context;
    this.#writing = writing;
    this.#reading = reading;
  }

  hide(): void {
    this.#toolbar.remove();
    this.#shown = undefined;
  }

  /** Shows the toolbar at a row. */
  showToolbar(row: HTMLElement, message: Message): void {
    if (this.#shown === message && this.#toolbar.parentElement === row) return;
    this.#shown = message;
    const quick = QUICK.map((emoji) => iconButton(emoji, t.reactWith(emoji), () => this.react(message, emoji)));
    const others = this.#actions(message).map((action) => iconButton(action.icon, action.label, action.run));
    this.#toolbar.replaceChildren(...quick, ...others);
    row.append(this.#toolbar);
  }

  /** Shows the actions as a sheet, large enough for fingers. */
  showSheet(message: Message): void {
    // Once the focus is back at the message: what opens next takes note of where it was.
    const then = (run: () => void) => () => {
      made.addEventListener("close", run);
      made.close();
    };
    const quick = [...QUICK, "🎉", "👀"].map((emoji) => iconButton(emoji, t.reactWith(emoji), then(() => this.react(message, emoji))));
    const entries = this.#actions(message).map(({ icon: name, label, danger, run }) =>
      h(danger ? "button.entry.danger" : "button.entry", { type: "button", onclick: then(run) }, icon(name), label));
    const made = dialog(t.messageActions, h("div.quick", {}, ...quick), h("div.entries", {}, ...entries));
    made.classList.add("sheet");
  }

  /** Adds a reaction, or takes it back. */
  react(message: Message | undefined, emoji: string): void {
    const { chat, client, wishes } = this.#context;
    if (!chat || !message) return;
    const mine = wishes.reactionsOf(message, client.me).some((reaction) => reaction.emoji === emoji && reaction.me);
    if (!mine) recentEmoji.add(emoji);
    void wishes.react<unknown>(message, emoji, !mine, mine ? chat.unreact(message.id, emoji) : chat.react(message.id, emoji));
  }

  #actions(message: Message): Action[] {
    const { chat, client } = this.#context;
    if (!chat) return [];
    const own = message.sender.id === client.me.id;
    const moderates = chat.object.myRole !== "member" || client.me.role !== "member";
    const pinned = this.#context.wishes.isPinned(chat, message.id);
    const actions: Action[] = [];
    if (chat.object.active) {
      actions.push({ icon: "smile", label: t.addReaction, run: () => pickEmoji((emoji) => this.react(message, emoji)) });
      if (mayPost(chat)) actions.push({ icon: "reply", label: t.reply, run: () => this.#writing.reply(message) });
    }
    if (message.content) actions.push({ icon: "copy", label: t.copyText, run: () => void copy(message.content, t.textCopied) });
    actions.push({ icon: "link", label: t.copyLink, run: () => void copy(permalink({ chatId: message.chatId, messageId: message.id }), t.linkCopied) });
    if (!own) actions.push({ icon: "unread", label: t.markUnread, run: () => void this.#reading().markUnread(message) });
    if (moderates && chat.object.active) actions.push({ icon: "pin", label: pinned ? t.unpin : t.pin, run: () => this.#pin(message, pinned) });
    if (own && chat.object.active) actions.push({ icon: "edit", label: t.edit, run: () => this.#writing.edit(message) });
    if (own || moderates) actions.push({ icon: "trash", label: t.delete, danger: true, run: () => void this.#delete(message) });
    return actions;
  }

  #pin(message: Message, pinned: boolean): void {
    const { client, wishes } = this.#context;
    const where = { chatId: message.chatId, messageId: message.id };
    void wishes.pin<unknown>(message, !pinned, pinned ? client.command({ type: "UNPIN_MESSAGE", ...where }) : client.command({ type: "PIN_MESSAGE", ...where }));
  }

  async #delete(message: Message): Promise<void> {
    const own = message.sender.id === this.#context.client.me.id;
    const text = own ? t.deleteOwnMessageText : t.deleteMessageText(isolate(message.sender.displayName));
    const sure = await confirmed({ title: t.deleteMessageTitle, text, quote: messageSnippet(message, 200), action: t.delete });
    if (sure && (await attempt(this.#context.client.chat(message.chatId).delete(message.id)))) toast(t.messageWasDeleted);
  }
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast(t.copyFailed);
  }
}
