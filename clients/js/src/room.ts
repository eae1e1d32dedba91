import type { Viewer, StreamState } from "./additions.js";
import type { Chat, FrameOf, Member, Message, Reaction, User } from "./protocol.js";

/** A chat's state as the connected user sees it. The reducers write it, everybody else only reads. */
export class Room {
  readonly id: string;
  chat: Chat;
  /** The last `seq` that was applied. */
  position: number;
  /** Every message from this `seq` on is in `messages`; 1 means all of them. */
  from: number;
  /** Sorted by `seq`. */
  messages: Message[] = [];
  /** By user id; undefined until somebody asked for them. */
  members?: Map<string, Member>;
  /** Members that have arrived so far while the list is being loaded. */
  loadingMembers?: Map<string, Member>;
  /** The end of that. */
  loading?: Promise<Map<string, Member>>;
  /** Users who are typing, by id. */
  typing = new Map<string, User>();
  /** Answers that are being streamed, by message id. */
  streams = new Map<string, StreamState>();
  /** Streams that events have changed since SYNC was asked: its answer may be older. */
  readonly changedStreams = new Set<string>();
  /** Streams that have ended, so that a late answer to SYNC does not bring one back. */
  readonly endedStreams = new Set<string>();
  /** The per-user fields of `chat` are out of date and will be fetched. */
  stale: boolean;
  /** The number of messages that may be kept; reading further back raises it. */
  keep: number;

  constructor(chat: Chat, position: number, keep: number, me: string) {
    this.id = chat.id;
    this.chat = chat;
    replaceChat(this, chat, me);
    this.position = position;
    this.from = position + 1;
    this.keep = keep;
    this.stale = chat.myRole === undefined;
  }

