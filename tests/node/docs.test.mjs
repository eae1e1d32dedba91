import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { binary, block, blocks, pages } from "./support.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

test("every snippet of the docs is run or gives a reason", async () => {
  for (const { name, text } of await pages()) {
    const lines = text.split("\n");
    let inside = false;
    const unmarked = lines.filter((line, index) => {
      if (!line.startsWith("```")) return false;
      inside = !inside;
      return inside && !/^<!-- (test: [\w-]+|not run: .+) -->$/.test(lines[index - 1]);
    });
    assert.deepEqual(unmarked, [], name);
  }
});

test("every snippet that names a test is used by it", async () => {
  const scripts = (await readdir(here("."))).filter((name) => name.endsWith(".test.mjs"));
  const sources = await Promise.all([...scripts.map(here), here("../it/cluster/front.rs")].map((file) => readFile(file, "utf8")));
  const tests = sources.join("");
  const names = (await pages()).flatMap(({ text }) => blocks(text)).map(({ name }) => name);
  assert.ok(names.length >= 10, `only ${names}`);
  const untested = names.filter((name) => !tests.includes(`"${name}"`) && !tests.includes(`<!-- test: ${name} -->`));
  assert.deepEqual(untested, []);
});

test("the documented command line works", async (test) => {
  const folder = await mkdtemp(join(tmpdir(), "pichat-"));
  test.after(() => rm(folder, { recursive: true }));
  const env = { PATH: `${dirname(binary)}:${process.env.PATH}` };
  const script = await block("command-line");
  const { stdout, stderr } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env, maxBuffer: 1 << 24 });
  assert.match(stdout, /pichat seed --messages/);
  assert.match(stdout, /"title": "SEND_MESSAGE"/);
  assert.match(stdout, /^ADD_MEMBERS$/m);
  assert.match(await readFile(join(folder, "pichat.bash"), "utf8"), /completions/);
  assert.doesNotMatch(stderr, /pichat/);
});
