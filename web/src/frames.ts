/** A page without frames, because it is hidden, draws this often. */
const LONGEST_MS = 100;

/** Gathers the changes of chats, so that a flood of messages is drawn once a frame rather than once a message. */
export class FrameBatch {
  readonly #draw: (chats: ReadonlySet<string>) => void;
  #gathered: Set<string> | undefined;
  #isWaiting = false;

  constructor(draw: (chats: ReadonlySet<string>) => void) {
    this.#draw = draw;
  }

  /** Has these chats drawn with the next frame. */
  add(chats: ReadonlySet<string>): void {
    this.#gathered = new Set([...(this.#gathered ?? []), ...chats]);
    if (this.#isWaiting) return;
    // What arrives while nobody looks is new to whoever comes back: that must not be decided after their return.
    if (document.visibilityState === "hidden") this.#flush();
    this.#wait();
  }

  /** Waits for a frame, or for a while: a page that is hidden meanwhile loses the frame it waits for. */
  #wait(): void {
    this.#isWaiting = true;
    const next = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      this.#isWaiting = false;
      this.#flush();
    };
    const frame = requestAnimationFrame(next);
    const timer = setTimeout(next, LONGEST_MS);
  }

  #flush(): void {
    const gathered = this.#gathered;
    this.#gathered = undefined;
    if (gathered) this.#draw(gathered);
  }
}
