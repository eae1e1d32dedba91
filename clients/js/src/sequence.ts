import type { NewChat, Synced, SyncedChat } from "./additions.js";
import { TICKS } from "./generated.js";
import type { Command, Message, ServerFrame } from "./protocol.js";
import { isMissingChunks, reduce } from "./reducers.js";
import type { State } from "./state.js";

type Tick = ServerFrame & { chatId: string; seq: number };
type Positions = Record<string, number>;

/** The messages of one chat that were sent after a position, by id. */
interface Missed {
  since: number;
  messages: Map<string, Message>;
}

/** The part of the client that the sequence uses. */
export interface SequenceHost {
  sync(chats: Positions, cursor: string | undefined): Promise<Synced>;
  /** A frame was applied. */
  applied(frame: ServerFrame): void;
  /** These messages arrived by SYNC rather than as events. */
  caughtUp(messages: Message[]): void;
  /** The server dropped events that SYNC does not repeat, such as presence. */
  lagged(): void;
  /** SYNC was refused although the connection is open. */
  failed(error: unknown): void;
}

/** True if the frame brings along a chat the user has just joined. */
function introducesChat(tick: Tick): boolean {
  return tick.type !== "CHAT_UPDATED" && (tick as { chat?: unknown }).chat !== undefined;
}

const CHATS_PER_SYNC = 500;

/** Applies every change exactly once and in the order of its chat's clock, and fetches what is missing. */
export class Sequence {
  readonly #state: State;
  readonly #host: SequenceHost;
  /** On the first connect, report the messages after the user's read position too. */
  readonly #replayUnread: boolean;
  /** Changes that wait for earlier ones. */
  #held: Tick[] = [];
  /** Chats being fetched. */
  #fetching = new Set<string>();
  /** All chats are being fetched, after a connect. */
  #fetchingAll = false;
  #isFirst = true;
  #connection = 0;
  #cursor: string | undefined;
  /** Chats of which SYNC has more, with what has arrived so far, by id. */
  readonly #partial = new Map<string, Missed>();

  constructor(state: State, host: SequenceHost, replayUnread: boolean) {
    this.#state = state;
    this.#host = host;
    this.#replayUnread = replayUnread;
  }

  /** Discards everything that belongs to the old connection. */
  lost(): void {
    this.#connection++;
    this.#held = [];
    this.#fetching.clear();
    this.#fetchingAll = false;
  }

