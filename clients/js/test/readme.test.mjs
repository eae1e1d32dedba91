import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { Server, TOKEN } from "./support.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The output of each example. */
const PRINTED = [
  "Administrator: hi\n",
  '[ "friends", "general" ]\nNOT_FOUND chatId\n'.replaceAll('"', "'"),
  "All hands on deck.\n",
  "plans one false\ndreams\nclosed\n",
  "a b c\n",
  "same\n",
  "ready\n",
  "Forty-two\n",
  "pong 3\n",
];

/** A folder in which programs find this package and its peers. */
async function workplace(server) {
  const packages = join(server.folder, "node_modules");
  await mkdir(packages);
  await symlink(here(".."), join(packages, "pichat-client"));
  for (const name of ["ws", "react", "react-dom"]) await symlink(here(`../node_modules/${name}`), join(packages, name));
  return server.folder;
}

test("the README's React example draws the chats", async (test) => {
  const server = await Server.start(test);
  const folder = await workplace(server);
  const readme = await readFile(here("../README.md"), "utf8");
  const [, text] = readme.match(/```jsx\n([^]*?)```/);
  const { code } = await transform(text, { loader: "jsx", jsx: "automatic" });
  await writeFile(join(folder, "app.mjs"), code);
  const program = `
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { connect } from "pichat-client";
    import { App } from "./app.mjs";
    const client = await connect({ url: process.env.PICHAT_URL, token: process.env.API_TOKEN });
    const chat = await client.create({ name: "kitchen" });
    await chat.send("hello");
    console.log(renderToString(createElement(App, { client })));
    client.close();`;
  await writeFile(join(folder, "program.mjs"), program);
  const env = { PATH: process.env.PATH, PICHAT_URL: server.url, API_TOKEN: TOKEN };
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "program.mjs")], { env, timeout: 20_000 });
  assert.match(stdout, /<h2>kitchen.*<i>online<\/i><\/h2>.*<p>hello<\/p>/);
});

test("the README's examples do what they say", async (test) => {
  const server = await Server.start(test);
  await workplace(server);
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
