import type { SyncedChat, VersionedUser } from "./additions.js";
import type { Chat, Member, Message, User } from "./protocol.js";
import { applyStreams, applyViewer, evict, markRead, put, replaceChat, Room } from "./room.js";

/** The number of messages kept per chat unless the user reads further back. */
export const KEEP_MESSAGES = 1_000;

type Marks = Partial<Pick<Member, "readSeq" | "deliveredSeq">>;

/** Everything the connected user can see, as the server has it. */
export class State {
  me?: User;
  /** The user's settings; undefined until somebody asked for them. */
  settings?: Record<string, unknown>;
  /** The chats the user is in, by id. */
  readonly rooms = new Map<string, Room>();
  /** Users seen so far, by id. */
  readonly users = new Map<string, User>();
  /** Chats that changed since the last look; "" stands for what belongs to no chat. */
  readonly touched = new Set<string>();
  readonly #keepMessages: number;

  constructor(keepMessages: number = KEEP_MESSAGES) {
    this.#keepMessages = keepMessages;
  }

  get myId(): string {
    return this.me?.id ?? "";
  }

  /** Applies what SYNC says about one chat. */
  applySynced(synced: SyncedChat): void {
    const known = this.rooms.get(synced.chatId);
    if (!known) return;
    this.touched.add(known.id);
    const room = synced.reset ? this.#restart(known, synced.chat ?? known.chat) : known;
    const chatSeq = room.chat.seq;
    if (synced.chat) replaceChat(room, synced.chat, this.myId);
    if (synced.members) this.#setMembers(room, synced.members, synced.membersTruncated === true);
    for (const message of synced.messages) put(room, message);
    for (const { userId, ...marks } of synced.marks) this.#mark(room, userId, marks);
    room.position = Math.max(room.position, synced.seq);
    room.chat = { ...room.chat, seq: Math.max(room.chat.seq, room.position) };
    applyStreams(room, synced.streams);
    if (synced.viewer) applyViewer(room, synced.viewer);
    // SYNC brings the messages but not the counts that follow from them.
    room.stale ||= synced.seq > chatSeq && !(synced.chat && !synced.more);
    this.#showMe(room);
    evict(room);
  }

  /** Adds a chat the user is in. */
  add(chat: Chat, position: number = chat.seq): Room {
    const known = this.rooms.get(chat.id);
    if (known) {
      if (chat.seq === known.position) replaceChat(known, chat, this.myId);
      else known.stale = true;
      return known;
    }
    const room = new Room(chat, position, this.#keepMessages, this.myId);
    this.rooms.set(chat.id, room);
    if (chat.peer) this.updateUser(chat.peer);
    this.touched.add(chat.id);
    return room;
  }

  /** Removes a chat that was deleted or that the user is no longer in. */
  remove(chatId: string): void {
    if (this.rooms.delete(chatId)) this.touched.add(chatId);
  }

  /** Takes a chat from a fresh reply, unless changes have been applied that the reply does not contain. */
  refresh(chat: Chat): void {
    const room = this.rooms.get(chat.id);
    if (!room || chat.seq !== room.position) return;
    replaceChat(room, chat, this.myId);
    if (chat.peer) this.updateUser(chat.peer);
    room.stale = false;
    this.#showMe(room);
    this.touched.add(chat.id);
  }

  /** A reply may have been read before the user's own name changed. */
  #showMe(room: Room): void {
    if (this.me) showUser(room, this.me, true);
  }

