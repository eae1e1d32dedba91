// Tests for both the real server and the fake one that the package offers for tests.

import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { CommandError, followStream } from "../dist/index.js";
import { FakeServer } from "../dist/testing.js";
import { enter, picture, Proxy, Server, soon, until } from "./support.mjs";

const SERVERS = {
  "the real server": async (test) => {
    const server = await Server.start(test, { COMMANDS_PER_SECOND: "0", COMMANDS_PER_SECOND_PER_USER: "0" });
    const proxy = await Proxy.start(test, server);
    return {
      options: { url: proxy.url, WebSocket },
      addUser: (name) => server.user(name),
      setReachable: (isReachable) => (proxy.refusing = !isReachable),
      cut: () => proxy.cut(),
      command: (command, token) => server.command(command, token),
    };
  },
  "the fake server": async () => {
    const server = new FakeServer();
    return {
      options: { url: server.url, WebSocket: server.WebSocket },
      addUser: async (name) => server.addUser(name, { kind: "bot" }),
      setReachable: (isReachable) => (server.isReachable = isReachable),
      cut: () => server.cut(),
      command: async (command, token) => server.command(command, token),
    };
  },
};

for (const [name, start] of Object.entries(SERVERS)) {
  /** Ann and ben in one chat. */
  const scene = async (test) => {
    const server = await start(test);
    const tokens = { ann: await server.addUser("ann"), ben: await server.addUser("ben") };
    const newClient = (who, options) => enter(test, { ...server.options, token: tokens[who], ...options });
    const [ann, ben] = [await newClient("ann"), await newClient("ben")];
    const { id } = await ben.create({ name: "kitchen", members: ["ann"] });
    await until(ann, () => ann.state.rooms.has(id), "the chat");
    /** Disconnects all clients while an action runs. */
    const whileCutOff = async (work) => {
      server.setReachable(false);
      server.cut();
      await until(ann, () => ann.status.phase !== "online", "the cut");
      await work();
      server.setReachable(true);
      for (const client of [ann, ben]) await until(client, () => client.status.phase === "online", "the connection");
    };
    return { server, tokens, ann, ben, chat: id, newClient, whileCutOff };
  };

  test(`${name}: a message reaches the others once, and the sender as the reply`, async (test) => {
    const { ann, ben, chat } = await scene(test);
    const heard = ben.once("message");
    const sent = await ann.chat(chat).send("hi");
    assert.equal(sent.content, "hi");
    assert.deepEqual((await soon(heard, "the message")).message, sent);
    assert.deepEqual(ann.chat(chat).messages, [sent]);
    assert.deepEqual(ann.chat(chat).pending, []);
    assert.equal(ben.chat(chat).object.unreadCount, 1);
  });

  test(`${name}: a refused command rejects with the reason`, async (test) => {
    const { ann, chat } = await scene(test);
    const refused = ann.command({ type: "GET_MESSAGE", chatId: chat, messageId: "none" });
    await assert.rejects(refused, { name: "CommandError", code: "NOT_FOUND", command: "GET_MESSAGE" });
    await assert.rejects(ann.chat(chat).send(" "), { code: "INVALID_ARGUMENT" });
    assert.equal(ann.chat(chat).pending[0].error.code, "INVALID_ARGUMENT");
    ann.outbox.drop(ann.chat(chat).pending[0].id);
    assert.deepEqual(ann.chat(chat).pending, []);
  });

  test(`${name}: a message with an id is stored once`, async (test) => {
    const { ann, ben, chat } = await scene(test);
    const command = { type: "SEND_MESSAGE", chatId: chat, message: { id: "once", content: "hi" } };
    const [first, second] = [await ann.command(command), await ann.command(command)];
    assert.equal(second.duplicate, true);
    assert.equal(second.seq, first.seq);
    await assert.rejects(ben.command(command), (error) => error instanceof CommandError && error.code === "CONFLICT");
  });

  test(`${name}: changes made during a cut are applied after it, new and deleted chats included`, async (test) => {
    const { server, tokens, ann, ben, chat, newClient, whileCutOff } = await scene(test);
    const gone = await ben.create({ name: "gone", members: ["ann"] });
    const first = await ben.chat(chat).send("first");
    await until(ann, () => ann.state.rooms.has(gone.id) && ann.chat(chat).messages.length === 1, "the chats");
    const [missed, added] = [[], []];
    ann.on("message", ({ message, missed: was }) => missed.push([message.content, was]));
    ann.on("NEW_CHAT", ({ chat: { name } }) => added.push(name));
    await whileCutOff(async () => {
      const bens = (command) => server.command(command, tokens.ben);
      for (const content of ["one", "two @ann"]) await bens({ type: "SEND_MESSAGE", chatId: chat, content });
      await bens({ type: "ADD_REACTION", chatId: chat, messageId: first.id, emoji: "👍" });
      await bens({ type: "EDIT_MESSAGE", chatId: chat, messageId: first.id, content: "edited" });
      await bens({ type: "UPDATE_CHAT", chatId: chat, name: "bathroom" });
      await bens({ type: "DELETE_CHAT", chatId: gone.id });
      await bens({ type: "CREATE_CHAT", name: "new", members: ["ann"] });
    });
    assert.deepEqual(missed, [["one", true], ["two @ann", true]]);
    assert.deepEqual(added, ["new"]);
    assert.equal(ann.chat(chat).name, "bathroom");
    const [known, fresh] = [await picture(ann), await picture(await newClient("ann"))];
    assert.deepEqual(known, fresh);
    assert.equal(known.find(({ chat: { id } }) => id === chat).chat.mentionCount, 1);
  });

  test(`${name}: every action of a member reaches the others`, async (test) => {
    const { ann, ben, chat, newClient } = await scene(test);
    const [one, two] = [await ann.chat(chat).send("one"), await ann.chat(chat).send("two")];
    await until(ben, () => ben.chat(chat).messages.length === 2, "the messages");
    await ben.chat(chat).react(one.id, "🎉");
    await ben.chat(chat).typing();
    await until(ann, () => ann.chat(chat).typingUsers.length === 1, "the typing");
    await ben.chat(chat).typing(false);
    await ann.chat(chat).edit(one.id, "one, edited");
    await ann.chat(chat).delete(two.id);
    await ben.chat(chat).read();
    await ben.chat(chat).markUnread(one.seq);
    await ben.command({ type: "PIN_MESSAGE", chatId: chat, messageId: one.id });
    await ben.command({ type: "MUTE_CHAT", chatId: chat });
    await ben.command({ type: "UPDATE_USER", displayName: "Benjamin" });
    const members = await ann.chat(chat).members();
    await until(ann, () => members.get(ben.me.id)?.user.displayName === "Benjamin" && ann.chat(chat).typingUsers.length === 0, "the new name");
    await until(ann, () => ann.room(chat).position === ben.room(chat).position, "everything");
    await until(ben, () => !ben.isRefreshing, "the counts");
    const { unreadFromSeq, unreadCount } = ben.chat(chat).object;
    assert.deepEqual([unreadFromSeq, unreadCount], [one.seq, 1]);
    assert.equal(ann.chat(chat).message(one.id).reactions[0].emoji, "🎉");
    for (const who of ["ann", "ben"]) {
      const client = { ann, ben }[who];
      assert.deepEqual(await picture(client), await picture(await newClient(who)));
    }
  });

  test(`${name}: a stream is read while it is written`, async (test) => {
    const { ann, ben, chat } = await scene(test);
    const started = ann.once("STREAM_STARTED");
    const stream = await ben.chat(chat).stream();
    await soon(started, "the stream");
    const steps = [];
    const reading = (async () => {
      for await (const step of followStream(ann, ann.chat(chat), stream.id)) {
        steps.push(step);
        if (step.message) continue;
        if (step.content === "Hello") await stream.write(", world");
        else if (step.content === "Hello, world") await stream.end();
      }
    })();
    await stream.write("Hello");
    await soon(reading, "the end");
    const last = steps.at(-1);
    assert.equal(last.message.content, "Hello, world");
    assert.equal(last.message.seq > 0, true);
    assert.equal(steps.map(({ added }) => added).join(""), "Hello, world");
    assert.deepEqual(ann.room(chat).streams.size, 0);
  });

  test(`${name}: leaving and joining a channel`, async (test) => {
    const { ann, ben } = await scene(test);
    const general = await ben.create({ name: "general", kind: "channel" });
    await general.send("welcome");
    const joined = await ann.join("#general");
    await joined.older();
    assert.deepEqual(joined.messages.map(({ content }) => content), ["welcome"]);
    await until(ben, () => general.object.memberCount === 2, "the member");
    await joined.leave();
    assert.throws(() => ann.chat(general.id), { name: "PichatError" });
    await until(ben, () => general.object.memberCount === 1, "the leaving");
  });

  test(`${name}: a wrong token is refused`, async (test) => {
    const { server } = await scene(test);
    await assert.rejects(enter(test, { ...server.options, token: "wrong" }), { name: "AuthenticationError", code: "UNAUTHENTICATED" });
  });
}

test("the fake server refuses and records commands as a test sets", async (test) => {
  const server = new FakeServer();
  const ann = await enter(test, { url: server.url, WebSocket: server.WebSocket, token: server.addUser("ann") });
  server.refuseNext("CREATE_CHAT", { code: "FORBIDDEN", error: "not today" });
  await assert.rejects(ann.create({ name: "x" }), { code: "FORBIDDEN" });
  const chat = await ann.create({ name: "x" });
  server.refuseNext("SEND_MESSAGE", { code: "RATE_LIMITED", error: "slow down", retryAfterMs: 1 });
  await chat.send("hi");
  const sent = server.commands.filter(({ type }) => type === "SEND_MESSAGE");
  assert.equal(sent.length, 2, "the client tried again");
  assert.equal(sent[0].message.id, sent[1].message.id);
});
