import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { enter, Server, soon, TOKEN, until } from "./support.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const example = (name) => here(`../../../examples/${name}`);
const strict = process.env.CI === "true";
const works = (program, ...args) => spawnSync(program, args).status === 0;
const noPython = !strict && !works("python3", "-c", "import websockets.asyncio.client") && "there is no python3 with websockets";
const noCurl = !strict && !works("curl", "--version") && "there is no curl";

/** A server with ann in #general, and a bot that is asked. */
async function ask(test, program, file) {
  const server = await Server.start(test);
  const packages = join(server.folder, "node_modules");
  await mkdir(packages);
  await symlink(here(".."), join(packages, "pichat-client"));
  await symlink(here("../node_modules/ws"), join(packages, "ws"));
  await copyFile(example(file), join(server.folder, file));
  const ann = await enter(test, { url: server.url, token: await server.user("ann") });
  const general = await ann.create({ kind: "channel", name: "general" });
  const env = { ...process.env, PICHAT_URL: server.url, BOT_TOKEN: await server.user("echo-bot") };
  const bot = spawn(program, [file, "#general"], { cwd: server.folder, env, stdio: ["ignore", "pipe", "ignore"] });
  test.after(() => bot.kill());
  await soon(once(createInterface(bot.stdout), "line"), "the bot");
  await until(ann, () => general.object.memberCount === 2, "the bot in the channel");
  return { server, general, ann };
}

const answers = ({ messages }) => messages.filter(({ sender }) => sender.username === "echo-bot").map(({ content }) => content);

for (const [program, file, skip] of [[process.execPath, "echo.mjs", false], ["python3", "echo.py", noPython]]) {
  test(`${file} answers when it is spoken to, and goes on after a restart of the server`, { skip }, async (test) => {
    const { server, general, ann } = await ask(test, program, file);
    await general.send("nobody is asked");
    const { id } = await general.send("@echo-bot are you there?");
    await until(ann, () => answers(general).length === 1, "the answer");
    assert.deepEqual(answers(general), ["You said: are you there?"]);
    assert.equal(general.messages.at(-1).replyTo, id);
    await server.end("SIGKILL");
    await server.begin();
    await general.send("@echo-bot and now?");
    await until(ann, () => answers(general).length === 2, "the answer after the restart");
    assert.deepEqual(answers(general), ["You said: are you there?", "You said: and now?"]);
  });

  test(`${file} has less than 60 lines`, async () => {
    assert.ok((await readFile(example(file), "utf8")).trimEnd().split("\n").length < 60);
  });
}

test("webhook.sh says it once, whatever is in it", { skip: noCurl }, async (test) => {
  const server = await Server.start(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", kind: "channel", name: "general" });
  const env = { ...process.env, PICHAT_URL: `http://127.0.0.1:${server.port}/command`, API_TOKEN: TOKEN };
  const text = 'It is "out":\n\ta \\ and $HOME';
  const run = async () => JSON.parse((await promisify(execFile)("bash", [example("webhook.sh"), "#general", "deploy-42", text], { env })).stdout);
  assert.equal((await run()).type, "NEW_MESSAGE");
  assert.equal((await run()).duplicate, true);
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId });
  assert.deepEqual(messages.map(({ content }) => content), [text]);
});