  /** Takes a frame in the order of arrival, and the command it replies to. */
  take(frame: ServerFrame, command?: Command): void {
    const { cursor } = frame as { cursor?: string };
    // The position of an older state must not be lost before SYNC has used it.
    if (frame.type === "AUTHENTICATED") this.#cursor ??= cursor;
    if (frame.type === "LAGGED") return this.#lagged(frame as Tick);
    if (frame.type === "CHAT_DELETED") this.#held = this.#held.filter(({ chatId }) => chatId !== frame.chatId);
    if (frame.type === "MESSAGE_CHUNK" && isMissingChunks(this.#state, frame)) this.#refetch(frame.chatId);
    if (TICKS.has(frame.type)) this.#takeTick(frame as Tick);
    else this.#apply(frame, command);
  }

  /** Brings everything up to date after a connect. */
  async catchUp(): Promise<void> {
    this.#fetchingAll = true;
    const connection = this.#connection;
    const positions = [...this.#state.rooms.values()].map(({ id, position }) => [id, position] as const);
    for (let begin = 0; begin === 0 || begin < positions.length; begin += CHATS_PER_SYNC)
      await this.#fetch(Object.fromEntries(positions.slice(begin, begin + CHATS_PER_SYNC)), connection);
    if (connection !== this.#connection) return;
    this.#fetchingAll = this.#isFirst = false;
    this.#release();
  }

  #takeTick(tick: Tick): void {
    const room = this.#state.rooms.get(tick.chatId);
    // A duplicate changed nothing; but the user may have joined on another device a moment ago.
    if ((tick as { duplicate?: boolean }).duplicate && (room || !introducesChat(tick))) return this.#host.applied(tick);
    if (this.#isFetching(tick.chatId)) return void this.#held.push(tick);
    if (room ? tick.seq === room.position + 1 : introducesChat(tick)) return this.#apply(tick);
    if (room && tick.seq <= room.position) return;
    this.#held.push(tick);
    this.#refetch(tick.chatId);
  }

  #lagged(lagged: Tick): void {
    const { chatId, toSeq } = lagged as { chatId?: string; toSeq?: number };
    this.#host.lagged();
    // The answer on its way may be older.
    if (this.#isFetching(chatId!)) this.#held.push(lagged);
    else if (!chatId) this.#orFail(this.catchUp());
    else if (!(toSeq! <= this.#state.rooms.get(chatId)?.position!)) this.#refetch(chatId);
  }

  #isFetching(chatId: string): boolean {
    return this.#fetchingAll || this.#fetching.has(chatId);
  }

  #refetch(chatId: string): void {
    if (this.#isFetching(chatId)) return;
    this.#fetching.add(chatId);
    const connection = this.#connection;
    // A position that is undefined is not sent.
    const position = this.#state.rooms.get(chatId)?.position;
    const fetched = this.#fetch({ [chatId]: position! }, connection).then(() => {
      if (connection !== this.#connection) return;
      this.#fetching.delete(chatId);
      this.#release();
    });
    this.#orFail(fetched);
  }

  /** A connection that ends is followed by one that catches up; one that stays open would wait for ever. */
  #orFail(work: Promise<void>): void {
    const connection = this.#connection;
    work.catch((error) => connection === this.#connection && this.#host.failed(error));
  }

  async #fetch(chats: Positions, connection: number): Promise<void> {
    for (let ask: Positions | undefined = chats; ask; ) {
      for (const id of Object.keys(ask)) this.#state.rooms.get(id)?.changedStreams.clear();
      const synced: Synced = await this.#host.sync(ask, this.#cursor);
      if (connection !== this.#connection) return;
      ask = this.#takeSynced(synced, ask);
    }
  }

  /** Applies an answer; returns what to ask next. */
  #takeSynced(synced: Synced, asked: Positions): Positions | undefined {
    synced.removedChatIds.forEach((id) => this.#state.remove(id));
    synced.users?.forEach((user) => this.#state.updateUser(user));
    if (synced.settings) reduce(this.#state, { type: "SETTINGS", settings: synced.settings });
    this.#cursor = synced.cursor ?? this.#cursor;
    const next: Positions = {};
    for (const chat of synced.newChats) if (!this.#state.rooms.has(chat.id)) this.#addChat(chat, synced, next);
    for (const chat of synced.chats) {
      this.#takeSyncedChat(chat);
      if (chat.more) next[chat.chatId] = chat.seq;
    }
    for (const id of synced.pending ?? []) next[id] = this.#state.rooms.get(id)?.position ?? asked[id] ?? 0;
    return Object.keys(next).length ? next : undefined;
  }

  /** A chat that is new here may have unread messages, which count as missed, and streams. */
  #addChat({ streams: own, ...chat }: NewChat, { streams }: Synced, next: Positions): void {
    const missesUnread = (!this.#isFirst || this.#replayUnread) && (chat.unreadCount ?? 0) > 0;
    const position = missesUnread ? Math.min(chat.readSeq ?? chat.seq, chat.seq) : chat.seq;
    const room = this.#state.add(chat, position);
    if (!this.#isFirst) this.#host.applied({ type: "NEW_CHAT", chatId: chat.id, seq: chat.seq, chat });
    const running = own ?? streams?.filter(({ chatId }) => chatId === chat.id);
    for (const stream of running ?? []) room.streams.set(stream.id, stream);
    this.#state.showSenders(running ?? []);
    if (position < chat.seq || !running) next[chat.id] = position;
  }

  /** Pages come by the latest change of their messages, so an early message may come last: report them all together. */
  #takeSyncedChat(chat: SyncedChat): void {
    // After a reset nobody knows which messages are new.
    const since = chat.reset ? Infinity : (this.#state.rooms.get(chat.chatId)?.position ?? Infinity);
    const missed = this.#partial.get(chat.chatId) ?? { since, messages: new Map<string, Message>() };
    this.#state.applySynced(chat);
    for (const message of chat.messages) if (message.seq > missed.since) missed.messages.set(message.id, message);
    if (chat.more) return void this.#partial.set(chat.chatId, missed);
    this.#partial.delete(chat.chatId);
    const undeleted = [...missed.messages.values()].filter(({ deletedAt }) => !deletedAt);
    this.#host.caughtUp(undeleted.sort((one, other) => one.seq - other.seq));
  }

  #release(): void {
    // A chat that SYNC does not know either is not one of the user's any more.
    for (const tick of this.#held.splice(0)) if (!tick.chatId || this.#state.rooms.has(tick.chatId) || introducesChat(tick)) this.take(tick);
  }

  #apply(frame: ServerFrame, command?: Command): void {
    // Listeners need not know that the server gathers changes.
    if (frame.type === "PRESENCE" && frame.users) return frame.users.forEach((change) => this.#apply({ type: "PRESENCE", ...change }));
    reduce(this.#state, frame, command);
    this.#host.applied(frame);
  }
}
