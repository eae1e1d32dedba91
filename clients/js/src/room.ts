import type { Chat, FrameOf, Member, Message, Reaction, User } from "./protocol.js";

/** What a chat looks like to the user who is connected; kept by the reducer, read by everybody. */
export interface Room {
  readonly id: string;
  chat: Chat;
  /** The last `seq` applied. */
  position: number;
  /** Every message from this `seq` on is in `messages`; 1: all there are. */
  from: number;
  /** By `seq`. */
  messages: Message[];
  /** By user id; absent until somebody asked for them. */
  members?: Map<string, Member>;
  /** Who is typing, by user id. */
  typing: Map<string, User>;
  /** Answers that are being streamed, by message id. */
  streams: Map<string, Message>;
  /** How far everybody has read. */
  readByAllSeq: number;
  /** What differs per user has to be asked for again. */
  stale: boolean;
}

/** What differs per user: events never carry it, so it is kept. */
const OWN = ["myRole", "unreadCount", "mentionCount", "readSeq", "muted", "mutedUntil", "peer"] as const;

/** A chat that nothing is known of but itself. */
export function newRoom(chat: Chat, position: number = chat.seq): Room {
  return {
    id: chat.id,
    chat,
    position,
    from: position + 1,
    messages: [],
    typing: new Map(),
    streams: new Map(),
    readByAllSeq: 0,
    stale: chat.myRole === undefined,
  };
}

/** Replaces the chat, but for what only this user's own answers carry. */
export function replaceChat(room: Room, chat: Chat): void {
  const kept = Object.fromEntries(OWN.filter((name) => room.chat[name] !== undefined).map((name) => [name, room.chat[name]]));
  room.chat = chat.myRole === undefined ? { ...chat, ...kept } : chat;
}

const place = (messages: Message[], seq: number) => {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The message with that id, if it is loaded. */
export const find = (room: Room, id: string) => room.messages.find((message) => message.id === id);

/** Puts a message in its place, unless it is older than what is loaded or than what is known of it. */
export function put(room: Room, message: Message): boolean {
  if (message.seq < room.from) return false;
  const index = place(room.messages, message.seq);
  const there = room.messages[index];
  if (there?.seq !== message.seq) room.messages.splice(index, 0, message);
  else if (there.updatedSeq <= message.updatedSeq) room.messages[index] = message;
  return true;
}

/** Puts a page that reaches back from what is loaded. */
export function putOlder(room: Room, page: FrameOf<"CHAT_HISTORY">): void {
  room.from = page.hasMore && page.messages[0] ? Math.min(room.from, page.messages[0].seq) : 1;
  for (const message of page.messages) put(room, message);
}

/** A new message counts. */
export function countIn(room: Room, message: Message, me: string): void {
  const chat = (room.chat = { ...room.chat });
  chat.messageCount++;
  chat.lastMessage = message;
  chat.updatedAt = message.createdAt;
  if (message.sender.id === me || message.seq <= (chat.readSeq ?? 0)) return;
  chat.unreadCount = (chat.unreadCount ?? 0) + 1;
  if (message.mentions.includes(me)) chat.mentionCount = (chat.mentionCount ?? 0) + 1;
}

/** A deleted message counts no more. */
export function countOut(room: Room, before: Message | undefined, deleted: Message, me: string): void {
  const chat = (room.chat = { ...room.chat });
  chat.messageCount = Math.max(0, chat.messageCount - 1);
  const unread = deleted.sender.id !== me && deleted.seq > (chat.readSeq ?? 0);
  if (unread) chat.unreadCount = Math.max(0, (chat.unreadCount ?? 0) - 1);
  if (unread && !before) room.stale = true;
  else if (unread && before?.mentions.includes(me)) chat.mentionCount = Math.max(0, (chat.mentionCount ?? 0) - 1);
  if (chat.lastMessage?.id !== deleted.id) return;
  chat.lastMessage = room.messages.findLast((message) => !message.deletedAt);
  if (!chat.lastMessage && room.from > 1) room.stale = true;
}

/** An edit may mention somebody anew, or no more. */
export function countEdit(room: Room, before: Message | undefined, after: Message, me: string): void {
  if (room.chat.lastMessage?.id === after.id) room.chat = { ...room.chat, lastMessage: after };
  const [had, has] = [before?.mentions.includes(me), after.mentions.includes(me)];
  if (after.sender.id !== me && after.seq > (room.chat.readSeq ?? 0) && had !== has) room.stale = true;
}

/** The user has read up to here. */
export function markRead(room: Room, seq: number, me: string): void {
  if (seq <= (room.chat.readSeq ?? 0)) return;
  room.chat = { ...room.chat, readSeq: seq };
  if (seq + 1 < room.from) return void (room.stale = true);
  const unread = room.messages.filter((message) => message.seq > seq && message.sender.id !== me && !message.deletedAt);
  room.chat.unreadCount = unread.length;
  room.chat.mentionCount = unread.filter((message) => message.mentions.includes(me)).length;
}

/** Reactions as events carry them, with `me` as the asking user would see it. */
export function withMe(reactions: Reaction[], before: Message | undefined, frame: ReactionFrame, me: string): Reaction[] {
  return reactions.map((reaction) => {
    const known = before?.reactions.find(({ emoji }) => emoji === reaction.emoji) as Reaction | undefined;
    const own = frame.user.id === me && frame.emoji === reaction.emoji;
    const mine = own ? frame.type === "REACTION_ADDED" : known?.me || reaction.userIds.includes(me);
    const { me: _, ...rest } = reaction;
    return mine ? { ...rest, me: true } : rest;
  });
}

type ReactionFrame = FrameOf<"REACTION_ADDED"> | FrameOf<"REACTION_REMOVED">;
