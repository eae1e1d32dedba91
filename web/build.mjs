// Builds dist/ from index.html, style.css and src/. With --check it only compares dist/ with what is checked in.

import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { emojiData } from "./emoji-data.mjs";
import { guides } from "./guides.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
/** The most that a first visit may transfer, gzipped. */
const MOST_BYTES = 150 * 1024;

// The client is compiled against the types generated from the protocol.
await copyFile(here("../protocol/pichat.d.ts"), here("../clients/js/src/protocol.ts"));
execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")], { stdio: "inherit" });

const options = { bundle: true, minify: true, write: false, charset: "utf8", legalComments: "none", logLevel: "warning" };
const script = (entry) =>
  build({
    ...options,
    entryPoints: [here(entry)],
    alias: { "pichat-client": here("../clients/js/src/index.ts") },
    plugins: [emojiData],
    format: "iife",
    target: ["es2022"],
  });
const style = (entry) => build({ ...options, entryPoints: [here(entry)], external: ["/assets/*"] });
const text = async (built) => (await built).outputFiles[0].text;

const files = new Map([
  ["app.js", await text(script("src/main.ts"))],
  ["app.css", await text(style("style.css"))],
  ["docs.js", await text(script("src/docs.ts"))],
  ["docs.css", await text(style("docs.css"))],
  ["sw.js", await text(script("src/worker.ts"))],
  ["manifest.webmanifest", await readFile(here("manifest.webmanifest"), "utf8")],
  ["index.html", await readFile(here("index.html"), "utf8")],
  ...(await guides()),
  ["icon.svg", await readFile(here("icon.svg"), "utf8")],
]);

const page = ["index.html", "app.js", "app.css", "icon.svg", "manifest.webmanifest", "sw.js"];
const bytes = page.reduce((sum, name) => sum + gzipSync(files.get(name)).length, 0);
if (bytes > MOST_BYTES) throw new Error(`the page has ${bytes} bytes gzipped; it may have ${MOST_BYTES}`);

await mkdir(here("dist"), { recursive: true });
for (const [name, made] of files) {
  const there = await readFile(here(`dist/${name}`), "utf8").catch(() => "");
  if (there === made) continue;
  if (process.argv.includes("--check")) throw new Error(`web/dist/${name} is not what the sources give; run npm run build in web/`);
  await writeFile(here(`dist/${name}`), made);
}
console.log(`the page has ${bytes} bytes gzipped`);
