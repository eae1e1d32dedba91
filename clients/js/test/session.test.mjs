// Sessions: wrong clocks, and windows that share a session without navigator.locks.

import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { sharedSession } from "../dist/index.js";
import { StorageLock } from "../dist/lock.js";
import { enter, Server, until } from "./support.mjs";

const ann = { username: "ann", password: "correct horse" };
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** Skews the clock for the rest of this process. */
function skewClock(test, ms) {
  const RealDate = Date;
  class SkewedDate extends RealDate {
    constructor(...all) {
      super(...(all.length > 0 ? all : [RealDate.now() + ms]));
    }

    static now() {
      return RealDate.now() + ms;
    }
  }
  globalThis.Date = SkewedDate;
  test.after(() => (globalThis.Date = RealDate));
}

/** A WebSocket class that records the type of every command. */
function counting(sent) {
  return class extends WebSocket {
    send(text, ...all) {
      sent.push(JSON.parse(text).type);
      super.send(text, ...all);
    }
  };
}

const refreshes = (sent) => sent.filter((type) => type === "REFRESH_TOKEN").length;

/** The storage shared by windows of one origin. */
class SharedStorage extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => void this.set(key, value);
  removeItem = (key) => void this.delete(key);
}

for (const [name, ms] of [["an hour", HOUR], ["a day", 24 * HOUR]])
  for (const [direction, skew] of [["fast", ms], ["slow", -ms]])
    test(`a clock that is ${name} ${direction} does not cause repeated refreshes`, async (test) => {
      const server = await Server.start(test);
      await enter(test, { url: server.url, signUp: ann });
      skewClock(test, skew);
      const storage = new SharedStorage();
      const session = () => sharedSession("s", { storage, locks: null });
      const sent = [];
      const first = await enter(test, { url: server.url, login: ann, session: session(), WebSocket: counting(sent) });
      first.close();
      // A later visit knows the session only from the storage.
      const client = await enter(test, { url: server.url, session: session(), WebSocket: counting(sent) });
      const chat = await client.create({ name: "notes" });
      for (let count = 0; count < 30; count++) await chat.send(`note ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 2 * SECOND));
      assert.ok(refreshes(sent) <= 1, `${refreshes(sent)} times REFRESH_TOKEN`);
      assert.equal(client.status.phase, "online");
    });

test("a wrong clock does not cause repeated refreshes of short sessions", async (test) => {
  const server = await Server.start(test, { ACCESS_TOKEN_EXPIRE_MINUTES: "1" });
  await enter(test, { url: server.url, signUp: ann });
  skewClock(test, HOUR);
  const sent = [];
  const storage = new SharedStorage();
  const client = await enter(test, { url: server.url, login: ann, session: sharedSession("s", { storage, locks: null }), WebSocket: counting(sent) });
  await until(client, () => refreshes(sent) > 0, "the renewal the server asks for");
  for (let count = 0; count < 20; count++) await client.command({ type: "PING" });
  await new Promise((resolve) => setTimeout(resolve, 3 * SECOND));
  assert.equal(refreshes(sent), 1);
});

test("two windows without navigator.locks refresh one at a time, and both stay logged in", async (test) => {
  const server = await Server.start(test, { ACCESS_TOKEN_EXPIRE_MINUTES: "1" });
  await enter(test, { url: server.url, signUp: ann });
  const storage = new SharedStorage();
  const sent = [];
  const session = () => sharedSession("windows", { storage, locks: null });
  const options = { url: server.url, WebSocket: counting(sent) };
  const first = await enter(test, { ...options, login: ann, session: session() });
  await until(first, () => refreshes(sent) === 1, "the first renewal");
  const others = await Promise.all(Array.from({ length: 3 }, () => enter(test, { ...options, session: session() })));
  const windows = [first, ...others];
  const problems = [];
  for (const window of windows) window.on("problem", (error) => problems.push(error.message));
  // All of them lose the access token at once, so all of them need the one refresh token.
  const kept = JSON.parse(storage.getItem("windows"));
  storage.setItem("windows", JSON.stringify({ ...kept, accessToken: undefined, accessTokenExpiresAt: undefined }));
  const again = await Promise.all(Array.from({ length: 4 }, () => enter(test, { ...options, session: session() })));
  for (const window of [...windows, ...again]) assert.equal(window.status.phase, "online");
  assert.deepEqual(problems, []);
  // The session is still valid: reusing an old token would have revoked the family.
  const last = await enter(test, { ...options, session: session() });
  assert.equal(last.me.username, "ann");
  assert.equal(storage.getItem("windows.lock"), null);
});

test("a window overtaken by another uses the new tokens", async (test) => {
  const server = await Server.start(test);
  await enter(test, { url: server.url, signUp: ann });
  const storage = new SharedStorage();
  const session = () => sharedSession("overtaken", { storage, locks: null });
  const sent = [];
  const first = await enter(test, { url: server.url, login: ann, session: session(), WebSocket: counting(sent) });
  const old = JSON.parse(storage.getItem("overtaken"));
  storage.setItem("overtaken", JSON.stringify({ ...old, accessToken: undefined }));
  await enter(test, { url: server.url, session: session() });
  assert.notEqual(JSON.parse(storage.getItem("overtaken")).refreshToken, old.refreshToken);
  await until(first, () => sent.includes("AUTHENTICATE"), "the new tokens in the first window");
  assert.equal(refreshes(sent), 0);
});

test("the storage lock excludes, survives a crashed holder, and is released", async () => {
  for (const delay of [0, 5]) {
    const storage = new SharedStorage();
    const pause = () => new Promise((resolve) => setTimeout(resolve, delay * Math.random()));
    const shared = delay === 0 ? storage : {
      getItem: async (key) => (await pause(), storage.getItem(key)),
      setItem: async (key, value) => (await pause(), storage.setItem(key, value)),
      removeItem: async (key) => (await pause(), storage.removeItem(key)),
    };
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1, "alone");
      await new Promise((resolve) => setTimeout(resolve, 10));
      inside--;
    };
    // Each lock stands for a window; each window asks twice.
    const windows = Array.from({ length: 4 }, () => new StorageLock(shared, "lock"));
    await Promise.all([...windows, ...windows].map((lock) => lock.run(work)));
    assert.equal(storage.getItem("lock"), null);
    // An expired lease, and one from a clock that has been set back since.
    for (const expiresAt of [Date.now() - 1, Date.now() + HOUR]) {
      storage.setItem("lock", JSON.stringify({ owner: "gone", fence: 7, expiresAt }));
      await windows[0].run(work);
    }
    await assert.rejects(windows[0].run(async () => Promise.reject(new Error("failed"))), /failed/);
    assert.equal(storage.getItem("lock"), null);
  }
});
