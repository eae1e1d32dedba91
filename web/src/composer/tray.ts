import { CommandError, ConnectionFailed, type Attachment, type Chat, type Draft } from "pichat-client";
import type { Context } from "../context.ts";
import { toast } from "../dialog.ts";
import { bdi, h, iconButton, sentence } from "../dom.ts";
import { cleanName, typeOf } from "../files/kinds.ts";
import { previewOf } from "../files/preview.ts";
import { formatBytes, formatPercent } from "../format.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { refusedText } from "../refused.ts";
import { isolate } from "../text.ts";

/** A file of a message being sent. */
export type AttachedFile = NonNullable<Draft["attachments"]>[number];

/** Files of one message. */
const MOST_FILES = 20;
/** Files that are uploaded at the same time. */
const AT_ONCE = 3;

type ItemState = "queued" | "uploading" | "done" | "failed";

interface Item {
  readonly name: string;
  readonly size: number;
  state: ItemState;
  /** What is uploaded; undefined for links and for files that the message had before. */
  readonly file?: File;
  attachment?: AttachedFile;
  problem?: string;
  readonly abort: AbortController;
  readonly picture: HTMLElement;
  readonly text: HTMLElement;
  readonly bar: HTMLProgressElement;
  readonly retry: HTMLButtonElement;
  readonly element: HTMLElement;
}

/** The files that go with one message: those on their way to the server, those that are there, and links. */
export class Tray {
  readonly element = h("div.tray", { hidden: true });
  /** Files were added, removed, uploaded or refused. */
  onChange = () => {};
  /** The user has sent the message, which waits for its files. */
  waiting: { replyTo?: string } | undefined;
  readonly #context: Context;
  readonly #chat: Chat;
  readonly #list = h("ul", { "aria-label": t.files.attached });
  readonly #hint = h("p.hint", { hidden: true }, t.files.sentWhenUploaded);
  readonly #announcement = h("p.visually-hidden", { role: "status" });
  #items: Item[] = [];

