// Makes pages of the guides in protocol/, in the look of the reference.

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

const protocol = (name) => fileURLToPath(new URL(`../protocol/${name}`, import.meta.url));
const GUIDES = [
  { file: "client.html", source: "README.md", path: "/docs/client" },
  { file: "coming-from.html", source: "coming-from.md", path: "/docs/coming-from" },
];
/** Addresses of what the guides link to and the server serves. */
const SERVED = new Map(GUIDES.map(({ source, path }) => [source, path]));
const NAME = /\b[A-Z][A-Z_]{3,}\b/g;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const plain = (node) => node.value ?? (node.children ?? []).map(plain).join("");
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Renders Markdown; names of commands and events lead to the reference. */
class Renderer {
  #names;

  constructor(names) {
    this.#names = names;
  }

  block(node) {
    switch (node.type) {
      case "heading": return `<h${node.depth}>${this.#all(node)}</h${node.depth}>\n`;
      case "paragraph": return `<p>${this.#all(node)}</p>\n`;
      case "blockquote": return `<blockquote>\n${node.children.map((child) => this.block(child)).join("")}</blockquote>\n`;
      case "code": return `<pre>${escaped(node.value)}</pre>\n`;
      case "list": return `<${node.ordered ? "ol" : "ul"}>\n${node.children.map((item) => this.#item(item)).join("")}</${node.ordered ? "ol" : "ul"}>\n`;
      case "table": return this.#table(node);
      default: throw new Error(`a guide has a ${node.type}, which is not rendered`);
    }
  }

  #all = ({ children }) => children.map((child) => this.#inline(child)).join("");

  #inline(node) {
    switch (node.type) {
      case "text": return this.#linked(node.value);
      case "inlineCode": return `<code>${this.#linked(node.value)}</code>`;
      case "strong": return `<strong>${this.#all(node)}</strong>`;
      case "emphasis": return `<em>${this.#all(node)}</em>`;
      case "break": return "<br>";
      // Other files beside the guides are not served.
      case "link": return SERVED.has(node.url) ? `<a href="${SERVED.get(node.url)}">${this.#all(node)}</a>` : this.#all(node);
      default: throw new Error(`a guide has a ${node.type}, which is not rendered`);
    }
  }

  #linked = (text) => escaped(text).replace(NAME, (name) => (this.#names.has(name) ? `<a href="/docs#${name}">${name}</a>` : name));

  #item({ children }) {
    const inside = children.map((child) => (child.type === "paragraph" ? this.#all(child) : `\n${this.block(child)}`)).join("");
    return `<li>${inside}</li>\n`;
  }

  #table({ children: [head, ...rows] }) {
    const row = ({ children }, tag) => `<tr>${children.map((cell) => `<${tag}>${this.#all(cell)}</${tag}>`).join("")}</tr>\n`;
    return `<table>\n${row(head, "th")}${rows.map((each) => row(each, "td")).join("")}</table>\n`;
  }
}

function page(title, menu, sections) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} – PiChat protocol</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/docs.css">
<script src="/assets/docs.js" defer></script>
</head>
<body>
<div class="page">
<header>
<strong>PiChat protocol</strong>
<a href="/docs">reference</a>
<a href="/">chat</a>
<input type="search" id="search" placeholder="Search (press /)" aria-label="Search">
</header>
<nav aria-label="Contents">
<h2>${escaped(title)}</h2>
${menu}</nav>
<main>
<h1>${escaped(title)}</h1>
${sections}</main>
</div>
</body>
</html>
`;
}

async function guide(source, names) {
  const { children } = fromMarkdown(await readFile(protocol(source), "utf8"), { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const renderer = new Renderer(names);
  const [first, ...blocks] = children;
  const sections = [];
  for (const block of blocks) {
    const isSection = block.type === "heading" && block.depth === 2;
    if (isSection || sections.length === 0) sections.push({ title: isSection ? plain(block) : "", html: "" });
    sections.at(-1).html += renderer.block(block);
  }
  const menu = sections.filter(({ title }) => title).map(({ title }) => `<a href="#${slug(title)}">${escaped(title)}</a>\n`).join("");
  const html = sections.map(({ title, html }) => `<section class="entry prose"${title && ` id="${slug(title)}"`}>\n${html}</section>\n`).join("");
  return page(plain(first), menu, html);
}

/** The guides' pages by the name of their file. */
export async function guides() {
  const folders = await Promise.all(["commands", "events"].map((folder) => readdir(protocol(folder))));
  const names = new Set(folders.flat().map((file) => file.replace(/\.json$/, "")));
  return Promise.all(GUIDES.map(async ({ file, source }) => [file, await guide(source, names)]));
}
