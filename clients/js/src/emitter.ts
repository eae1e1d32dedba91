type Listener<E> = (event: E) => void;

/** Named events, for callbacks and for `for await`. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();
  readonly #loopEnds = new Set<() => void>();
  #ended = false;

  /** Adds a listener; the returned function removes it. */
  on<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as Listener<never>);
    return () => this.off(name, listener);
  }

  /** Removes a listener. */
  off<N extends keyof Events>(name: N, listener: Listener<Events[N]>): void {
    this.#listeners.get(name)?.delete(listener as Listener<never>);
  }

  /** Waits for the next event of that name that matches; rejects if the client is closed first. */
  async once<N extends keyof Events>(name: N, matches: (event: Events[N]) => boolean = () => true): Promise<Events[N]> {
    for await (const event of this.events(name)) if (matches(event)) return event;
    throw new Error(`the client was closed before ${String(name)}`);
  }

  /** Iterates over events from now on, without gaps, until the loop is left or the client is closed. */
  events<N extends keyof Events>(name: N): AsyncIterableIterator<Events[N]> {
    const queue: Events[N][] = [];
    let wake = () => {};
    let ended = this.#ended;
    const off = this.on(name, (event) => {
      queue.push(event);
      wake();
    });
    const end = () => {
      ended = true;
      off();
      this.#loopEnds.delete(end);
      wake();
    };
    this.#loopEnds.add(end);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      async next() {
        while (queue.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
        return queue.length > 0 ? { value: queue.shift()!, done: false } : { value: undefined, done: true };
      },
      async return() {
        queue.length = 0;
        end();
        return { value: undefined, done: true };
      },
    };
  }

  /** Calls the listeners. One that throws is reported as an uncaught error; the others are still called. */
  emit<N extends keyof Events>(name: N, event: Events[N]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as Listener<Events[N]>)(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Ends every loop. */
  protected endLoops(): void {
    this.#ended = true;
    for (const end of [...this.#loopEnds]) end();
  }
}
