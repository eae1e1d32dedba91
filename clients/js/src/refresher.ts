import type { Ask } from "./commands.js";
import { CommandError } from "./errors.js";
import type { Room } from "./room.js";
import type { State } from "./state.js";

const MAX_ROUNDS = 5;
/** Up to this many chats are fetched one by one, more of them as a list. */
const MAX_SINGLE_CHATS = 8;

/** The part of the client that the refresher uses. */
export interface RefresherHost {
  ask: Ask;
  changed(chatId: string): void;
}

/** Asks for what events do not tell: per-user fields, and what a connection that was away has not heard. */
export class Refresher {
  readonly #state: State;
  readonly #host: RefresherHost;
  #isRunning = false;
  #isWanted = false;
  #needsPresence = false;

  constructor(state: State, host: RefresherHost) {
    this.#state = state;
    this.#host = host;
  }

  /** True while something is known to be out of date. */
  get isStale(): boolean {
    return this.#isRunning || this.#needsPresence || this.#staleRooms().length > 0;
  }

  /** Presence may have changed; it is never part of SYNC. */
  missedPresence(): void {
    this.#needsPresence = true;
  }

  /** Fetches what is out of date; what fails is tried again after the next change or connect. */
  async run(): Promise<void> {
    // What becomes stale while a run is ending is the business of the next.
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    // A chat that changes faster than it can be fetched has to wait for its next event.
    for (let round = 0; this.#isWanted && round < MAX_ROUNDS; round++) {
      this.#isWanted = false;
      // The connection ended or the client was closed: the next connection starts over.
      await this.#refresh().catch(() => {});
    }
    this.#isRunning = false;
    this.#host.changed("");
  }

  async #refresh(): Promise<void> {
    if (this.#needsPresence) await this.#refreshPresence();
    for (let round = 0; round < MAX_ROUNDS && this.#staleRooms().length > 0; round++) await this.#refreshRooms();
  }

  /**
   * Fetches a chat, and adds one that the user is in but that no event has brought yet. Otherwise a chat is not added: it
   * may have been deleted after the server answered.
   */
  async addChat(chatId: string, isNew = true): Promise<void> {
    const mark = () => this.#state.rooms.get(chatId)?.chat.unreadFromSeq;
    const before = mark();
    const { chat } = await this.#host.ask({ type: "GET_CHAT", chatId });
    // An unread mark that changed meanwhile may be newer than the answer.
    if (mark() === before) this.#state.refresh(chat);
    if (isNew && chat.myRole && !this.#state.rooms.has(chat.id)) this.#state.add(chat);
    this.#host.changed(chat.id);
  }

  #staleRooms(): Room[] {
    return [...this.#state.rooms.values()].filter(({ stale }) => stale);
  }

  async #refreshRooms(): Promise<void> {
    if (this.#staleRooms().length > MAX_SINGLE_CHATS) {
      let cursor: string | undefined;
      do {
        const page = await this.#host.ask({ type: "GET_CHATS", limit: 200, cursor });
        for (const chat of page.chats) this.#state.refresh(chat);
        cursor = page.nextCursor;
      } while (cursor);
    }
    // Archived chats are not in the list.
    for (const { id } of this.#staleRooms()) await unlessGone(this.addChat(id, false));
  }

  async #refreshPresence(): Promise<void> {
    this.#needsPresence = false;
    const rooms = [...this.#state.rooms.values()];
    const userIds = rooms.flatMap(({ chat }) => (chat.peer ? [chat.peer.id] : []));
    for (let begin = 0; begin < userIds.length; begin += 100)
      await this.#askPresence({ userIds: userIds.slice(begin, begin + 100) });
    for (const { id, members } of rooms) if (members) await unlessGone(this.#askPresence({ chatId: id }));
  }

  async #askPresence(of: { userIds: string[] } | { chatId: string }): Promise<void> {
    const { presences } = await this.#host.ask({ type: "GET_PRESENCE", ...of });
    for (const { userId, status, lastSeenAt } of presences) {
      const user = this.#state.users.get(userId);
      if (user) this.#state.updatePresence(user, status, lastSeenAt);
    }
  }
}

/** Ignores a refusal: the user is no longer in the chat, and the event that says so is on its way. */
async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
}
