// The checked-in contract, in the form that the scripts in this folder need.

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const protocol = new URL("../../protocol/", import.meta.url);
export const path = (name) => fileURLToPath(new URL(name, protocol));
export const read = async (name) => JSON.parse(await readFile(path(name), "utf8"));

/** Every JSON file of a folder, by its name without the extension, sorted by name. */
export async function folder(name) {
  const files = (await readdir(path(name))).filter((file) => file.endsWith(".json")).sort();
  return new Map(await Promise.all(files.map(async (file) => [file.slice(0, -5), await read(`${name}/${file}`)])));
}
