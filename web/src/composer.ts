import type { Chat, Draft, Message } from "pichat-client";
import type { App } from "./app.ts";
import { attempt, dialog, field, h, iconButton } from "./dom.ts";
import { icon } from "./icons.ts";
import { Mentions } from "./mentions.ts";
import { snippet } from "./text.ts";

const TYPING_EVERY_MS = 4_000;

/** Where one writes. */
export class Composer {
  readonly element: HTMLFormElement;
  onEditLast = () => {};
  onSent = () => {};
  readonly #app: App;
  readonly #text: HTMLTextAreaElement;
  readonly #about = h("div.about", { hidden: true });
  readonly #send = h("button.icon.send", { type: "submit", title: "Send", "aria-label": "Send" }, icon("send"));
  readonly #mentions: Mentions;
  readonly #drafts = new Map<string, string>();
  #chat: Chat | undefined;
  #replyTo: Message | undefined;
  #editing: Message | undefined;
  #attachments: NonNullable<Draft["attachments"]> = [];
  #typedAt = 0;

  constructor(app: App) {
    this.#app = app;
    this.#text = h("textarea", {
      rows: "1", placeholder: "Message", "aria-label": "Message", enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event),
    });
    this.#mentions = new Mentions(this.#text, () => this.#chat);
    const attach = iconButton("clip", "Attach a link", () => this.#attach());
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      this.#submit();
    };
    this.element = h("form.composer", { onsubmit: submit }, this.#about, this.#mentions.element, h("div.line", {}, attach, this.#text, this.#send));
  }

  open(chat: Chat | undefined): void {
    if (this.#chat) this.#drafts.set(this.#chat.id, this.#editing ? "" : this.#text.value);
    this.#chat = chat;
    this.#reset(chat ? (this.#drafts.get(chat.id) ?? "") : "");
  }

  draw(chat: Chat): void {
    const closed = !chat.object.active;
    this.#text.disabled = this.#send.disabled = closed;
    this.#text.placeholder = closed ? "This chat is archived" : `Message ${chat.object.kind === "channel" ? "#" : ""}${chat.name}`;
  }

  focus(): void {
    this.#text.focus();
  }

  reply(message: Message): void {
    this.#reset(this.#editing ? "" : this.#text.value);
    this.#replyTo = message;
    this.#drawAbout();
    this.focus();
  }

  edit(message: Message): void {
    this.#reset(message.content);
    this.#editing = message;
    this.#drawAbout();
    this.focus();
  }

  #reset(text: string): void {
    this.#text.value = text;
    this.#replyTo = this.#editing = undefined;
    this.#attachments = [];
    this.#typedAt = 0;
    this.#drawAbout();
    this.#mentions.hide();
    this.#grow();
  }

  #drawAbout(): void {
    const about = this.#editing ?? this.#replyTo;
    const what = this.#editing ? "Editing" : `Reply to ${about?.sender.displayName}`;
    const cancel = iconButton("close", "Cancel", () => (this.#reset(this.#editing ? "" : this.#text.value), this.focus()));
    this.#about.hidden = !about && this.#attachments.length === 0;
    this.#about.replaceChildren(
      h("span", {}, about ? h("strong", {}, what) : null, about ? ` ${snippet(about.content)} ` : null,
        ...this.#attachments.map(({ name }) => h("span.attachment", {}, icon("clip"), name))),
      cancel,
    );
  }

  #grow(): void {
    this.#text.style.height = "auto";
    this.#text.style.height = `${Math.min(this.#text.scrollHeight, 200)}px`;
  }

  #typed(): void {
    this.#grow();
    this.#mentions.update();
    if (this.#editing || Date.now() - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = Date.now();
    void this.#chat?.typing(this.#text.value.trim() !== "");
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || this.#mentions.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && (this.#editing || this.#replyTo)) {
      this.#reset(this.#editing ? "" : this.#text.value);
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      event.preventDefault();
      this.onEditLast();
    }
  }

  #submit(): void {
    const content = this.#text.value.trim();
    const chat = this.#chat;
    if (!chat || content === "") return;
    const editing = this.#editing;
    const draft: Draft = { content };
    if (this.#replyTo) draft.replyTo = this.#replyTo.id;
    if (this.#attachments.length) draft.attachments = this.#attachments;
    this.#reset("");
    if (editing) return void (editing.content !== content && attempt(chat.edit(editing.id, content)));
    // A refusal is shown at the message itself.
    chat.send(draft).catch(() => {});
    this.onSent();
  }

  #attach(): void {
    const [address, url] = field("Address of the file", { type: "url", required: true, placeholder: "https://…" });
    const [label, name] = field("Name", { maxlength: 80 });
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const last = new URL(url.value).pathname.split("/").pop() || url.value;
      this.#attachments.push({ url: url.value, name: name.value.trim() || last, size: 0, mimeType: "application/octet-stream" });
      this.#drawAbout();
      made.close();
      this.focus();
    };
    const made = dialog("Attach a link", h("form", { onsubmit: submit }, address, label, h("button.primary", { type: "submit" }, "Attach")));
  }
}
