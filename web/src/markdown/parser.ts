import type { Root, RootContent } from "mdast";

export type Block = RootContent;
type Parser = typeof import("./parse.ts");

let parser: Parser | undefined;
let loading: Promise<void> | undefined;

/** Loads the parser; without it, texts are shown as they were typed. */
export function loadParser(): Promise<void> {
  const load = async () => {
    parser = await import("./parse.ts");
  };
  loading ??= load().catch(() => void (loading = undefined));
  return loading;
}

export const hasParser = (): boolean => parser !== undefined;

/** The blocks of a Markdown text. */
export const parse = (text: string): Root =>
  parser?.parse(text) ?? { type: "root", children: [{ type: "paragraph", children: [{ type: "text", value: text }] }] };

/** The nodes of a text in a programming language. */
export const highlight = (code: string, language: string): (Node | string)[] => parser?.highlight(code, language) ?? [code];

/** The end of a block in its source. */
export const endOf = (block: Block): number => block.position?.end.offset ?? 0;
/** The beginning of a block in its source. */
export const startOf = (block: Block): number => block.position?.start.offset ?? 0;
