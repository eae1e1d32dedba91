import type { Message, Pending, Reaction, User } from "pichat-client";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { avatar, rich, snippet, timeOf } from "./text.ts";

/** What a message looks like besides what it says. */
export interface Look {
  me: User;
  /** It follows another of the same sender. */
  together: boolean;
  /** Everybody else has read it. */
  seen: boolean;
  streaming: boolean;
  /** What it answers; null: it is not loaded. */
  quoted: Message | null | undefined;
}

/** A message. */
export function drawMessage(message: Message, look: Look): HTMLElement {
  const { sender, createdAt, editedAt, deletedAt } = message;
  const own = sender.id === look.me.id;
  const classes = ["message", own && "own", look.together && "together", deletedAt && "deleted", look.streaming && "streaming", `from-${message.role}`];
  const name = h("header", {}, h("strong", {}, sender.displayName), sender.kind === "bot" && h("span.bot", {}, "bot"), h("time", { datetime: createdAt }, timeOf(createdAt)));
  const marks = h("span.marks", {}, editedAt && !deletedAt && "edited ", own && !look.streaming && h(look.seen ? "span.seen" : "span", { title: look.seen ? "Read by all" : "Sent", role: "img", "aria-label": look.seen ? "read by all" : "sent" }, look.seen ? "✓✓" : "✓"));
  const body = h("div.body", {}, look.together ? null : name, quote(message, look), ...content(message, look), marks, ...attachments(message), reactions(message));
  const label = `${sender.displayName}, ${timeOf(createdAt)}`;
  const face = look.together ? h("time.aside", { datetime: createdAt }, timeOf(createdAt)) : avatar(sender.id, sender.displayName);
  return h(`article.${classes.filter(Boolean).join(".")}` as "article", { "data-id": message.id, tabindex: "-1", "aria-label": label }, face, body);
}

function content(message: Message, look: Look): HTMLElement[] {
  if (message.deletedAt) return [h("p.content", {}, "This message was deleted.")];
  const text = h("p.content", {}, ...rich(message.content, look.me.username));
  if (!look.streaming) return [text];
  text.append(h("span.caret", { "aria-hidden": "true" }));
  return [text, h("button.stop", { type: "button", "data-stop": "" }, "Stop")];
}

function quote(message: Message, look: Look): HTMLElement | null {
  if (look.quoted === undefined || message.deletedAt) return null;
  const said = look.quoted ? `${look.quoted.sender.displayName}: ${look.quoted.deletedAt ? "(deleted)" : snippet(look.quoted.content)}` : "An earlier message";
  return h("button.quote", { type: "button", "data-quote": message.replyTo, "aria-label": `In answer to ${said}` }, said);
}

function attachments(message: Message): HTMLElement[] {
  return message.attachments
    .filter(({ url }) => /^(https?:\/\/|\/)/.test(url))
    .map(({ url, name, size, mimeType }) =>
      h("a.attachment", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", download: url.startsWith("/") ? name : undefined },
        icon("clip"), name, h("small", {}, ` ${mimeType}${size ? `, ${bytes(size)}` : ""}`)),
    );
}

function bytes(size: number): string {
  const units = ["bytes", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(size, 1)) / 10));
  return `${Math.round((size / 1024 ** power) * 10) / 10} ${units[power]}`;
}

function reactions(message: Message): HTMLElement | null {
  if (message.reactions.length === 0 || message.deletedAt) return null;
  const one = ({ emoji, count, me }: Reaction) =>
    h(me ? "button.reaction.mine" : "button.reaction", { type: "button", "data-emoji": emoji, "aria-pressed": String(Boolean(me)), "aria-label": `${emoji}, ${count}` }, `${emoji} ${count}`);
  return h("div.reactions", {}, ...(message.reactions as Reaction[]).map(one));
}

/** A message that is on its way, or was refused. */
export function drawPending(pending: Pending, me: User, does: { retry(): void; drop(): void }): HTMLElement {
  const { error, message } = pending;
  const state = error
    ? h("p.refused", {}, `${error.message.replace(/^[A-Z_]+: /, "")} `, h("button", { type: "button", onclick: does.retry }, "Try again"), h("button", { type: "button", onclick: does.drop }, "Discard"))
    : h("span.marks", {}, h("span", { role: "img", "aria-label": "waiting to be sent", title: "Waiting to be sent" }, "🕓"));
  const text = h("p.content", {}, ...rich(message.content ?? "", me.username));
  return h(error ? "article.message.own.pending.refused" : "article.message.own.pending" as "article", { "data-pending": pending.id, tabindex: "-1" },
    avatar(me.id, me.displayName), h("div.body", {}, h("header", {}, h("strong", {}, me.displayName)), text, state));
}
