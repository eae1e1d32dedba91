import type { Chat, FrameOf, Member, Message, ServerFrame, SyncedFrame, User } from "./protocol.js";
import {
  countEdit, countIn, countOut, find, markRead, newRoom, put, replaceChat, withMe, type Room,
} from "./room.js";

type SyncedChat = SyncedFrame["chats"][number];
type Reducers = { [T in ServerFrame["type"]]?: (state: State, frame: FrameOf<T>) => void };

/** Everything that the connected user can see, as the server has it. */
export class State {
  me?: User;
  settings: Record<string, unknown> = {};
  /** The chats that the user is in, by id. */
  readonly rooms = new Map<string, Room>();
  /** Everybody that was heard of, by id. */
  readonly users = new Map<string, User>();
  /** Chats that changed since somebody looked; the user's own things are under "". */
  readonly touched = new Set<string>();

  /** Applies one reply or event; the caller has seen to its order. */
  apply(frame: ServerFrame): void {
    const reducer = REDUCERS[frame.type] as ((state: State, frame: ServerFrame) => void) | undefined;
    if (!reducer) return;
    reducer(this, frame);
    this.touched.add("chatId" in frame && typeof frame.chatId === "string" ? frame.chatId : "");
  }

  /** Applies what was missed in one chat and gives the messages that are new. */
  applySynced(synced: SyncedChat): Message[] {
    const room = this.rooms.get(synced.chatId);
    if (!room) return [];
    this.touched.add(room.id);
    if (synced.reset) this.rooms.set(room.id, Object.assign(room, newRoom(synced.chat ?? room.chat, 0), { from: 1, position: 0 }));
    const before = room.position;
    if (synced.chat) replaceChat(room, synced.chat);
    if (synced.members) room.members = new Map(synced.members.map((member) => [member.user.id, member]));
    synced.members?.forEach(({ user }) => this.know(user));
    synced.messages.forEach((message) => put(room, message));
    for (const { userId, readSeq, deliveredSeq } of synced.marks) this.#mark(room, userId, { readSeq, deliveredSeq });
    room.position = Math.max(room.position, synced.seq);
    room.streams = new Map(synced.streams.map((message) => [message.id, message]));
    room.stale ||= synced.messages.length > 0 && !(synced.chat && !synced.more);
    return synced.messages.filter((message) => message.seq > before).sort((one, other) => one.seq - other.seq);
  }

  /** Adds a chat that the user is in. */
  add(chat: Chat, position?: number): Room {
    const there = this.rooms.get(chat.id);
    if (there) return replaceChat(there, chat), there;
    const room = newRoom(chat, position);
    if (chat.peer) this.know(chat.peer);
    this.rooms.set(chat.id, room);
    this.touched.add(chat.id);
    return room;
  }

  /** The chat is gone, or the user from it. */
  remove(chatId: string): void {
    if (this.rooms.delete(chatId)) this.touched.add(chatId);
  }

  /** Takes what a fresh answer says about the user, if it is of the same moment as everything else. */
  refresh(chat: Chat): boolean {
    const room = this.rooms.get(chat.id);
    if (!room) return true;
    if (chat.seq !== room.position) return false;
    replaceChat(room, chat);
    room.stale = false;
    this.touched.add(chat.id);
    return true;
  }

  /** Remembers a user. */
  know(user: User): void {
    this.users.set(user.id, { ...this.users.get(user.id), ...user });
  }

  /** Moves a member's marks forward. */
  #mark(room: Room, userId: string, marks: Partial<Pick<Member, "readSeq" | "deliveredSeq">>): void {
    const member = room.members?.get(userId);
    if (member && marks.readSeq) member.readSeq = Math.max(member.readSeq, marks.readSeq);
    if (member && marks.deliveredSeq) member.deliveredSeq = Math.max(member.deliveredSeq, marks.deliveredSeq);
    if (userId === this.me?.id && marks.readSeq) markRead(room, marks.readSeq, userId);
  }

  /** One user's marks moved. */
  mark(chatId: string, userId: string, marks: Partial<Pick<Member, "readSeq" | "deliveredSeq">>): void {
    const room = this.rooms.get(chatId);
    if (room) this.#mark(room, userId, marks);
  }
}

/** A chat that the frame is about, with its clock moved on. */
function ticked(state: State, frame: { chatId: string; seq: number }): Room | undefined {
  const room = state.rooms.get(frame.chatId);
  if (!room) return undefined;
  room.position = Math.max(room.position, frame.seq);
  room.chat = { ...room.chat, seq: Math.max(room.chat.seq, frame.seq) };
  return room;
}

function leave(state: State, frame: { chatId: string; seq: number }, userIds: string[]): void {
  const room = ticked(state, frame);
  if (!room) return;
  if (userIds.includes(state.me?.id ?? "")) return state.remove(frame.chatId);
  room.chat.memberCount -= userIds.length;
  for (const id of userIds) {
    room.members?.delete(id);
    room.typing.delete(id);
  }
}

function react(state: State, frame: FrameOf<"REACTION_ADDED"> | FrameOf<"REACTION_REMOVED">): void {
  const room = ticked(state, frame);
  const before = room && find(room, frame.messageId);
  if (!room || !before) return;
  const reactions = withMe(frame.reactions, before, frame, state.me?.id ?? "");
  const after = { ...before, reactions, updatedSeq: Math.max(before.updatedSeq, frame.seq) } as Message;
  put(room, after);
  if (room.chat.lastMessage?.id === after.id) room.chat.lastMessage = after;
}

