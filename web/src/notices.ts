import type { Client, FrameOf, User } from "pichat-client";
import { t } from "./i18n.ts";
import { isolate } from "./text.ts";

/** Something that happened to a chat, shown between its messages. */
export interface Notice {
  seq: number;
  at: string;
  text: string;
}

const MOST = 200;
type Tick = { chatId: string; seq: number; duplicate?: boolean };

/** Events in the chats since the page was opened; the server keeps no record of them that members could read. */
export class Notices {
  readonly #client: Client;
  readonly #chats = new Map<string, Notice[]>();
  readonly #chatNames = new Map<string, string>();
  readonly #people = new Map<string, string>();
  /** The lists of members whose names are in `#people`, by the size they had. */
  readonly #known = new WeakMap<object, number>();

  constructor(client: Client) {
    this.#client = client;
    client.on("MEMBERS_ADDED", (frame) => this.#added(frame));
    client.on("MEMBERS_REMOVED", (frame) => this.#removed(frame));
    client.on("MEMBER_BANNED", (frame) => this.#add(frame, t.notices.banned(this.#name(frame.by), this.#name(frame.userId))));
    client.on("MEMBER_UPDATED", (frame) => this.#add(frame, t.notices.role(this.#name(frame.by), this.#name(frame.userId), t.roles[frame.role])));
    client.on("MESSAGE_PINNED", (frame) => this.#add(frame, t.notices.pinned(this.#name(frame.by))));
    client.on("MESSAGE_UNPINNED", (frame) => this.#add(frame, t.notices.unpinned(this.#name(frame.by))));
    client.on("CHAT_UPDATED", (frame) => this.#updated(frame));
    client.on("change", (chats) => this.#remember(chats));
  }

  /** The notices of a chat, oldest first. */
  of(chatId: string): readonly Notice[] {
    return this.#chats.get(chatId) ?? [];
  }

  #added(frame: FrameOf<"MEMBERS_ADDED">): void {
    const names = frame.members.map(({ user }) => isolate(user.displayName));
    const joined = frame.members.length === 1 && frame.members[0]!.user.id === frame.by;
    this.#add(frame, joined ? t.notices.joined(names[0]!) : t.notices.added(this.#name(frame.by), names));
  }

  #removed(frame: FrameOf<"MEMBERS_REMOVED">): void {
    const left = frame.userIds.length === 1 && frame.userIds[0] === frame.by;
    const names = frame.userIds.map((id) => this.#name(id));
    this.#add(frame, left ? t.notices.left(names[0]!) : t.notices.removed(this.#name(frame.by), names));
  }

  #updated(frame: FrameOf<"CHAT_UPDATED">): void {
    const by = this.#name(frame.by);
    const { name, active } = frame.chat;
    if (this.#chatNames.get(frame.chatId) !== undefined && this.#chatNames.get(frame.chatId) !== name) this.#add(frame, t.notices.renamed(by, isolate(name)));
    else this.#add(frame, active ? t.notices.changed(by) : t.notices.archived(by));
  }

  /** Frames arrive after the state has changed: the names of chats and of people who leave are kept from before. */
  #remember(chats: ReadonlySet<string>): void {
    for (const id of chats) {
      const room = this.#client.state.rooms.get(id);
      if (!room) continue;
      this.#chatNames.set(id, room.chat.name);
      if (!room.members || this.#known.get(room.members) === room.members.size) continue;
      this.#known.set(room.members, room.members.size);
      for (const { user } of room.members.values()) this.#people.set(user.id, user.displayName);
    }
  }

  #name(id: string): string {
    const { me, users } = this.#client.state;
    const user: User | undefined = id === me?.id ? me : users.get(id);
    return isolate(user?.displayName ?? this.#people.get(id) ?? t.someone);
  }

  #add({ chatId, seq, duplicate }: Tick, text: string): void {
    if (duplicate) return;
    const notices = this.#chats.get(chatId) ?? [];
    notices.push({ seq, at: new Date().toISOString(), text });
    if (notices.length > MOST) notices.shift();
    this.#chats.set(chatId, notices);
  }
}
