/** Milliseconds of a clock that nobody can set. */
export const monotonicMs = (): number => performance.now();

/** The longest delay that timers take; a longer one would fire at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The server's clock as far as its answers tell.
 *
 * This machine's clock may be wrong by any amount, so a time the server sent is never compared with `Date.now()`.
 */
export class ServerClock {
  #offset: number | undefined;

  /** Takes a time the server has just sent. */
  learn(serverTime: string): void {
    const time = Date.parse(serverTime);
    if (!Number.isNaN(time)) this.#offset = time - monotonicMs();
  }

  /** Milliseconds until a time the server sent; undefined until the server's clock is known. */
  until(serverTime: string): number | undefined {
    const time = Date.parse(serverTime);
    return this.#offset === undefined || Number.isNaN(time) ? undefined : time - (this.#offset + monotonicMs());
  }
}

/** One timer per key. */
export class Deadlines {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** Runs `work` after `ms`, in place of what was set for the key. */
  set(key: string, ms: number, work: () => void): void {
    this.clear(key);
    const run = () => {
      this.#timers.delete(key);
      work();
    };
    this.#timers.set(key, setTimeout(run, Math.min(Math.max(0, ms), MAX_TIMER_MS)));
  }

  clear(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  clearAll(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
