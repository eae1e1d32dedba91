import type { Chat, Draft, Message } from "pichat-client";
import { chatTitle, contentLimit, type Context } from "../context.ts";
import { attempt } from "../dialog.ts";
import { bdi, h, iconButton, sentence } from "../dom.ts";
import { pickEmoji } from "../emoji/picker.ts";
import { formatNumber } from "../format.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { drafts } from "../storage.ts";
import { characterCount, isolate } from "../text.ts";
import { attachLink } from "./attach.ts";
import { MentionCompletion } from "./mentions.ts";

const TYPING_EVERY_MS = 4_000;
const MOST_HEIGHT_PX = 220;
/** The counter appears when this share of the limit is used. */
const COUNT_FROM = 0.9;

/** The field in which messages are written, and its buttons. */
export class Composer {
  readonly element: HTMLFormElement;
  onEditLast = () => {};
  onSent = () => {};
  readonly #context: Context;
  readonly #input: HTMLTextAreaElement;
  readonly #about = h("div.about", { hidden: true });
  readonly #counter = h("p.counter", { hidden: true, role: "status" });
  readonly #send = h("button.icon.send", { type: "submit", title: t.send, "aria-label": t.send }, icon("send"));
  readonly #buttons: HTMLButtonElement[];
  readonly #mentions: MentionCompletion;
  #chat: Chat | undefined;
  #replyTo: Message | undefined;
  #editing: Message | undefined;
  #attachments: NonNullable<Draft["attachments"]> = [];
  #typedAt = 0;
  #sizedFor = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#input = h("textarea", {
      rows: "1", placeholder: t.message, "aria-label": t.message, enterkeyhint: "send", autocomplete: "off", dir: "auto",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event),
    });
    this.#mentions = new MentionCompletion(this.#input, () => this.#chat);
    this.#buttons = [iconButton("clip", t.attachLink, () => this.#attach()), iconButton("smile", t.insertEmoji, () => pickEmoji((emoji) => this.#insert(emoji)))];
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      this.#submit();
    };
    this.element = h("form.composer", { onsubmit: submit }, this.#about, this.#mentions.element, h("div.line", {}, ...this.#buttons, this.#input, this.#send), this.#counter);
    // The text cannot be measured while it is hidden; it is measured again when it gets a width.
    new ResizeObserver(() => this.#input.clientWidth !== this.#sizedFor && this.#grow()).observe(this.#input);
  }

  /** Turns to another chat, with the draft that was left there. */
  open(chat: Chat | undefined): void {
    this.#keepDraft();
    this.#chat = chat;
    this.#reset(chat ? drafts.get(chat.id) : "");
  }

  draw(chat: Chat): void {
    const closed = !chat.object.active;
    this.#input.disabled = closed;
    for (const button of this.#buttons) button.disabled = closed;
    this.#input.placeholder = closed ? t.chatIsArchived : t.messageTo(isolate(chatTitle(chat)));
    this.#count();
  }

  focus(): void {
    this.#input.focus();
  }

  reply(message: Message): void {
    if (this.#editing) this.#reset("");
    this.#replyTo = message;
    this.#drawAbout();
    this.focus();
  }

  edit(message: Message): void {
    this.#keepDraft();
    this.#reset(message.content);
    this.#editing = message;
    this.#drawAbout();
    this.focus();
  }

  /** Puts a text that could not be sent back, in front of what is being written. */
  restore(text: string): void {
    const written = this.#editing ? "" : this.#input.value;
    this.#reset(written ? `${text}\n${written}` : text);
    this.#keepDraft();
    this.focus();
  }

  #reset(text: string): void {
    this.#input.value = text;
    this.#replyTo = this.#editing = undefined;
    this.#attachments = [];
    this.#typedAt = 0;
    this.#drawAbout();
    this.#mentions.hide();
    this.#grow();
    this.#count();
  }

  /** Gives up a reply or an edit. */
  #cancel(): void {
    this.#reset(this.#editing && this.#chat ? drafts.get(this.#chat.id) : this.#input.value);
    this.focus();
  }

  #drawAbout(): void {
    const message = this.#editing ?? this.#replyTo;
    const heading = this.#editing ? t.editingMessage : t.replyingTo(isolate(message?.sender.displayName ?? ""));
    const links = this.#attachments.map(({ name }) => h("span.attached", {}, icon("clip"), bdi(name ?? "")));
    this.#about.hidden = !message && links.length === 0;
    this.#about.replaceChildren(
      h("span.lines", {}, message && h("strong", {}, sentence(heading)), message && h("small", {}, bdi(messageSnippet(message))), ...links),
      iconButton("close", t.cancel, () => this.#cancel()));
  }

  #grow(): void {
    this.#sizedFor = this.#input.clientWidth;
    this.#input.style.height = "";
    if (this.#sizedFor > 0 && this.#input.value) this.#input.style.height = `${Math.min(this.#input.scrollHeight, MOST_HEIGHT_PX)}px`;
  }

  /** Shows how long the text is once that matters, and lets nothing be sent that is too long. */
  #count(): void {
    const limit = contentLimit(this.#context.client);
    // A text has at most as many characters as UTF-16 units: short ones need no counting.
    const count = this.#input.value.length < limit * COUNT_FROM ? 0 : characterCount(this.#input.value.trim());
    const over = count - limit;
    this.#counter.hidden = count < limit * COUNT_FROM;
    this.#counter.classList.toggle("over", over > 0);
    this.#counter.textContent = over > 0 ? t.tooLong(over) : t.characters(formatNumber(count), formatNumber(limit));
    this.#send.disabled = this.#input.disabled || over > 0;
  }

  #keepDraft(): void {
    if (this.#chat && !this.#editing) drafts.set(this.#chat.id, this.#input.value);
  }

  #typed(): void {
    this.#grow();
    this.#count();
    this.#mentions.update();
    this.#keepDraft();
    if (this.#editing || Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    void this.#chat?.typing(this.#input.value.trim() !== "");
  }

  #insert(text: string): void {
    this.#input.setRangeText(text, this.#input.selectionStart, this.#input.selectionEnd, "end");
    this.#typed();
    this.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || this.#mentions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && (this.#editing || this.#replyTo)) {
      this.#cancel();
    } else if (event.key === "ArrowUp" && this.#input.value === "") {
      event.preventDefault();
      this.onEditLast();
    }
  }

  #submit(): void {
    const content = this.#input.value.trim();
    const chat = this.#chat;
    this.#count();
    if (!chat || content === "" || this.#send.disabled) return;
    if (this.#editing) return void this.#saveEdit(chat, this.#editing, content);
    const draft: Draft = { content };
    if (this.#replyTo) draft.replyTo = this.#replyTo.id;
    if (this.#attachments.length) draft.attachments = this.#attachments;
    this.#reset("");
    this.#keepDraft();
    // A refusal is shown at the message itself.
    chat.send(draft).catch(() => {});
    this.onSent();
  }

  async #saveEdit(chat: Chat, message: Message, content: string): Promise<void> {
    this.#reset(drafts.get(chat.id));
    if (content === message.content || (await attempt(chat.edit(message.id, content)))) return;
    // The refused text stays in hand.
    if (this.#chat !== chat || this.#input.value !== drafts.get(chat.id)) return;
    this.edit(message);
    this.#input.value = content;
    this.#typed();
  }

  #attach(): void {
    attachLink((attachment) => {
      this.#attachments.push(attachment);
      this.#drawAbout();
      this.focus();
    });
  }
}
