// The newer version of a user wins, in any order of frames.

import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { reduce } from "../dist/reducers.js";
import { State } from "../dist/state.js";
import { enter, Server, soon, until } from "./support.mjs";

const FAST = { COMMANDS_PER_SECOND: "0", COMMANDS_PER_SECOND_PER_USER: "0", IGNORED_SETTINGS: "COMMANDS_PER_SECOND_PER_USER" };

/** A server that delays frames of some types, as if read early and sent late. */
class Slow {
  #types = new Set();
  #held = [];
  #isHolding = () => {};

  get Socket() {
    const pass = (event, handler) => this.#pass(event, handler);
    return class extends WebSocket {
      set onmessage(handler) {
        super.onmessage = handler && ((event) => pass(event, handler));
      }
    };
  }

  /** Holds back frames of a type; resolves once one is held. */
  hold(...types) {
    this.#types = new Set(types);
    return soon(new Promise((resolve) => (this.#isHolding = resolve)), `a ${types}`);
  }

  release() {
    this.#types.clear();
    for (const pass of this.#held.splice(0)) pass();
  }

  #pass(event, handler) {
    if (!this.#types.has(JSON.parse(event.data).type)) return handler(event);
    this.#held.push(() => handler(event));
    this.#isHolding();
  }
}

/** Everything in which a user's profile appears. */
async function seen(client) {
  for (const chat of client.chats) {
    while (await chat.older(200));
    await chat.members();
  }
  await until(client, () => !client.isRefreshing, "the refreshed state");
  const rooms = client.chats.map(({ id, object, messages, room }) => ({
    id, object, messages, typing: [...room.typing.values()],
    members: sorted([...room.members.values()].map(({ deliveredSeq, ...member }) => ({ ...member, id: member.user.id }))),
  }));
  const users = [...client.state.users.values()];
  return JSON.parse(JSON.stringify({ me: client.me, users: sorted(users), rooms: sorted(rooms) }));
}

const sorted = (values) => values.sort((one, other) => one.id.localeCompare(other.id));

/** Actions of Ann that make the server read, by the delayed frame. */
const LATE = {
  CHAT_HISTORY: ({ group }) => group.older(5),
  MEMBER_LIST: ({ group }) => group.members(),
  CHAT: ({ peer }) => peer.markUnread(1),
  SYNCED: async ({ ann, server, bens, group }) => {
    ann.state.rooms.get(group.id).position--;
    await server.command({ type: "SEND_MESSAGE", chatId: group.id, content: "@ann missed" }, bens);
  },
  NEW_MESSAGE: ({ server, bens, group }) => server.command({ type: "SEND_MESSAGE", chatId: group.id, content: "late" }, bens),
  MESSAGE_EDITED: async ({ server, bens, group }) => {
    const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId: group.id, limit: 1 }, bens);
    await server.command({ type: "EDIT_MESSAGE", chatId: group.id, messageId: messages[0].id, content: "late" }, bens);
  },
  MEMBERS_ADDED: async ({ server, group, bens }) => {
    await group.members();
    const { user } = await server.command({ type: "GET_ME" }, bens);
    await server.command({ type: "REMOVE_MEMBERS", chatId: group.id, userIds: [user.id] });
    await server.command({ type: "ADD_MEMBERS", chatId: group.id, members: ["ben"] });
  },
  NEW_CHAT: ({ server, bens }) => server.command({ type: "CREATE_CHAT", name: "plans", members: ["ann"] }, bens),
  TYPING: ({ ben, group }) => ben.command({ type: "SET_TYPING", chatId: group.id, typing: true }),
  PRESENCE: ({ ben }) => ben.command({ type: "SET_PRESENCE", status: "away" }),
};

for (const [type, act] of Object.entries(LATE))
  test(`a ${type} older than a profile change does not undo it`, async (test) => {
    const server = await Server.start(test, FAST);
    const [anns, bens] = [await server.user("ann"), await server.user("ben")];
    const made = await server.command({ type: "CREATE_CHAT", name: "group", members: ["ann", "ben"] });
    const other = await server.command({ type: "CREATE_CHAT", name: "other", members: ["ann", "ben"] });
    for (let count = 0; count < 20; count++) await server.command({ type: "SEND_MESSAGE", chatId: made.chatId, content: `text ${count}` }, bens);
    await server.command({ type: "SEND_PERSONAL_MESSAGE", to: "ann", content: "hello" }, bens);
    const slow = new Slow();
    const ann = await enter(test, { url: server.url, token: anns, WebSocket: slow.Socket });
    const ben = await enter(test, { url: server.url, token: bens });
    await ann.chat(other.chatId).members();
    const [group, peer] = [ann.chat(made.chatId), ann.chats.find(({ object }) => object.peer)];
    await group.older(5);
    const isLate = slow.hold(type);
    const acted = act({ server, ann, ben, bens, group, peer });
    await isLate;
    const heard = ann.once("USER_UPDATED");
    await server.command({ type: "UPDATE_USER", displayName: "Benjamin", avatarUrl: "https://example.org/b.png" }, bens);
    assert.equal((await soon(heard, "the change")).user.displayName, "Benjamin");
    slow.release();
    await soon(Promise.resolve(acted), "the act");
    // Presence and other late events follow this one.
    const marker = ann.once("SETTINGS");
    await server.command({ type: "UPDATE_SETTINGS", settings: { marker: type } }, anns);
    await soon(marker, "the marker");
    const shown = [...ann.state.rooms.values()].map(({ chat, messages, members, typing }) => [chat, messages, [...(members?.values() ?? [])], [...typing.values()]]);
    assert.doesNotMatch(JSON.stringify(shown), /"displayName":"ben"/, "the old name is nowhere");
    if (type === "TYPING") {
      await ben.command({ type: "SET_TYPING", chatId: made.chatId, typing: false });
      await until(ann, () => group.typingUsers.length === 0, "the end of typing");
    }
    const fresh = await enter(test, { url: server.url, token: anns });
    const [old, now] = [await seen(ann), await seen(fresh)];
    assert.deepEqual(old.rooms, now.rooms);
    assert.deepEqual(old.users, now.users);
  });

const user = (version, displayName) => ({ id: "ben", username: "ben", displayName, kind: "human", role: "member", status: "online", createdAt: "2026-01-01T00:00:00Z", version });
const sender = ({ id, username, displayName, kind, version }) => ({ id, username, displayName, kind, version });
const message = (seq, from) => ({ id: `m${seq}`, chatId: "c", seq, updatedSeq: seq, sender: sender(from), role: "user", content: "hi", attachments: [], mentions: [], reactions: [], createdAt: "2026-01-01T00:00:00Z" });

test("a newer name in one message updates all of them, and a repeated version changes nothing", () => {
  const state = new State();
  const chat = { id: "c", kind: "group", name: "c", active: true, createdBy: "ben", createdAt: "", updatedAt: "", seq: 0, memberCount: 2, messageCount: 0, pinned: [], firstSeq: 1, myRole: "member", unreadCount: 0, mentionCount: 0, readSeq: 0, muted: false, posting: "everyone" };
  const room = state.add(chat);
  reduce(state, { type: "NEW_MESSAGE", chatId: "c", seq: 1, message: message(1, user(1, "Ben")) });
  reduce(state, { type: "TYPING", chatId: "c", user: user(2, "Benny"), typing: true });
  reduce(state, { type: "NEW_MESSAGE", chatId: "c", seq: 2, message: message(2, user(3, "Benjamin")) });
  assert.deepEqual(room.messages.map(({ sender }) => sender.displayName), ["Benjamin", "Benjamin"]);
  const before = room.messages;
  reduce(state, { type: "USER_UPDATED", user: user(3, "Benjamin") });
  assert.equal(room.messages, before);
  reduce(state, { type: "STREAM_STARTED", chatId: "c", message: { ...message(0, user(2, "Benny")), id: "s" } });
  assert.equal(room.streams.get("s").sender.displayName, "Benjamin");
  state.forgetUser("ben");
  state.forgetUser("ben");
  assert.equal(room.messages[0].sender.displayName, "Deleted account");
});