  constructor(context: Context, chat: Chat, present: readonly Attachment[] = []) {
    this.#context = context;
    this.#chat = chat;
    this.element.append(this.#list, this.#hint, this.#announcement);
    for (const attachment of present) this.add(attachment);
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Some files are not uploaded yet. */
  get isBusy(): boolean {
    return this.#items.some(({ state }) => state === "queued" || state === "uploading");
  }

  get hasFailed(): boolean {
    return this.#items.some(({ state }) => state === "failed");
  }

  /** There are bytes that only this page has. */
  get isUnsaved(): boolean {
    return this.#items.some(({ file }) => file !== undefined);
  }

  get attachments(): AttachedFile[] {
    return this.#items.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Uploads files. */
  upload(files: readonly File[]): void {
    if (this.#items.length + files.length > MOST_FILES) toast(t.files.tooMany(MOST_FILES));
    for (const file of files.slice(0, MOST_FILES - this.#items.length)) {
      const item = this.#item(cleanName(file.name), file.size, file);
      item.problem = this.#refusal(file);
      item.state = item.problem === undefined ? "queued" : "failed";
      void this.#preview(item, file);
      this.#draw(item);
    }
    this.#changed();
    this.#work();
  }

  /** Adds what is stored already. */
  add(attachment: AttachedFile): void {
    if (this.#items.length >= MOST_FILES) return toast(t.files.tooMany(MOST_FILES));
    const item = this.#item(attachment.name ?? "", attachment.size ?? 0);
    item.attachment = attachment;
    this.#draw(item);
    this.#changed();
  }

  /** The message was sent: its files are no longer here. */
  clear(): void {
    this.#items = [];
    this.waiting = undefined;
    this.#list.replaceChildren();
    this.#changed();
  }

  /** Gives up the message and what is being uploaded for it. */
  cancel(): void {
    for (const { abort } of this.#items) abort.abort();
    this.clear();
  }

  /** Shows what changed outside: the connection, or that the message waits. */
  draw(): void {
    this.#hint.hidden = this.waiting === undefined;
    for (const item of this.#items) this.#draw(item);
  }

  #item(name: string, size: number, file?: File): Item {
    const item: Item = {
      name, size, file, state: "done", abort: new AbortController(),
      picture: h("span.kind", {}, icon(file ? "file" : "clip")),
      text: h("small", {}),
      bar: h("progress", { max: "1", "aria-label": t.files.uploadOf(name) }),
      retry: iconButton("retry", t.files.uploadAgain(name), () => this.#again(item)),
      element: h("li", {}),
    };
    const remove = iconButton("close", t.files.remove(name), () => this.#remove(item));
    item.element.append(item.picture, h("span.lines", {}, h("strong", { title: name }, bdi(name)), item.text, item.bar), item.retry, remove);
    this.#items.push(item);
    this.#list.append(item.element);
    return item;
  }

  async #preview(item: Item, file: File): Promise<void> {
    const preview = await previewOf(file);
    if (preview) item.picture.replaceChildren(preview.canvas);
  }

  /** Why the server would refuse a file, as far as that is known. */
  #refusal({ size }: File): string | undefined {
    const most = this.#context.limits?.fileBytes;
    if (size === 0) return t.files.empty;
    return most !== undefined && size > most ? t.files.tooLarge(formatBytes(most)) : undefined;
  }

  #work(): void {
    const uploading = this.#items.filter(({ state }) => state === "uploading").length;
    const next = this.#items.filter(({ state }) => state === "queued").slice(0, AT_ONCE - uploading);
    for (const item of next) void this.#upload(item, item.file!);
  }

  async #upload(item: Item, file: File): Promise<void> {
    const { signal } = item.abort;
    const onProgress = (sent: number, total: number) => {
      if (sent > 0) item.bar.value = sent / total;
      this.#draw(item);
    };
    item.state = "uploading";
    item.bar.removeAttribute("value");
    this.#draw(item);
    try {
      const preview = await previewOf(file);
      const size = preview && { width: preview.width, height: preview.height };
      item.attachment = await this.#chat.upload(file, { name: item.name, mimeType: typeOf(file), ...size, onProgress, signal });
      item.state = "done";
      this.#announce(t.files.uploaded(isolate(item.name)));
    } catch (error) {
      if (signal.aborted) return;
      item.state = "failed";
      item.problem = this.#reason(error);
      this.#announce(t.says(isolate(item.name), item.problem));
    }
    this.#draw(item);
    this.#work();
    this.#changed();
  }

  #reason(error: unknown): string {
    const limits = this.#context.limits;
    if (error instanceof ConnectionFailed) return t.files.interrupted;
    if (!(error instanceof CommandError) || !limits) return refusedText(error);
    if (error.code === "TOO_LARGE") return t.files.tooLarge(formatBytes(limits.fileBytes));
    if (error.code === "CONFLICT" && error.field === "size") return t.files.quota(formatBytes(limits.fileBytesPerUser));
    return refusedText(error);
  }

  #again(item: Item): void {
    item.state = "queued";
    item.problem = undefined;
    this.#draw(item);
    this.#changed();
    this.#work();
  }

  #remove(item: Item): void {
    item.abort.abort();
    const index = this.#items.indexOf(item);
    this.#items.splice(index, 1);
    item.element.remove();
    // The focus must not fall back to the document.
    const beside = this.#items[Math.min(index, this.#items.length - 1)]?.element.querySelector<HTMLElement>("button:last-child");
    beside?.focus();
    this.#work();
    this.#changed();
  }

  #changed(): void {
    this.element.hidden = this.isEmpty;
    if (this.isEmpty) this.waiting = undefined;
    this.#hint.hidden = this.waiting === undefined;
    this.onChange();
  }

  #announce(text: string): void {
    this.#announcement.textContent = text;
  }

  #draw(item: Item): void {
    const { state, problem, bar, size, file } = item;
    const isWaiting = this.#context.client.status.phase !== "online";
    const isMoving = state === "queued" || state === "uploading";
    const stored = size > 0 ? formatBytes(size) : t.files.link;
    const progress = isWaiting ? t.files.waitsForConnection : state === "queued" ? t.files.waits : t.files.uploading(formatPercent(bar.position < 0 ? 0 : bar.position));
    item.text.replaceChildren(sentence(problem ?? (isMoving ? progress : stored)));
    item.element.classList.toggle("failed", state === "failed");
    bar.hidden = !isMoving;
    // What is too large or empty stays so.
    item.retry.hidden = state !== "failed" || file === undefined || this.#refusal(file) !== undefined;
  }
}
