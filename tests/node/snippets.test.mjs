import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import WebSocket from "ws";
import { block, connect, post, soon, startPython, startServer, startSnippet, TOKEN } from "./support.mjs";

const line = async (program, what) => (await soon(once(program.lines, "line"), what))[0];

async function newBot(server, botUsername) {
  const created = await post(server, { type: "CREATE_API_TOKEN", name: "for a test", botUsername });
  assert.equal(created.type, "API_TOKEN_CREATED");
  return created.secret;
}

test("the README's JavaScript creates a chat, sends a message and receives those of others", async (test) => {
  const server = await startServer(test);
  const snippet = await startSnippet(test, server, "javascript", { API_TOKEN: TOKEN });
  assert.equal(await line(snippet, "its own message"), "Administrator: Hello from JavaScript!");
  const ann = await connect(test, server, await newBot(server, "ann"));
  ann.send({ type: "JOIN_CHAT", chatId: "#hello" });
  ann.send({ type: "SEND_MESSAGE", chatId: "#hello", content: "Hello, JavaScript!" });
  assert.equal(await line(snippet, "the message of another"), "ann: Hello, JavaScript!");
});

test("the README's JavaScript runs in a browser's console", async (test) => {
  const server = await startServer(test);
  const browser = {
    WebSocket: class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { origin: `http://${server.host}` });
        test.after(() => this.terminate());
      }
    },
  };
  const AsyncFunction = (async () => {}).constructor;
  const pasted = new AsyncFunction("globalThis", "prompt", "console", "process", server.here(await block("javascript")));
  const printed = new Promise((log) => pasted(browser, () => TOKEN, { log, error: log }, undefined));
  assert.equal(await soon(printed, "its own message"), "Administrator: Hello from JavaScript!");
});

test("the README's bot answers only when addressed", async (test) => {
  const server = await startServer(test);
  const ann = await connect(test, server, await newBot(server, "ann"));
  ann.send({ type: "CREATE_CHAT", name: "general", kind: "channel" });
  await ann.hears((frame) => frame.type === "NEW_CHAT", "the chat");
  await startSnippet(test, server, "bot", { BOT_TOKEN: await newBot(server, "echo-bot") });
  await ann.hears((frame) => frame.type === "MEMBERS_ADDED", "the bot joining");
  ann.send({ type: "SEND_MESSAGE", chatId: "#general", content: "Nobody is asked." });
  ann.send({ type: "SEND_MESSAGE", chatId: "#general", message: { id: "question", content: "@echo-bot are you there?" } });
  const said = ({ type, message }) => type === "NEW_MESSAGE" && message.sender.username === "echo-bot";
  const answer = await ann.hears(said, "the bot's answer");
  assert.equal(answer.message.content, "You said: are you there?");
  assert.equal(answer.message.replyTo, "question");
  assert.equal(answer.seq, 5);
});

const needed = "import websockets.asyncio.client";
const noPython = process.env.CI !== "true" && spawnSync("python3", ["-c", needed]).status !== 0 && "python3 with the package websockets is not installed";

test("the README's Python bot answers commands", { skip: noPython }, async (test) => {
  const server = await startServer(test);
  const ann = await connect(test, server, await newBot(server, "ann"));
  ann.send({ type: "CREATE_CHAT", name: "general", kind: "channel" });
  await ann.hears((frame) => frame.type === "NEW_CHAT", "the chat");
  await startPython(test, server, "python", { BOT_TOKEN: await newBot(server, "echo-bot") });
  await ann.hears((frame) => frame.type === "MEMBERS_ADDED", "the bot joining");
  ann.send({ type: "SEND_MESSAGE", chatId: "#general", content: "@echo-bot 42?" });
  ann.send({ type: "SEND_MESSAGE", chatId: "#general", message: { id: "question", content: "!double 21" } });
  const said = ({ type, message }) => type === "NEW_MESSAGE" && message.sender.username === "echo-bot";
  const answer = await ann.hears(said, "the bot's answer");
  assert.deepEqual([answer.message.content, answer.message.replyTo], ["42", "question"]);
});

const noCurl = spawnSync("curl", ["--version"]).error && "there is no curl";

test("the README's curl creates a bot and sends a message once", { skip: noCurl }, async (test) => {
  const server = await startServer(test);
  assert.equal((await post(server, { type: "CREATE_CHAT", name: "general", kind: "channel" })).type, "NEW_CHAT");
  const env = { ...process.env, API_TOKEN: TOKEN };
  const shell = async (name) => {
    const { stdout } = await promisify(execFile)("bash", ["-euc", server.here(await block(name))], { env });
    return JSON.parse(stdout);
  };
  const created = await shell("curl-token");
  assert.equal(created.type, "API_TOKEN_CREATED");
  await connect(test, server, created.secret);
  const sent = await shell("curl");
  assert.equal(sent.type, "NEW_MESSAGE");
  const again = await shell("curl");
  assert.equal(again.duplicate, true);
  assert.equal(again.seq, sent.seq);
});

test("the README's curl uploads a file and sends it", { skip: noCurl }, async (test) => {
  const server = await startServer(test);
  assert.equal((await post(server, { type: "CREATE_CHAT", name: "general", kind: "channel" })).type, "NEW_CHAT");
  const folder = await mkdtemp(join(tmpdir(), "pichat-curl-"));
  test.after(() => rm(folder, { recursive: true }));
  const options = { cwd: folder, env: { ...process.env, API_TOKEN: TOKEN } };
  const { stdout } = await promisify(execFile)("bash", ["-euc", server.here(await block("curl-files"))], options);
  const sent = JSON.parse(stdout.slice(stdout.indexOf('{"type":"NEW_MESSAGE"')));
  const [{ id, name, size, mimeType }] = sent.message.attachments;
  assert.deepEqual([name, size, mimeType], ["plan.txt", 19, "text/plain"]);
  const { url } = await post(server, { type: "GET_FILE", chatId: "#general", fileId: id });
  assert.equal(await (await fetch(url)).text(), "All hands on deck.\n");
});
