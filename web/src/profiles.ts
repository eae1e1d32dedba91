import { CommandError, type Client, type User } from "pichat-client";

/** The maximum of GET_USERS. */
const MOST = 200;
/** Stands for what belongs to no chat. */
const NO_CHAT: ReadonlySet<string> = new Set([""]);

/** Profiles of users whom the client does not know, such as senders who have left: a message carries its sender's name but not the picture. */
export class Profiles {
  readonly #client: Client;
  readonly #changed: (chats: ReadonlySet<string>) => void;
  /** Undefined until the server has answered, and for those who do not exist any more. */
  readonly #known = new Map<string, User | undefined>();
  #wanted: string[] = [];

  constructor(client: Client, changed: (chats: ReadonlySet<string>) => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** A user's profile, if it is known; otherwise it is fetched. */
  of(id: string): User | undefined {
    if (!this.#known.has(id) && this.#client.status.phase === "online") this.#want(id);
    return this.#known.get(id);
  }

  /** Those wanted by one drawing are fetched together. */
  #want(id: string): void {
    this.#known.set(id, undefined);
    this.#wanted.push(id);
    if (this.#wanted.length === 1) queueMicrotask(() => void this.#fetchWanted());
  }

  async #fetchWanted(): Promise<void> {
    const wanted = this.#wanted.splice(0);
    for (let begin = 0; begin < wanted.length; begin += MOST) await this.#fetch(wanted.slice(begin, begin + MOST));
  }

  async #fetch(userIds: string[]): Promise<void> {
    try {
      const { users } = await this.#client.command({ type: "GET_USERS", userIds });
      for (const user of users) this.#known.set(user.id, user);
      if (users.length) this.#changed(NO_CHAT);
    } catch (error) {
      // The next drawing with a connection fetches them again. What the server refuses, it would refuse again.
      if (!(error instanceof CommandError)) for (const id of userIds) this.#known.delete(id);
    }
  }
}
