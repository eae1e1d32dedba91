import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../dist/index.js";
import { replyId } from "../dist/ids.js";
import { Emitter } from "../dist/emitter.js";
import { Credentials } from "../dist/credentials.js";
import { ServerClock } from "../dist/clock.js";
import { jitter, nextStep } from "../dist/reconnect.js";
import { reduce } from "../dist/reducers.js";
import { Requests } from "../dist/requests.js";
import { Sequence } from "../dist/sequence.js";
import { State } from "../dist/state.js";

const backoff = { baseMs: 500, maxMs: 30_000 };
const highest = () => 0.999999;

test("waits are random below a bound that doubles", () => {
  assert.equal(jitter(backoff, 0, () => 0), 0);
  for (const [failures, most] of [[0, 500], [1, 1_000], [4, 8_000], [20, 30_000], [5_000, 30_000]])
    assert.equal(Math.round(jitter(backoff, failures, highest)), most);
});

test("close codes are interpreted as the protocol defines them", () => {
  assert.ok("stop" in nextStep(4400, 0, backoff));
  assert.ok("stop" in nextStep(4403, 0, backoff));
  assert.ok("renew" in nextStep(4401, 0, backoff));
  assert.equal(Math.round(nextStep(1012, 9, backoff, highest).retryMs), 5_000);
  assert.equal(nextStep(4429, 0, backoff, () => 0).retryMs, 10_000);
  for (const code of [1000, 1001, 1006, 1009, 1013, 4408]) assert.ok(nextStep(code, 3, backoff, highest).retryMs <= 4_000);
});

test("ids are UUIDv7: they sort by time and are unique", () => {
  const [early, late] = [newId(1_000), newId(2_000_000_000_000)];
  assert.ok(early < late);
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(Array.from({ length: 1_000 }, () => newId())).size, 1_000);
});

