// A client detects that its chat diverges from the server, reports it, and adopts the server's state.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyChat, watchDivergence } from "../dist/verify.js";
import { enter, Server, soon, until } from "./support.mjs";

const FAST = { COMMANDS_PER_SECOND: "0", COMMANDS_PER_SECOND_PER_USER: "0", IGNORED_SETTINGS: "COMMANDS_PER_SECOND_PER_USER" };

/** A chat with every change that a digest covers, and Ann, who has all of it. */
async function scene(test) {
  const server = await Server.start(test, FAST);
  const tokens = { ann: await server.user("ann"), ben: await server.user("ben") };
  const ask = async (who, command) => {
    const answer = await server.command(command, tokens[who]);
    assert.notEqual(answer.type, "ERROR", JSON.stringify(answer));
    return answer;
  };
  const { chatId } = await ask("ben", { type: "CREATE_CHAT", name: "plans", description: "of the week", members: ["ann"] });
  const send = async (message) => (await ask("ben", { type: "SEND_MESSAGE", chatId, message })).message.id;
  const ids = [];
  for (let count = 0; count < 5; count++) ids.push(await send({ content: `text ${count}, @ann` }));
  await send({ content: "", attachments: [{ url: "https://example.org/a.png", name: "a.png", size: 3, mimeType: "image/png", width: 2, height: 1 }] });
  await send({ content: "ä \u0007 \"quoted\"", replyTo: ids[0], metadata: { b: [1, null, "x"], a: { deep: true } } });
  await ask("ben", { type: "EDIT_MESSAGE", chatId, messageId: ids[1], content: "edited" });
  await ask("ben", { type: "DELETE_MESSAGE", chatId, messageId: ids[2] });
  for (const who of ["ann", "ben"]) await ask(who, { type: "ADD_REACTION", chatId, messageId: ids[0], emoji: "👍" });
  await ask("ben", { type: "PIN_MESSAGE", chatId, messageId: ids[3] });
  const client = await enter(test, { url: server.url, token: tokens.ann });
  const chat = client.chat(chatId);
  const load = async () => {
    while (await chat.older(200));
    await chat.members();
    await until(client, () => !client.isRefreshing, "the refreshed state");
  };
  return { server, tokens, ask, client, chat, load, ids };
}

/**
 * The client's copy of a chat, without delivery marks: the server records them after it has sent the messages, and the
 * digest omits them.
 */
function pictureOf({ room: { chat, messages, members } }) {
  const settled = [...members.values()].map((member) => ({ ...member, deliveredSeq: undefined }));
  return JSON.parse(JSON.stringify({ chat, messages, members: settled }));
}

/** Damages to a client's state, each with an item that is then missing. */
const DAMAGES = {
  "another text": [({ messages }) => (messages[0] = { ...messages[0], content: "another" }), /"content":"text 0, @ann"/],
  "a message that is missing": [({ messages }) => messages.splice(1, 1), /"content":"edited"/],
  "a deletion that was not heard of": [({ messages }) => (messages[2] = { ...messages[2], content: "alive", deletedAt: undefined }), /"deletedAt"/],
  "another role": [({ members }) => ([...members.values()][0].role = "admin"), /"item":"member"/],
  "a member who is missing": [({ members }) => members.delete([...members.keys()][1]), /"item":"member"/],
  "a pin that is missing": [(room) => (room.chat = { ...room.chat, pinned: [] }), /"item":"pin"/],
  "another reaction": [({ messages }) => (messages[0] = { ...messages[0], reactions: [] }), /"item":"reaction"/],
  "another name": [(room) => (room.chat = { ...room.chat, name: "dreams" }), /"name":"plans"/],
};

test("complete chats are compared and match", async (test) => {
  const { ask, client, chat, load } = await scene(test);
  client.on("divergence", (divergence) => assert.fail(JSON.stringify(divergence)));
  assert.equal(await verifyChat(client, chat), "partial");
  await load();
  assert.equal(await verifyChat(client, chat), "same");
  await ask("ben", { type: "UPDATE_CHAT", chatId: chat.id, posting: "admins" });
  await ask("ben", { type: "UPDATE_MEMBER", chatId: chat.id, userId: client.me.id, role: "admin" });
  await chat.send("still the same");
  assert.equal(await verifyChat(client, chat), "same");
});

test("every kind of damage is detected, reported and repaired", async (test) => {
  const { client, chat, load } = await scene(test);
  await load();
  const whole = pictureOf(chat);
  for (const [what, [damage, lacking]] of Object.entries(DAMAGES)) {
    damage(chat.room);
    const reports = [];
    const off = client.on("divergence", (report) => reports.push(report));
    assert.equal(await verifyChat(client, chat), "repaired", what);
    off();
    assert.equal(reports.length, 1, what);
    assert.equal(reports[0].chat, chat);
    assert.equal(reports[0].seq, chat.room.position);
    assert.match(reports[0].missing.join("\n"), lacking, what);
    assert.deepEqual(pictureOf(chat), whole, what);
    assert.equal(await verifyChat(client, chat), "same", what);
  }
});

test("a chat changing during the read is compared at one position", async (test) => {
  const { ask, client, chat, load } = await scene(test);
  await load();
  DAMAGES["another text"][0](chat.room);
  let sent = 0;
  const meddle = client.on("frame", ({ type }) => {
    if (type !== "MEMBER_LIST" || sent === 2) return;
    sent++;
    void ask("ben", { type: "SEND_MESSAGE", chatId: chat.id, content: `between ${sent}` });
  });
  assert.equal(await verifyChat(client, chat), "repaired");
  meddle();
  await until(client, () => chat.messages.at(-1).content === `between ${sent}`, "the last message");
  assert.equal(await verifyChat(client, chat), "same");
});

test("numbers beyond JavaScript's precision are no divergence", async (test) => {
  const { server, tokens, client, chat, load } = await scene(test);
  const body = `{"type":"SEND_MESSAGE","chatId":${JSON.stringify(chat.id)},"message":{"content":"exact","metadata":{"n":1.0,"m":12345678901234567890}}}`;
  const headers = { authorization: `Bearer ${tokens.ben}` };
  const answer = await fetch(`http://127.0.0.1:${server.port}/command`, { method: "POST", headers, body });
  assert.equal((await answer.json()).type, "NEW_MESSAGE");
  client.on("divergence", (divergence) => assert.fail(JSON.stringify(divergence)));
  await load();
  assert.equal(await verifyChat(client, chat), "unknown");
});

test("a client watches its own state", async (test) => {
  const { client, chat, load } = await scene(test);
  await load();
  const whole = pictureOf(chat);
  const stop = watchDivergence(client, { everyMs: 20 });
  test.after(stop);
  const found = client.once("divergence");
  DAMAGES["a message that is missing"][0](chat.room);
  assert.equal((await soon(found, "the report")).missing.length, 1);
  assert.deepEqual(pictureOf(chat), whole);
});
