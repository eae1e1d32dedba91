// The recorded histories of protocol/conformance/, replayed with this package.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { digestOf, itemsOf } from "../dist/verify.js";
import { enter, Proxy, Server, until } from "./support.mjs";

const folder = new URL("../../../protocol/conformance/", import.meta.url);
const SETTINGS = {
  COMMANDS_PER_SECOND: "0", COMMANDS_PER_SECOND_PER_USER: "0", SIGN_UPS_PER_HOUR: "0", NEW_CHATS_PER_HOUR: "0",
  LOGIN_ATTEMPTS_PER_MINUTE: "0", IGNORED_SETTINGS: "COMMANDS_PER_SECOND_PER_USER,NEW_CHATS_PER_HOUR",
};
const SETTLED_MS = 30_000;

/** The name that a history uses for an id, and the reverse. */
class Names {
  #values = new Map();
  #names = new Map();

  save(name, value) {
    this.#values.set(`$${name}`, value);
    this.#names.set(value, `$${name}`);
  }

  of = (value) => this.#names.get(value) ?? value;

  fill(value) {
    if (Array.isArray(value)) return value.map((one) => this.fill(one));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.fill(one)]));
    return this.#values.get(value) ?? value;
  }
}

async function token(server, username, kind) {
  if (kind === "bot") return server.user(username);
  return (await server.command({ type: "SIGN_UP", username, password: "correct horse" })).accessToken;
}

/** Loads the history and the members of all chats, except of those that the user has just left. */
async function load(client) {
  for (const chat of client.chats) {
    try {
      while (await chat.older(200));
      await chat.members();
    } catch (error) {
      const isGone = ["NOT_FOUND", "FORBIDDEN"].includes(error.code) || !client.state.rooms.has(chat.id);
      if (!isGone) throw error;
    }
  }
}

const by = (name) => (one, other) => (one[name] < other[name] ? -1 : Number(one[name] > other[name]));

/** A client's state in the form of the recorded histories. */
async function picture(client, names) {
  await load(client);
  const message = (members) => (message) => ({
    id: names.of(message.id), seq: message.seq, updatedSeq: message.updatedSeq, role: message.role,
    content: message.content, sender: names.of(message.sender.id),
    senderName: members?.has(message.sender.id) ? message.sender.displayName : null,
    replyTo: message.replyTo ?? null, mentions: message.mentions.map(names.of).sort(),
    reactions: message.reactions
      .map(({ emoji, count, userIds, me }) => ({ emoji, count, users: userIds.map(names.of).sort(), me: me === true }))
      .sort(by("emoji")),
    edited: message.editedAt !== undefined, deleted: message.deletedAt !== undefined,
  });
  const member = ({ user, role, readSeq }) => ({ user: names.of(user.id), name: user.displayName, role, readSeq });
  const rooms = [...client.state.rooms.values()].map(({ id, position, chat, members, messages }) => {
    const { kind, name, active, seq, memberCount, messageCount, pinned, myRole } = chat;
    const { unreadCount, mentionCount, readSeq, unreadFromSeq, muted } = chat;
    return {
      id: names.of(id), position, kind, name, active, seq, memberCount, messageCount, pinned, myRole,
      unreadCount, mentionCount, readSeq, ...(unreadFromSeq && { unreadFromSeq }), muted,
      description: chat.description ?? "", lastMessage: chat.lastMessage?.id ?? null,
      members: [...(members?.values() ?? [])].map(member).sort(by("user")),
      messages: messages.map(message(members)),
    };
  });
  return rooms.sort(by("id"));
}

/** Asserts that a client reaches this state; events may still be in transit. */
async function knows(client, names, expected, who) {
  const deadline = performance.now() + SETTLED_MS;
  const sameNow = async () => {
    await until(client, () => client.status.phase === "online" && !client.isRefreshing, "the refreshed state");
    try {
      assert.deepEqual(await picture(client, names), expected);
      return true;
    } catch {
      return false;
    }
  };
  while (!(await sameNow()) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await picture(client, names), expected, `the state of ${who}`);
}

/** Plays a step; returns the code if the server refused it. */
async function play(step, { server, clients, proxies, names }) {
  if (step.server) {
    await server.end("SIGKILL");
    return void (await server.begin());
  }
  const [client, proxy] = [clients[step.client], proxies[step.client]];
  if (step.cut) {
    proxy.refusing = true;
    proxy.cut();
  } else if (step.open) proxy.refusing = false;
  else if (step.look) await load(client);
  else
    try {
      const reply = await client.command(names.fill(step.command), { repeatable: true });
      for (const [name, field] of Object.entries(step.save ?? {})) names.save(name, reply[field]);
    } catch (error) {
      return error.code ?? Promise.reject(error);
    }
}

const histories = (await readdir(folder)).filter((name) => name.endsWith(".json") && name !== "digests.json").sort();

test("the folder contains histories", () => assert.ok(histories.length >= 4));

for (const name of histories)
  test(`history ${name}`, async (test) => {
    const history = JSON.parse(await readFile(new URL(name, folder), "utf8"));
    const server = await Server.start(test, SETTINGS);
    const names = new Names();
    const tokens = {};
    for (const [user, kind] of Object.entries(history.users)) {
      tokens[user] = await token(server, user, kind);
      names.save(user, (await server.command({ type: "GET_ME" }, tokens[user])).user.id);
    }
    const scene = { server, names, clients: {}, proxies: {} };
    for (const [client, user] of Object.entries(history.clients)) {
      scene.proxies[client] = await Proxy.start(test, server);
      scene.clients[client] = await enter(test, { url: scene.proxies[client].url, token: tokens[user] });
    }
    for (const [index, step] of history.steps.entries())
      assert.equal(await play(step, scene), step.refused, `step ${index}: ${JSON.stringify(step)}`);
    for (const [user, expected] of Object.entries(history.final))
      await knows(await enter(test, { url: server.url, token: tokens[user] }), names, expected, `a new client of ${user}`);
    for (const [client, user] of Object.entries(history.clients)) await knows(scene.clients[client], names, history.final[user], client);
  });

test("digests match the test vectors", async () => {
  const { chats } = JSON.parse(await readFile(new URL("digests.json", folder), "utf8"));
  assert.ok(chats.length > 2);
  for (const vector of chats) {
    const items = itemsOf(vector);
    assert.deepEqual(items, vector.items, vector.description);
    assert.equal(await digestOf(items), vector.digest, vector.description);
  }
});
