import assert from "node:assert/strict";
import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import WebSocket from "ws";
import { enter, Server, soon, TOKEN, until } from "./support.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const example = (name) => here(`../../../examples/${name}`);
const strict = process.env.CI === "true";
const works = (program, ...args) => spawnSync(program, args).status === 0;
const noPython = !strict && !works("python3", "-c", "import websockets.asyncio.client") && "python3 with the package websockets is not installed";
const noCurl = !strict && !works("curl", "--version") && "curl is not installed";

const root = here("../../..");
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "examples", "assistant");
const noAssistant = !strict && !existsSync(built) && "the example assistant is not built";

const noOpenssl = !strict && !works("openssl", "version") && "openssl is not installed";
const CERTIFICATE = [
  "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", "/CN=pichat",
  "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=IP:127.0.0.1",
];

/** The bots; each answers a mention with text that begins the same way. */
const BOTS = [
  { name: "echo.mjs", command: [process.execPath, "echo.mjs"], skip: false },
  { name: "echo.py", command: ["python3", "echo.py"], skip: noPython },
  // It sends a dozen commands for each answer.
  { name: "assistant.rs", command: [built], skip: noAssistant, settings: { COMMANDS_PER_SECOND: "200", COMMAND_BURST: "20" } },
];

/** A server with ann in #general, and a way to run a bot. */
async function scene(test, { command, name, settings }) {
  const server = await Server.start(test, settings);
  const packages = join(server.folder, "node_modules");
  await mkdir(packages);
  await symlink(here(".."), join(packages, "pichat-client"));
  await symlink(here("../node_modules/ws"), join(packages, "ws"));
  if (!name.endsWith(".rs")) await copyFile(example(name), join(server.folder, name));
  const annsToken = await server.user("ann");
  const ann = Object.assign(await enter(test, { url: server.url, token: annsToken }), { token: annsToken });
  const general = await ann.create({ kind: "channel", name: "general" });
  const token = await server.user("echo-bot");
  await ann.command({ type: "ADD_MEMBERS", chatId: general.id, members: ["echo-bot"] });
  /** Starts the bot and waits until it is online. */
  const start = async (credentials = token, settings = {}) => {
    const env = { ...process.env, PYTHONPATH: here("../../python/src"), PICHAT_URL: server.url, BOT_TOKEN: credentials, ...settings };
    const bot = spawn(command[0], [...command.slice(1), "#general"], { cwd: server.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = once(bot, "exit");
    const errors = [];
    bot.stderr.on("data", (data) => errors.push(String(data)));
    test.after(() => bot.kill());
    const stop = async () => {
      bot.kill();
      await soon(ended, "the end of the bot");
    };
    return { ready: once(createInterface(bot.stdout), "line"), ended, errors, stop };
  };
  return { server, general, ann, start };
}

const answers = ({ messages }) => messages.filter(({ sender }) => sender.username === "echo-bot").map(({ content }) => content);
const answered = (general, text) => answers(general).filter((content) => content.startsWith(`You said: ${text}`)).length;

for (const bot of BOTS) {
  const { name, skip } = bot;
  test(`${name} answers when asked, also after a server restart`, { skip }, async (test) => {
    const { server, general, ann, start } = await scene(test, bot);
    await soon((await start()).ready, "the bot");
    await general.send("nobody is asked");
    const { id } = await general.send("@echo-bot are you there?");
    await until(ann, () => answered(general, "are you there?") === 1, "the answer");
    assert.equal(general.messages.at(-1).replyTo, id);
    await server.end("SIGKILL");
    await server.begin();
    await general.send("@echo-bot and now?");
    await until(ann, () => answered(general, "and now?") === 1, "the answer after the restart");
    assert.equal(answers(general).length, 2);
  });

  test(`${name} answers a burst of 160 questions and questions asked while it was down once`, { skip }, async (test) => {
    const { general, ann, start } = await scene(test, bot);
    const down = await general.send("@echo-bot before you came");
    const first = await start();
    await soon(first.ready, "the bot");
    await until(ann, () => answered(general, "before you came") === 1, "the answer to what was asked before");
    assert.ok(down.seq < general.messages.at(-1).seq);
    await Promise.all(Array.from({ length: 160 }, (_, number) => general.send(`@echo-bot question ${number};`)));
    const all = () => Array.from({ length: 160 }, (_, number) => answered(general, `question ${number};`));
    await until(ann, () => all().every((count) => count === 1), "160 answers", 180_000);
    await first.stop();
    await general.send("@echo-bot while you were away");
    await soon((await start()).ready, "the bot again");
    await until(ann, () => answered(general, "while you were away") === 1, "the answer to what was asked meanwhile");
    assert.equal(answers(general).length, 162);
  });

  test(`${name} shows the server's error for an invalid token`, { skip }, async (test) => {
    const { server, start } = await scene(test, bot);
    const { ended, errors } = await start("pichat_wrong");
    const [code] = await soon(ended, "the end of the bot");
    assert.equal(code, 1);
    const text = errors.join("");
    assert.match(text, new RegExp(`(^|: |\\n)${(await server.command({ type: "GET_ME" }, "pichat_wrong")).error}\\n$`));
    assert.doesNotMatch(text, /Traceback|^ +at |panicked/m);
  });

  test(`${name} connects over wss`, { skip: skip || noOpenssl }, async (test) => {
    const { server, general, ann, start } = await scene(test, bot);
    ann.close();
    await server.end();
    const [cert, key] = ["cert.pem", "key.pem"].map((file) => join(server.folder, file));
    execFileSync("openssl", [...CERTIFICATE, "-out", cert, "-keyout", key], { stdio: "pipe" });
    server.settings = { TLS_CERT: cert, TLS_KEY: key };
    await server.begin();
    const url = server.url.replace("ws:", "wss:");
    class Trusting extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { rejectUnauthorized: false });
      }
    }
    const again = await enter(test, { url, token: ann.token, WebSocket: Trusting });
    await soon((await start(undefined, { PICHAT_URL: url, SSL_CERT_FILE: cert, NODE_EXTRA_CA_CERTS: cert })).ready, "the bot");
    const chat = again.chat(general.id);
    await chat.send("@echo-bot in secret");
    await until(again, () => answered(chat, "in secret") === 1, "the answer");
  });
}

