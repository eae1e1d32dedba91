import type { Chat } from "./chat.js";
import type { Client } from "./client.js";
import type { Divergence } from "./divergence.js";
import { CommandError, PichatError } from "./errors.js";
import type { Chat as ChatObject, Member, Message } from "./protocol.js";
import type { Room } from "./room.js";

export type { Divergence };

/** The parts of a chat that its digest covers. */
export interface ChatContent {
  chat: ChatObject;
  members: Iterable<Member>;
  messages: readonly Message[];
}

/**
 * The result of a comparison.
 *
 * - `same`: the client holds what the server holds.
 * - `partial`: the client holds only a part of the chat, or is catching up; nothing was compared.
 * - `unknown`: the digests cannot be compared: the chat is too large or never rests, or its metadata has numbers that
 *   JavaScript reads inexactly.
 * - `repaired`: the client held something else; it has the server's state now.
 */
export type Verdict = "same" | "partial" | "unknown" | "repaired";

/** Options of {@link watchDivergence}. */
export interface VerifyOptions {
  /** The time between two comparisons, each of one chat; ten minutes by default. */
  everyMs?: number;
}

const EVERY_MS = 600_000;
const MAX_ATTEMPTS = 4;
const PAGE = 200;
/** The number of hashes computed at once, so that a large chat does not block other work. */
const BATCH = 256;

/** JSON in canonical form (RFC 8785), as far as items need it: keys are ASCII, and numbers are whole. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/** The items of a chat in canonical form, as the protocol defines them. */
export function itemsOf({ chat, members, messages }: ChatContent): string[] {
  const { active, createdAt, createdBy, description, hold, id, kind, name, posting, retentionDays, seq } = chat;
  const items: object[] = [
    { active, createdAt, createdBy, description, hold: hold || undefined, id, item: "chat", kind, name, posting, retentionDays, seq },
    ...chat.pinned.map((messageId) => ({ chatId: id, item: "pin", messageId })),
  ];
  for (const { user, role, joinedAt } of members) items.push({ chatId: id, item: "member", joinedAt, role, userId: user.id });
  for (const message of messages) items.push(...messageItems(message));
  return items.map(canonical);
}

function messageItems(message: Message): object[] {
  const { attachments, chatId, content, createdAt, deletedAt, editedAt, id, mentions, metadata, replyTo, role, seq, updatedSeq } = message;
  const files = attachments.map(({ height, id, mimeType, name, size, url, width }) =>
    ({ height, id, mimeType, name, size: String(size), url, width }));
  const reactions = message.reactions.map(({ count, emoji, userIds }) => ({ chatId, count, emoji, item: "reaction", messageId: id, userIds }));
  const item = {
    attachments: files, chatId, content, createdAt, deletedAt, editedAt, id, item: "message", mentions,
    metadata: metadata && JSON.stringify(metadata), replyTo, role, senderId: message.sender.id, seq, updatedSeq,
  };
  return [item, ...reactions];
}

/** The digest of items in any order: the sum of their SHA-256 modulo 2^256, as 64 hexadecimal digits. */
export async function digestOf(items: readonly string[]): Promise<string> {
  // Browsers have it on pages with https only.
  const { subtle } = globalThis.crypto;
  if (!subtle) throw new PichatError("computing digests needs https");
  const encoder = new TextEncoder();
  let sum = 0n;
  for (let begin = 0; begin < items.length; begin += BATCH) {
    const hashes = items.slice(begin, begin + BATCH).map((item) => subtle.digest("SHA-256", encoder.encode(item)));
    for (const hash of await Promise.all(hashes)) sum += numberOf(hash);
  }
  return BigInt.asUintN(256, sum).toString(16).padStart(64, "0");
}

function numberOf(hash: ArrayBuffer): bigint {
  const view = new DataView(hash);
  return [0, 8, 16, 24].reduce((number, offset) => (number << 64n) | view.getBigUint64(offset), 0n);
}

/** The client's copy of a chat; undefined unless it is complete and up to date. */
function held(client: Client, { id }: Chat): Room | undefined {
  const room = client.state.rooms.get(id);
  return room?.from === 1 && room.members && !room.stale && client.status.phase === "online" ? room : undefined;
}

const contentOf = ({ chat, members, messages }: Room): ChatContent => ({ chat, members: members?.values() ?? [], messages });

