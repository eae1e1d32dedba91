import type { Command, ServerFrame, StreamedMessage, User } from "../protocol.js";
import { newId } from "../ids.js";
import { FakeChat, shown } from "./chat.js";
import { refuse, type Caller, type World } from "./world.js";

type Fields = Record<string, any>;
type Reply = Fields & { type: string };
type Handler = (world: World, caller: Caller, fields: Fields) => Reply;

const COUNT = { sync: 200, history: 50 };

/** The chat by id or `#name`, if the caller may read it. */
function readable(world: World, caller: Caller, reference: string): FakeChat {
  const name = String(reference).toLowerCase();
  const chat = world.chats.get(reference) ?? [...world.chats.values()].find((chat) => chat.kind === "channel" && `#${chat.name}`.toLowerCase() === name);
  if (!chat || (chat.kind !== "channel" && !chat.members.has(caller.user.id))) throw refuse("NOT_FOUND", `no chat with id ${reference}`, "chatId");
  if (chat.banned.has(caller.user.id)) throw refuse("FORBIDDEN", "you are banned from this chat");
  return chat;
}

function joined(world: World, caller: Caller, reference: string): FakeChat {
  const chat = readable(world, caller, reference);
  if (!chat.members.has(caller.user.id)) throw refuse("FORBIDDEN", "join this chat first");
  return chat;
}

function writable(world: World, caller: Caller, reference: string): FakeChat {
  const chat = joined(world, caller, reference);
  if (!chat.active) throw refuse("CONFLICT", "this chat is archived");
  return chat;
}

function managed(world: World, caller: Caller, reference: string): FakeChat {
  const chat = joined(world, caller, reference);
  if (chat.members.get(caller.user.id)!.role === "member") throw refuse("FORBIDDEN", "only owners and admins may do this");
  return chat;
}

function found(chat: FakeChat, id: string) {
  const message = chat.messages.find((message) => message.id === id);
  if (!message) throw refuse("NOT_FOUND", `no message with id ${id}`, "messageId");
  return message;
}

function textOf(content: unknown): string {
  if (typeof content !== "string" || content.trim() === "") throw refuse("INVALID_ARGUMENT", "a message needs a text", "message.content");
  if ([...content].length > 4_096) throw refuse("TOO_LARGE", "a message has at most 4,096 characters", "message.content");
  return content;
}

/** Tells the members of a chat, except the connection that did it. */
function tell(world: World, caller: Caller, chat: FakeChat, frame: Reply): Reply {
  for (const id of chat.members.keys()) world.tell(id, frame, caller.connection);
  return frame;
}

function addMembers(world: World, caller: Caller, chat: FakeChat, users: User[]): Reply {
  const fresh = users.filter(({ id }) => !chat.members.has(id));
  const frame = (more: Fields) => ({ type: "MEMBERS_ADDED", chatId: chat.id, by: caller.user.id, ...more });
  if (fresh.length === 0) return frame({ seq: chat.seq, members: [], duplicate: true });
  const before = [...chat.members.keys()];
  const seq = chat.tick("members");
  for (const { id } of fresh) chat.join(id, "member");
  const members = fresh.map(({ id }) => chat.member(id));
  for (const id of before) world.tell(id, frame({ seq, members }), caller.connection);
  for (const { id } of fresh) world.tell(id, { type: "NEW_CHAT", chatId: chat.id, seq, chat: chat.object() }, caller.connection);
  return frame({ seq, members, ...(fresh.some(({ id }) => id === caller.user.id) && { chat: chat.object(caller.user.id) }) });
}

function removeMembers(world: World, caller: Caller, chat: FakeChat, userIds: string[]): Reply {
  const gone = userIds.filter((id) => chat.members.has(id));
  const frame = { type: "MEMBERS_REMOVED", chatId: chat.id, userIds: gone, by: caller.user.id };
  if (gone.length === 0) return { ...frame, seq: chat.seq, duplicate: true };
  const told = { ...frame, seq: chat.tick("members") };
  tell(world, caller, chat, told);
  for (const id of gone) chat.members.delete(id);
  return told;
}

