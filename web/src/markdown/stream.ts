import { h } from "../dom.ts";
import { endOf, parse, startOf, type Block } from "./parser.ts";
import { renderNode, type Reader } from "./render.ts";

/**
 * Markdown that grows while it is streamed.
 *
 * Text is only ever appended, and blocks do not refer to each other, so every block but the last is final: its nodes
 * stay in the document, and only the text from the last block on is parsed again.
 */
export class StreamedMarkdown {
  readonly element = h("div.content");
  readonly #reader: Reader;
  #text = "";
  /** The beginning of the last block: everything before it is final. */
  #settled = 0;
  #finalNodes = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Shows the text as it is now. */
  update(text: string): void {
    if (!text.startsWith(this.#text.slice(0, this.#settled))) this.#restart();
    if (text === this.#text) return;
    this.#text = text;
    const blocks = parse(text.slice(this.#settled)).children;
    while (this.element.childNodes.length > this.#finalNodes) this.element.lastChild!.remove();
    this.element.append(...blocks.map((block) => renderNode(block, this.#reader)));
    this.#settle(blocks);
  }

  #settle(blocks: Block[]): void {
    const last = blocks.at(-1);
    const before = blocks.at(-2);
    if (!last || !before || endOf(before) >= startOf(last)) return;
    this.#finalNodes = this.element.childNodes.length - 1;
    // Offsets count from the text that was parsed; a block's line may be indented, so it is parsed from its line's start.
    const start = this.#settled + startOf(last);
    this.#settled = this.#text.lastIndexOf("\n", start - 1) + 1;
  }

  #restart(): void {
    this.element.replaceChildren();
    this.#text = "";
    this.#settled = 0;
    this.#finalNodes = 0;
  }
}