test("an event loop gets every event from its start and ends on break", async () => {
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

test("an unanswered command is retried only if it is idempotent", async () => {
  const requests = new Requests();
  const sent = [];
  const bounds = { frameBytes: 1_000, commandsPerSecond: 0, commandBurst: 0 };
  const open = () => (requests.open((text) => sent.push(JSON.parse(text)), bounds), requests.ready());
  open();
  const kept = requests.ask({ type: "SEND_MESSAGE", chatId: "c", message: { id: "m", content: "hi" } });
  const told = requests.ask({ type: "LOG_OUT" });
  requests.lost();
  await assert.rejects(told, { name: "ConnectionLost" });
  open();
  assert.deepEqual(sent.map(({ type }) => type), ["SEND_MESSAGE", "LOG_OUT", "SEND_MESSAGE"]);
  requests.answer({ type: "NEW_MESSAGE", requestId: sent[2].requestId, seq: 1 });
  assert.equal((await kept).seq, 1);
});

test("a retried change keeps its opId, and the next change has a new one", async () => {
  const requests = new Requests();
  const sent = [];
  const bounds = { frameBytes: 1_000, commandsPerSecond: 0, commandBurst: 0 };
  const open = () => (requests.open((text) => sent.push(JSON.parse(text)), bounds), requests.ready());
  open();
  const edits = ["one", "two"].map((content) => requests.ask({ type: "EDIT_MESSAGE", chatId: "c", messageId: "m", content }));
  requests.lost();
  open();
  const [first, second, ...again] = sent;
  assert.deepEqual(again.map(({ opId }) => opId), [first.opId, second.opId]);
  assert.notEqual(first.opId, second.opId);
  requests.answer({ type: "ERROR", requestId: again[0].requestId, code: "UNAVAILABLE", error: "later", retryAfterMs: 1 });
  while (sent.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(sent[4].opId, first.opId);
  for (const { requestId } of [sent[4], again[1]]) requests.answer({ type: "MESSAGE_EDITED", requestId });
  await Promise.all(edits);
  const harmless = requests.ask({ type: "MARK_READ", chatId: "c", seq: 3 });
  assert.equal(sent[5].opId, undefined);
  requests.answer({ type: "MESSAGE_READ", requestId: sent[5].requestId });
  await harmless;
});

test("rate-limited commands are retried in order after the server's delay", (test) => {
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

test("a command that is too large is rejected before it is sent", async () => {
  const requests = new Requests();
  requests.open(() => assert.fail("it was sent"), { frameBytes: 100, commandsPerSecond: 0, commandBurst: 0 });
  requests.ready();
  const asked = requests.ask({ type: "SEND_MESSAGE", chatId: "c", content: "é".repeat(60) });
  await assert.rejects(asked, { code: "TOO_LARGE" });
});

test("commands are sent within the server's rate limit", (test) => {
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
const seconds = (count) => count * 1_000;

/** A JWT in the server's form, by a separate clock. */
const jwt = (iat, exp) => `head.${btoa(JSON.stringify({ iat, exp })).replaceAll("=", "")}.signature`;

/** The tokens of a log-in from a server whose clock is wrong by some seconds. */
function granted(lifetime, skew = 0) {
  const now = Math.floor(Date.now() / 1_000) + skew;
  const accessToken = jwt(now, now + lifetime);
  return { ...AUTHENTICATED, accessToken, accessTokenExpiresAt: new Date(seconds(now + lifetime)).toISOString(), refreshToken: "r" };
}

/** The command that credentials would send next. */
async function next(credentials) {
  let sent;
  await credentials.authenticate(async (command) => {
    sent = command;
    return true;
  });
  return sent;
}

test("a session is renewed before it expires, and the password is the last resort", async () => {
  const kept = [];
  const store = { load: () => kept.at(-1), save: (session) => kept.push(session) };
  const credentials = new Credentials({ session: store, login: { username: "ann", password: "secret-secret" } }, new ServerClock());
  assert.equal((await next(credentials)).type, "LOG_IN");
  const grant = granted(1_800);
  credentials.accepted(grant);
  assert.equal(kept.at(-1).refreshToken, "r");
  assert.deepEqual(await next(credentials), { type: "AUTHENTICATE", token: grant.accessToken });
  await credentials.revoked("expired");
  assert.deepEqual(await next(credentials), { type: "REFRESH_TOKEN", refreshToken: "r" });
  await credentials.refused({ code: "UNAUTHENTICATED", message: "no" });
  assert.equal((await next(credentials)).type, "LOG_IN");
  await assert.rejects(credentials.refused({ code: "UNAUTHENTICATED", message: "no" }), { name: "AuthenticationError" });
});

test("renewal is scheduled by token lifetime, not by clock time", () => {
  for (const skew of [0, 3_600, -3_600, 86_400, -86_400]) {
    const clock = new ServerClock();
    const credentials = new Credentials({}, clock);
    credentials.accepted(granted(1_800, skew));
    const close = (ms, expected) => assert.ok(Math.abs(ms - expected) < seconds(5), `${ms} with a clock off by ${skew} s`);
    close(credentials.renewInMs(() => 0), seconds(1_740));
    close(credentials.renewInMs(() => 1), seconds(1_725));
    clock.learn(new Date(Date.now() + seconds(skew + 900)).toISOString());
    close(credentials.renewInMs(() => 0), seconds(840));
  }
});

test("tokens that another window has renewed are used", async () => {
  let kept = granted(2);
  const store = { load: () => kept, save: (session) => (kept = session) };
  const credentials = new Credentials({ session: store }, new ServerClock());
  await next(credentials);
  kept = { ...granted(1_800), refreshToken: "r2" };
  const sent = [];
  await credentials.renew(async (command) => sent.push(command));
  assert.deepEqual(sent, [{ type: "AUTHENTICATE", token: kept.accessToken }]);
});

test("a refresh token exchanged by another window is replaced, not dropped", async () => {
  let kept = { refreshToken: "r1" };
  const store = { load: () => kept, save: (session) => (kept = session) };
  const credentials = new Credentials({ session: store }, new ServerClock());
  assert.deepEqual(await next(credentials), { type: "REFRESH_TOKEN", refreshToken: "r1" });
  kept = { ...granted(1_800), refreshToken: "r2" };
  await credentials.refused({ code: "UNAUTHENTICATED", message: "used already" });
  assert.deepEqual(await next(credentials), { type: "AUTHENTICATE", token: kept.accessToken });
});

test("reply ids fit the limit and are deterministic", () => {
  assert.equal(replyId("m1", 1), "answer-m1");
  assert.equal(replyId("m1", 2), "answer2-m1");
  const long = "x".repeat(100) + "y".repeat(28);
  assert.equal(replyId(long, 1).length, 128);
  assert.ok(replyId(long, 1).endsWith("y"));
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

test("the reducer tracks unread, edited, deleted and read messages", () => {
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
  assert.deepEqual([room.chat.unreadCount, room.chat.readSeq, room.position], [0, 3, 6]);
  assert.equal(room.chat.lastMessage.id, "m4");
});

test("the reducer marks the user's own reactions", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2) });
  const reaction = (userIds) => [{ emoji: "👍", count: userIds.length, userIds }];
  const about = { chatId: "c", messageId: "m2", emoji: "👍" };
  reduce(made, { type: "REACTION_ADDED", ...about, seq: 3, user: ann, reactions: reaction(["ann"]) });
  reduce(made, { type: "REACTION_ADDED", ...about, seq: 4, user: ben, reactions: reaction(["ann", "ben"]) });
  assert.deepEqual(room.messages[0].reactions, [{ emoji: "👍", count: 2, userIds: ["ann", "ben"], me: true }]);
  reduce(made, { type: "REACTION_REMOVED", ...about, seq: 5, user: ann, reactions: reaction(["ben"]) });
  assert.deepEqual(room.messages[0].reactions, [{ emoji: "👍", count: 1, userIds: ["ben"], me: false }]);
});

test("events keep the fields that only the user's own replies carry", () => {
  const made = state();
  const { myRole, unreadCount, readSeq, ...event } = { ...chat(2), name: "renamed" };
  reduce(made, { type: "CHAT_UPDATED", chatId: "c", seq: 2, chat: event, by: "ben" });
  const room = made.rooms.get("c");
  assert.deepEqual([room.chat.name, room.chat.myRole, room.chat.readSeq], ["renamed", "owner", 1]);
  reduce(made, { type: "MEMBERS_REMOVED", chatId: "c", seq: 3, userIds: ["ann"], by: "ben" });
  assert.equal(made.rooms.size, 0);
});

test("a stream grows without repeats and becomes a message", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "STREAM_STARTED", chatId: "c", messageId: "s", message: message(0, { id: "s", content: "" }) });
  reduce(made, { type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "Hel", index: 0 });
  reduce(made, { type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "lo", index: 1 });
  reduce(made, { type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "lo", index: 1 });
  assert.equal(room.streams.get("s").content, "Hello");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2, { id: "s", content: "Hello" }) });
  assert.equal(room.streams.size, 0);
  assert.equal(room.messages.length, 1);
});

