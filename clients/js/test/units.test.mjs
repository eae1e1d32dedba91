import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../dist/index.js";
import { Emitter } from "../dist/emitter.js";
import { Credentials } from "../dist/credentials.js";
import { ServerClock } from "../dist/clock.js";
import { jitter, nextStep } from "../dist/reconnect.js";
import { reduce } from "../dist/reducers.js";
import { Requests } from "../dist/requests.js";
import { State } from "../dist/state.js";

const backoff = { baseMs: 500, maxMs: 30_000 };
const highest = () => 0.999999;

test("waits are anything up to a bound that doubles", () => {
  assert.equal(jitter(backoff, 0, () => 0), 0);
  for (const [failures, most] of [[0, 500], [1, 1_000], [4, 8_000], [20, 30_000], [5_000, 30_000]])
    assert.equal(Math.round(jitter(backoff, failures, highest)), most);
});

test("close codes are read as the protocol means them", () => {
  assert.ok("stop" in nextStep(4400, 0, backoff));
  assert.ok("stop" in nextStep(4403, 0, backoff));
  assert.ok("renew" in nextStep(4401, 0, backoff));
  assert.equal(Math.round(nextStep(1012, 9, backoff, highest).retryMs), 5_000);
  assert.equal(nextStep(4429, 0, backoff, () => 0).retryMs, 10_000);
  for (const code of [1000, 1001, 1006, 1009, 1013, 4408]) assert.ok(nextStep(code, 3, backoff, highest).retryMs <= 4_000);
});

test("ids sort by the time they were made and are accepted by the server", () => {
  const [early, late] = [newId(1_000), newId(2_000_000_000_000)];
  assert.ok(early < late);
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(Array.from({ length: 1_000 }, () => newId())).size, 1_000);
});

test("a loop gets every event from its beginning on and ends when it is left", async () => {
  const emitter = new Emitter();
  const loop = emitter.events("tick");
  emitter.emit("tick", 1);
  emitter.emit("tick", 2);
  const seen = [];
  for await (const number of loop) {
    seen.push(number);
    if (number === 2) break;
  }
  emitter.emit("tick", 3);
  assert.deepEqual(seen, [1, 2]);
  assert.deepEqual(await loop.next(), { value: undefined, done: true });
});

test("a command that was not answered is sent again only where that is harmless", async () => {
  const requests = new Requests();
  const sent = [];
  const bounds = { frameBytes: 1_000, commandsPerSecond: 0, commandBurst: 0 };
  const open = () => (requests.open((text) => sent.push(JSON.parse(text)), bounds), requests.ready());
  open();
  const kept = requests.ask({ type: "SEND_MESSAGE", chatId: "c", message: { id: "m", content: "hi" } });
  const told = requests.ask({ type: "CREATE_API_TOKEN", name: "t" });
  requests.lost();
  await assert.rejects(told, { name: "ConnectionLost" });
  open();
  assert.deepEqual(sent.map(({ type }) => type), ["SEND_MESSAGE", "CREATE_API_TOKEN", "SEND_MESSAGE"]);
  requests.answer({ type: "NEW_MESSAGE", requestId: sent[2].requestId, seq: 1 });
  assert.equal((await kept).seq, 1);
});

test("refused commands are sent again in their order, when the server said", (test) => {
  test.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const requests = new Requests();
  const sent = [];
  requests.open((text) => sent.push(JSON.parse(text)), { frameBytes: 1_000, commandsPerSecond: 0, commandBurst: 0 });
  requests.ready();
  const asked = [1, 2, 3].map((seq) => requests.ask({ type: "MARK_READ", chatId: "c", seq }));
  for (const { requestId } of [...sent])
    requests.answer({ type: "ERROR", requestId, code: "RATE_LIMITED", error: "slow down", retryAfterMs: 700 });
  test.mock.timers.tick(699);
  assert.equal(sent.length, 3);
  test.mock.timers.tick(1);
  assert.deepEqual(sent.slice(3).map(({ seq }) => seq), [1, 2, 3]);
  for (const { requestId, seq } of sent.slice(3)) requests.answer({ type: "MESSAGE_READ", requestId, seq });
  return Promise.all(asked);
});

test("a command that is too large is refused before it is sent", async () => {
  const requests = new Requests();
  requests.open(() => assert.fail("it was sent"), { frameBytes: 100, commandsPerSecond: 0, commandBurst: 0 });
  requests.ready();
  const asked = requests.ask({ type: "SEND_MESSAGE", chatId: "c", content: "é".repeat(60) });
  await assert.rejects(asked, { code: "TOO_LARGE" });
});

test("no faster than the server allows", (test) => {
  test.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const requests = new Requests();
  const sent = [];
  requests.open((text) => sent.push(JSON.parse(text)), { frameBytes: 1_000, commandsPerSecond: 100, commandBurst: 5 });
  requests.ready();
  const asked = Array.from({ length: 20 }, () => requests.ask({ type: "PING" }));
  for (let due = 5; due <= 20; due++) {
    assert.equal(sent.length, due);
    test.mock.timers.tick(9);
    assert.equal(sent.length, due);
    test.mock.timers.tick(1);
  }
  for (const { requestId } of sent) requests.answer({ type: "PONG", requestId });
  return Promise.all(asked);
});

const AUTHENTICATED = { type: "AUTHENTICATED", user: {} };
const later = (seconds) => new Date(Date.now() + seconds * 1_000).toISOString();

