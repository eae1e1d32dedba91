import type { SyncedChat, VersionedUser } from "./additions.js";
import type { Chat, Member, Message, Sender, User } from "./protocol.js";
import { applyStreams, applyViewer, evict, markRead, put, replaceChat, Room } from "./room.js";

/** The number of messages kept per chat unless the user reads further back. */
export const KEEP_MESSAGES = 1_000;

/** A name, and the version of the profile that has it. */
type Name = Pick<Sender, "id" | "username" | "displayName"> & { version?: number };

/** The version of a profile; servers before 0.2 have none. */
const versionOf = (one: { version?: number } | undefined): number => one?.version ?? 0;

/** The newer of two, by their versions. */
const newer = <T extends { version?: number }>(known: T | undefined, one: T): T => (known && versionOf(known) > versionOf(one) ? known : one);

type Marks = Partial<Pick<Member, "readSeq" | "deliveredSeq">>;

/** Everything the connected user can see, as the server has it. */
export class State {
  me?: User;
  /** The user's settings; undefined until somebody asked for them. */
  settings?: Record<string, unknown>;
  /** The chats the user is in, by id. */
  readonly rooms = new Map<string, Room>();
  /** Users seen so far, by id. */
  readonly users = new Map<string, VersionedUser>();
  /** The newest known names, by user id: also of senders who are known from their messages alone. */
  readonly #names = new Map<string, Name>();
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
    for (const { userId, ...marks } of synced.marks) this.mark(room.id, userId, marks);
    room.position = Math.max(room.position, synced.seq);
    room.chat = { ...room.chat, seq: Math.max(room.chat.seq, room.position) };
    applyStreams(room, synced.streams);
    if (synced.viewer) applyViewer(room, synced.viewer);
    // SYNC brings the messages but not the counts that follow from them.
    room.stale ||= synced.seq > chatSeq && !(synced.chat && !synced.more);
    this.#showUsers(room, [...synced.messages, ...synced.streams]);
    evict(room);
  }

  /** Adds a chat the user is in. */
  add(chat: Chat, position: number = chat.seq): Room {
    const known = this.rooms.get(chat.id);
    const room = known ?? new Room(chat, position, this.#keepMessages, this.myId);
    this.rooms.set(chat.id, room);
    if (!known) this.touched.add(chat.id);
    else if (chat.seq === known.position) replaceChat(known, chat, this.myId);
    else known.stale = true;
    this.#showUsers(room);
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
    room.stale = false;
    this.#showUsers(room);
    this.touched.add(chat.id);
  }

  /** Shows users as they are now in what a reply has brought: it may have been read before they changed. */
  #showUsers({ chat }: Room, messages: Message[] = []): void {
    if (chat.peer) this.updateUser(chat.peer);
    this.showSenders([...messages, chat.lastMessage]);
  }

  /** Gives senders the newest names that are known; these messages may bring newer ones, or have older ones. */
  showSenders(messages: (Message | undefined)[]): void {
    for (const message of messages) if (message) this.#rename(message.sender);
  }

  /** Takes a user's name unless a newer one is known, and shows the newest. */
  #rename(name: Name): void {
    const known = this.#names.get(name.id);
    const newest = newer(known, name);
    this.#names.set(name.id, newest);
    // Messages of a sender that was unknown until now have this name.
    if (!known || versionOf(known) === versionOf(name)) return;
    for (const room of this.rooms.values()) {
      renameSender(room, newest);
      this.touched.add(room.id);
    }
  }

  /** The known version of a user, or the version of a frame if that is not older. */
  newest(user: VersionedUser): VersionedUser {
    return newer(this.users.get(user.id), user);
  }

  /** Takes a user's profile and presence, unless a newer profile is known, and shows the user wherever they appear. */
  updateUser(user: VersionedUser): void {
    this.#showUser(this.newest(user));
  }

  /** Takes a user's presence; the profile that comes with it may be an older one. */
  updatePresence(user: VersionedUser, status: User["status"], lastSeenAt: string | undefined): void {
    const newest = this.newest(user);
    // A change that was gathered may arrive after the end of the account.
    // A user who is online has no `lastSeenAt`, whatever was known before.
    if (!newest.deleted) this.#showUser({ ...newest, status, lastSeenAt });
  }

  #showUser(user: VersionedUser): void {
    this.users.set(user.id, user);
    if (user.id === this.me?.id) this.me = { ...user, email: this.me.email };
    this.#rename(user);
    for (const room of this.rooms.values()) if (showUser(room, user)) this.touched.add(room.id);
  }

  /** A user's account was deleted: nothing is left of the profile. */
  forgetUser(id: string): void {
    const suffix = [...id.replace(/[\W_]/g, "").slice(-8)].reverse().join("");
    const username = `deleted-${suffix}`;
    const shown = this.#names.get(id);
    // Deleting an account is one change of it, which may be known already.
    const name = { id, username, displayName: "Deleted account", version: versionOf(shown) + Number(shown?.username !== username) };
    const known = this.users.get(id);
    if (!known) this.#rename(name);
    else if (!known.deleted)
      this.updateUser({ ...known, ...name, avatarUrl: undefined, lastSeenAt: undefined, role: "member", status: "offline", deleted: true });
  }

  /** Moves a member's marks forward. */
  mark(chatId: string, userId: string, { readSeq = 0, deliveredSeq = 0 }: Marks): void {
    const room = this.rooms.get(chatId);
    for (const list of room?.memberLists ?? []) {
      const member = list.get(userId);
      if (!member) continue;
      member.readSeq = Math.max(member.readSeq, readSeq);
      member.deliveredSeq = Math.max(member.deliveredSeq, deliveredSeq, readSeq);
    }
    if (room && userId === this.me?.id && readSeq) markRead(room, readSeq, userId);
  }

  #restart(room: Room, chat: Chat): Room {
    const fresh = new Room(chat, 0, room.keep, this.myId);
    fresh.members = room.members;
    this.rooms.set(room.id, fresh);
    return fresh;
  }

  #setMembers(room: Room, members: Member[], isTruncated: boolean): void {
    // The rest of a truncated list is unknown, so the next reader loads it.
    if (isTruncated) delete room.members;
    else if (room.members) room.members = new Map(members.map((member) => [member.user.id, member]));
    for (const { user } of members) this.updateUser(user);
  }
}

/** Shows a user's present profile in a chat; true if that changed it. */
function showUser(room: Room, user: User): boolean {
  const { email: _, ...shown } = user;
  let appears = room.chat.peer?.id === user.id;
  if (appears) room.chat = { ...room.chat, peer: shown };
  for (const list of room.memberLists) {
    const member = list.get(user.id);
    if (!member) continue;
    list.set(user.id, { ...member, user: shown });
    appears = true;
  }
  if (room.typing.has(user.id)) room.typing.set(user.id, shown);
  return appears;
}

/** Shows a new name of a sender in a chat. */
function renameSender(room: Room, { id, username, displayName, version }: Name): void {
  // The kind stays: that of a deleted user may be known from the message alone.
  const renamed = <M extends Message>(message: M): M =>
    message.sender.id === id ? { ...message, sender: { ...message.sender, username, displayName, version } } : message;
  const { lastMessage } = room.chat;
  for (const [id, stream] of room.streams) room.streams.set(id, renamed(stream));
  if (lastMessage) room.chat = { ...room.chat, lastMessage: renamed(lastMessage) };
  room.messages = room.messages.map(renamed);
}
