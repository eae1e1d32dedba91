import { placeChildren } from "../place.ts";

interface Row {
  element: HTMLElement;
  /** The values it was drawn from; it is drawn again when one of them changes. */
  inputs: readonly unknown[];
}

/** Draws a row. */
export interface Drawing {
  inputs?: readonly unknown[];
  draw(): HTMLElement;
  /** Changes a row that is there to the new inputs; false if it has to be drawn again. */
  update?(row: HTMLElement): boolean;
}

/** Rows by key: those whose inputs have not changed stay in the document as they are. */
export class KeyedRows {
  #rows = new Map<string, Row>();
  #next = new Map<string, Row>();

  /** Forgets all rows. */
  clear(): void {
    this.#rows.clear();
    this.#next.clear();
  }

  /** The row with that key that was placed last. */
  get(key: string): HTMLElement | undefined {
    return this.#rows.get(key)?.element;
  }

  /** Adds the next row. */
  add(key: string, { inputs = [], draw, update }: Drawing): void {
    const known = this.#rows.get(key);
    const same = known !== undefined && known.inputs.length === inputs.length && known.inputs.every((input, index) => input === inputs[index]);
    const kept = known && (same || update?.(known.element)) ? known.element : draw();
    this.#next.set(key, { element: kept, inputs });
  }

  /** Makes the rows added since the last time the children of an element. */
  place(parent: Element): void {
    const focused = [...this.#rows].find(([, { element }]) => element.contains(document.activeElement))?.[0];
    this.#rows = this.#next;
    this.#next = new Map();
    placeChildren(parent, [...this.#rows.values()].map(({ element }) => element));
    // A row that is drawn again takes the focus of the one before.
    if (focused !== undefined && document.activeElement === document.body) this.get(focused)?.focus({ preventScroll: true });
  }
}