/**
 * Compares what the client holds of a chat with the server's digest, and repairs what differs. A difference is a fault of
 * the client or the server: it is reported as the client's event `divergence`.
 *
 * The chat must be held whole: load it by `chat.older` and `chat.members`. A comparison costs as much as 10 commands.
 */
export async function verifyChat(client: Client, chat: Chat): Promise<Verdict> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (!held(client, chat)) return "partial";
      const { chat: answered, digest } = await client.command({ type: "GET_CHAT", chatId: chat.id, digest: true });
      const room = held(client, chat);
      // The chat has changed since; its events arrive before the next reply.
      if (room?.position !== answered.seq) continue;
      if (digest === undefined) return "unknown";
      return (await digestOf(itemsOf(contentOf(room)))) === digest ? "same" : await repair(client, chat);
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  return "unknown";
}

/** Reads the chat afresh until it has rested meanwhile, compares it item by item, and takes it. */
async function repair(client: Client, chat: Chat): Promise<Verdict> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { chat: before } = await client.command({ type: "GET_CHAT", chatId: chat.id });
    const members = await readMembers(client, chat.id);
    const messages = await readMessages(client, chat.id);
    const { chat: after } = await client.command({ type: "GET_CHAT", chatId: chat.id });
    const room = held(client, chat);
    if (!room) return "partial";
    if (before.seq !== after.seq || room.position !== after.seq) continue;
    const [had, has] = [contentOf(room), { chat: after, members, messages }].map((content) => new Set(itemsOf(content)));
    const missing = [...has!].filter((item) => !had!.has(item));
    const unexpected = [...had!].filter((item) => !has!.has(item));
    // Both lose the same digits of numbers in metadata.
    if (missing.length + unexpected.length === 0) return "unknown";
    take(client, room, after, members, messages);
    client.emit("divergence", { chat, seq: after.seq, missing, unexpected });
    return "repaired";
  }
  return "unknown";
}

function take(client: Client, room: Room, chat: ChatObject, members: Member[], messages: Message[]): void {
  const marks = room.members;
  room.messages = messages;
  room.keep = Math.max(room.keep, messages.length);
  room.members = new Map(members.map((member) => [member.user.id, member]));
  for (const { user, readSeq, deliveredSeq } of marks?.values() ?? []) client.state.mark(room.id, user.id, { readSeq, deliveredSeq });
  client.state.refresh(chat);
  client.state.showSenders(messages);
  for (const { user } of members) client.state.updateUser(user);
  client.touch(room.id);
}

async function readMembers(client: Client, chatId: string): Promise<Member[]> {
  const found: Member[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.command({ type: "GET_MEMBERS", chatId, limit: PAGE, cursor });
    found.push(...(page.members as Member[]));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

async function readMessages(client: Client, chatId: string): Promise<Message[]> {
  const pages: Message[][] = [];
  for (let before: number | undefined; ; before = pages.at(-1)![0]!.seq) {
    const page = await client.command({ type: "GET_CHAT_HISTORY", chatId, limit: PAGE, before });
    pages.push(page.messages);
    if (!page.hasMore || page.messages.length === 0) return pages.reverse().flat();
  }
}

/**
 * Compares one chat after the other with the server, now and then, and repairs what differs; the returned function ends
 * this. Only chats that are held whole are compared. Listen for the client's event `divergence`.
 */
export function watchDivergence(client: Client, { everyMs = EVERY_MS }: VerifyOptions = {}): () => void {
  const compared = new Map<string, number>();
  const incomparable = new Set<string>();
  let count = 0;
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout>;
  const look = async () => {
    const candidates = client.chats.filter((chat) => held(client, chat) && !incomparable.has(chat.id));
    // The chat whose last comparison is the longest ago.
    const [chat] = candidates.sort((one, other) => (compared.get(one.id) ?? 0) - (compared.get(other.id) ?? 0));
    if (!chat) return;
    compared.set(chat.id, ++count);
    if ((await verifyChat(client, chat)) === "unknown") incomparable.add(chat.id);
  };
  const schedule = () => {
    if (isEnded) return;
    // Clients that were started together do not all ask in the same moment.
    timer = setTimeout(() => void look().catch(() => {}).finally(schedule), everyMs * (0.5 + Math.random()));
    // In Node the timer alone does not keep a program running.
    (timer as { unref?(): void }).unref?.();
  };
  const stop = () => {
    isEnded = true;
    clearTimeout(timer);
    off();
  };
  const off = client.on("status", ({ phase }) => phase === "closed" && stop());
  schedule();
  return stop;
}