function send(world: World, caller: Caller, chat: FakeChat, given: Fields): Reply {
  const { id = newId(), ...message } = given.message ?? given;
  const known = chat.messages.find((stored) => stored.id === id);
  if (known && known.sender.id !== caller.user.id) throw refuse("CONFLICT", "this id is in use", "message.id");
  if (known) return { type: "NEW_MESSAGE", chatId: chat.id, seq: known.seq, message: chat.message(known, caller.user.id), duplicate: true };
  textOf(message.content);
  const stored = chat.store(chat.draft(id, caller.user, message));
  return tell(world, caller, chat, { type: "NEW_MESSAGE", chatId: chat.id, seq: stored.seq, message: chat.message(stored) });
}

function create(world: World, caller: Caller, fields: Fields): Reply {
  const { id = newId(), kind = "group", name, description, members = [] } = fields;
  const users = (members as string[]).map((member) => world.find(member));
  const known = world.chats.get(id);
  const pair = [...world.chats.values()].find((chat) => kind === "direct" && chat.kind === "direct" && [caller.user, ...users].every((user) => chat.members.has(user.id)));
  const existing = known ?? pair;
  if (existing) return { type: "NEW_CHAT", chatId: existing.id, seq: existing.seq, chat: existing.object(caller.user.id), duplicate: true };
  const isTaken = [...world.chats.values()].some((chat) => kind === "channel" && chat.kind === "channel" && chat.name.toLowerCase() === String(name).toLowerCase());
  if (isTaken) throw refuse("CONFLICT", `there is a channel named ${name}`, "name");
  const chat = new FakeChat(world, id, { kind, createdBy: caller.user.id, name: kind === "direct" ? "" : (name ?? "Chat"), description });
  world.chats.set(id, chat);
  chat.tick("members");
  chat.join(caller.user.id, "owner");
  for (const user of users) chat.join(user.id, kind === "direct" ? "owner" : "member");
  tell(world, caller, chat, { type: "NEW_CHAT", chatId: id, seq: chat.seq, chat: chat.object() });
  return { type: "NEW_CHAT", chatId: id, seq: chat.seq, chat: chat.object(caller.user.id) };
}

function react(world: World, caller: Caller, fields: Fields, adds: boolean): Reply {
  const chat = writable(world, caller, fields.chatId);
  const message = found(chat, fields.messageId);
  const known = message.reactions.find(({ emoji }) => emoji === fields.emoji);
  const has = known?.userIds.includes(caller.user.id) === true;
  const frame = (seq: number): Reply => ({
    type: adds ? "REACTION_ADDED" : "REACTION_REMOVED", chatId: chat.id, seq, messageId: message.id, emoji: fields.emoji,
    user: shown(caller.user), reactions: chat.message(message).reactions,
  });
  if (has === adds) return { ...frame(chat.seq), duplicate: true };
  const userIds = adds ? [...(known?.userIds ?? []), caller.user.id] : known!.userIds.filter((id) => id !== caller.user.id);
  const changed = known ? message.reactions.map((one) => (one === known ? { ...one, userIds } : one)) : [...message.reactions, { emoji: fields.emoji, count: 1, userIds }];
  const seq = chat.change(message, { reactions: changed.filter((one) => one.userIds.length > 0) });
  return tell(world, caller, chat, frame(seq));
}

function pin(world: World, caller: Caller, fields: Fields, pins: boolean): Reply {
  const chat = managed(world, caller, fields.chatId);
  const { id } = found(chat, fields.messageId);
  const frame = { type: pins ? "MESSAGE_PINNED" : "MESSAGE_UNPINNED", chatId: chat.id, messageId: id, by: caller.user.id };
  if (chat.pinned.includes(id) === pins) return { ...frame, seq: chat.seq, pinned: chat.pinned, duplicate: true };
  const seq = chat.tick("chat");
  chat.pinned = pins ? [...chat.pinned, id] : chat.pinned.filter((other) => other !== id);
  return tell(world, caller, chat, { ...frame, seq, pinned: chat.pinned });
}

function stream(chat: FakeChat, caller: Caller, id: string): StreamedMessage {
  const running = chat.streams.get(id);
  if (!running || running.sender.id !== caller.user.id) throw refuse("NOT_FOUND", `no stream with id ${id}`, "messageId");
  return running;
}

