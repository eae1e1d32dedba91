import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { connect } from "../dist/index.js";
import { enter, picture, Proxy, quick, Server, soon, TOKEN, until } from "./support.mjs";

/** A server, a chat with ann and ben in it, and a proxy for ann. */
async function scene(test, settings) {
  const server = await Server.start(test, settings);
  const [annsToken, bensToken] = [await server.user("ann"), await server.user("ben")];
  const proxy = await Proxy.start(test, server);
  const ben = await enter(test, { url: server.url, token: bensToken });
  const { id } = await ben.create({ name: "kitchen", members: ["ann"] });
  return { server, proxy, ben, annsToken, bensToken, chat: id };
}

/** Connections are cut repeatedly, each after a few more bytes than the last. */
const WAYS = { up: "while the client is sending", down: "while the server is sending" };
for (const [way, when] of Object.entries(WAYS)) {
  test(`nothing is lost or repeated when connections are cut ${when}`, async (test) => {
    const { server, proxy, ben, annsToken, chat } = await scene(test);
    let most = 64;
    proxy.cutWhen = (passed) => passed[way] > most && ((most = Math.ceil(most * 1.25)), true);
    const client = connect({ url: proxy.url, token: annsToken, WebSocket, backoff: { baseMs: 2, maxMs: 5 } });
    const heard = [];
    const ann = await soon(client, "a connection that lasts long enough");
    test.after(() => ann.close());
    ann.on("message", ({ message }) => heard.push(message.id));
    const own = Array.from({ length: 15 }, (_, number) => ann.chat(chat).send(`ann ${number}`));
    const others = Array.from({ length: 15 }, (_, number) => ben.chat(chat).send(`ben ${number} ${"x".repeat(200)}`));
    await soon(Promise.all([...own, ...others]), "every message");
    proxy.cutWhen = () => false;
    await until(ann, () => heard.length >= 30, "all of them");
    const fresh = await enter(test, { url: server.url, token: annsToken });
    const [theirs, anns] = [await picture(fresh), await picture(ann)];
    assert.deepEqual(anns, theirs);
    const kitchen = anns.find(({ chat: { id } }) => id === chat);
    const ids = kitchen.messages.map(({ id }) => id);
    assert.equal(ids.length, 30);
    assert.deepEqual(heard, ids);
    for (const name of ["ann", "ben"]) {
      const said = kitchen.messages.filter(({ sender }) => sender.username === name);
      assert.deepEqual(said.map(({ content }) => content.split(" ")[1]), Array.from({ length: 15 }, (_, n) => `${n}`));
    }
    assert.ok(most > 1_000, `only cut up to byte ${most}`);
  });
}

test("the client resumes after the server was killed and restarted", async (test) => {
  const { server, ben, annsToken, chat } = await scene(test);
  const ann = await enter(test, { url: server.url, token: annsToken });
  await ann.chat(chat).send("before");
  await server.end("SIGKILL");
  const waiting = ann.chat(chat).send("meanwhile");
  assert.equal(ann.chat(chat).pending.length, 1);
  await server.begin();
  const sent = await soon(waiting, "the message that waited");
  await until(ben, () => ben.chat(chat).messages.at(-1)?.id === sent.id, "it at the other's");
  assert.deepEqual(ben.chat(chat).messages.map(({ content }) => content), ["before", "meanwhile"]);
});

test("clients reconnect after the server was stopped and restarted", async (test) => {
  const { server, annsToken, chat } = await scene(test);
  const ann = await enter(test, { url: server.url, token: annsToken });
  const phases = [];
  ann.on("status", ({ phase }) => phases.push(phase));
  await server.end("SIGTERM");
  await server.begin();
  await until(ann, () => ann.status.phase === "online", "the connection");
  await ann.chat(chat).send("back");
  assert.deepEqual([...new Set(phases)], ["waiting", "connecting", "online"]);
});

