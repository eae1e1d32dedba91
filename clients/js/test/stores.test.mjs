// The package's stores: unsent messages and the session survive a restart.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedSession } from "../dist/index.js";
import { indexedDbStores, storageOutbox } from "../dist/stores.js";
import { enter, Server, soon, until } from "./support.mjs";

/** Storage of the shape of React Native's AsyncStorage, which is slow. */
class SlowStorage {
  items = new Map();
  #later = (work) => new Promise((resolve) => setTimeout(() => resolve(work()), 20 * Math.random()));
  getItem = (key) => this.#later(() => this.items.get(key) ?? null);
  setItem = (key, value) => this.#later(() => void this.items.set(key, value));
  removeItem = (key) => this.#later(() => void this.items.delete(key));
}

const slow = new SlowStorage();
/** Each is recreated for each run of the program, on the data of the previous run. */
const STORES = {
  "IndexedDB": () => indexedDbStores("of-a-test"),
  "AsyncStorage": () => ({ outbox: storageOutbox(slow), storage: slow }),
};

for (const [name, stores] of Object.entries(STORES)) {
  test(`${name} keeps unsent messages in order, and the session`, async (test) => {
    const server = await Server.start(test, { COMMANDS_PER_SECOND: "0" });
    const options = () => {
      const { outbox, storage } = stores();
      return { url: server.url, outbox, session: sharedSession(`session-${name}`, { storage, locks: null }) };
    };
    const first = await enter(test, { ...options(), signUp: { username: "ann", password: "correct horse" } });
    const chat = await first.create({ name: "notes" });
    await chat.send("sent");
    await server.end("SIGKILL");
    const texts = Array.from({ length: 20 }, (_, number) => `unsent ${number}`);
    const lost = Promise.allSettled(texts.map((text) => chat.send(text)));
    await soon(first.close(), "the stored messages");
    await lost;
    assert.deepEqual((await stores().outbox.load()).map(({ message }) => message.content), texts);
    await server.begin();
    // No password: the stored session is enough.
    const second = await enter(test, options());
    const again = second.chat(chat.id);
    await until(second, () => again.messages.length === texts.length, "the unsent messages");
    assert.deepEqual(again.messages.map(({ content }) => content), texts);
    await soon(second.close(), "the stores");
    assert.deepEqual(await stores().outbox.load(), []);
  });

  test(`${name} handles concurrent changes`, async () => {
    const { outbox, storage } = stores();
    const pending = (id) => ({ id, chatId: "c", message: { id, content: id }, createdAt: "2026-01-01T00:00:00.000Z" });
    const ids = ["m1", "m2", "m3", "m4"];
    await Promise.all(ids.map((id) => outbox.put(pending(id))));
    await Promise.all([outbox.remove("m2"), outbox.put(pending("m5")), outbox.remove("unknown")]);
    assert.deepEqual((await outbox.load()).map(({ id }) => id), ["m1", "m3", "m4", "m5"]);
    await Promise.all(["m1", "m3", "m4", "m5"].map((id) => outbox.remove(id)));
    assert.equal(await storage.getItem("nothing"), null);
  });
}

test("a database deleted by another window is recreated", async () => {
  const { storage } = indexedDbStores("short-lived");
  await storage.setItem("a", "1");
  await new Promise((resolve, reject) => Object.assign(indexedDB.deleteDatabase("short-lived"), { onsuccess: resolve, onerror: reject, onblocked: reject }));
  assert.equal(await storage.getItem("a"), null);
  await storage.setItem("a", "2");
  assert.equal(await storage.getItem("a"), "2");
});
