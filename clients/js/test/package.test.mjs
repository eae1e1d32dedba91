import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
/** The size limit of the client, minified and gzipped. */
const MAX_CORE_BYTES = 14 << 10;

test("a page that connects transfers at most 14 KB of this package", async () => {
  const source = 'export { connect, Client } from "./dist/index.js";';
  const bundle = await build({
    stdin: { contents: source, resolveDir: here("..") },
    bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "silent",
    // The code loaded on demand for uploads is a separate file.
    splitting: true, outdir: "out", metafile: true,
  });
  const { outputs } = bundle.metafile;
  const loaded = new Set(Object.keys(outputs).filter((path) => path.endsWith("stdin.js")));
  for (const path of loaded)
    for (const { path: imported, kind } of outputs[path].imports) if (kind === "import-statement") loaded.add(imported);
  const contents = bundle.outputFiles.filter(({ path }) => [...loaded].some((name) => path.endsWith(name)));
  assert.equal(contents.length, loaded.size);
  const bytes = contents.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0);
  assert.ok(bytes <= MAX_CORE_BYTES, `${bytes} bytes`);
  assert.ok(bundle.outputFiles.length > contents.length, "uploading is loaded on demand");
});

test("no two source files import each other, directly or by way of others", async () => {
  const files = (await readdir(here("../src"), { recursive: true })).filter((file) => file.endsWith(".ts"));
  const imports = new Map();
  for (const file of files) {
    const text = await readFile(here(`../src/${file}`), "utf8");
    imports.set(file, [...text.matchAll(/from "(\.{1,2}\/[\w/]+)\.js"/g)].map(([, path]) => `${join(dirname(file), path)}.ts`));
  }
  assert.ok(imports.get("client.ts").includes("chat.ts"), "the imports were found");
  const done = new Set();
  const visit = (file, path) => {
    assert.ok(!path.includes(file), `a circle: ${[...path, file].join(" → ")}`);
    if (done.has(file)) return;
    for (const imported of imports.get(file) ?? []) visit(imported, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test("the package contains its licence, types and source maps, and names no address that is not its own", async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "pichat-pack-"));
  test.after(() => rm(folder, { recursive: true }));
  const options = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", options, { cwd: here(".."), encoding: "utf8" }));
  const paths = packed.files.map(({ path }) => path);
  for (const path of ["LICENSE", "README.md", "dist/index.js", "dist/index.d.ts", "dist/index.js.map", "dist/protocol.d.ts"])
    assert.ok(paths.includes(path), `${path} is packed`);
  assert.equal(await readFile(here("../LICENSE"), "utf8"), await readFile(here("../../../LICENSE"), "utf8"));
  const manifest = JSON.parse(await readFile(here("../package.json"), "utf8"));
  assert.doesNotMatch(JSON.stringify(manifest), /github\.com\/pichat|example\.(com|org|net)/);
  for (const { types, default: script } of Object.values(manifest.exports))
    for (const path of [types, script, `${script}.map`]) assert.ok(paths.includes(path.slice(2)), `${path} is packed`);
  const map = JSON.parse(await readFile(here("../dist/client.js.map"), "utf8"));
  assert.match(map.sourcesContent[0], /class Client/);
});

test("a release names its source repository, as npm's provenance requires", async (test) => {
  const workflow = await readFile(here("../../../.github/workflows/release.yml"), "utf8");
  const [, command] = workflow.match(/run: (npm pkg set .*)/);
  const folder = await mkdtemp(join(tmpdir(), "pichat-publish-"));
  test.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "package.json"), await readFile(here("../package.json")));
  const env = { ...process.env, GITHUB_REPOSITORY: "someone/chat" };
  execFileSync("bash", ["-euc", command], { cwd: folder, env, stdio: "pipe" });
  const { repository, publishConfig } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  assert.deepEqual(repository, { type: "git", url: "git+https://github.com/someone/chat.git", directory: "clients/js" });
  assert.deepEqual(publishConfig, { access: "public", provenance: true });
});

test("the installed package can be imported by its name", async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "pichat-install-"));
  test.after(() => rm(folder, { recursive: true }));
  const options = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(execFileSync("npm", options, { cwd: here(".."), encoding: "utf8" }));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  const install = ["install", "--offline", "--no-audit", "--no-fund", "--omit=peer", join(folder, filename)];
  execFileSync("npm", install, { cwd: folder, stdio: "pipe" });
  const program = 'import { connect, newId } from "pichat-client"; import { FakeServer } from "pichat-client/testing"; console.log(typeof connect, newId().length, typeof FakeServer);';
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: folder, encoding: "utf8" });
  assert.equal(output, "function 36 function\n");
});