test("a client that lags fetches what it missed and reports everything in order", async (test) => {
  const { server, ben, annsToken, chat } = await scene(test, { OUTBOX_BYTES: "16384", COMMANDS_PER_SECOND: "0" });
  let socket;
  class Slow extends WebSocket {
    constructor(...all) {
      super(...all);
      socket = this;
    }
  }
  const ann = await enter(test, { url: server.url, token: annsToken, WebSocket: Slow });
  const lags = [];
  const heard = [];
  ann.on("message", ({ message }) => heard.push(message.seq));
  ann.on("frame", (frame) => frame.type === "LAGGED" && lags.push(frame));
  const hear = socket.onmessage;
  socket.onmessage = (event) => {
    if (JSON.parse(event.data).type === "LAGGED") lags.push(event);
    hear(event);
  };
  socket.pause();
  const text = "x".repeat(4_000);
  // Until its outbox is full, which takes more where the system buffers more; a minute later it would count as stalled.
  const hasLagged = async () => /^pichat_lagged_total [1-9]/m.test(await server.metrics());
  while (!(await hasLagged()))
    await Promise.all(Array.from({ length: 100 }, () => ben.command({ type: "SEND_MESSAGE", chatId: chat, content: text })));
  socket.resume();
  const position = () => ann.room(chat).position;
  await until(ann, () => position() === ben.room(chat).position, "everything");
  assert.ok(lags.length > 0);
  assert.deepEqual(heard, Array.from({ length: heard.length }, (_, index) => index + 2));
  assert.equal(heard.length, ben.room(chat).position - 1);
});

test("a silent connection is replaced", async (test) => {
  const { proxy, annsToken, chat } = await scene(test, { HEARTBEAT_SECONDS: "1" });
  const ann = await enter(test, { url: proxy.url, token: annsToken, patienceMs: 500 });
  proxy.freeze();
  const sent = ann.chat(chat).send("into the void");
  await soon(sent, "the message by the next connection");
});

test("wrong credentials and a revoked token end the client", async (test) => {
  const { server, annsToken, ben } = await scene(test);
  const wrong = connect({ url: server.url, token: "wrong", WebSocket, backoff: quick });
  await assert.rejects(soon(wrong, "the refusal"), { name: "AuthenticationError", code: "UNAUTHENTICATED" });
  const { secret, token } = await server.command({ type: "CREATE_API_TOKEN", name: "short", botUsername: "cleo" });
  const cleo = await enter(test, { url: server.url, token: secret });
  const closed = cleo.once("status", ({ phase }) => phase === "closed");
  const loop = (async () => {
    for await (const _ of cleo.events("message"));
  })();
  await server.command({ type: "REVOKE_API_TOKEN", tokenId: token.id });
  assert.equal((await soon(closed, "the end")).reason.closeCode, 4401);
  await soon(loop, "the end of the loop");
  await assert.rejects(cleo.command({ type: "PING" }), { name: "AuthenticationError" });
});

test("a new token is fetched when the old one is refused", async (test) => {
  const { server } = await scene(test);
  const tokens = ["stale", await server.user("dora")];
  const dora = await enter(test, { url: server.url, token: async () => tokens.shift() });
  assert.equal(dora.me.username, "dora");
});

test("a burst is sent in order and within the server's rate limit", async (test) => {
  const { ben, chat } = await scene(test, { COMMANDS_PER_SECOND: "200", COMMAND_BURST: "10" });
  const sent = await Promise.all(Array.from({ length: 60 }, (_, number) => ben.chat(chat).send(`${number}`)));
  assert.deepEqual(sent.map(({ seq }) => seq), Array.from({ length: 60 }, (_, index) => index + 2));
});

test("unsent messages survive a restart of the program", async (test) => {
  const { server, ben, annsToken, chat } = await scene(test);
  const kept = new Map();
  const outbox = {
    load: () => [...kept.values()],
    put: (pending) => kept.set(pending.id, pending),
    remove: (id) => kept.delete(id),
  };
  const ann = await enter(test, { url: server.url, token: annsToken, outbox });
  await server.end("SIGKILL");
  const sent = ann.chat(chat).send("from before");
  ann.close();
  await assert.rejects(sent, { name: "Closed" });
  await server.begin();
  const heard = ben.once("message");
  const again = await enter(test, { url: server.url, token: annsToken, outbox });
  assert.equal((await soon(heard, "the message")).message.content, "from before");
  // The others may receive it before the sender gets its reply.
  await until(again, () => kept.size === 0, "an empty outbox");
});

test("the administrator's token authenticates on the connection", async (test) => {
  const server = await Server.start(test);
  const admin = await enter(test, { url: server.url, token: TOKEN });
  assert.equal(admin.me.username, "admin");
  const general = await admin.create({ name: "general", kind: "channel" });
  assert.equal(admin.chat("#General").id, general.id);
  assert.throws(() => admin.chat("#other"), { name: "PichatError" });
});