test("an aborted stream is removed, but not on a stop request", () => {
  const made = state();
  const room = made.rooms.get("c");
  const stopped = { type: "STREAM_STOPPED", chatId: "c", messageId: "s" };
  reduce(made, { type: "STREAM_STARTED", chatId: "c", messageId: "s", message: message(0, { id: "s", content: "" }) });
  reduce(made, stopped, { type: "STOP_STREAM", chatId: "c", messageId: "s" });
  assert.equal(room.streams.size, 1);
  reduce(made, stopped);
  assert.equal(room.streams.size, 0);
  made.applySynced({ chatId: "c", seq: 1, marks: [], streams: [message(0, { id: "s" })], messages: [], more: false });
  assert.equal(room.streams.size, 0, "a late answer does not bring it back");
});

test("the author's own stream grows with appended text", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "STREAM_STARTED", chatId: "c", messageId: "s", message: message(0, { id: "s", content: "" }) });
  const append = { type: "APPEND_STREAM", chatId: "c", messageId: "s", content: "Hi" };
  reduce(made, { type: "STREAM_APPENDED", chatId: "c", messageId: "s", index: 0 }, append);
  assert.equal(room.streams.get("s").content, "Hi");
});

test("a deleted message is unpinned, and a deleted account unnamed", () => {
  const made = state();
  const room = made.rooms.get("c");
  reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2) });
  reduce(made, { type: "MESSAGE_PINNED", chatId: "c", seq: 3, messageId: "m2", by: "ben", pinned: ["m2"] });
  reduce(made, { type: "ACCOUNT_DELETED", userId: "ben" });
  assert.equal(room.messages[0].sender.displayName, "Deleted account");
  assert.equal(room.chat.lastMessage.sender.username, "deleted-neb");
  const gone = message(2, { content: "", deletedAt: "x", updatedSeq: 4 });
  reduce(made, { type: "MESSAGE_DELETED", chatId: "c", seq: 4, messageId: "m2", message: gone, by: "ann" });
  assert.deepEqual(room.chat.pinned, []);
  assert.equal(room.chat.lastMessage, undefined);
});

test("the higher version of a user wins", () => {
  const made = state();
  reduce(made, { type: "USER_UPDATED", user: { ...ben, displayName: "Benjamin", version: 3 } });
  reduce(made, { type: "USER_UPDATED", user: { ...ben, displayName: "Benny", version: 2 } });
  assert.equal(made.users.get("ben").displayName, "Benjamin");
});