test("webhook.sh sends a message of any content once", { skip: noCurl }, async (test) => {
  const server = await Server.start(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", kind: "channel", name: "general" });
  const env = { ...process.env, PICHAT_URL: `http://127.0.0.1:${server.port}/command`, API_TOKEN: TOKEN };
  const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, code) => code + 1));
  const text = `It is "out":\n\ta \\ and $HOME & \u001b[31mred\u001b[0m${controls}.`;
  const run = (id, content, more = {}) =>
    promisify(execFile)("bash", [example("webhook.sh"), "#general", id, content], { env: { ...env, ...more } });
  assert.equal(JSON.parse((await run("deploy-42", text)).stdout).type, "NEW_MESSAGE");
  assert.equal(JSON.parse((await run("deploy-42", text)).stdout).duplicate, true);
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId });
  assert.deepEqual(messages.map(({ content }) => content), [text]);
  const { error } = await server.command({ type: "GET_ME" }, "wrong");
  await assert.rejects(run("deploy-43", text, { API_TOKEN: "wrong" }), { code: 1, stderr: `${error}\n` });
  await assert.rejects(run("deploy-43", ""), { code: 1, stderr: /usage: webhook\.sh CHAT MESSAGE_ID TEXT/ });
  await assert.rejects(run("deploy-43", text, { API_TOKEN: "" }), { code: 1, stderr: /API_TOKEN: must be an access token/ });
});

test("webhook.sh waits when rate-limited", { skip: noCurl }, async (test) => {
  const server = await Server.start(test, { COMMANDS_PER_SECOND: "5", COMMAND_BURST: "5" });
  const token = await server.user("cron");
  const ann = await enter(test, { url: server.url, token: await server.user("ann") });
  const general = await ann.create({ kind: "group", name: "builds", members: ["cron"] });
  const env = { ...process.env, PICHAT_URL: `http://127.0.0.1:${server.port}/command`, API_TOKEN: token };
  const run = (number) => promisify(execFile)("bash", [example("webhook.sh"), general.id, `build-${number}`, `Build ${number}`], { env });
  await Promise.all(Array.from({ length: 20 }, (_, number) => run(number)));
  await until(ann, () => general.messages.length === 20, "every message");
});
