import type { Message, ServerFrame, SyncedFrame } from "./protocol.js";
import type { State } from "./state.js";

/** Everything on a chat's clock. */
const TICKS = new Set<ServerFrame["type"]>([
  "NEW_CHAT", "CHAT_UPDATED", "MEMBERS_ADDED", "MEMBERS_REMOVED", "MEMBER_UPDATED", "MEMBER_BANNED", "MEMBER_UNBANNED",
  "NEW_MESSAGE", "MESSAGE_EDITED", "MESSAGE_DELETED", "REACTION_ADDED", "REACTION_REMOVED", "MESSAGE_PINNED",
  "MESSAGE_UNPINNED",
]);

type Tick = ServerFrame & { chatId: string; seq: number };

/** What the sequence needs done and told. */
export interface Outside {
  sync(chats: Record<string, number>): Promise<SyncedFrame>;
  /** A frame was applied. */
  applied(frame: ServerFrame): void;
  /** Messages that came by SYNC instead of as events. */
  caughtUp(messages: Message[]): void;
}

/** Whether the frame brings a chat along that the user has come into. */
function introduces(tick: Tick): boolean {
  const brings = tick.type === "NEW_CHAT" || tick.type === "MEMBERS_ADDED" || tick.type === "NEW_MESSAGE";
  return brings && (tick as { chat?: unknown }).chat !== undefined;
}

/** How many chats one SYNC asks about. */
const CHATS_A_SYNC = 500;

/** Applies every change exactly once and in the order of its chat's clock, and fetches what is missing. */
export class Sequence {
  readonly #state: State;
  readonly #outside: Outside;
  /** Changes that wait for what comes before them. */
  #held: Tick[] = [];
  /** Chats being fetched; all of them after a connect. */
  #fetching = new Set<string>();
  #all = false;
  #first = true;
  #connection = 0;

  constructor(state: State, outside: Outside) {
    [this.#state, this.#outside] = [state, outside];
  }

  /** What came by the old connection says nothing any more. */
  lost(): void {
    this.#connection++;
    this.#held = [];
    this.#fetching.clear();
    this.#all = false;
  }

  /** Takes a frame as it comes. */
  take(frame: ServerFrame): void {
    if (frame.type === "LAGGED") return this.#miss(frame.chatId, frame.toSeq);
    if (frame.type === "CHAT_DELETED") this.#held = this.#held.filter(({ chatId }) => chatId !== frame.chatId);
    if (!TICKS.has(frame.type) || (frame as { duplicate?: boolean }).duplicate) return this.#apply(frame);
    const tick = frame as Tick;
    if (this.#all || this.#fetching.has(tick.chatId)) return void this.#held.push(tick);
    const room = this.#state.rooms.get(tick.chatId);
    if (room ? tick.seq === room.position + 1 : introduces(tick)) return this.#apply(tick);
    if (room && tick.seq <= room.position) return;
    this.#held.push(tick);
    this.#miss(tick.chatId, tick.seq);
  }

  /** Brings everything up to date after a connect. */
  async catchUp(): Promise<void> {
    this.#all = true;
    const connection = this.#connection;
    const positions = [...this.#state.rooms.values()].map(({ id, position }) => [id, position] as const);
    for (let begin = 0; begin === 0 || begin < positions.length; begin += CHATS_A_SYNC)
      await this.#fetch(Object.fromEntries(positions.slice(begin, begin + CHATS_A_SYNC)), connection);
    if (connection !== this.#connection) return;
    this.#all = this.#first = false;
    this.#release();
  }

  #miss(chatId: string, toSeq: number): void {
    const room = this.#state.rooms.get(chatId);
    if ((room && toSeq <= room.position) || this.#all || this.#fetching.has(chatId)) return;
    this.#fetching.add(chatId);
    const connection = this.#connection;
    const done = () => {
      if (connection !== this.#connection) return;
      this.#fetching.delete(chatId);
      this.#release();
    };
    // A connection that ends meanwhile is followed by one that catches up.
    this.#fetch(room ? { [chatId]: room.position } : {}, connection).then(done, () => {});
  }

  async #fetch(chats: Record<string, number>, connection: number): Promise<void> {
    for (let ask = chats, again = true; again; ) {
      const synced = await this.#outside.sync(ask);
      if (connection !== this.#connection) return;
      this.#takeSynced(synced);
      ask = Object.fromEntries(synced.chats.filter(({ more }) => more).map(({ chatId, seq }) => [chatId, seq]));
      again = Object.keys(ask).length > 0;
    }
  }

  #takeSynced(synced: SyncedFrame): void {
    synced.removedChatIds.forEach((id) => this.#state.remove(id));
    for (const chat of synced.newChats.filter(({ id }) => !this.#state.rooms.has(id))) {
      this.#state.add(chat);
      if (!this.#first) this.#outside.applied({ type: "NEW_CHAT", chatId: chat.id, seq: chat.seq, chat });
    }
    const missed = synced.chats.flatMap((chat) => this.#state.applySynced(chat));
    this.#outside.caughtUp(missed);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    // A chat that even SYNC does not know is none of the user's any more.
    for (const tick of held) if (this.#state.rooms.has(tick.chatId) || introduces(tick)) this.take(tick);
  }

  #apply(frame: ServerFrame): void {
    const old = frame.type === "NEW_MESSAGE" && frame.duplicate;
    if (!old) this.#state.apply(frame);
    this.#outside.applied(frame);
  }
}
