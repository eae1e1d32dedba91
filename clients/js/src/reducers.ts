import type { StreamState } from "./additions.js";
import type { Chat, Command, FrameOf, Message, ServerFrame } from "./protocol.js";
import {
  countDeleted, countEdited, countNew, evict, keepMe, latestOf, put, replaceChat, withMe, type Room,
} from "./room.js";
import type { State } from "./state.js";

type Reducers = { [T in ServerFrame["type"]]?: (state: State, frame: FrameOf<T>, command?: Command) => void };

const MAX_ENDED_STREAMS = 100;

/**
 * Applies one reply or event to the state. The caller is responsible for the order, and passes the command along if the
 * frame is its reply.
 */
export function reduce(state: State, frame: ServerFrame, command?: Command): void {
  const reducer = REDUCERS[frame.type] as ((state: State, frame: ServerFrame, command?: Command) => void) | undefined;
  if (reducer) {
    reducer(state, frame, command);
    const { message, chat, chatId = "" } = frame as { message?: Message; chat?: Chat; chatId?: string };
    state.showSenders([message, chat?.lastMessage]);
    state.touched.add(chatId);
  }
}

/** Moves a chat's clock on; returns the chat if the user is in it. */
function advance(state: State, frame: { chatId: string; seq: number }): Room | undefined {
  const room = state.rooms.get(frame.chatId);
  if (!room) return undefined;
  room.position = Math.max(room.position, frame.seq);
  room.chat = { ...room.chat, seq: Math.max(room.chat.seq, frame.seq) };
  return room;
}

function removeMembers(state: State, frame: { chatId: string; seq: number }, userIds: string[]): void {
  const room = advance(state, frame);
  if (!room) return;
  if (userIds.includes(state.myId)) return state.remove(frame.chatId);
  room.chat.memberCount -= userIds.length;
  for (const id of userIds) {
    for (const list of room.memberLists) list.delete(id);
    room.typing.delete(id);
    for (const stream of room.streams.values()) if (stream.sender.id === id) endStream(room, stream.id);
  }
}

/** A ban does not say whether the user was a member: the loaded list does, else the chat is fetched again. */
function banMember(state: State, frame: FrameOf<"MEMBER_BANNED">): void {
  const room = state.rooms.get(frame.chatId);
  const wasMember = frame.userId === state.myId || !room?.members || room.members.has(frame.userId);
  removeMembers(state, frame, wasMember ? [frame.userId] : []);
  if (!room?.members) refetch(state, frame);
}

function react(state: State, frame: FrameOf<"REACTION_ADDED"> | FrameOf<"REACTION_REMOVED">): void {
  const room = advance(state, frame);
  const before = room && latestOf(room, frame.messageId);
  if (!room || !before) return;
  const reactions = withMe(before, frame, state.myId);
  const after = { ...before, reactions, updatedSeq: Math.max(before.updatedSeq, frame.seq) };
  put(room, after);
  if (room.chat.lastMessage?.id === after.id) room.chat.lastMessage = after;
}

function pin(state: State, frame: FrameOf<"MESSAGE_PINNED"> | FrameOf<"MESSAGE_UNPINNED">): void {
  const room = advance(state, frame);
  if (room) room.chat.pinned = frame.pinned;
}

/** The chat says what has become of it; messages that were removed go when it comes. */
function refetch(state: State, frame: { chatId: string; seq: number }): void {
  const room = advance(state, frame);
  if (room) room.stale = true;
}

function endStream(room: Room, id: string): void {
  room.streams.delete(id);
  room.endedStreams.add(id);
  const [oldest] = room.endedStreams;
  if (room.endedStreams.size > MAX_ENDED_STREAMS) room.endedStreams.delete(oldest!);
}

function startStream(state: State, { chatId, message }: { chatId: string; message: StreamState }): void {
  const room = state.rooms.get(chatId);
  if (!room || room.streams.has(message.id)) return;
  room.endedStreams.delete(message.id);
  room.changedStreams.add(message.id);
  room.streams.set(message.id, { ...message, nextIndex: 0 });
}

/** A chunk that repeats what is there is ignored; the caller fetches the stream if chunks are missing. */
function appendStream(state: State, frame: { chatId: string; messageId: string; index: number }, content: string): void {
  const room = state.rooms.get(frame.chatId);
  const stream = room?.streams.get(frame.messageId);
  if (!room || !stream || frame.index !== (stream.nextIndex ?? 0)) return;
  room.changedStreams.add(stream.id);
  room.streams.set(stream.id, { ...stream, content: stream.content + content, nextIndex: frame.index + 1 });
}

/** True if the state lacks chunks that came before this one. */
export function isMissingChunks(state: State, frame: FrameOf<"MESSAGE_CHUNK">): boolean {
  const room = state.rooms.get(frame.chatId);
  if (!room || room.endedStreams.has(frame.messageId)) return false;
  const stream = room.streams.get(frame.messageId);
  return !stream || frame.index > (stream.nextIndex ?? 0);
}

