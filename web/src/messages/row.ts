import type { Attachment, Message, Pending, Reaction, User } from "pichat-client";
import { userAvatar } from "../avatar.ts";
import { bdi, button, h, sentence } from "../dom.ts";
import type { FileViews } from "../files/views.ts";
import { formatList, formatMoment, formatNumber, formatTime } from "../format.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { StreamedMarkdown } from "../markdown/stream.ts";
import { refusedText } from "../refused.ts";
import { isolate } from "../text.ts";

/** The look of a message apart from its content. */
export interface Presentation {
  me: User;
  /** It follows another message of the same sender and needs no name. */
  grouped: boolean;
  /** Everyone else has read it. */
  seen: boolean;
  streaming: boolean;
  pinned: boolean;
  /** The message it replies to; null if that is not loaded. */
  quoted: Message | null | undefined;
  /** The name of a user, if it is known. */
  nameOf(userId: string): string | undefined;
  /** The address of the sender's picture. */
  picture: string | undefined;
  files: FileViews;
}

const NAMED_REACTORS = 10;

const streams = new WeakMap<Element, StreamedMarkdown>();

/** A message. */
export function messageRow(message: Message, look: Presentation): HTMLElement {
  const { sender, createdAt, deletedAt } = message;
  const own = sender.id === look.me.id;
  const classes = ["message", own && "own", look.grouped && "grouped", deletedAt && "deleted", look.streaming && "streaming", `from-${message.role}`];
  const face = look.grouped ? time(createdAt, "aside") : senderButton(message, "face", userAvatar({ ...sender, avatarUrl: look.picture }));
  const label = t.messageLabel(isolate(sender.displayName), formatTime(createdAt));
  const row = h(`article.${classes.filter(Boolean).join(".")}` as "article", { "data-id": message.id, "data-seq": message.seq, tabindex: "-1", "aria-label": label }, face);
  const body = h("div.body", {}, !look.grouped && heading(message), quote(message, look), content(message, look, row), ...look.files.of(message.chatId, message.deletedAt ? [] : message.attachments), reactions(message, look));
  row.append(body, ...marks(message, look));
  return row;
}

/** Shows more of a message that is being streamed, leaving the row and what is selected in it alone; false if the row shows another kind. */
export function updateStreamedRow(row: HTMLElement, message: Message): boolean {
  const stream = streams.get(row);
  stream?.update(message.content);
  return stream !== undefined;
}

const time = (at: string, name: string) => h(`time.${name}` as "time", { datetime: at, title: formatMoment(at) }, formatTime(at));

function senderButton(message: Message, name: string, ...children: Node[]): HTMLElement {
  // Not a tab stop: Tab leads from a message to its actions, and profiles can also be reached from the list of members.
  return h(`button.${name}` as "button", { type: "button", "data-user": message.sender.id, tabindex: "-1", "aria-hidden": name === "face" ? "true" : undefined }, ...children);
}

function heading(message: Message): HTMLElement {
  const { sender, createdAt } = message;
  return h("header", {}, senderButton(message, "sender", bdi(sender.displayName)), sender.kind === "bot" && h("span.bot", {}, t.bot), time(createdAt, "at"));
}

function content(message: Message, look: Presentation, row: HTMLElement): HTMLElement {
  if (message.deletedAt) return h("div.content", {}, h("p", {}, t.messageDeleted));
  if (!look.streaming) return h("div.content", {}, ...renderMarkdown(message.content, look.me));
  const stream = new StreamedMarkdown(look.me);
  stream.update(message.content);
  streams.set(row, stream);
  return stream.element;
}

function marks(message: Message, look: Presentation): HTMLElement[] {
  const { sender, editedAt, deletedAt } = message;
  if (look.streaming) return [h("div.marks", {}, h("button.stop", { type: "button", "data-stop": "" }, t.stop))];
  const own = sender.id === look.me.id && !deletedAt;
  if (!own && !look.pinned && (!editedAt || deletedAt)) return [];
  const tick = { title: look.seen ? t.readByAll : t.sent, role: "img", "aria-label": look.seen ? t.readByAll : t.sent };
  return [h("div.marks", {},
    look.pinned && h("span.pinned", { title: t.pinned, role: "img", "aria-label": t.pinned }, icon("pin")),
    editedAt && !deletedAt && h("span.edited", { title: formatMoment(editedAt) }, t.edited),
    own && h(look.seen ? "span.tick.seen" : "span.tick", tick, look.seen ? "✓✓" : "✓"))];
}

function quote(message: Message, look: Presentation): HTMLElement | null {
  if (look.quoted === undefined || message.deletedAt) return null;
  const text = look.quoted ? t.says(isolate(look.quoted.sender.displayName), isolate(look.quoted.deletedAt ? t.messageDeleted : messageSnippet(look.quoted))) : t.earlierMessage;
  return h("button.quote", { type: "button", "data-quote": message.replyTo, "aria-label": t.inReplyTo(text) }, sentence(text));
}

function reactions(message: Message, look: Presentation): HTMLElement | null {
  if (message.reactions.length === 0 || message.deletedAt) return null;
  const names = reactorNames(message, look);
  const chip = ({ emoji, count, me }: Reaction, index: number) =>
    h(me ? "button.reaction.mine" : "button.reaction", { type: "button", "data-emoji": emoji, "aria-pressed": String(Boolean(me)), "aria-label": t.reaction(emoji, count), title: names[index] },
      h("span", {}, emoji), " ", h("span", {}, formatNumber(count)));
  return h("div.reactions", {}, ...(message.reactions as Reaction[]).map(chip));
}

/** For each reaction, the names of those who reacted, as far as they are known. They may become known, or change, while the message stays. */
export function reactorNames(message: Message, { nameOf }: Pick<Presentation, "nameOf">): string[] {
  return (message.reactions as Reaction[]).map(({ userIds, count }) => {
    const names = userIds.slice(0, NAMED_REACTORS).flatMap((id) => nameOf(id) ?? []).map(isolate);
    return formatList(count > names.length ? [...names, t.others(count - names.length)] : names);
  });
}

/** The actions on a message that was not sent. */
export interface PendingActions {
  retry(): void;
  edit(): void;
  discard(): void;
}

/** A message that waits to be sent, or that the server refused. */
export function pendingRow({ id, chatId, error, message }: Pending, { me, files }: Pick<Presentation, "me" | "files">, actions: PendingActions): HTMLElement {
  const refused = error && h("div.refused", { role: "alert" }, h("p", {}, refusedText(error)), button(t.tryAgain, actions.retry), button(t.edit, actions.edit), button(t.discard, actions.discard));
  const waiting = !error && h("div.marks", {}, h("span.tick", { role: "img", "aria-label": t.waitingToBeSent, title: t.waitingToBeSent }, icon("clock")));
  const content = h("div.content", {}, ...renderMarkdown(message.content ?? "", me));
  const attached = files.of(chatId, (message.attachments ?? []).filter((file): file is Attachment => Boolean(file.url && file.name)));
  return h("article.message.own.pending", { "data-pending": id, tabindex: "-1" },
    h("span.face", {}, userAvatar(me)), h("div.body", {}, h("header", {}, h("span.sender", {}, bdi(me.displayName))), content, ...attached, refused), waiting);
}