test("a session is renewed before it ends, and the password is the last resort", async () => {
  const kept = [];
  const store = { load: () => kept.at(-1), save: (session) => kept.push(session) };
  const credentials = new Credentials({ session: store, login: { username: "ann", password: "secret-secret" } });
  assert.equal((await credentials.next()).type, "LOG_IN");
  const tokens = { accessToken: "a", accessTokenExpiresAt: later(1_800), refreshToken: "r", refreshTokenExpiresAt: later(9_999) };
  credentials.accepted({ ...AUTHENTICATED, ...tokens });
  assert.equal(kept.at(-1).refreshToken, "r");
  assert.ok(Math.abs(credentials.renewIn() - 1_740_000) < 5_000);
  assert.deepEqual(await credentials.next(), { type: "AUTHENTICATE", token: "a" });
  credentials.spent("expired");
  assert.deepEqual(await credentials.next(), { type: "REFRESH_TOKEN", refreshToken: "r" });
  credentials.refused({ code: "UNAUTHENTICATED", message: "no" });
  assert.equal((await credentials.next()).type, "LOG_IN");
  assert.throws(() => credentials.refused({ code: "UNAUTHENTICATED", message: "no" }), { name: "AuthenticationError" });
});

test("what another window renewed is used", async () => {
  let kept = { accessToken: "a1", accessTokenExpiresAt: later(2), refreshToken: "r1" };
  const credentials = new Credentials({ session: { load: () => kept, save: (session) => (kept = session) } });
  kept = { accessToken: "a2", accessTokenExpiresAt: later(1_800), refreshToken: "r2" };
  assert.deepEqual(await credentials.renewal(), { type: "AUTHENTICATE", token: "a2" });
});

const ann = { id: "ann", username: "ann", displayName: "Ann", kind: "human" };
const ben = { id: "ben", username: "ben", displayName: "Ben", kind: "human" };
const message = (seq, more = {}) => ({
  id: `m${seq}`, chatId: "c", seq, updatedSeq: seq, sender: ben, role: "user", content: `${seq}`,
  attachments: [], mentions: [], reactions: [], createdAt: "2026-01-01T00:00:00.000Z", ...more,
});
const chat = (seq) => ({
  id: "c", kind: "group", name: "g", active: true, createdBy: "ann", createdAt: "", updatedAt: "", seq, memberCount: 2,
  messageCount: 0, pinned: [], myRole: "owner", unreadCount: 0, mentionCount: 0, readSeq: 1, muted: false,
});

function state() {
  const made = new State();
  reduce(made, { ...AUTHENTICATED, user: ann });
  made.add(chat(1));
  return made;
}

test("the reducer counts what is unread, edited, deleted and read", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2, { mentions: ["ann"] }) });
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 3, message: message(3) });
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 4, message: message(4, { sender: ann }) });
  assert.deepEqual([room.chat.unreadCount, room.chat.mentionCount, room.chat.messageCount], [2, 1, 3]);
  const gone = message(2, { content: "", deletedAt: "x", updatedSeq: 5 });
  reduce(made, { type: "MESSAGE_DELETED", chatId: "c", seq: 5, messageId: "m2", message: gone, by: "ben" });
  assert.deepEqual([room.chat.unreadCount, room.chat.mentionCount, room.chat.messageCount], [1, 0, 2]);
  reduce(made, { type: "MESSAGE_EDITED", chatId: "c", seq: 6, message: message(3, { content: "new", updatedSeq: 6 }) });
  assert.equal(room.messages[1].content, "new");
  reduce(made, { type: "MESSAGE_READ", chatId: "c", userId: "ann", seq: 3, at: "", readByAllSeq: 3 });
  assert.deepEqual([room.chat.unreadCount, room.chat.readSeq, room.readByAllSeq, room.position], [0, 3, 3, 6]);
  assert.equal(room.chat.lastMessage.id, "m4");
});

test("the reducer knows which reactions are one's own", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2) });
  const reaction = (userIds) => [{ emoji: "👍", count: userIds.length, userIds }];
  const about = { chatId: "c", messageId: "m2", emoji: "👍" };
  reduce(made, { type: "REACTION_ADDED", ...about, seq: 3, user: ann, reactions: reaction(["ann"]) });
  reduce(made, { type: "REACTION_ADDED", ...about, seq: 4, user: ben, reactions: reaction(["ann", "ben"]) });
  assert.deepEqual(room.messages[0].reactions, [{ emoji: "👍", count: 2, userIds: ["ann", "ben"], me: true }]);
  reduce(made, { type: "REACTION_REMOVED", ...about, seq: 5, user: ann, reactions: reaction(["ben"]) });
  assert.deepEqual(room.messages[0].reactions, [{ emoji: "👍", count: 1, userIds: ["ben"] }]);
});

test("events keep what only the user's own answers carry", () => {
  const made = state();
  const { myRole, unreadCount, readSeq, ...event } = { ...chat(2), name: "renamed" };
  reduce(made, { type: "CHAT_UPDATED", chatId: "c", seq: 2, chat: event, by: "ben" });
  const room = made.rooms.get("c");
  assert.deepEqual([room.chat.name, room.chat.myRole, room.chat.readSeq], ["renamed", "owner", 1]);
  reduce(made, { type: "MEMBERS_REMOVED", chatId: "c", seq: 3, userIds: ["ann"], by: "ben" });
  assert.equal(made.rooms.size, 0);
});

test("a streamed answer grows and becomes a message", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "STREAM_STARTED", chatId: "c", messageId: "s", message: message(0, { id: "s", content: "" }) });
  reduce(made, { type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "Hel", index: 0 });
  reduce(made, { type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "lo", index: 1 });
  assert.equal(room.streams.get("s").content, "Hello");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2, { id: "s", content: "Hello" }) });
  assert.equal(room.streams.size, 0);
  assert.equal(room.messages.length, 1);
});
