import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Server, TOKEN } from "./support.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The output of each example. */
const PRINTED = [
  "Administrator: hi\n",
  '[ "friends", "general" ]\nNOT_FOUND chatId\n'.replaceAll('"', "'"),
  "All hands on deck.\n",
  "plans one false\ndreams\nclosed\n",
  "a b c\n",
  "ready\n",
];

test("the README's examples do what they say", async (test) => {
  const server = await Server.start(test);
  const packages = join(server.folder, "node_modules");
  await mkdir(packages);
  await symlink(here(".."), join(packages, "pichat-client"));
  await symlink(here("../node_modules/ws"), join(packages, "ws"));
  const readme = await readFile(here("../README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, text]) => text);
  assert.equal(examples.length, PRINTED.length);
  for (const [index, text] of examples.entries()) {
    const file = join(server.folder, `example-${index}.mjs`);
    await writeFile(file, text);
    const env = { PATH: process.env.PATH, PICHAT_URL: server.url, API_TOKEN: TOKEN };
    const { stdout } = await promisify(execFile)(process.execPath, [file], { env, timeout: 20_000 });
    assert.equal(stdout, PRINTED[index]);
  }
});
