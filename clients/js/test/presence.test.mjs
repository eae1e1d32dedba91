// Presence and typing without a framework.

import assert from "node:assert/strict";
import { test } from "node:test";
import { followActivity, presenceOf, typingReporter, watchPresence } from "../dist/presence.js";
import { enter, Proxy, Server, until } from "./support.mjs";

/** Ann behind a proxy and ben, in a chat. */
async function scene(test) {
  const server = await Server.start(test, { COMMANDS_PER_SECOND: "0" });
  const proxy = await Proxy.start(test, server);
  const ann = await enter(test, { url: proxy.url, token: await server.user("ann") });
  const ben = await enter(test, { url: server.url, token: await server.user("ben") });
  const chat = await ben.create({ name: "kitchen", members: ["ann"] });
  await until(ann, () => ann.state.rooms.has(chat.id), "the chat");
  return { server, proxy, ann, ben, chat };
}

test("watchPresence reports the presence immediately and every change once", async (test) => {
  const { server, ann, ben, chat } = await scene(test);
  const told = [];
  const off = watchPresence(ann, ben.me.id, (presence) => told.push(presence));
  await until(ann, () => told.at(-1) === "online", "the presence");
  await ben.command({ type: "SET_PRESENCE", status: "away" });
  await until(ann, () => told.at(-1) === "away", "away");
  await chat.send("this changes no presence");
  await ben.command({ type: "SET_PRESENCE", status: "online" });
  await until(ann, () => told.at(-1) === "online", "online again");
  assert.deepEqual(told.filter((presence) => presence !== undefined), ["online", "away", "online"]);
  off();
  await ben.close();
  await until(ann, () => presenceOf(ann, ben.me.id) === "offline", "the end");
  assert.equal(told.at(-1), "online");
  // A user whose presence is not visible.
  const { users } = await server.command({ type: "GET_USERS", search: "admin" });
  const unknown = [];
  watchPresence(ann, users[0].id, (presence) => unknown.push(presence));
  await until(ann, () => unknown.length === 2, "the reply");
  assert.deepEqual(unknown, [undefined, "offline"]);
});

test("typingReporter reports the start and end of typing, not every key", async (test) => {
  const { ann, ben, chat } = await scene(test);
  const heard = [];
  ben.on("TYPING", ({ typing }) => heard.push(typing));
  const typed = typingReporter(ann.chat(chat.id));
  for (const text of ["", "h", "he", "hel", "  "]) typed(text);
  await until(ben, () => heard.length === 2, "both");
  assert.deepEqual(heard, [true, false]);
});

test("followActivity sets the user away and back, also after a reconnect", async (test) => {
  const { proxy, ann, ben } = await scene(test);
  const target = new EventTarget();
  target.visibilityState = "visible";
  const off = followActivity(ann, { awayAfterMs: 300, target });
  test.after(off);
  const is = (status) => until(ben, () => presenceOf(ben, ann.me.id) === status, status);
  await is("away");
  // The server treats a new connection as activity; the client corrects it.
  const offline = [];
  ben.on("PRESENCE", ({ user, status }) => user.id === ann.me.id && offline.push(status));
  proxy.cut();
  await until(ann, () => ann.status.phase === "online", "the connection");
  await ann.command({ type: "PING" });
  await is("away");
  target.visibilityState = "hidden";
  target.dispatchEvent(new Event("visibilitychange"));
  await ann.command({ type: "PING" });
  assert.equal(presenceOf(ben, ann.me.id), "away");
  target.visibilityState = "visible";
  target.dispatchEvent(new Event("pointermove"));
  await is("online");
  await is("away");
});
