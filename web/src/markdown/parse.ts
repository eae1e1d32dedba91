import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";

export { highlight } from "./highlight.ts";

/**
 * Constructs of CommonMark that surprise in a chat: what looks like HTML or an entity is shown as it was typed,
 * four blanks at the start of a line are not code, and a line of dashes does not turn the text above it into a heading.
 */
const DISABLED = ["htmlFlow", "htmlText", "characterReference", "codeIndented", "setextUnderline", "definition", "labelStartImage"];

const OPTIONS = {
  extensions: [gfmAutolinkLiteral(), gfmStrikethrough({ singleTilde: false }), gfmTable(), { disable: { null: DISABLED } }],
  mdastExtensions: [gfmAutolinkLiteralFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmTableFromMarkdown()],
};

/** The blocks of a Markdown text. */
export const parse = (text: string): Root => fromMarkdown(text, OPTIONS);