function sync(world: World, caller: Caller, fields: Fields): Reply {
  const asked = Object.entries((fields.chats ?? {}) as Record<string, number>);
  const mine = [...world.chats.values()].filter((chat) => chat.members.has(caller.user.id));
  const position = Number(fields.cursor ?? Infinity);
  const isNew = (chat: FakeChat) => !asked.some(([id]) => id === chat.id);
  const isShared = (user: User) => mine.some((chat) => chat.members.has(user.id));
  return {
    type: "SYNCED", cursor: String(world.version),
    chats: asked.flatMap(([id, since]) => mine.find((chat) => chat.id === id)?.synced(caller.user.id, since, fields.limit ?? COUNT.sync) ?? []),
    newChats: mine.filter(isNew).map((chat) => ({ ...chat.object(caller.user.id), streams: [...chat.streams.values()] })),
    removedChatIds: asked.map(([id]) => id).filter((id) => !mine.some((chat) => chat.id === id)),
    users: world.changedSince(position).filter((user) => user.id === caller.user.id || isShared(user)).map(shown),
    ...(position < Infinity && { settings: world.settingsOf(caller.user.id) }),
  };
}

function history(chat: FakeChat, caller: Caller, fields: Fields): Reply {
  const { limit = COUNT.history, before = Infinity, after } = fields;
  const within = chat.messages.filter(({ seq }) => (after === undefined ? seq < before : seq > after));
  const messages = after === undefined ? within.slice(-limit) : within.slice(0, limit);
  return { type: "CHAT_HISTORY", chatId: chat.id, seq: chat.seq, hasMore: within.length > messages.length, messages: messages.map((message) => chat.message(message, caller.user.id)) };
}

