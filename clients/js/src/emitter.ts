type Listener<E> = (event: E) => void;

/** Events by name, for callbacks and for `for await`. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();
  readonly #endings = new Set<() => void>();
  #ended = false;

  /** Calls back for every event of that name; the function returned ends that. */
  on<N extends keyof Events>(name: N, listener: Listener<Events[N]>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as Listener<never>);
    return () => void listeners.delete(listener as Listener<never>);
  }

  /** The next event of that name, or the next one that fits. */
  async once<N extends keyof Events>(name: N, fits: (event: Events[N]) => boolean = () => true): Promise<Events[N]> {
    for await (const event of this.events(name)) if (fits(event)) return event;
    throw new Error(`the client was closed before ${String(name)}`);
  }

  /** Events of that name from now on, until the loop is left or the client is closed; none is lost in between. */
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
      this.#endings.delete(end);
      wake();
    };
    this.#endings.add(end);
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

  /** Tells the listeners; one that throws is reported and keeps nobody else from hearing. */
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
    for (const end of [...this.#endings]) end();
  }
}