test("SYNC with a cursor applies users, settings, per-user fields, streams and pending chats", async () => {
  const made = state();
  const room = made.rooms.get("c");
  const asked = [];
  const chatUpdate = { chatId: "c", marks: [], streams: [], messages: [], more: false };
  const answers = [
    {
      type: "SYNCED", cursor: "c2", pending: ["c"], removedChatIds: [], chats: [],
      users: [{ ...ben, displayName: "Benjamin", version: 2 }], settings: { theme: "dark" },
      newChats: [{ ...chat(1), id: "d", unreadCount: 0 }],
      streams: [message(0, { id: "s", chatId: "d", content: "Hi", nextIndex: 1 })],
    },
    {
      type: "SYNCED", cursor: "c3", removedChatIds: [], newChats: [],
      chats: [{ ...chatUpdate, seq: 4, viewer: { unreadCount: 3, mentionCount: 1, readSeq: 1, muted: true, unreadFromSeq: 2 } }],
    },
  ];
  const sequence = new Sequence(made, {
    sync: async (chats, cursor) => (asked.push([chats, cursor]), answers.shift()),
    applied() {}, caughtUp() {}, lagged() {}, failed: assert.fail,
  });
  sequence.take({ ...AUTHENTICATED, user: ann, cursor: "c1" });
  await sequence.catchUp();
  assert.deepEqual(asked, [[{ c: 1 }, "c1"], [{ c: 1 }, "c2"]]);
  assert.equal(made.users.get("ben").displayName, "Benjamin");
  assert.deepEqual(made.settings, { theme: "dark" });
  assert.equal(made.rooms.get("d").streams.get("s").content, "Hi");
  assert.deepEqual([room.chat.unreadCount, room.chat.muted, room.chat.unreadFromSeq, room.position], [3, true, 2, 4]);
  sequence.take({ ...AUTHENTICATED, user: ann, cursor: "c9" });
  answers.push({ type: "SYNCED", removedChatIds: [], newChats: [], chats: [] });
  await sequence.catchUp();
  assert.equal(asked.at(-1)[1], "c3", "a log-in does not skip what SYNC has not brought yet");
});

test("LAGGED without a chat syncs every chat", async () => {
  const made = state();
  const asked = [];
  const answer = { type: "SYNCED", removedChatIds: [], newChats: [], chats: [] };
  const sequence = new Sequence(made, {
    sync: async (chats) => (asked.push(chats), answer),
    applied() {}, caughtUp() {}, lagged() {}, failed: assert.fail,
  });
  sequence.take({ type: "LAGGED" });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(asked, [{ c: 1 }]);
});

test("a gap that is reported while SYNC is running is fetched after an older reply", async () => {
  for (const lagged of [{ type: "LAGGED", chatId: "c", fromSeq: 2, toSeq: 3 }, { type: "LAGGED" }]) {
    for (const isFetchingAll of [true, false]) {
      const made = state();
      const asked = [];
      let answer;
      const sequence = new Sequence(made, {
        sync: (chats) => (asked.push(chats), new Promise((resolve) => (answer = resolve))),
        applied() {}, caughtUp() {}, lagged() {}, failed: assert.fail,
      });
      const settled = () => new Promise((resolve) => setImmediate(resolve));
      const synced = (seq) => ({ type: "SYNCED", chats: [{ chatId: "c", seq, marks: [], streams: [], messages: [], more: false }], newChats: [], removedChatIds: [] });
      if (isFetchingAll) void sequence.catchUp();
      else sequence.take({ type: "LAGGED", chatId: "c", fromSeq: 2, toSeq: 2 });
      const first = answer;
      sequence.take(lagged);
      first(synced(2));
      await settled();
      if (lagged.chatId || isFetchingAll) assert.deepEqual(asked, [{ c: 1 }, { c: 2 }], JSON.stringify(lagged));
      answer(synced(3));
      await settled();
      assert.equal(made.rooms.get("c").position, 3, JSON.stringify(lagged));
      assert.equal(asked.length, 2, "nothing is asked without need");
    }
  }
});

test("a reply that a SYNC has overtaken is ignored", async () => {
  // Commits without an answer are published late: the caller's reply may follow the SYNC that covers it.
  const member = (id) => ({ user: { id, username: id, displayName: id, kind: "human", version: 1 }, role: "member", readSeq: 0, deliveredSeq: 0 });
  const added = { type: "MEMBERS_ADDED", chatId: "c", seq: 2, members: [member("ben")], by: "ann" };
  for (const isLate of [false, true]) {
    const made = state();
    const room = made.rooms.get("c");
    room.members = new Map([["ann", member("ann")]]);
    const before = room.chat.memberCount;
    let answer;
    const sequence = new Sequence(made, { sync: () => new Promise((resolve) => (answer = resolve)), applied() {}, caughtUp() {}, lagged() {}, failed: assert.fail });
    const caughtUp = sequence.catchUp();
    if (!isLate) sequence.take(added, { type: "ADD_MEMBERS", chatId: "c", members: ["ben"] });
    // Ben was added at 2 and removed at 3; SYNC tells of both.
    const synced = { chatId: "c", seq: 3, marks: [], streams: [], messages: [], members: [member("ann")], more: false };
    answer({ type: "SYNCED", chats: [synced], newChats: [], removedChatIds: [] });
    await caughtUp;
    if (isLate) sequence.take(added, { type: "ADD_MEMBERS", chatId: "c", members: ["ben"] });
    assert.deepEqual([[...room.members.keys()], room.position, room.chat.memberCount], [["ann"], 3, before]);
  }
});

