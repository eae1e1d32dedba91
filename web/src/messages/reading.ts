import { firstBelow } from "./geometry.ts";

/** A message counts as read when its end was in view for this long. */
const READ_AFTER_MS = 1_000;
/** Rounding of the layout. */
const TOLERANCE_PX = 4;

interface Seen {
  seq: number;
  since: number;
}

/** Watches which messages are in view, and reports how far they have been read. */
export class ReadTracker {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #onRead: (seq: number) => void;
  readonly #seen = new Map<string, Seen>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(scroller: HTMLElement, list: HTMLElement, onRead: (seq: number) => void) {
    this.#scroller = scroller;
    this.#list = list;
    this.#onRead = onRead;
  }

  /** Forgets what was in view. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#seen.clear();
  }

  /** Looks at what is in view now; called whenever that may have changed. */
  look(): void {
    clearTimeout(this.#timer);
    if (document.visibilityState !== "visible") return this.#seen.clear();
    // Nobody reads behind a dialog, but what was read before it opened stays read.
    if (document.querySelector("dialog[open]")) return this.#again(READ_AFTER_MS);
    const now = performance.now();
    const visible = this.#visible();
    for (const id of this.#seen.keys()) if (!visible.has(id)) this.#seen.delete(id);
    for (const [id, seq] of visible) if (!this.#seen.has(id)) this.#seen.set(id, { seq, since: now });
    const read = [...this.#seen.values()].filter(({ since }) => now - since >= READ_AFTER_MS);
    const waiting = [...this.#seen.values()].filter(({ since }) => now - since < READ_AFTER_MS);
    if (waiting.length) this.#again(Math.min(...waiting.map(({ since }) => since)) + READ_AFTER_MS - now);
    if (read.length) this.#onRead(Math.max(...read.map(({ seq }) => seq)));
  }

  #again(ms: number): void {
    this.#timer = setTimeout(() => this.look(), Math.max(ms, 10));
  }

  /** The messages whose end is in view, with their `seq`. */
  #visible(): Map<string, number> {
    const { top, bottom, height } = this.#scroller.getBoundingClientRect();
    const visible = new Map<string, number>();
    if (height === 0) return visible;
    const rows = this.#list.querySelectorAll<HTMLElement>("article[data-id]");
    for (let index = firstBelow(rows, top); index < rows.length; index++) {
      const row = rows[index]!;
      if (row.getBoundingClientRect().bottom > bottom + TOLERANCE_PX) break;
      visible.set(row.dataset.id!, Number(row.dataset.seq));
    }
    return visible;
  }
}
