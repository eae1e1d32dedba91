// A new user who follows the README from top to bottom, against one server.

import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { binary, blocks, connect, readme, serveIn, soon, start, TOKEN } from "./support.mjs";
import { normalised, replay, withMark } from "./wscat.mjs";

const run = promisify(execFile);
const needed = "import websockets.asyncio.client";
const noPython = process.env.CI !== "true" && spawnSync("python3", ["-c", needed]).status !== 0 && "python3 with the package websockets is not installed";
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the clone after ./run.sh: with the built server and the token. */
async function clone() {
  const folder = await mkdtemp(join(tmpdir(), "pichat-clone-"));
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, maxBuffer: 1 << 24 });
  const needed = stdout.split("\0").filter((name) => /^(clients|examples|protocol)\//.test(name));
  for (const name of needed) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(root, name), join(folder, name));
  }
  await mkdir(join(folder, "target/release"), { recursive: true });
  await symlink(binary, join(folder, "target/release/pichat"));
  await writeFile(join(folder, ".env"), `API_TOKEN=${TOKEN}\n`);
  return folder;
}

/** The reader's terminal: commands run in the folder, and with the variables, that earlier ones left. */
class Terminal {
  #folder;
  #variables = {};

  constructor(folder) {
    this.#folder = folder;
  }

  get options() {
    // A reader has no cache; the tests need not download everything again.
    const npm = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };
    const { PATH, HOME } = process.env;
    const pip = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("PIP_")));
    return { cwd: this.#folder, env: { PATH, HOME, ...npm, ...pip, ...this.#variables }, maxBuffer: 1 << 24 };
  }

  async type(text) {
    const script = `set -eu\n${text}\nprintf '\\0%s\\0%s' "$PWD" "\${API_TOKEN-}"`;
    const { stdout } = await run("bash", ["-c", script], this.options);
    const [shown, folder, token] = stdout.split("\0");
    this.#folder = folder;
    if (token) this.#variables.API_TOKEN = token;
    return shown;
  }

  /** Saves a program in the folder and starts it. */
  async startProgram(test, name, text, variables = {}) {
    const { cwd, env } = this.options;
    await writeFile(join(cwd, name), text);
    const program = name.endsWith(".py") ? join(cwd, ".venv/bin/python") : process.execPath;
    return start(test, program, [name], { cwd, env: { ...env, ...variables } });
  }

  /** Runs a program with an invalid token: it reports the error in a sentence, without a stack trace. */
  async isToldOf(variable, name, text, expected) {
    const { cwd, env } = this.options;
    await writeFile(join(cwd, name), text);
    const ran = spawn(process.execPath, [name], { cwd, env: { ...env, [variable]: "wrong" } });
    let shown = "";
    ran.stderr.on("data", (data) => (shown += data));
    await soon(once(ran, "close"), `the end of ${name} with a wrong token`);
    assert.match(shown, expected);
    assert.doesNotMatch(shown, /^ {4}at /m);
  }
}

const nextLine = async (program, what) => (await soon(once(program.lines, "line"), what))[0];

test("the README works when followed from top to bottom", async (test) => {
  const folder = await clone();
  const server = await serveIn(test, folder);
  const terminal = new Terminal(folder);
  let botToken;
  const steps = {
    "wscat": async (session) => {
      const typed = withMark(session, ">");
      const received = await replay(test, server, typed, 1 + typed.length);
      assert.deepEqual(normalised(received), normalised(withMark(session, "<")));
    },
    "lines": async (session) => {
      const typed = withMark(session, ">");
      const [, ...received] = await replay(test, server, typed, 1 + typed.length);
      assert.deepEqual(received.sort(), withMark(session, "<").sort());
    },
    "seed": async (command) => {
      const first = await terminal.type(command);
      assert.match(first, new RegExp(`Log in at http://${server.host}/ as mia`));
      assert.equal(await terminal.type(command), first);
    },
    "set-up": (commands) => terminal.type(commands),
    "javascript": async (program) => {
      await terminal.isToldOf("API_TOKEN", "hello.mjs", program, /no connection \(.*\); check the address and API_TOKEN/);
      const running = await terminal.startProgram(test, "hello.mjs", program);
      assert.equal(await nextLine(running, "the message from JavaScript"), "Administrator: Hello from JavaScript!");
    },
    "package": async (program) => {
      await terminal.isToldOf("API_TOKEN", "package.mjs", program, /^UNAUTHENTICATED: these credentials are not valid\n$/);
      const running = await terminal.startProgram(test, "package.mjs", program);
      assert.equal(await nextLine(running, "the message from the package"), "Hello from a package!");
      assert.deepEqual(await soon(running.ended, "its end"), [0, null]);
    },
    "curl-token": async (command) => {
      botToken = JSON.parse(await terminal.type(command)).secret;
      assert.match(botToken, /^pichat_/);
    },
    "bot": async (program) => {
      await terminal.isToldOf("BOT_TOKEN", "bot.mjs", program, /no connection \(.*401.*\); check the address and BOT_TOKEN/);
      const admin = await connect(test, server, TOKEN);
      await terminal.startProgram(test, "bot.mjs", program, { BOT_TOKEN: botToken });
      await admin.hears(({ type, members }) => type === "MEMBERS_ADDED" && members[0].user.username === "echo-bot", "the bot joining");
      admin.send({ type: "SEND_MESSAGE", chatId: "#general", content: "@echo-bot are you there?" });
      const isAnswer = ({ type, message }) => type === "NEW_MESSAGE" && message.sender.username === "echo-bot";
      assert.equal((await admin.hears(isAnswer, "the answer")).message.content, "You said: are you there?");
    },
    "python-set-up": (command) => terminal.type(command),
    "python": async (program) => {
      const admin = await connect(test, server, TOKEN);
      await terminal.startProgram(test, "bot.py", program, { BOT_TOKEN: botToken });
      admin.send({ type: "SEND_MESSAGE", chatId: "#general", content: "!double 21" });
      const isAnswer = ({ type, message }) => type === "NEW_MESSAGE" && message.content === "42";
      assert.equal((await admin.hears(isAnswer, "the answer")).message.sender.username, "echo-bot");
    },
    "curl": async (command) => {
      const sent = JSON.parse(await terminal.type(command));
      assert.equal(sent.message.content, "Version 42 is out.");
      assert.equal(JSON.parse(await terminal.type(command)).duplicate, true);
    },
    "curl-files": async (commands) => {
      const output = await terminal.type(commands);
      const sent = JSON.parse(output.slice(output.indexOf('{"type":"NEW_MESSAGE"')));
      assert.equal(sent.message.attachments[0].name, "plan.txt");
    },
  };
  const order = blocks(await readme());
  assert.deepEqual(order.map(({ name }) => name).sort(), Object.keys(steps).sort());
  for (const { name, snippet } of order) {
    await test.test(name, { skip: name.startsWith("python") && noPython }, () => steps[name](server.here(snippet)));
  }
});
