import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { binary, block, post, readme, startServer, TOKEN } from "./support.mjs";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

test("every snippet of the README is run, or says why not", async () => {
  const lines = (await readme()).split("\n");
  let inside = false;
  const unmarked = lines.filter((line, index) => {
    if (!line.startsWith("```")) return false;
    inside = !inside;
    return inside && !/^<!-- (test|not run): /.test(lines[index - 1]);
  });
  assert.deepEqual(unmarked, []);
});

test("the README's command line does what it says", async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "pichat-"));
  test.after(() => rm(folder, { recursive: true }));
  const env = { PATH: `${dirname(binary)}:${process.env.PATH}` };
  const { stdout } = await run("bash", ["-euc", await block("command-line")], { cwd: folder, env, maxBuffer: 1 << 24 });
  assert.match(stdout, /pichat seed --messages/);
  assert.match(stdout, /"title": "SEND_MESSAGE"/);
});

test("the README's package speaks", async (test) => {
  const server = await startServer(test);
  await post(server, { type: "CREATE_CHAT", name: "general", kind: "channel" });
  // Where it was built: with no package of its own beside it.
  const folder = join(server.folder, "with-package");
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(here("../../clients/js"), join(folder, "node_modules", "pichat-client"));
  await symlink(here("node_modules/ws"), join(folder, "node_modules", "ws"));
  await writeFile(join(folder, "package.mjs"), server.here(await block("package")));
  await run("npm", ["run", "--silent", "build"], { cwd: here("../../clients/js") });
  const { stdout } = await run(process.execPath, [join(folder, "package.mjs")], { env: { PATH: process.env.PATH, API_TOKEN: TOKEN }, timeout: 20_000 });
  assert.equal(stdout, "Hello from a package!\n");
});
