// Connecting, its failures, and the life of a connection.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import WebSocket from "ws";
import { Client, connect } from "../dist/index.js";
import { enter, Proxy, quick, Server, soon, until } from "./support.mjs";

/** An HTTP server that refuses every upgrade. */
async function refusing(test, status) {
  const server = createServer();
  server.on("upgrade", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  return server.address().port;
}

const within = { WebSocket, backoff: quick, token: "any", timeoutMs: 1_500 };

test("connect rejects with the cause if nothing listens at the address", async (test) => {
  const port = await refusing(test, 403);
  const closed = connect({ ...within, url: "ws://127.0.0.1:1/ws" });
  await assert.rejects(soon(closed, "the refusal"), (error) => {
    assert.equal(error.name, "TimedOut");
    assert.equal(error.cause.name, "ConnectionFailed");
    assert.match(error.message, /not connected within 1500 ms: ws:\/\/127\.0\.0\.1:1\/ws: .*ECONNREFUSED/);
    return true;
  });
  const forbidden = connect({ ...within, url: `ws://127.0.0.1:${port}/ws` });
  await assert.rejects(soon(forbidden, "the refusal"), { name: "TimedOut", message: /403/ });
  const plain = connect({ ...within, url: `wss://127.0.0.1:${port}/ws` });
  await assert.rejects(soon(plain, "the refusal"), { name: "TimedOut", message: /EPROTO|wrong version number|packet length/i });
});

test("aborting connect rejects with the reason and closes the client", async () => {
  const controller = new AbortController();
  const opened = [];
  class Noted extends WebSocket {
    constructor(...all) {
      super(...all);
      opened.push(this);
    }
  }
  const options = { url: "ws://127.0.0.1:1/ws", token: "any", WebSocket: Noted, backoff: quick };
  const connecting = connect({ ...options, signal: controller.signal, timeoutMs: Infinity });
  const reason = new Error("changed my mind");
  setTimeout(() => controller.abort(reason), 100);
  await assert.rejects(soon(connecting, "the abort"), reason);
  const attempts = opened.length;
  assert.ok(attempts > 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(opened.length <= attempts + 1, "no more attempts");
  const late = connect({ ...options, signal: AbortSignal.abort(reason) });
  await assert.rejects(late, reason);
});

test("the status gives the last failure, and the log contains no secrets", async (test) => {
  const server = await Server.start(test);
  const token = await server.user("ann");
  const entries = [];
  const client = new Client({ url: server.url, token, WebSocket, backoff: quick, log: (entry) => entries.push(entry) });
  test.after(() => client.close());
  await soon(client.start(), "the connection");
  assert.equal(client.lastError, undefined);
  const waiting = client.once("status", ({ phase }) => phase === "waiting");
  await server.end("SIGKILL");
  const { error } = await soon(waiting, "the wait");
  assert.equal(error.name, "ConnectionFailed");
  assert.equal(error.closeCode, 1006);
  const refused = client.once("status", ({ phase, error }) => phase === "waiting" && /ECONNREFUSED/.test(error.message));
  await soon(refused, "a failed attempt");
  assert.match(client.lastError.message, /ECONNREFUSED/);
  await server.begin();
  await until(client, () => client.status.phase === "online", "the connection");
  assert.equal(client.lastError, undefined);
  const messages = entries.map(({ message }) => message);
  for (const message of ["connecting", "online", "connection ended"]) assert.ok(messages.includes(message), message);
  assert.ok(!JSON.stringify(entries).includes(token));
});

test("a removed listener receives no events", async (test) => {
  const server = await Server.start(test);
  const ann = await enter(test, { url: server.url, token: await server.user("ann") });
  const chat = await ann.create({ name: "notes" });
  const heard = [];
  const listener = ({ message }) => heard.push(message.content);
  const off = ann.on("message", listener);
  await chat.send("one");
  ann.off("message", listener);
  await chat.send("two");
  ann.on("message", listener);
  await chat.send("three");
  off();
  await chat.send("four");
  assert.deepEqual(heard, ["one", "three"]);
});

test("stores may be asynchronous", async (test) => {
  const server = await Server.start(test);
  const password = "correct horse";
  await enter(test, { url: server.url, signUp: { username: "ann", password } });
  const kept = new Map();
  // Slower than everything else, so that code that does not wait for the stores fails.
  const later = (work) => new Promise((resolve) => setTimeout(() => resolve(work()), 200 * Math.random()));
  const session = {
    load: () => later(() => kept.get("session")),
    save: (value) => later(() => kept.set("session", value)),
  };
  const unsent = new Map();
  const outbox = {
    load: () => later(() => [...unsent.values()]),
    put: (pending) => later(() => unsent.set(pending.id, structuredClone(pending))),
    remove: (id) => later(() => unsent.delete(id)),
  };
  const first = await enter(test, { url: server.url, session, outbox, login: { username: "ann", password } });
  const chat = await first.create({ name: "notes" });
  await Promise.all(["one", "two"].map((text) => chat.send(text)));
  await server.end("SIGKILL");
  const lost = ["three", "four"].map((text) => chat.send(text));
  const ended = Promise.allSettled(lost);
  await soon(first.close(), "the stored messages");
  assert.deepEqual([...unsent.values()].map(({ message }) => message.content), ["three", "four"]);
  assert.deepEqual((await ended).map(({ reason }) => reason.name), ["Closed", "Closed"]);
  await server.begin();
  // No password: the stored session is enough.
  const second = await enter(test, { url: server.url, session, outbox });
  const again = second.chat(chat.id);
  await until(second, () => again.messages.length === 2, "the unsent messages");
  assert.deepEqual(again.messages.map(({ content }) => content), ["three", "four"]);
  await soon(second.close(), "the stores");
  assert.equal(unsent.size, 0);
});

test("a failing store is reported and does not end the client", async (test) => {
  const server = await Server.start(test);
  const broken = async () => Promise.reject(new Error("the disk is full"));
  const outbox = { load: async () => [], put: broken, remove: broken };
  const problems = [];
  const client = new Client({ url: server.url, token: await server.user("ann"), WebSocket, outbox, backoff: quick });
  client.on("problem", (error) => problems.push(error));
  test.after(() => client.close());
  await soon(client.start(), "the connection");
  const chat = await client.create({ name: "notes" });
  assert.equal((await soon(chat.send("still sent"), "the message")).content, "still sent");
  assert.equal(problems[0].cause.message, "the disk is full");
});

test("old messages are evicted and loaded again when read", async (test) => {
  const server = await Server.start(test, { COMMANDS_PER_SECOND: "0" });
  const ann = await enter(test, { url: server.url, token: await server.user("ann"), keepMessages: 100 });
  const chat = await ann.create({ name: "notes" });
  await Promise.all(Array.from({ length: 400 }, (_, number) => chat.send(`${number}`)));
  assert.ok(chat.messages.length <= 125, `${chat.messages.length} messages are kept`);
  assert.equal(chat.messages.at(-1).content, "399");
  while (await chat.older(200));
  assert.equal(chat.messages.length, 400);
  await chat.send("400");
  assert.equal(chat.messages.length, 401, "what was read back is kept");
  assert.deepEqual(chat.messages.map(({ content }) => Number(content)), Array.from({ length: 401 }, (_, number) => number));
  chat.forgetOlder(50);
  assert.equal(chat.messages.length, 50);
});

test("browser events make the client check its connection", async (test) => {
  const server = await Server.start(test);
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  globalThis.addEventListener = page.addEventListener.bind(page);
  globalThis.removeEventListener = page.removeEventListener.bind(page);
  globalThis.document = document;
  test.after(() => ["addEventListener", "removeEventListener", "document"].forEach((name) => delete globalThis[name]));
  const proxy = await Proxy.start(test, server);
  const slow = { baseMs: 3_600_000, maxMs: 3_600_000 };
  const options = { url: proxy.url, token: await server.user("ann"), patienceMs: 300, backoff: slow };
  const ann = await enter(test, options);
  for (const [event, target] of [["online", page], ["visibilitychange", document], ["pageshow", page]]) {
    proxy.cut();
    await until(ann, () => ann.status.phase === "waiting", "the wait of up to an hour");
    target.dispatchEvent(new Event(event));
    await until(ann, () => ann.status.phase === "online", `the connection after ${event}`);
  }
  proxy.freeze();
  page.dispatchEvent(new Event("offline"));
  await until(ann, () => ann.status.phase === "waiting", "a dead connection to be noticed");
  ann.close();
  await until(ann, () => ann.status.phase === "closed", "the end");
  page.dispatchEvent(new Event("online"));
  assert.equal(ann.status.phase, "closed");
});

test("typing expires if its end was lost, regardless of the local clock", async (test) => {
  const server = await Server.start(test);
  const ben = await enter(test, { url: server.url, token: await server.user("ben") });
  class Deaf extends WebSocket {
    set onmessage(listener) {
      super.onmessage = (event) => !/"type":"TYPING".*"typing":false/.test(event.data) && listener(event);
    }
  }
  const ann = await enter(test, { url: server.url, token: await server.user("ann"), WebSocket: Deaf });
  const { id } = await ben.create({ name: "kitchen", members: ["ann"] });
  await until(ann, () => ann.state.rooms.has(id), "the chat");
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    static now = () => RealDate.now() + 86_400_000;
  };
  test.after(() => (globalThis.Date = RealDate));
  await ben.chat(id).typing();
  await until(ann, () => ann.chat(id).typingUsers.length === 1, "ben typing");
  await until(ann, () => ann.chat(id).typingUsers.length === 0, "the end");
});

test("a mute expires by the server's clock", async (test) => {
  const server = await Server.start(test);
  const ann = await enter(test, { url: server.url, token: await server.user("ann") });
  const chat = await ann.create({ name: "kitchen" });
  await ann.command({ type: "MUTE_CHAT", chatId: chat.id, until: new Date(Date.now() + 1_000).toISOString() });
  assert.equal(chat.object.muted, true);
  await until(ann, () => !chat.object.muted, "the end of the mute");
  const { chat: asked } = await ann.command({ type: "GET_CHAT", chatId: chat.id });
  assert.deepEqual([chat.object.muted, chat.object.mutedUntil], [asked.muted, asked.mutedUntil]);
});
