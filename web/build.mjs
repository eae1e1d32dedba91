// Builds dist/ from index.html, the styles and src/. With --check it only compares dist/ with what is checked in.

import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { emojiData } from "./emoji-data.mjs";
import { guides } from "./guides.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
/** The most that a first visit may transfer, gzipped. */
const MOST_BYTES = 150 * 1024;
/** The most of the page itself, with which somebody can type. */
const MOST_SHELL_BYTES = 20 * 1024;
const LANGUAGES = { en: "english", de: "german", ar: "arabic" };
const CORE = here("src/core.ts");
/** Parts that are loaded when they are needed. */
const PARTS = ["src/markdown/parse.ts", "src/dialogs.ts", "src/emoji/picker.ts"];

// The client is compiled against the types generated from the protocol.
await copyFile(here("../protocol/pichat.d.ts"), here("../clients/js/src/protocol.ts"));
execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")], { stdio: "inherit" });

const client = { "pichat-client": here("../clients/js/src/index.ts"), "pichat-client/avatar": here("../clients/js/src/avatar.ts") };
const options = { bundle: true, minify: true, write: false, charset: "utf8", legalComments: "none", logLevel: "warning", target: ["es2022"], absWorkingDir: here("."), alias: client, external: ["/assets/*"] };
const script = (entry, define = {}) => build({ ...options, entryPoints: [here(entry)], format: "iife", define });
const style = (entry) => build({ ...options, entryPoints: [here(entry)] });
const text = async (built) => (await built).outputFiles[0].text;

/** Makes every part depend on the core: what they share then stands in the core, rather than in a file of its own for each set of parts. */
const sharedInCore = {
  name: "shared-in-core",
  setup({ onLoad }) {
    const parts = new Set(PARTS.map(here));
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => (parts.has(path) ? { contents: `${await readFile(path, "utf8")}\nimport ${JSON.stringify(CORE)};`, loader: "ts", resolveDir: dirname(path) } : undefined));
  },
};

/** The client loads its uploads when the first begins; the page must be able to begin one without a connection. */
const uploadsInCore = {
  name: "uploads-in-core",
  setup({ onLoad }) {
    onLoad({ filter: /clients\/js\/src\/chat\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replaceAll('import("./upload.js")', "Promise.resolve(upload)");
      if (contents === source) throw new Error("the client does not load its uploads in chat.ts any more");
      return { contents: `${contents}\nimport * as upload from "./upload.js";`, loader: "ts", resolveDir: dirname(path) };
    });
  },
};

/** Builds modules; their names have a hash of their content, so that browsers may keep them for ever. */
async function modules(more) {
  const { outputFiles, metafile } = await build({ ...options, ...more, format: "esm", outdir: here("dist/chunks"), entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", metafile: true });
  const made = Object.entries(metafile.outputs).map(([path, { entryPoint, inputs, imports }]) => ({ name: basename(path), entryPoint, inputs, imports }));
  return { files: outputFiles.map(({ path, text }) => [`chunks/${basename(path)}`, text]), made };
}

const address = (name) => `/assets/${name}`;
const locales = await modules({ entryPoints: Object.values(LANGUAGES).map((name) => here(`src/locales/${name}.ts`)) });
const app = await modules({ entryPoints: [CORE], splitting: true, plugins: [emojiData, sharedInCore, uploadsInCore] });

const localeOf = (name) => address(`chunks/${locales.made.find(({ entryPoint }) => entryPoint === `src/locales/${name}.ts`).name}`);
const partOf = (entry) => address(`chunks/${app.made.find(({ entryPoint }) => entryPoint === entry).name}`);
/** The core itself rather than its entry, which only imports it. */
const core = app.made.find(({ inputs }) => "src/core.ts" in inputs).name;
/** What a part imports beside the core: without a preload it would be found only when the part is there. */
const importedBy = (entry) => {
  const { imports } = app.made.find(({ entryPoint }) => entryPoint === entry);
  return imports.filter(({ kind, path }) => kind === "import-statement" && basename(path) !== core).map(({ path }) => address(`chunks/${basename(path)}`));
};
const isEntryOnly = ([name]) => name === partOf("src/core.ts").slice("/assets/".length) && basename(name) !== core;

const define = {
  CORE: JSON.stringify(address(`chunks/${core}`)),
  LOCALES: JSON.stringify(Object.fromEntries(Object.entries(LANGUAGES).map(([language, name]) => [language, localeOf(name)]))),
};
const slots = {
  early: await text(script("src/shell/early.ts", define)),
  shell: await text(script("src/shell/shell.ts", define)),
  style: await text(style("style.css")),
  core: address(`chunks/${core}`),
  parser: [...importedBy("src/markdown/parse.ts"), partOf("src/markdown/parse.ts")].map((href) => `<link rel="modulepreload" href="${href}" fetchpriority="low" />`).join("\n    "),
};
const index = (await readFile(here("index.html"), "utf8")).replace(/\{\{(\w+)\}\}/g, (_, slot) => slots[slot].trim());

const page = new Map([
  ["index.html", index],
  ...locales.files,
  ...app.files.filter((file) => !isEntryOnly(file)),
  ["icon.svg", await readFile(here("icon.svg"), "utf8")],
  ["manifest.webmanifest", await readFile(here("manifest.webmanifest"), "utf8")],
]);
const kept = ["/", ...[...page.keys()].filter((name) => name !== "index.html").map(address)];
const files = new Map([
  ...page,
  ["sw.js", await text(script("src/worker.ts", { FILES: JSON.stringify(kept) }))],
  ["docs.js", await text(script("src/docs.ts"))],
  ["docs.css", await text(style("docs.css"))],
  ...(await guides()),
]);

const zipped = (names) => names.reduce((sum, name) => sum + gzipSync(files.get(name)).length, 0);
const shellBytes = zipped(["index.html"]);
// A visitor loads one of the languages.
const others = Object.values(LANGUAGES).slice(1).map((name) => localeOf(name).slice("/assets/".length));
const bytes = zipped([...page.keys(), "sw.js"].filter((name) => !others.includes(name)));
if (shellBytes > MOST_SHELL_BYTES) throw new Error(`index.html has ${shellBytes} bytes gzipped; it may have ${MOST_SHELL_BYTES}`);
if (bytes > MOST_BYTES) throw new Error(`the page has ${bytes} bytes gzipped; it may have ${MOST_BYTES}`);

const isCheck = process.argv.includes("--check");
const stale = (what) => new Error(`web/dist/${what} is not what the sources give; run npm run build in web/`);
await mkdir(here("dist/chunks"), { recursive: true });
for (const [name, made] of files) {
  const there = await readFile(here(`dist/${name}`), "utf8").catch(() => "");
  if (there === made) continue;
  if (isCheck) throw stale(name);
  await writeFile(here(`dist/${name}`), made);
}
for (const name of await readdir(here("dist"), { recursive: true })) {
  if (name === "chunks" || files.has(name)) continue;
  if (isCheck) throw stale(name);
  await rm(here(`dist/${name}`));
}
console.log(`the page has ${bytes} bytes gzipped: index.html ${shellBytes}, the core ${zipped([`chunks/${core}`])}`);