function pin(state: State, frame: FrameOf<"MESSAGE_PINNED"> | FrameOf<"MESSAGE_UNPINNED">): void {
  const room = ticked(state, frame);
  if (room) room.chat.pinned = frame.pinned;
}

function present(state: State, user: User): void {
  state.know(user);
  if (user.id === state.me?.id) state.me = { ...state.me, ...user };
  for (const room of state.rooms.values()) {
    const member = room.members?.get(user.id);
    if (member) member.user = { ...member.user, ...user };
    if (room.chat.peer?.id === user.id) room.chat = { ...room.chat, peer: { ...room.chat.peer, ...user } };
    if (member || room.chat.peer?.id === user.id) state.touched.add(room.id);
  }
}

function renamed(state: State, user: User): void {
  present(state, user);
  const { id, username, displayName, kind } = user;
  for (const room of state.rooms.values())
    room.messages = room.messages.map((message) =>
      message.sender.id === id ? { ...message, sender: { ...message.sender, id, username, displayName, kind } } : message,
    );
}

/** One reducer per type: replies and events alike. */
const REDUCERS: Reducers = {
  AUTHENTICATED: (state, { user }) => {
    state.me = user;
    state.know(user);
  },
  USER: (state, { user }) => state.know(user),
  USER_UPDATED: (state, { user }) => renamed(state, user),
  SETTINGS: (state, { settings }) => void (state.settings = settings),
  NEW_CHAT: (state, { chat, seq, duplicate }) => void state.add(chat, duplicate ? chat.seq : seq),
  CHAT_UPDATED: (state, frame) => {
    const room = ticked(state, frame);
    if (room) replaceChat(room, frame.chat);
  },
  CHAT_DELETED: (state, { chatId }) => state.remove(chatId),
  CHAT_MUTED: (state, { chatId, muted, until }) => {
    const room = state.rooms.get(chatId);
    if (room) room.chat = { ...room.chat, muted, mutedUntil: until };
  },
  MEMBERS_ADDED: (state, frame) => {
    frame.members.forEach(({ user }) => state.know(user));
    if (frame.chat) state.add(frame.chat, frame.seq);
    const room = ticked(state, frame);
    if (!room) return;
    if (!frame.chat) room.chat.memberCount += frame.members.length;
    for (const member of frame.members) room.members?.set(member.user.id, member);
  },
  MEMBERS_REMOVED: (state, frame) => leave(state, frame, frame.userIds),
  MEMBER_BANNED: (state, frame) => {
    leave(state, frame, [frame.userId]);
    const room = state.rooms.get(frame.chatId);
    if (room) room.stale = true; // Whether the banned user was in, the event does not say.
  },
  MEMBER_UNBANNED: (state, frame) => void ticked(state, frame),
  MEMBER_UPDATED: (state, frame) => {
    const room = ticked(state, frame);
    const member = room?.members?.get(frame.userId);
    if (member) member.role = frame.role;
    if (room && frame.userId === state.me?.id) room.chat.myRole = frame.role;
  },
  NEW_MESSAGE: (state, frame) => {
    const { message } = frame;
    const chat = (frame as { chat?: Chat }).chat;
    if (chat && !state.rooms.has(chat.id)) state.add(chat, frame.seq - 1);
    const room = ticked(state, frame);
    if (!room) return;
    room.streams.delete(message.id);
    room.typing.delete(message.sender.id);
    put(room, message);
    countIn(room, message, state.me?.id ?? "");
  },
  MESSAGE_EDITED: (state, frame) => {
    const room = ticked(state, frame);
    if (!room) return;
    const before = find(room, frame.message.id);
    put(room, keepMe(frame.message, before));
    countEdit(room, before, frame.message, state.me?.id ?? "");
  },
  MESSAGE_DELETED: (state, frame) => {
    const room = ticked(state, frame);
    if (!room) return;
    const before = find(room, frame.messageId);
    put(room, frame.message);
    countOut(room, before, frame.message, state.me?.id ?? "");
  },
  REACTION_ADDED: react,
  REACTION_REMOVED: react,
  MESSAGE_PINNED: pin,
  MESSAGE_UNPINNED: pin,
  MESSAGE_READ: (state, { chatId, userId, seq, readByAllSeq }) => {
    const room = state.rooms.get(chatId);
    if (room && readByAllSeq) room.readByAllSeq = Math.max(room.readByAllSeq, readByAllSeq);
    state.mark(chatId, userId, { readSeq: seq });
  },
  MESSAGE_DELIVERED: (state, { chatId, userId, seq }) => state.mark(chatId, userId, { deliveredSeq: seq }),
  TYPING: (state, { chatId, user, typing }) => {
    const room = state.rooms.get(chatId);
    if (typing && user.id !== state.me?.id) room?.typing.set(user.id, user);
    else room?.typing.delete(user.id);
  },
  PRESENCE: (state, { user, status, lastSeenAt }) => present(state, { ...user, status, lastSeenAt }),
  STREAM_STARTED: (state, { chatId, message }) => void state.rooms.get(chatId)?.streams.set(message.id, message),
  MESSAGE_CHUNK: (state, { chatId, messageId, content }) => {
    const streams = state.rooms.get(chatId)?.streams;
    const message = streams?.get(messageId);
    if (message) streams?.set(messageId, { ...message, content: message.content + content });
  },
};

/** Events never say which reactions are one's own. */
function keepMe(message: Message, before: Message | undefined): Message {
  const mine = new Set(before?.reactions.filter((reaction) => (reaction as { me?: boolean }).me).map(({ emoji }) => emoji));
  const reactions = message.reactions.map((reaction) => (mine.has(reaction.emoji) ? { ...reaction, me: true } : reaction));
  return { ...message, reactions };
}