/** The commands of the fake server; all others are UNKNOWN_COMMAND. */
export const HANDLERS: Partial<Record<Command["type"], Handler>> = {
  PING: () => ({ type: "PONG", serverTime: new Date().toISOString() }),
  GET_ME: (_, caller) => ({ type: "USER", user: caller.user }),
  GET_USER: (world, _, { userId, username }) => ({ type: "USER", user: shown(world.find(userId ?? username)) }),
  GET_USERS: (world, _, { search = "" }) => ({ type: "USER_LIST", users: [...world.users.values()].filter(({ username }) => username.includes(search)).map(shown) }),
  UPDATE_USER: (world, caller, { type: _, requestId: __, ...changes }) => {
    const user = world.changeUser(caller.user.id, { ...changes, version: caller.user.version + 1 });
    const frame = { type: "USER_UPDATED", user: shown(user) };
    world.tellOthers(user.id, frame, caller.connection);
    return { ...frame, user };
  },
  GET_SETTINGS: (world, caller) => ({ type: "SETTINGS", settings: world.settingsOf(caller.user.id) }),
  UPDATE_SETTINGS: (world, caller, { settings }) => {
    const frame = { type: "SETTINGS", settings: world.changeSettings(caller.user.id, settings) };
    world.tell(caller.user.id, frame, caller.connection);
    return frame;
  },
  SYNC: sync,
  GET_CHATS: (world, caller, { scope = "mine" }) => {
    const isListed = (chat: FakeChat) => (scope === "public" ? chat.kind === "channel" : chat.members.has(caller.user.id) && chat.active === (scope === "mine"));
    return { type: "CHAT_LIST", chats: [...world.chats.values()].filter(isListed).map((chat) => chat.object(caller.user.id)) };
  },
  GET_CHAT: (world, caller, { chatId }) => ({ type: "CHAT", chat: readable(world, caller, chatId).object(caller.user.id) }),
  CREATE_CHAT: create,
  UPDATE_CHAT: (world, caller, { chatId, name, description, active }) => {
    const chat = managed(world, caller, chatId);
    const seq = chat.tick("chat");
    Object.assign(chat, { name: name ?? chat.name, description: description ?? chat.description, active: active ?? chat.active });
    return tell(world, caller, chat, { type: "CHAT_UPDATED", chatId: chat.id, seq, chat: chat.object(), by: caller.user.id });
  },
  DELETE_CHAT: (world, caller, { chatId }) => {
    const chat = managed(world, caller, chatId);
    world.chats.delete(chat.id);
    return tell(world, caller, chat, { type: "CHAT_DELETED", chatId: chat.id, by: caller.user.id });
  },
  JOIN_CHAT: (world, caller, { chatId }) => addMembers(world, caller, readable(world, caller, chatId), [caller.user]),
  LEAVE_CHAT: (world, caller, { chatId }) => removeMembers(world, caller, readable(world, caller, chatId), [caller.user.id]),
  ADD_MEMBERS: (world, caller, { chatId, members }) => addMembers(world, caller, managed(world, caller, chatId), (members as string[]).map((member) => world.find(member))),
  REMOVE_MEMBERS: (world, caller, { chatId, userIds }) => removeMembers(world, caller, managed(world, caller, chatId), userIds),
  GET_MEMBERS: (world, caller, { chatId }) => {
    const chat = readable(world, caller, chatId);
    const listed = (id: string) => {
      const { readSeq, deliveredSeq, ...shown } = chat.member(id);
      return chat.members.has(caller.user.id) ? { ...shown, readSeq, deliveredSeq } : shown;
    };
    return { type: "MEMBER_LIST", chatId: chat.id, members: [...chat.members.keys()].map(listed) };
  },
  MUTE_CHAT: (world, caller, { chatId, until }) => {
    const chat = joined(world, caller, chatId);
    const muted = until !== null;
    chat.members.get(caller.user.id)!.muted = muted;
    const frame = { type: "CHAT_MUTED", chatId: chat.id, muted };
    world.tell(caller.user.id, frame, caller.connection);
    return frame;
  },
  SEND_MESSAGE: (world, caller, fields) => send(world, caller, writable(world, caller, fields.chatId), fields),
  SEND_PERSONAL_MESSAGE: (world, caller, fields) => {
    const { chatId } = create(world, caller, { kind: "direct", members: [fields.to] });
    const chat = world.chats.get(chatId)!;
    return { ...send(world, caller, chat, fields), chat: chat.object(caller.user.id) };
  },
  GET_MESSAGE: (world, caller, { chatId, messageId }) => {
    const chat = readable(world, caller, chatId);
    return { type: "MESSAGE", message: chat.message(found(chat, messageId), caller.user.id) };
  },
  GET_CHAT_HISTORY: (world, caller, fields) => history(readable(world, caller, fields.chatId), caller, fields),
  EDIT_MESSAGE: (world, caller, { chatId, messageId, content, metadata }) => {
    const chat = writable(world, caller, chatId);
    const message = found(chat, messageId);
    if (message.sender.id !== caller.user.id) throw refuse("FORBIDDEN", "only the sender may edit a message");
    const { mentions } = chat.draft(messageId, caller.user, { content: textOf(content) });
    const seq = chat.change(message, { content, mentions, editedAt: new Date().toISOString(), ...(metadata !== undefined && { metadata }) });
    return tell(world, caller, chat, { type: "MESSAGE_EDITED", chatId: chat.id, seq, message: chat.message(message) });
  },
  DELETE_MESSAGE: (world, caller, { chatId, messageId, reason }) => {
    const chat = joined(world, caller, chatId);
    const message = found(chat, messageId);
    if (message.sender.id !== caller.user.id) managed(world, caller, chatId);
    chat.pinned = chat.pinned.filter((id) => id !== messageId);
    const { metadata: _, replyTo: __, editedAt: ___, ...kept } = message;
    for (const name of Object.keys(message)) delete (message as Fields)[name];
    const seq = chat.change(Object.assign(message, kept), { content: "", attachments: [], mentions: [], reactions: [], deletedAt: new Date().toISOString() });
    return tell(world, caller, chat, { type: "MESSAGE_DELETED", chatId: chat.id, seq, messageId, message: chat.message(message), by: caller.user.id, pinned: chat.pinned, ...(reason && { reason }) });
  },
  ADD_REACTION: (world, caller, fields) => react(world, caller, fields, true),
  REMOVE_REACTION: (world, caller, fields) => react(world, caller, fields, false),
  PIN_MESSAGE: (world, caller, fields) => pin(world, caller, fields, true),
  UNPIN_MESSAGE: (world, caller, fields) => pin(world, caller, fields, false),
  MARK_READ: (world, caller, { chatId, seq }) => {
    const chat = joined(world, caller, chatId);
    const membership = chat.members.get(caller.user.id)!;
    const next = Math.min(seq ?? chat.seq, chat.seq);
    const cleared = membership.unreadFromSeq !== undefined && membership.unreadFromSeq <= next;
    if (cleared) delete membership.unreadFromSeq;
    const moved = next > membership.readSeq;
    membership.readSeq = Math.max(membership.readSeq, next);
    membership.deliveredSeq = Math.max(membership.deliveredSeq, membership.readSeq);
    const frame = { type: "MESSAGE_READ", chatId: chat.id, userId: caller.user.id, seq: membership.readSeq, at: new Date().toISOString(), readByAllSeq: chat.readByAllSeq };
    if (moved) return tell(world, caller, chat, frame);
    if (cleared) world.tell(caller.user.id, frame, caller.connection);
    return cleared ? frame : { ...frame, duplicate: true };
  },
  MARK_UNREAD: (world, caller, { chatId, seq }) => {
    const chat = joined(world, caller, chatId);
    const membership = chat.members.get(caller.user.id)!;
    if (!(seq >= 1 && seq <= chat.seq)) throw refuse("INVALID_ARGUMENT", `seq must be between 1 and ${chat.seq}, the chat's seq`, "seq");
    const frame = { type: "CHAT_MARKED_UNREAD", chatId: chat.id, unreadFromSeq: seq };
    if (membership.unreadFromSeq === seq) return { ...frame, duplicate: true };
    membership.unreadFromSeq = seq;
    world.tell(caller.user.id, frame, caller.connection);
    return frame;
  },
  SET_TYPING: (world, caller, { chatId, typing }) => {
    const chat = writable(world, caller, chatId);
    const expiresAt = new Date(Date.now() + 10_000).toISOString();
    return tell(world, caller, chat, { type: "TYPING", chatId: chat.id, user: shown(caller.user), typing, ...(typing && { expiresAt }) });
  },
  SET_PRESENCE: (world, caller, { status }) => world.setPresence(caller.user.id, status, caller.connection),
  // Every change is told on its own here.
  SET_CAPABILITIES: () => ({ type: "CAPABILITIES", presenceBatches: false }),
  GET_PRESENCE: (world, caller, { userIds, chatId }) => {
    const ids: string[] = userIds ?? [...joined(world, caller, chatId).members.keys()];
    return { type: "PRESENCE_LIST", presences: ids.map((userId) => ({ userId, status: world.user(userId).status })) };
  },
  START_STREAM: (world, caller, { chatId, message = {} }) => {
    const chat = writable(world, caller, chatId);
    if (caller.user.kind !== "bot") throw refuse("FORBIDDEN", "only bots may stream");
    const { id = newId(), ...fields } = message;
    const started = chat.draft(id, caller.user, fields);
    chat.streams.set(id, { ...started, nextIndex: 0 });
    return tell(world, caller, chat, { type: "STREAM_STARTED", chatId: chat.id, messageId: id, message: started });
  },
  APPEND_STREAM: (world, caller, { chatId, messageId, content }) => {
    const chat = writable(world, caller, chatId);
    const running = stream(chat, caller, messageId);
    const index = running.nextIndex++;
    running.content += content;
    tell(world, caller, chat, { type: "MESSAGE_CHUNK", chatId: chat.id, messageId, content, index });
    return { type: "STREAM_APPENDED", chatId: chat.id, messageId, index };
  },
  END_STREAM: (world, caller, { chatId, messageId, content }) => {
    const chat = writable(world, caller, chatId);
    const { nextIndex: _, ...running } = stream(chat, caller, messageId);
    chat.streams.delete(messageId);
    const stored = chat.store({ ...running, content: content ?? running.content, createdAt: new Date().toISOString() });
    return tell(world, caller, chat, { type: "NEW_MESSAGE", chatId: chat.id, seq: stored.seq, message: chat.message(stored) });
  },
  STOP_STREAM: (world, caller, { chatId, messageId }) => {
    const chat = joined(world, caller, chatId);
    const author = chat.streams.get(messageId)?.sender.id;
    if (author === undefined) throw refuse("NOT_FOUND", `no stream with id ${messageId}`, "messageId");
    world.tell(author, { type: "STOP_REQUESTED", chatId: chat.id, messageId }, caller.connection);
    return { type: "STREAM_STOPPED", chatId: chat.id, messageId };
  },
};

/** The reply as a frame. */
export const asFrame = (reply: Reply): ServerFrame => reply as unknown as ServerFrame;
