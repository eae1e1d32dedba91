import type { Message } from "pichat-client";

/** At most this many messages are in the document, however many are loaded. */
const MOST = 200;
const STEP = 25;
/** Rows at first, or after a jump: more than a screen. Drawing the maximum at once would block the page for too long. */
const FIRST = 80;
/** How many of them stand before the message that was jumped to. */
const BEFORE = 30;

/** A range of a list: from `start` up to and without `end`. */
export interface Range {
  start: number;
  end: number;
}

/** The part of the loaded messages that is in the document, kept by `seq` so that loading older ones does not move it. */
export class MessageWindow {
  /** The first `seq`; 0: as many as there are at first. */
  #from = 0;
  #until = Infinity;
  /** The `seq` of the first message that was drawn last. */
  #drawnFrom = 0;

  get isAtEnd(): boolean {
    return this.#until === Infinity;
  }

  showEnd(): void {
    this.#from = this.#drawnFrom = 0;
    this.#until = Infinity;
  }

  showAround(messages: readonly Message[], id: string): void {
    const index = messages.findIndex((message) => message.id === id);
    if (index < 0) return;
    // What was drawn before has nothing to do with the new place.
    this.#from = this.#drawnFrom = messages[Math.max(0, index - BEFORE)]!.seq;
    this.#until = messages[index + FIRST - BEFORE]?.seq ?? Infinity;
  }

  /** The messages to draw. A reader at the end needs none beyond the maximum; one further up keeps what is there. */
  range(messages: readonly Message[], follows: boolean): Range {
    const end = this.isAtEnd ? messages.length : countBefore(messages, this.#until + 1);
    const start = countBefore(messages, this.#from);
    const most = this.#from === 0 ? FIRST : follows ? MOST : Infinity;
    const range = { start: Math.max(start, end - most), end };
    this.#drawnFrom = messages[range.start]?.seq ?? 0;
    return range;
  }

  /** For a reader who is not at the end: messages that arrive below neither push out what is being read nor grow the document. */
  hold(messages: readonly Message[]): void {
    if (!this.isAtEnd || this.#drawnFrom === 0) return;
    const first = countBefore(messages, this.#drawnFrom);
    if (this.#from === 0) this.#from = this.#drawnFrom;
    if (messages.length - first > MOST) this.#set(messages, first, first + MOST);
  }

  /** Moves towards older messages; false if there are none. */
  moveUp(messages: readonly Message[], follows: boolean): boolean {
    // Counted from what is drawn: a page that has just been loaded lies before it.
    const drawnFrom = this.#drawnFrom;
    const { start: first, end } = this.range(messages, follows);
    const start = drawnFrom === 0 ? first : countBefore(messages, drawnFrom);
    if (start === 0) return false;
    const from = Math.max(0, start - STEP);
    this.#set(messages, from, Math.min(end, from + MOST));
    return true;
  }

  /** Moves towards newer messages; false if there are none. */
  moveDown(messages: readonly Message[]): boolean {
    const { start, end } = this.range(messages, false);
    if (end === messages.length) {
      this.#until = Infinity;
      return false;
    }
    this.#set(messages, Math.max(start, end + STEP - MOST), Math.min(messages.length, end + STEP));
    return true;
  }

  #set(messages: readonly Message[], first: number, last: number): void {
    this.#from = messages[first]!.seq;
    this.#until = last === messages.length ? Infinity : messages[last - 1]!.seq;
  }
}

/** The number of messages before a `seq`; messages are ordered by it. */
function countBefore(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