/** One reducer per type, for replies and events alike. */
const REDUCERS: Reducers = {
  AUTHENTICATED: (state, { user }) => {
    state.me = user;
    state.updateUser(user);
  },
  BOT_DELETED: (state, { userId }) => state.forgetUser(userId),
  ACCOUNT_DELETED: (state, { userId }) => state.forgetUser(userId),
  USER: (state, { user }) => state.updateUser(user),
  USER_UPDATED: (state, { user }) => state.updateUser(user),
  PRESENCE: (state, { user, status, lastSeenAt }) => state.updatePresence(user, status, lastSeenAt),
  SETTINGS: (state, { settings }) => void (state.settings = settings),
  NEW_CHAT: (state, { chat, seq, duplicate }) => void state.add(chat, duplicate ? chat.seq : seq),
  CHAT_UPDATED: (state, frame) => {
    const room = advance(state, frame);
    if (room) replaceChat(room, frame.chat, state.myId);
  },
  CHAT_DELETED: (state, { chatId }) => state.remove(chatId),
  CHAT_MUTED: (state, { chatId, muted, until }) => {
    const room = state.rooms.get(chatId);
    if (room) room.chat = { ...room.chat, muted, mutedUntil: until };
  },
  CHAT_MARKED_UNREAD: (state, { chatId, unreadFromSeq }) => {
    const room = state.rooms.get(chatId);
    if (!room) return;
    room.chat = { ...room.chat, unreadFromSeq };
    // The counts are the server's to tell.
    room.stale = true;
  },
  MEMBERS_ADDED: (state, frame) => {
    const isNew = frame.chat !== undefined && !state.rooms.has(frame.chatId);
    if (frame.chat) state.add(frame.chat, frame.seq);
    const room = advance(state, frame);
    if (!room) return;
    if (!isNew) room.chat.memberCount += frame.members.length;
    for (const member of frame.members) for (const list of room.memberLists) list.set(member.user.id, { ...member });
    for (const { user } of frame.members) state.updateUser(user);
  },
  MEMBERS_REMOVED: (state, frame) => removeMembers(state, frame, frame.userIds),
  MEMBER_BANNED: banMember,
  MEMBER_UNBANNED: advance,
  MEMBER_UPDATED: (state, frame) => {
    const room = advance(state, frame);
    for (const list of room?.memberLists ?? []) {
      const member = list.get(frame.userId);
      if (member) member.role = frame.role;
    }
    if (room && frame.userId === state.myId) room.chat.myRole = frame.role;
  },
  NEW_MESSAGE: (state, frame) => {
    const { message, chat } = frame;
    if (chat && !state.rooms.has(chat.id)) {
      // The chat has counted its message already.
      put(state.add(chat, frame.seq - 1), message);
      return void advance(state, frame);
    }
    const room = advance(state, frame);
    if (!room) return;
    endStream(room, message.id);
    room.typing.delete(message.sender.id);
    put(room, message);
    countNew(room, message, state.myId);
    evict(room);
  },
  MESSAGE_EDITED: (state, frame) => {
    const room = advance(state, frame);
    if (!room) return;
    const before = latestOf(room, frame.message.id);
    const after = keepMe(frame.message, before, state.myId);
    put(room, after);
    countEdited(room, before, after, state.myId);
  },
  MESSAGE_DELETED: (state, frame) => {
    const room = advance(state, frame);
    if (!room) return;
    const before = latestOf(room, frame.messageId);
    put(room, frame.message);
    room.chat.pinned = (frame as { pinned?: string[] }).pinned ?? room.chat.pinned.filter((id) => id !== frame.messageId);
    countDeleted(room, before, frame.message, state.myId);
  },
  REACTION_ADDED: react,
  REACTION_REMOVED: react,
  MESSAGE_PINNED: pin,
  MESSAGE_UNPINNED: pin,
  HISTORY_TRIMMED: refetch,
  HOLD_CHANGED: refetch,
  MESSAGE_READ: (state, { chatId, userId, seq }) => state.mark(chatId, userId, { readSeq: seq }),
  MESSAGE_DELIVERED: (state, { chatId, userId, seq }) => state.mark(chatId, userId, { deliveredSeq: seq }),
  TYPING: (state, { chatId, user, typing }) => {
    const room = state.rooms.get(chatId);
    if (typing && user.id !== state.myId) room?.typing.set(user.id, state.newest(user));
    else room?.typing.delete(user.id);
  },
  STREAM_STARTED: startStream,
  MESSAGE_CHUNK: (state, frame) => appendStream(state, frame, frame.content),
  STREAM_APPENDED: (state, frame, command) => {
    // The author's own connection gets no MESSAGE_CHUNK; the text is in the command.
    // An empty piece has no index of its own.
    if (command?.type === "APPEND_STREAM" && command.content) appendStream(state, frame, command.content);
  },
  STREAM_STOPPED: (state, { chatId, messageId }, command) => {
    // As the reply to STOP_STREAM it only says that the author has been asked.
    const room = command?.type === "STOP_STREAM" ? undefined : state.rooms.get(chatId);
    if (room) endStream(room, messageId);
  },
};