  /** The position up to which every person in the chat has read; own messages count as read. 0 until the members are loaded. */
  get readByAllSeq(): number {
    const people = [...(this.members?.values() ?? [])].filter(({ user }) => user.kind === "human");
    return people.length ? Math.min(...people.map((member) => this.#reach(member))) : 0;
  }

  /** A member's read position, moved over the messages that the member sent next. */
  #reach({ user, readSeq }: Member): number {
    if (readSeq + 1 < this.from) return readSeq;
    let reach = readSeq;
    for (let index = placeOf(this.messages, readSeq + 1); this.messages[index]?.sender.id === user.id; index++)
      reach = this.messages[index]!.seq;
    return reach;
  }

  /** The member lists to update: the loaded one and one that is being loaded. */
  get memberLists(): Map<string, Member>[] {
    return [this.members, this.loadingMembers].filter((list) => list !== undefined);
  }
}

/** Fields that differ from user to user: events never carry them, so they are kept. */
const OWN = ["myRole", "unreadCount", "mentionCount", "readSeq", "unreadFromSeq", "muted", "mutedUntil", "peer"] as const;

/** Replaces the chat but keeps what only this user's own replies carry. */
export function replaceChat(room: Room, chat: Chat, me: string): void {
  const isOwnReply = chat.myRole !== undefined;
  const kept = isOwnReply ? [] : OWN.filter((name) => room.chat[name] !== undefined).map((name) => [name, room.chat[name]]);
  const { lastMessage } = chat;
  const before = lastMessage && latestOf(room, lastMessage.id);
  room.chat = { ...chat, ...Object.fromEntries(kept), ...(lastMessage && { lastMessage: keepMe(lastMessage, before, me) }) };
  // Retention has removed those below.
  room.messages.splice(0, placeOf(room.messages, chat.firstSeq));
}

/** Takes the per-user fields from SYNC; an answer from before the latest mark is fetched again. */
export function applyViewer(room: Room, viewer: Viewer): void {
  room.stale ||= (viewer.readSeq ?? 0) < (room.chat.readSeq ?? 0);
  room.chat = { ...room.chat, mutedUntil: undefined, unreadFromSeq: undefined, ...viewer };
}

/** Takes the running streams from SYNC; what events have said since it was asked is newer. */
export function applyStreams(room: Room, streams: StreamState[]): void {
  const changed = [...room.streams.values()].filter(({ id }) => room.changedStreams.has(id));
  const running = streams.filter(({ id }) => !room.endedStreams.has(id));
  room.streams = new Map(running.map((stream) => [stream.id, stream]));
  for (const stream of changed)
    if ((stream.nextIndex ?? 0) >= (room.streams.get(stream.id)?.nextIndex ?? 0)) room.streams.set(stream.id, stream);
  room.endedStreams.clear();
}

/** The index of the first message at or after a position. */
function placeOf(messages: Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The message with that id, if it is loaded. */
export const find = (room: Room, id: string) => room.messages.find((message) => message.id === id);

/** The latest known state of a message: it may be the chat's last without being loaded. */
export const latestOf = (room: Room, id: string) =>
  find(room, id) ?? (room.chat.lastMessage?.id === id ? room.chat.lastMessage : undefined);

/** Stores a message, unless it is older than what is loaded or than what is known of it. */
export function put(room: Room, message: Message): void {
  if (message.seq < room.from) return;
  const index = placeOf(room.messages, message.seq);
  const known = room.messages[index];
  if (known?.seq !== message.seq) room.messages.splice(index, 0, message);
  else if (known.updatedSeq <= message.updatedSeq) room.messages[index] = message;
}

/** Stores a page that precedes what is loaded. Whoever reads back that far wants to keep it. */
export function putOlder(room: Room, page: FrameOf<"CHAT_HISTORY">): void {
  const [oldest] = page.messages;
  // One insertion rather than one per message: each would move everything behind it.
  room.messages.unshift(...page.messages.filter(({ seq }) => seq < room.from));
  room.from = page.hasMore && oldest ? Math.min(room.from, oldest.seq) : 1;
  room.keep = Math.max(room.keep, room.messages.length);
}

/** Drops the oldest messages beyond what may be kept; some slack makes that rare. */
export function evict(room: Room, slack = Math.ceil(room.keep / 4)): void {
  if (room.messages.length <= room.keep + slack) return;
  room.messages = room.messages.slice(-room.keep);
  room.from = room.messages[0]!.seq;
}

/** The position after which messages count as unread. */
const unreadAfter = ({ readSeq = 0, unreadFromSeq = Infinity }: Chat) => Math.min(readSeq, unreadFromSeq - 1);

/** Counts a new message. */
export function countNew(room: Room, message: Message, me: string): void {
  const chat = { ...room.chat, messageCount: room.chat.messageCount + 1, lastMessage: message, updatedAt: message.createdAt };
  room.chat = chat;
  if (message.sender.id === me || message.seq <= unreadAfter(chat)) return;
  chat.unreadCount = (chat.unreadCount ?? 0) + 1;
  if (message.mentions.includes(me)) chat.mentionCount = (chat.mentionCount ?? 0) + 1;
}

/** Discounts a deleted message. */
export function countDeleted(room: Room, before: Message | undefined, deleted: Message, me: string): void {
  const chat = { ...room.chat, messageCount: Math.max(0, room.chat.messageCount - 1) };
  room.chat = chat;
  const wasUnread = deleted.sender.id !== me && deleted.seq > unreadAfter(chat);
  if (wasUnread) chat.unreadCount = Math.max(0, (chat.unreadCount ?? 0) - 1);
  if (wasUnread && !before) room.stale = true;
  else if (wasUnread && before?.mentions.includes(me)) chat.mentionCount = Math.max(0, (chat.mentionCount ?? 0) - 1);
  if (chat.lastMessage?.id !== deleted.id) return;
  const last = room.messages.findLast((message) => !message.deletedAt);
  chat.lastMessage = last;
  if (!last && room.from > 1) room.stale = true;
}

/** Applies an edit to the chat: it may be the last message, and it may add or remove a mention. */
export function countEdited(room: Room, before: Message | undefined, after: Message, me: string): void {
  if (room.chat.lastMessage?.id === after.id) room.chat = { ...room.chat, lastMessage: after };
  if (after.sender.id === me) return;
  // A mention that an edit adds counts as unread even if the message was read before.
  const isMentioned = after.mentions.includes(me);
  const isUnread = after.seq > unreadAfter(room.chat);
  if (before?.mentions.includes(me) !== isMentioned && (isUnread || isMentioned)) room.stale = true;
}

/** The user has read up to a position. */
export function markRead(room: Room, seq: number, me: string): void {
  const { readSeq = 0, unreadFromSeq } = room.chat;
  // Only the server knows whether this cleared the unread mark, and how many messages are unread then.
  if (unreadFromSeq) room.stale = true;
  if (unreadFromSeq! <= seq) room.chat = { ...room.chat, unreadFromSeq: undefined };
  if (seq <= readSeq) return;
  room.chat = { ...room.chat, readSeq: seq };
  if (seq + 1 < room.from) return void (room.stale = true);
  const unread = room.messages.filter((message) => message.seq > seq && message.sender.id !== me && !message.deletedAt);
  room.chat.unreadCount = unread.length;
  room.chat.mentionCount = unread.filter((message) => message.mentions.includes(me)).length;
}

type ReactionFrame = FrameOf<"REACTION_ADDED"> | FrameOf<"REACTION_REMOVED">;

/** Reactions from an event, with `me` as the connected user sees it. */
export function withMe(before: Message | undefined, frame: ReactionFrame, me: string): Reaction[] {
  return frame.reactions.map((reaction) => {
    const known = before?.reactions.find(({ emoji }) => emoji === reaction.emoji);
    const isOwn = frame.user.id === me && frame.emoji === reaction.emoji;
    const isMine = isOwn ? frame.type === "REACTION_ADDED" : known?.me || reaction.userIds.includes(me);
    return { ...reaction, me: isMine === true };
  });
}

/** A message from an event or a chat, which leave out `me`: as it was before, or as the listed users tell. */
export function keepMe(message: Message, before: Message | undefined, me: string): Message {
  const isMine = ({ emoji, userIds }: Reaction) =>
    userIds.includes(me) || before?.reactions.some((reaction) => reaction.emoji === emoji && reaction.me) === true;
  return { ...message, reactions: message.reactions.map((reaction) => ({ ...reaction, me: isMine(reaction) })) };
}