test("a stream that began after SYNC was sent survives its reply", async () => {
  const made = state();
  const room = made.rooms.get("c");
  let answer;
  const sequence = new Sequence(made, {
    sync: () => new Promise((resolve) => (answer = resolve)),
    applied() {}, caughtUp() {}, lagged() {}, failed: assert.fail,
  });
  const caughtUp = sequence.catchUp();
  sequence.take({ type: "STREAM_STARTED", chatId: "c", messageId: "s", message: message(0, { id: "s", content: "" }) });
  sequence.take({ type: "MESSAGE_CHUNK", chatId: "c", messageId: "s", content: "Hi", index: 0 });
  const chats = [{ chatId: "c", seq: 1, marks: [], streams: [], messages: [], more: false }];
  answer({ type: "SYNCED", chats, newChats: [], removedChatIds: [] });
  await caughtUp;
  assert.equal(room.streams.get("s").content, "Hi");
});

test("a user who comes online has no last-seen time", () => {
  const state = new State();
  const user = { id: "u", username: "ben", displayName: "Ben", kind: "human", role: "member", status: "offline", lastSeenAt: "2026-01-01T00:00:00.000Z", createdAt: "" };
  state.updateUser(user);
  reduce(state, { type: "PRESENCE", user: { ...user, status: "online" }, status: "online" });
  assert.equal(state.users.get("u").status, "online");
  assert.equal(state.users.get("u").lastSeenAt, undefined);
  reduce(state, { type: "PRESENCE", user, status: "offline", lastSeenAt: "2026-01-02T00:00:00.000Z" });
  assert.equal(state.users.get("u").lastSeenAt, "2026-01-02T00:00:00.000Z");
});

test("late presence does not restore a deleted account", () => {
  const made = state();
  made.updateUser({ ...ben, status: "online", version: 1 });
  reduce(made, { type: "ACCOUNT_DELETED", userId: "ben" });
  const late = { type: "PRESENCE", user: { ...ben, version: 1 }, status: "offline", lastSeenAt: "2026-01-02T00:00:00.000Z" };
  reduce(made, late);
  assert.equal(made.users.get("ben").lastSeenAt, undefined);
});

test("a deleted bot known only from its messages stays a bot", () => {
  const state = new State();
  const sender = { id: "abcdefgh", username: "helper", displayName: "Helper", kind: "bot" };
  const chat = { id: "c", kind: "group", name: "c", active: true, createdAt: "", updatedAt: "", seq: 2, memberCount: 1, messageCount: 1, pinned: [], myRole: "member" };
  const message = { id: "m", chatId: "c", seq: 2, updatedSeq: 2, sender, role: "user", content: "hi", attachments: [], mentions: [], reactions: [], createdAt: "" };
  state.add(chat, 1);
  reduce(state, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message });
  reduce(state, { type: "BOT_DELETED", userId: "abcdefgh" });
  const { kind, displayName } = state.rooms.get("c").messages[0].sender;
  assert.deepEqual([kind, displayName], ["bot", "Deleted account"]);
});

test("a deletion that a message has shown already is no further change of the profile", () => {
  const gone = { id: "ben", username: "deleted-neb", displayName: "Deleted account", kind: "human", version: 3 };
  // The profile is unknown, is the one before the deletion, or is the one after it.
  for (const known of [undefined, { ...ben, status: "online", version: 2 }, { ...ben, ...gone, status: "offline" }]) {
    const made = state();
    const room = made.rooms.get("c");
    if (known) made.updateUser(known);
    reduce(made, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2, { sender: gone }) });
    for (let times = 0; times < 2; times++) {
      reduce(made, { type: "ACCOUNT_DELETED", userId: "ben" });
      assert.deepEqual(room.messages[0].sender, gone);
      if (known) assert.equal(made.users.get("ben").version, 3);
    }
  }
});