  /** Remembers a user; false if something newer is known. */
  #know(user: VersionedUser): boolean {
    const known = this.users.get(user.id) as VersionedUser | undefined;
    if ((known?.version ?? 0) > (user.version ?? Infinity)) return false;
    this.users.set(user.id, user);
    return true;
  }

  /** Takes a user's profile and presence, wherever the user is shown. */
  updateUser(user: VersionedUser): void {
    this.#updateUser(user, true);
  }

  /** Takes a user's presence, which changes often and rarely brings a new name: messages are not looked through. */
  updatePresence(user: VersionedUser, status: User["status"], lastSeenAt: string | undefined): void {
    const known = this.users.get(user.id) as VersionedUser | undefined;
    // The profile may be an older one; the presence is not.
    const profile = known && (known.version ?? 0) > (user.version ?? Infinity) ? known : user;
    const isRenamed = known?.username !== profile.username || known?.displayName !== profile.displayName;
    // A user who is online has no `lastSeenAt`, whatever was known before.
    this.#updateUser({ ...profile, status, lastSeenAt }, isRenamed);
  }

  #updateUser(user: VersionedUser, isRenamed: boolean): void {
    if (!this.#know(user)) return;
    if (user.id === this.me?.id) this.me = { ...user, ...(this.me.email !== undefined && { email: this.me.email }) };
    for (const room of this.rooms.values()) if (showUser(room, user, isRenamed)) this.touched.add(room.id);
  }

  /** A user's account was deleted: nothing is left of the profile. */
  forgetUser(userId: string): void {
    const known = this.users.get(userId);
    const suffix = [...userId.replace(/[\W_]/g, "").slice(-8)].reverse().join("");
    const names = { username: `deleted-${suffix}`, displayName: "Deleted account" };
    const { avatarUrl: _, lastSeenAt: __, ...rest } = known ?? { id: userId, kind: "human" as const, createdAt: "" };
    // Deleting an account is one change of it.
    const version = ((known as VersionedUser | undefined)?.version ?? 0) + 1;
    this.updateUser({ ...rest, ...names, role: "member", status: "offline", version });
  }

  /** Moves a member's marks forward. */
  mark(chatId: string, userId: string, marks: Marks): void {
    const room = this.rooms.get(chatId);
    if (room) this.#mark(room, userId, marks);
  }

  #restart(room: Room, chat: Chat): Room {
    const fresh = new Room(chat, 0, room.keep, this.myId);
    if (room.members) fresh.members = room.members;
    this.rooms.set(room.id, fresh);
    return fresh;
  }

  #setMembers(room: Room, members: Member[], isTruncated: boolean): void {
    for (const { user } of members) this.updateUser(user);
    if (!room.members) return;
    // The rest of a truncated list is unknown, so the next reader loads it.
    if (isTruncated) delete room.members;
    else room.members = new Map(members.map((member) => [member.user.id, member]));
  }

  #mark(room: Room, userId: string, { readSeq = 0, deliveredSeq = 0 }: Marks): void {
    for (const list of room.memberLists) {
      const member = list.get(userId);
      if (!member) continue;
      member.readSeq = Math.max(member.readSeq, readSeq);
      member.deliveredSeq = Math.max(member.deliveredSeq, deliveredSeq, readSeq);
    }
    if (userId === this.me?.id && readSeq) markRead(room, readSeq, userId);
  }
}

/** Shows a user's present profile in a chat, as the sender of messages only after a change of name; true if that changed it. */
function showUser(room: Room, user: User, isRenamed: boolean): boolean {
  const { email: _, ...shown } = user;
  let appears = false;
  for (const list of room.memberLists) {
    const member = list.get(user.id);
    if (!member) continue;
    list.set(user.id, { ...member, user: shown });
    appears = true;
  }
  if (room.chat.peer?.id === user.id) {
    room.chat = { ...room.chat, peer: shown };
    appears = true;
  }
  if (room.typing.has(user.id)) room.typing.set(user.id, shown);
  if (!isRenamed) return appears;
  const { id, username, displayName } = user;
  const isOutdated = ({ sender }: Message) =>
    sender.id === id && (sender.username !== username || sender.displayName !== displayName);
  // The kind stays: that of a deleted user may be known from the message alone.
  const renamed = <M extends Message>(message: M): M =>
    isOutdated(message) ? { ...message, sender: { ...message.sender, username, displayName } } : message;
  if (room.messages.some(isOutdated)) {
    room.messages = room.messages.map(renamed);
    appears = true;
  }
  if (room.chat.lastMessage && isOutdated(room.chat.lastMessage)) {
    room.chat = { ...room.chat, lastMessage: renamed(room.chat.lastMessage) };
    appears = true;
  }
  for (const [id, stream] of room.streams) room.streams.set(id, renamed(stream));
  return appears;
}
