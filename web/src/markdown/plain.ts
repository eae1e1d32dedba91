import type { Message } from "pichat-client";
import type { Nodes } from "mdast";
import { snippet } from "../text.ts";
import { hasParser, parse } from "./parser.ts";

/** A snippet needs no more of a text than this. */
const PARSED_CHARACTERS = 800;

const texts = new WeakMap<object, string>();

/** The start of a Markdown text without its marks, for one line. */
export function plainSnippet(markdown: string, most?: number): string {
  return snippet(plain(parse(markdown.slice(0, PARSED_CHARACTERS))), most);
}

/** The start of what a message says, or the names of its files; lists are drawn often, so it is kept. */
export function messageSnippet(message: Pick<Message, "content" | "attachments">, most?: number): string {
  let text = texts.get(message);
  if (text === undefined) {
    text = plainSnippet(message.content, PARSED_CHARACTERS) || message.attachments.map(({ name }) => name).join(", ");
    if (hasParser()) texts.set(message, text);
  }
  return snippet(text, most);
}

const BLOCKS = new Set(["paragraph", "heading", "code", "listItem", "tableRow", "tableCell", "break"]);

function plain(node: Nodes): string {
  const text = "children" in node ? node.children.map((child) => plain(child as Nodes)).join("") : "value" in node ? node.value : "";
  return BLOCKS.has(node.type) ? `${text} ` : text;
}
