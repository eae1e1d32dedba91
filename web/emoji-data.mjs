// An esbuild plugin: the module "emoji-data", made from emojibase.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Newer emoji are missing from the fonts of many systems. */
const NEWEST_VERSION = 15;
/** emojibase's groups by number; 2 holds parts that are not emoji of their own. */
const GROUPS = { 0: "smileys", 1: "people", 3: "animals", 4: "food", 5: "travel", 6: "activities", 7: "objects", 8: "symbols", 9: "flags" };

async function moduleText() {
  const file = fileURLToPath(new URL("node_modules/emojibase-data/en/data.json", import.meta.url));
  const all = JSON.parse(await readFile(file, "utf8"))
    .filter(({ group, version }) => group in GROUPS && version <= NEWEST_VERSION)
    .sort((one, other) => one.order - other.order);
  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}+-]+/u).filter(Boolean);
  /** The words of the tags that the name lacks. */
  const others = ({ label, tags = [] }) => {
    const named = new Set(words(label));
    return [...new Set(tags.flatMap(words))].filter((word) => !named.has(word)).join(" ");
  };
  const groups = Object.entries(GROUPS).map(([number, key]) => {
    const lines = all.filter(({ group }) => group === Number(number)).map((emoji) => `${emoji.emoji}\t${emoji.label}\t${others(emoji)}`);
    return { key, lines: lines.join("\n") };
  });
  return `export const groups = ${JSON.stringify(groups)};`;
}

export const emojiData = {
  name: "emoji-data",
  setup(build) {
    build.onResolve({ filter: /^emoji-data$/ }, () => ({ path: "emoji-data", namespace: "emoji-data" }));
    build.onLoad({ filter: /.*/, namespace: "emoji-data" }, async () => ({ contents: await moduleText(), loader: "js" }));
  },
};
