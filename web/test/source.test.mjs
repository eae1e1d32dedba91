// Rules for the sources of the page.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src/", import.meta.url));
const files = (await readdir(root, { recursive: true })).filter((name) => /\.ts$/.test(name) && !name.endsWith(".d.ts"));
const sources = new Map(await Promise.all(files.map(async (name) => [name, await readFile(join(root, name), "utf8")])));

test("modules have no import cycles", () => {
  const imports = (name) => [...sources.get(name).matchAll(/from "(\.[^"]+)"/g)].map(([, path]) => normalize(join(dirname(name), path)));
  const done = new Set();
  const visit = (name, path) => {
    assert.ok(!path.includes(name), [...path.slice(path.indexOf(name)), name].join(" → "));
    if (done.has(name)) return;
    imports(name).forEach((next) => visit(next, [...path, name]));
    done.add(name);
  };
  files.forEach((name) => visit(name, []));
});

test("no source converts text into markup or code", () => {
  for (const [name, text] of sources) assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc/, name);
});

test("every text of the page comes from the string tables", () => {
  for (const [name, text] of sources) {
    if (name.startsWith("locales") || name === "docs.ts") continue;
    // An attribute or child that begins with a capital and a lower-case letter is a visible text.
    const literals = [...text.matchAll(/(?:"aria-label"|title|placeholder): "([A-Z][a-z][^"]*)"|, "([A-Z][a-z]+ [a-z][^"]*)"\)/g)].map(([whole]) => whole);
    assert.deepEqual(literals, [], name);
  }
});

test("the languages have the same texts", async () => {
  const keys = (text) => [...text.slice(text.search(/export const \w+(: PageStrings)? = \{/)).matchAll(/^ {2}(\w+):/gm)].map(([, key]) => key);
  const [english, ...others] = ["english", "german", "arabic"].map((name) => keys(sources.get(`locales/${name}.ts`)));
  for (const other of others) assert.deepEqual(other, english);
});
