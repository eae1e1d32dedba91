import type { Chat, ChatRole, Member, Message, Reaction, StreamedMessage, User } from "../protocol.js";
import type { SyncedChat } from "../additions.js";

/** A member as the fake server keeps it. */
interface Membership {
  role: ChatRole;
  joinedAt: string;
  readSeq: number;
  unreadFromSeq?: number;
  deliveredSeq: number;
  muted: boolean;
}

const byId = ({ id, username, displayName, kind, version }: User) => ({ id, username, displayName, kind, version });
/** Events and lists never carry a user's email. */
export const shown = ({ email: _, ...user }: User): User => user;

/** The users of the fake server. */
export interface Directory {
  user(id: string): User;
}

/** One chat of the fake server. */
export class FakeChat {
  readonly id: string;
  readonly members = new Map<string, Membership>();
  readonly banned = new Set<string>();
  readonly messages: Message[] = [];
  readonly streams = new Map<string, StreamedMessage>();
  readonly #users: Directory;
  readonly #fields: Pick<Chat, "kind" | "createdBy" | "createdAt">;
  name: string;
  description: string | undefined;
  active = true;
  pinned: string[] = [];
  seq = 0;
  updatedAt: string;
  /** The `seq` of the latest change of the chat itself, and of its members. */
  #changedSeq = 0;
  #membersSeq = 0;

  constructor(users: Directory, id: string, fields: Pick<Chat, "kind" | "createdBy" | "name" | "description">) {
    this.id = id;
    this.#users = users;
    const now = new Date().toISOString();
    this.#fields = { kind: fields.kind, createdBy: fields.createdBy, createdAt: now };
    this.name = fields.name;
    this.description = fields.description;
    this.updatedAt = now;
  }

  get kind(): Chat["kind"] {
    return this.#fields.kind;
  }

  /** Takes the next `seq` for a change of a message, the chat or its members. */
  tick(what: "message" | "chat" | "members"): number {
    this.seq++;
    if (what !== "message") this.#changedSeq = this.seq;
    if (what === "members") this.#membersSeq = this.seq;
    return this.seq;
  }

  join(userId: string, role: ChatRole): void {
    const joinedAt = new Date().toISOString();
    this.members.set(userId, { role, joinedAt, readSeq: this.seq, deliveredSeq: this.seq, muted: false });
  }

  /** The chat as it appears in events, or in replies to one user. */
  object(viewer?: string): Chat {
    const last = this.messages.findLast(({ deletedAt }) => !deletedAt);
    const chat: Chat = {
      id: this.id, ...this.#fields, name: this.name, active: this.active, posting: "everyone", updatedAt: this.updatedAt, seq: this.seq,
      ...(this.description !== undefined && { description: this.description }),
      memberCount: this.members.size,
      messageCount: this.messages.filter(({ deletedAt }) => !deletedAt).length,
      ...(last && { lastMessage: this.message(last) }),
      pinned: [...this.pinned],
      firstSeq: 1,
    };
    return viewer === undefined ? chat : { ...chat, ...this.view(viewer) };
  }

  /** The fields that differ from user to user. */
  view(viewer: string): Partial<Chat> {
    const membership = this.members.get(viewer);
    if (!membership) return {};
    const { role, readSeq, unreadFromSeq, muted } = membership;
    const from = Math.min(readSeq, (unreadFromSeq ?? Infinity) - 1);
    const unread = this.messages.filter(({ seq, sender, deletedAt }) => seq > from && sender.id !== viewer && !deletedAt);
    const peer = this.kind === "direct" ? [...this.members.keys()].find((id) => id !== viewer) : undefined;
    return {
      myRole: role, readSeq, ...(unreadFromSeq && { unreadFromSeq }), muted, unreadCount: unread.length,
      mentionCount: unread.filter(({ mentions }) => mentions.includes(viewer)).length,
      ...(peer !== undefined && { peer: shown(this.#users.user(peer)) }),
    };
  }

  member(userId: string): Member {
    const { muted: _, ...membership } = this.members.get(userId)!;
    return { user: shown(this.#users.user(userId)), ...membership };
  }

  /** A message with its sender as they are now, and `me` for one user. */
  message(message: Message, viewer?: string): Message {
    const reactions = message.reactions.map(({ emoji, userIds }): Reaction => ({
      emoji, count: userIds.length, userIds: [...userIds], ...(viewer !== undefined && { me: userIds.includes(viewer) }),
    }));
    return { ...message, sender: byId(this.#users.user(message.sender.id)), reactions };
  }

  /** Makes a message; it has no `seq` until it is stored. */
  draft(id: string, author: User, fields: Partial<Message>): Message {
    const content = fields.content ?? "";
    const names = [...content.matchAll(/@([A-Za-z0-9_.-]+)/g)].map(([, name]) => name!.toLowerCase());
    const mentions = [...this.members.keys()].filter((id) => id !== author.id && names.includes(this.#users.user(id).username.toLowerCase()));
    return {
      id, chatId: this.id, seq: 0, updatedSeq: 0, sender: byId(author), role: fields.role ?? "user", content,
      attachments: fields.attachments ?? [], mentions, reactions: [], createdAt: new Date().toISOString(),
      ...(fields.replyTo !== undefined && { replyTo: fields.replyTo }),
      ...(fields.metadata !== undefined && { metadata: fields.metadata }),
    };
  }

  /** Stores a message and returns it as it is stored. */
  store(message: Message): Message {
    const seq = this.tick("message");
    const stored = { ...message, seq, updatedSeq: seq };
    this.messages.push(stored);
    this.updatedAt = stored.createdAt;
    return stored;
  }

  /** Changes a message. */
  change(message: Message, fields: Partial<Message>): number {
    const seq = this.tick("message");
    Object.assign(message, fields, { updatedSeq: seq });
    return seq;
  }

  /** The position up to which every person has read; own messages count as read. */
  get readByAllSeq(): number {
    const people = [...this.members].filter(([id]) => this.#users.user(id).kind === "human");
    const reach = ([id, { readSeq }]: [string, Membership]) => {
      const rest = this.messages.filter(({ seq }) => seq > readSeq);
      const foreign = rest.findIndex(({ sender }) => sender.id !== id);
      return rest[(foreign < 0 ? rest.length : foreign) - 1]?.seq ?? readSeq;
    };
    return people.length ? Math.min(...people.map(reach)) : 0;
  }

  /** The changes since a position, as SYNC answers them to one user. */
  synced(viewer: string, since: number, limit: number): SyncedChat {
    const reset = since > this.seq;
    const from = reset ? 0 : since;
    const changed = this.messages.filter(({ updatedSeq }) => updatedSeq > from).sort((one, other) => one.updatedSeq - other.updatedSeq);
    const page = changed.slice(0, limit);
    const more = changed.length > page.length;
    return {
      chatId: this.id, seq: more ? page.at(-1)!.updatedSeq : this.seq, more,
      ...((this.#changedSeq > from || reset) && { chat: this.object(viewer) }),
      ...((this.#membersSeq > from || reset) && { members: [...this.members.keys()].map((id) => this.member(id)) }),
      marks: [...this.members].map(([userId, { readSeq, deliveredSeq }]) => ({ userId, readSeq, deliveredSeq })),
      streams: [...this.streams.values()],
      messages: page.map((message) => this.message(message, viewer)),
      viewer: this.view(viewer) as SyncedChat["viewer"],
      ...(reset && { reset }),
    };
  }
}
