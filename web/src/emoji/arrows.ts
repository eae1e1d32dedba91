const CELLS = "[data-pick]";

/** Arrow keys move between the cells of a grid, Home and End to its ends; Tab reaches one of them. Above the first line is `above`. */
export class GridKeys {
  readonly #grid: HTMLElement;
  readonly #above: HTMLElement;

  constructor(grid: HTMLElement, above: HTMLElement) {
    this.#grid = grid;
    this.#above = above;
    grid.addEventListener("keydown", (event) => this.#move(event));
    grid.addEventListener("focusin", (event) => this.#reach(event.target as HTMLElement));
    above.addEventListener("keydown", (event) => event.key === "ArrowDown" && this.#enter(event));
  }

  get #cells(): HTMLElement[] {
    return [...this.#grid.querySelectorAll<HTMLElement>(CELLS)];
  }

  /** Makes the first cell the one that Tab reaches, after the cells have changed. */
  reset(): void {
    this.#cells.forEach((cell, index) => (cell.tabIndex = index === 0 ? 0 : -1));
  }

  #enter(event: KeyboardEvent): void {
    event.preventDefault();
    this.#cells[0]?.focus();
  }

  #move(event: KeyboardEvent): void {
    const cells = this.#cells;
    const at = cells.indexOf(event.target as HTMLElement);
    const second = cells.findIndex(({ offsetTop }) => offsetTop > cells[0]!.offsetTop);
    const columns = second < 0 ? cells.length : second;
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -columns, ArrowDown: columns, Home: -at, End: cells.length - 1 - at };
    const step = steps[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && at < columns) this.#above.focus();
    else cells[at + step]?.focus();
  }

  #reach(cell: HTMLElement): void {
    if (!cell.matches(CELLS)) return;
    for (const other of this.#grid.querySelectorAll<HTMLElement>(`${CELLS}[tabindex="0"]`)) other.tabIndex = -1;
    cell.tabIndex = 0;
  }
}
