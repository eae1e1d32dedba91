import type { FrameOf } from "./protocol.js";
import { Deadlines, type ServerClock } from "./clock.js";
import type { State } from "./state.js";

/** Typing ends after this long unless it is repeated, whatever happens to the event that says so. */
const TYPING_MS = 10_000;

/** Ends what the server ends by itself: typing, and mutes. */
export class Expiry {
  readonly #state: State;
  readonly #clock: ServerClock;
  readonly #changed: (chatId: string) => void;
  readonly #deadlines = new Deadlines();
  #isEnded = false;

  constructor(state: State, clock: ServerClock, changed: (chatId: string) => void) {
    this.#state = state;
    this.#clock = clock;
    this.#changed = changed;
  }

  watchTyping({ chatId, user, typing, expiresAt }: FrameOf<"TYPING">): void {
    const key = `typing ${chatId} ${user.id}`;
    if (!typing) return this.#deadlines.clear(key);
    const leftMs = expiresAt === undefined ? undefined : this.#clock.until(expiresAt);
    this.#deadlines.set(key, Math.min(leftMs ?? TYPING_MS, TYPING_MS), () => {
      if (this.#state.rooms.get(chatId)?.typing.delete(user.id)) this.#changed(chatId);
    });
  }

  watchMute(chatId: string): void {
    if (this.#isEnded) return;
    const key = `mute ${chatId}`;
    const mutedUntil = this.#state.rooms.get(chatId)?.chat.mutedUntil;
    const leftMs = mutedUntil === undefined ? undefined : this.#clock.until(mutedUntil);
    if (leftMs === undefined) return this.#deadlines.clear(key);
    if (leftMs > 0) return this.#deadlines.set(key, Math.ceil(leftMs), () => this.watchMute(chatId));
    const room = this.#state.rooms.get(chatId)!;
    room.chat = { ...room.chat, muted: false, mutedUntil: undefined };
    this.#changed(chatId);
  }

  clear(): void {
    this.#deadlines.clearAll();
  }

  /** Sets no more timers: one would keep a program running whose client is closed. */
  end(): void {
    this.#isEnded = true;
    this.clear();
  }
}
