import type { AlignType, Code, Link, ListItem, Nodes, Parent, Table } from "mdast";
import { h } from "../dom.ts";
import { t } from "../i18n.ts";
import { codeBlock } from "./code.ts";
import { parse } from "./parser.ts";

const SAFE = /^(https?:|mailto:)/i;
const MENTION = /(^|[^\w@/])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g;

/** Whom a text is shown to: mentions of that user stand out. */
export interface Reader {
  username: string;
}

/**
 * Anything that may mean something in Markdown, and blanks that it would trim. Most messages have none of it, and a
 * timeline that scrolls renders hundreds at a time.
 */
const SPECIAL = /[*_`~[\]<>#|\\&=]|:\/\/|www\.|\w@|^[-+\d\s]|\s$|\n[-+\d\s]|[ \t]\n|\r/;

/** True if a text cannot be shown without the parser. */
export const needsParser = (text: string): boolean => SPECIAL.test(text);

/** Markdown as DOM nodes. Nodes are built one by one, so no text can become markup. */
export function renderMarkdown(text: string, reader: Reader): Node[] {
  if (!needsParser(text)) return text === "" ? [] : [h("p", { dir: "auto" }, withMentions(text, reader))];
  return parse(text).children.map((block) => renderNode(block, reader));
}

/** One block or inline node; a kind that is not known shows its text. */
export function renderNode(node: Nodes, reader: Reader): Node {
  const inside = () => ("children" in node ? (node as Parent).children.map((child) => renderNode(child, reader)) : []);
  switch (node.type) {
    case "text":
      return withMentions(node.value, reader);
    case "paragraph":
      return h("p", { dir: "auto" }, ...inside());
    case "heading":
      return h("p.heading-text", { dir: "auto", role: "heading", "aria-level": String(Math.min(node.depth + 3, 6)) }, ...inside());
    case "emphasis":
      return h("em", {}, ...inside());
    case "strong":
      return h("strong", {}, ...inside());
    case "delete":
      return h("s", {}, ...inside());
    case "inlineCode":
      return h("code", {}, node.value);
    case "break":
      return h("br");
    case "code":
      return codeBlock(node as Code);
    case "blockquote":
      return h("blockquote", { dir: "auto" }, ...inside());
    case "list":
      return node.ordered ? h("ol", { start: node.start ?? 1, dir: "auto" }, ...inside()) : h("ul", { dir: "auto" }, ...inside());
    case "listItem":
      return listItem(node, reader);
    case "thematicBreak":
      return h("hr");
    case "link":
      return link(node, inside());
    case "table":
      return table(node, reader);
    default:
      return document.createTextNode("value" in node ? String(node.value) : "");
  }
}

/** The single paragraph of a short item stands without its `<p>`, so that lists are as dense as their source. */
function listItem(item: ListItem, reader: Reader): Node {
  const children = item.children.flatMap((child) =>
    child.type === "paragraph" && !item.spread ? child.children.map((inline) => renderNode(inline, reader)) : [renderNode(child, reader)],
  );
  return h("li", { dir: "auto" }, ...children);
}

function link(node: Link, children: Node[]): Node {
  if (!SAFE.test(node.url)) return h("span", {}, ...children);
  const attributes = { href: node.url, target: "_blank", rel: "noopener noreferrer nofollow", title: node.url, dir: "auto" };
  return h("a", attributes, ...children);
}

function table(node: Table, reader: Reader): Node {
  const [head, ...rows] = node.children;
  const cells = (row: typeof head, tag: "th" | "td") =>
    (row?.children ?? []).map((cell, index) => {
      const align = (node.align?.[index] ?? undefined) as AlignType | undefined;
      return h(tag, { class: align ? `align-${align}` : undefined }, ...cell.children.map((inline) => renderNode(inline, reader)));
    });
  return h("div.table", { tabindex: "0", role: "region", "aria-label": t.table },
    h("table", { dir: "auto" }, h("thead", {}, h("tr", {}, ...cells(head, "th"))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...cells(row, "td"))))));
}

function withMentions(text: string, { username }: Reader): Node {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(MENTION)) {
    const [whole, before = "", mention = ""] = match;
    fragment.append(text.slice(end, match.index) + before);
    const name = mention.slice(1).toLowerCase();
    const own = name === username.toLowerCase() || name === "channel" || name === "here";
    fragment.append(h(own ? "bdi.mention.own" : "bdi.mention", { "data-mention": name }, mention));
    end = match.index + whole.length;
  }
  fragment.append(text.slice(end));
  return fragment;
}
