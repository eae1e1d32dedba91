import type { Chat, Draft, Message } from "pichat-client";
import { chatTitle, contentLimit, mayPost, type Context } from "../context.ts";
import { attempt, toast } from "../dialog.ts";
import { bdi, h, iconButton, sentence } from "../dom.ts";
import { pastedFiles } from "../files/dropping.ts";
import { formatNumber } from "../format.ts";
import { growField } from "../grow.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { dialogs, pickEmoji } from "../lazy.ts";
import { messageSnippet } from "../markdown/plain.ts";
import type { ShellComposer } from "../shell/handover.ts";
import { drafts } from "../storage.ts";
import { replaceField } from "../takeover.ts";
import { characterCount, isolate } from "../text.ts";
import { MentionCompletion } from "./mentions.ts";
import { Tray, type AttachedFile } from "./tray.ts";

const TYPING_EVERY_MS = 4_000;
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
  readonly #files = h("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#chosen() });
  /** The files of what is being written, by chat: uploads go on while another chat is open. */
  readonly #trays = new Map<string, Tray>();
  readonly #trayPlace = h("div.tray-place", { hidden: true });
  #tray: Tray | undefined;
  #chat: Chat | undefined;
  #replyTo: Message | undefined;
  #editing: Message | undefined;
  #typedAt = 0;
  #sizedFor = 0;

  constructor(context: Context) {
    this.#context = context;
    this.#input = h("textarea", {
      rows: "1", placeholder: t.message, "aria-label": t.message, enterkeyhint: "send", autocomplete: "off", dir: "auto",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#pasted(event),
    });
    this.#mentions = new MentionCompletion(this.#input, () => this.#chat);
    const attach = iconButton("clip", t.attachFiles, () => this.#files.click());
    this.#buttons = [attach, iconButton("link", t.attachLink, () => this.#attachLink(), { class: "icon wide" }), iconButton("smile", t.insertEmoji, () => pickEmoji((emoji) => this.#insert(emoji)))];
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      this.#submit();
    };
    const line = h("div.line", {}, ...this.#buttons, this.#input, this.#send);
    this.element = h("form.composer", { onsubmit: submit }, this.#about, this.#mentions.element, this.#trayPlace, line, this.#counter, this.#files);
    // The text cannot be measured while it is hidden; it is measured again when it gets a width.
    new ResizeObserver(() => this.#input.clientWidth !== this.#sizedFor && this.#grow()).observe(this.#input);
    context.client.on("status", () => this.#tray?.draw());
    window.addEventListener("beforeunload", (event) => [...this.#trays.values()].some(({ isUnsaved }) => isUnsaved) && event.preventDefault());
  }

  /** Turns to another chat, with the draft that was left there. */
  open(chat: Chat | undefined): void {
    this.#keepDraft();
    this.#chat = chat;
    this.#reset(chat ? drafts.get(chat.id) : "");
  }

  /** True if files can be attached now. */
  get isOpen(): boolean {
    return this.#chat !== undefined && !this.#input.disabled;
  }

  /** Uploads files for the message being written. */
  attach(files: readonly File[]): void {
    if (!this.isOpen || files.length === 0) return;
    this.#tray?.upload(files);
    this.focus();
  }

  /** Goes on with what was typed before the scripts were there: sends what was to be sent, and keeps the rest. */
  adopt({ chatId, input, sent }: ShellComposer, replace: () => void): void {
    const chat = this.#chat;
    // What was typed is among the drafts of its chat.
    if (chat?.id !== chatId) return replace();
    const isRefused = (text: string) => this.#input.disabled || characterCount(text) > contentLimit(this.#context);
    const refused = sent.filter(isRefused);
    for (const content of sent) if (chat && !isRefused(content)) chat.send({ content }).catch(() => {});
    input.value = [...refused, input.value].filter(Boolean).join("\n");
    replaceField(input, this.#input, replace);
    this.#grow();
    this.#count();
    this.#keepDraft();
  }

  draw(chat: Chat): void {
    const closed = !mayPost(chat);
    this.#input.disabled = closed;
    for (const button of this.#buttons) button.disabled = closed;
    this.#input.placeholder = !chat.object.active ? t.chatIsArchived : closed ? t.onlyAdminsPost : t.messageTo(isolate(chatTitle(chat)));
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
    if (!this.#chat) return;
    this.#startEdit(message, message.content, new Tray(this.#context, this.#chat, message.attachments));
  }

  /** Puts a text that could not be sent back, in front of what is being written. */
  restore(text: string, attachments: readonly AttachedFile[] = []): void {
    const written = this.#editing ? "" : this.#input.value;
    this.#reset(written ? `${text}\n${written}` : text);
    for (const attachment of attachments) this.#tray?.add(attachment);
    this.#keepDraft();
    this.focus();
  }

  #startEdit(message: Message, text: string, tray: Tray): void {
    this.#keepDraft();
    this.#reset(text);
    this.#editing = message;
    this.#showTray(tray);
    this.#drawAbout();
    this.focus();
  }

  #reset(text: string): void {
    // Files that were added to an edit belong to nothing once it is given up.
    if (this.#editing) this.#tray?.cancel();
    this.#input.value = text;
    this.#replyTo = this.#editing = undefined;
    this.#showTray(this.#chat && this.#trayOf(this.#chat));
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
    this.#about.hidden = !message;
    this.#about.replaceChildren(
      h("span.lines", {}, message && h("strong", {}, sentence(heading)), message && h("small", {}, bdi(messageSnippet(message)))),
      iconButton("close", t.cancel, () => this.#cancel()));
  }

  #grow(): void {
    this.#sizedFor = this.#input.clientWidth;
    growField(this.#input);
  }

  /** Shows how long the text is once that matters, and lets nothing be sent that is too long. */
  #count(): void {
    const limit = contentLimit(this.#context);
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
    const tray = this.#tray;
    this.#count();
    if (!chat || !tray || (content === "" && tray.isEmpty) || this.#send.disabled) return;
    if (tray.hasFailed) return toast(t.files.failedFirst);
    if (tray.isBusy) return this.#wait(tray);
    if (this.#editing) return void this.#saveEdit(chat, this.#editing, content, tray);
    const draft = draftOf(content, this.#replyTo?.id, tray);
    tray.clear();
    this.#reset("");
    this.#keepDraft();
    // A refusal is shown at the message itself.
    chat.send(draft).catch(() => {});
    this.onSent();
  }

  /** The message is sent once its files are uploaded. */
  #wait(tray: Tray): void {
    tray.waiting = this.#replyTo ? { replyTo: this.#replyTo.id } : {};
    tray.draw();
  }

  /** Files were uploaded or removed: a message may have waited for that. */
  #trayChanged(chat: Chat, tray: Tray): void {
    if (tray === this.#tray) {
      this.#trayPlace.hidden = tray.isEmpty;
      this.#count();
    }
    if (tray.waiting === undefined || tray.isBusy) return;
    const { replyTo } = tray.waiting;
    tray.waiting = undefined;
    tray.draw();
    if (tray.hasFailed) return;
    if (tray === this.#tray) return this.#submit();
    // Another chat is open, and this one's text is among the drafts.
    const draft = draftOf(drafts.get(chat.id).trim(), replyTo, tray);
    tray.clear();
    drafts.set(chat.id, "");
    chat.send(draft).catch(() => {});
  }

  async #saveEdit(chat: Chat, message: Message, content: string, tray: Tray): Promise<void> {
    const { attachments } = tray;
    const isSame = sameFiles(message.attachments, attachments);
    this.#reset(drafts.get(chat.id));
    if (content === message.content && isSame) return;
    const edit = { type: "EDIT_MESSAGE", chatId: chat.id, messageId: message.id, content, ...(isSame ? {} : { attachments }) } as const;
    if (await attempt(this.#context.client.command(edit))) return;
    // The refused text stays in hand.
    if (this.#chat !== chat || this.#input.value !== drafts.get(chat.id)) return;
    const again = new Tray(this.#context, chat);
    for (const attachment of attachments) again.add(attachment);
    this.#startEdit(message, content, again);
  }

  #trayOf(chat: Chat): Tray {
    const known = this.#trays.get(chat.id) ?? new Tray(this.#context, chat);
    this.#trays.set(chat.id, known);
    return known;
  }

  #showTray(tray: Tray | undefined): void {
    this.#tray = tray;
    this.#trayPlace.replaceChildren(...(tray ? [tray.element] : []));
    this.#trayPlace.hidden = tray?.isEmpty ?? true;
    if (!tray || !this.#chat) return;
    const chat = this.#chat;
    tray.onChange = () => this.#trayChanged(chat, tray);
    tray.draw();
  }

  #chosen(): void {
    this.attach([...(this.#files.files ?? [])]);
    // The same file can be chosen again.
    this.#files.value = "";
  }

  #pasted(event: ClipboardEvent): void {
    const files = pastedFiles(event);
    if (files.length === 0) return;
    event.preventDefault();
    this.attach(files);
  }

  #attachLink(): void {
    const add = (attachment: AttachedFile) => {
      this.#tray?.add(attachment);
      this.focus();
    };
    dialogs.use(({ attachLink }) => attachLink(add));
  }
}

function draftOf(content: string, replyTo: string | undefined, { attachments }: Tray): Draft {
  return { content, ...(replyTo === undefined ? {} : { replyTo }), ...(attachments.length > 0 ? { attachments } : {}) };
}

const sameFiles = (some: readonly AttachedFile[], others: readonly AttachedFile[]): boolean =>
  some.length === others.length && some.every(({ id, url }, index) => id === others[index]!.id && url === others[index]!.url);
