// The outbox in isolation: the order of loading, storing, sending and closing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Closed } from "../dist/index.js";
import { Outbox } from "../dist/outbox.js";
import { soon } from "./support.mjs";

/** A store that completes operations on demand. */
function slowStore(left = []) {
  const waiting = [];
  const kept = new Map(left.map((pending) => [pending.id, pending]));
  const later = (work) => new Promise((resolve) => waiting.push(() => resolve(work())));
  return {
    kept,
    load: () => later(() => [...kept.values()]),
    put: (pending) => later(() => kept.set(pending.id, structuredClone(pending))),
    remove: (id) => later(() => kept.delete(id)),
    /** Completes all operations of the store, including those started meanwhile. */
    async answer() {
      for (let quiet = 0; quiet < 20; quiet++) {
        for (const go of waiting.splice(0)) [go(), (quiet = 0)];
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** An outbox with a server that records the commands it gets. */
function outboxOf(store) {
  const sent = [];
  const host = {
    changed() {},
    problem(error) {
      throw error;
    },
    async send({ message }) {
      if (host.ended) throw host.ended;
      sent.push(message.content);
      return { message: { ...message, seq: sent.length } };
    },
  };
  const outbox = new Outbox(store, host);
  const end = (error) => {
    host.ended = error;
    outbox.end(error);
  };
  return { outbox, sent, end };
}

const pending = (id) => ({ id, chatId: "c", message: { id, content: id }, createdAt: "2026-01-01T00:00:00.000Z" });

test("messages of an earlier run are sent before those written while the store loads", async () => {
  const store = slowStore([pending("old one"), pending("old two")]);
  const { outbox, sent } = outboxOf(store);
  void outbox.start();
  const done = outbox.send("c", { id: "new", content: "new" });
  await store.answer();
  assert.equal((await soon(done, "the message", 1_000)).content, "new");
  assert.deepEqual(sent, ["old one", "old two", "new"]);
  assert.equal(store.kept.size, 0);
});

test("messages are stored before they are sent", async () => {
  const store = slowStore();
  const { outbox, sent } = outboxOf(store);
  const done = outbox.send("c", { id: "one", content: "one" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(sent, []);
  await store.answer();
  await soon(done, "the message", 1_000);
  assert.deepEqual(sent, ["one"]);
});

test("a message passed twice is sent once, and both callers get it", async () => {
  for (const left of [[], [pending("reply")]]) {
    const store = slowStore(left);
    const { outbox, sent } = outboxOf(store);
    const both = [1, 2].map(() => outbox.send("c", { id: "reply", content: "reply" }));
    await store.answer();
    const messages = await soon(Promise.all(both), "both callers", 1_000);
    assert.deepEqual(messages.map(({ seq }) => seq), [1, 1]);
    assert.deepEqual(sent, ["reply"]);
  }
});

test("a message sent after close is rejected and not stored", async () => {
  const store = slowStore();
  const { outbox, end } = outboxOf(store);
  await store.answer();
  end(new Closed("the client was closed"));
  await assert.rejects(soon(outbox.send("c", { id: "late", content: "late" }), "the refusal", 1_000), { name: "Closed" });
  await store.answer();
  assert.equal(store.kept.size, 0);
});

test("saved resolves once the store has finished", async () => {
  const store = slowStore();
  const { outbox, end } = outboxOf(store);
  for (const id of ["one", "two"]) outbox.send("c", { id, content: id }).catch(() => {});
  end(new Closed("the client was closed"));
  let isSaved = false;
  void outbox.saved().then(() => (isSaved = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(isSaved, false);
  await store.answer();
  assert.equal(isSaved, true);
  assert.deepEqual([...store.kept.keys()], ["one", "two"]);
});
