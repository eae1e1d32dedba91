import type { Code, PresenceStatus, ServerFrame, User } from "../protocol.js";
import { CommandError } from "../errors.js";
import type { FakeChat } from "./chat.js";

/** The sender of a command and the connection it came by; POST /command has none. */
export interface Caller {
  user: User;
  connection: Receiver | undefined;
}

/** A connection as the world sees it. */
export interface Receiver {
  readonly userId: string | undefined;
  deliver(frame: object): void;
}

/** An error as the server reports it. */
export const refuse = (code: Code, error: string, field?: string): CommandError => new CommandError({ code, error, ...(field !== undefined && { field }) });

/** Users, chats and settings of the fake server. */
export class World {
  readonly users = new Map<string, User>();
  readonly chats = new Map<string, FakeChat>();
  readonly receivers = new Set<Receiver>();
  readonly #settings = new Map<string, Record<string, unknown>>();
  readonly #changed = new Map<string, number>();
  /** Rises with every change of a profile. */
  version = 0;

  user(id: string): User {
    const user = this.users.get(id);
    if (!user) throw refuse("NOT_FOUND", `no user ${id}`);
    return user;
  }

  /** A user by id or username. */
  find(reference: string): User {
    const name = String(reference).toLowerCase();
    return this.users.get(reference) ?? [...this.users.values()].find(({ username }) => username.toLowerCase() === name) ?? this.user(reference);
  }

  changeUser(id: string, changes: Partial<User>): User {
    const user = { ...this.user(id), ...changes };
    this.users.set(id, user);
    this.#changed.set(id, ++this.version);
    return user;
  }

  changedSince(version: number): User[] {
    return [...this.#changed].filter(([, changed]) => changed > version).map(([id]) => this.user(id));
  }

  settingsOf(id: string): Record<string, unknown> {
    return this.#settings.get(id) ?? {};
  }

  changeSettings(id: string, changes: Record<string, unknown>): Record<string, unknown> {
    const merged = Object.entries({ ...this.settingsOf(id), ...changes }).filter(([, value]) => value !== null);
    this.#settings.set(id, Object.fromEntries(merged));
    return this.settingsOf(id);
  }

  /** Delivers a frame to every connection of a user except one. */
  tell(userId: string, frame: object, except?: Receiver): void {
    for (const receiver of this.receivers) if (receiver.userId === userId && receiver !== except) receiver.deliver(frame);
  }

  /** Delivers a frame to everybody who shares a chat with a user, and to the user's other connections. */
  tellOthers(userId: string, frame: object, except?: Receiver): void {
    const shared = [...this.chats.values()].filter((chat) => chat.members.has(userId)).flatMap((chat) => [...chat.members.keys()]);
    for (const id of new Set([...shared, userId])) this.tell(id, frame, except);
  }

  setPresence(userId: string, status: PresenceStatus, except?: Receiver): ServerFrame & Record<string, any> {
    const lastSeenAt = status === "offline" ? new Date().toISOString() : undefined;
    const user = { ...this.user(userId), status, ...(lastSeenAt && { lastSeenAt }) };
    this.users.set(userId, user);
    const { email: _, ...shown } = user;
    const frame = { type: "PRESENCE", user: shown, status, ...(lastSeenAt && { lastSeenAt }) };
    this.tellOthers(userId, frame, except);
    return frame as unknown as ServerFrame & Record<string, any>;
  }
}
