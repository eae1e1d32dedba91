// The law of the package: after any history of changes and disconnects, a client's state equals that of a new client
// and the server's replies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { enter, Proxy, Server, TOKEN, until } from "./support.mjs";

/** Each seed is one history; LAW_SEEDS=1,2,3 runs others. */
const SEEDS = process.env.LAW_SEEDS?.split(",").map(Number) ?? Array.from({ length: 24 }, (_, index) => index + 1);
const STEPS = Number(process.env.LAW_STEPS ?? 90);
const SETTINGS = {
  COMMANDS_PER_SECOND: "0", COMMANDS_PER_SECOND_PER_USER: "0", SIGN_UPS_PER_HOUR: "0", NEW_CHATS_PER_HOUR: "0",
  LOGIN_ATTEMPTS_PER_MINUTE: "0", IGNORED_SETTINGS: "COMMANDS_PER_SECOND_PER_USER,NEW_CHATS_PER_HOUR",
};
const password = "correct horse";

/** mulberry32: the same numbers for the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Users with accounts, and their tokens. */
async function signUp(server, test, username) {
  const client = await enter(test, { url: server.url, signUp: { username, password } });
  const session = await client.command({ type: "CREATE_API_TOKEN", name: "law" });
  client.close();
  return { username, token: session.secret, id: client.me.id };
}

const sorted = (values) => [...values].sort((one, other) => one.id.localeCompare(other.id));
const byEmoji = (reactions) => [...reactions].sort((one, other) => one.emoji.localeCompare(other.emoji));
const plain = (value) => JSON.parse(JSON.stringify(value));

/** Users with a socket: the server marks what it writes to it as delivered, and these marks may lag. */
const CONNECTED = new Set(["ann", "ben", "scribe"]);

/**
 * A member as others see one. Only the authors of the messages that a delivery mark newly covers hear that it moved, so
 * it is compared as the newest of one's own messages that it covers.
 */
function seenMember(member, messages, me) {
  if (CONNECTED.has(member.user.username)) return { ...member, deliveredSeq: undefined, id: member.user.id };
  const own = messages.filter(({ sender, seq }) => sender.id === me && seq <= member.deliveredSeq);
  return { ...member, deliveredSeq: own.at(-1)?.seq ?? 0, id: member.user.id };
}

const seenMessage = (message) => ({ ...message, reactions: byEmoji(message.reactions) });
const seenChat = ({ lastMessage, ...chat }) => ({ ...chat, ...(lastMessage && { lastMessage: seenMessage(lastMessage) }) });

/** Everything that a client knows. */
async function known(client) {
  const me = client.me.id;
  const rooms = [];
  for (const chat of client.chats) {
    while (await chat.older(200));
    await chat.members();
    const { id, position, from, stale, messages, members, typing, streams, readByAllSeq } = chat.room;
    rooms.push({
      id, position, from, stale, readByAllSeq,
      chat: seenChat(chat.object),
      messages: messages.map(seenMessage),
      members: sorted([...members.values()].map((member) => seenMember(member, messages, me))),
      typing: sorted(typing.values()),
      streams: sorted(streams.values()),
    });
  }
  return plain({ me: client.me, settings: client.state.settings, rooms: sorted(rooms), pending: client.chats.flatMap((chat) => chat.pending.filter(({ error }) => !error)) });
}

/** The profiles that both clients know; a client that has just started has not met those who are gone. */
function profiles(one, other) {
  const both = [...one.state.users.keys()].filter((id) => other.state.users.has(id)).sort();
  assert.ok(both.length > 0);
  return [one, other].map((client) => plain(both.map((id) => client.state.users.get(id))));
}

/** The same from the server's answers alone. */
async function answered(server, token) {
  const ask = (command) => server.command(command, token);
  const all = async (command, name) => {
    const found = [];
    for (let cursor; ; ) {
      const page = await ask({ ...command, ...(cursor && { cursor }) });
      found.push(...page[name]);
      if (!(cursor = page.nextCursor)) return found;
    }
  };
  const { user: me } = await ask({ type: "GET_ME" });
  const chats = [
    ...(await all({ type: "GET_CHATS", limit: 200 }, "chats")),
    ...(await all({ type: "GET_CHATS", limit: 200, scope: "archived" }, "chats")),
  ];
  const rooms = [];
  for (const listed of chats) {
    const { chat } = await ask({ type: "GET_CHAT", chatId: listed.id });
    const messages = [];
    for (let before; ; before = messages[0].seq) {
      const page = await ask({ type: "GET_CHAT_HISTORY", chatId: chat.id, limit: 200, ...(before && { before }) });
      messages.unshift(...page.messages);
      if (!page.hasMore) break;
    }
    const members = await all({ type: "GET_MEMBERS", chatId: chat.id, limit: 200 }, "members");
    // Reading to its mark again would clear a chat's unread mark.
    const mark = chat.unreadFromSeq ? {} : await ask({ type: "MARK_READ", chatId: chat.id, seq: chat.readSeq });
    if (chat.lastMessage) chat.lastMessage = messages.find(({ id }) => id === chat.lastMessage.id);
    // No other command returns running streams.
    const synced = await ask({ type: "SYNC", chats: { [chat.id]: chat.seq } });
    rooms.push({
      id: chat.id, position: chat.seq, from: 1, stale: false,
      // Only human users count; servers before 0.2 count bots too.
      readByAllSeq: members.some(({ user }) => user.kind === "bot") ? undefined : mark.readByAllSeq,
      chat: seenChat(chat),
      messages: messages.map(seenMessage),
      members: sorted(members.map((member) => seenMember(member, messages, me.id))),
      typing: [],
      streams: sorted(synced.chats.flatMap(({ streams }) => streams)),
    });
  }
  return plain({ me, settings: (await ask({ type: "GET_SETTINGS" })).settings, rooms: sorted(rooms), pending: [] });
}

/** Actions of a history: everything that other users and the user's other devices can do. */
function actions({ server, people, roll, ann, bens, bots, chats, history }) {
  const pick = (values) => values[Math.floor(roll() * values.length)];
  const somebody = () => pick([people.ann, people.ben, people.cleo]);
  const as = async (person, command) => {
    const answer = await server.command(command, person.token);
    history.push(`${person.username} ${command.type} ${JSON.stringify(command)} → ${answer.code ?? answer.type}`);
    return answer;
  };
  const inChat = (work) => async () => {
    const chatId = pick(chats.ids);
    if (chatId) await work(chatId);
  };
  const aMessage = (work) => inChat(async (chatId) => {
    const { messages = [] } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 200 }, people.ben.token);
    const message = pick(messages);
    if (message) await work(chatId, message, Object.values(people).find(({ id }) => id === message.sender.id) ?? people.ben);
  });
  const counter = { value: 0 };
  const text = () => `${pick(["hi", "@ann look", "@ben and @cleo", "so"])} ${++counter.value}`;
  return {
    send: inChat((chatId) => as(somebody(), { type: "SEND_MESSAGE", chatId, content: text() })),
    sendMore: inChat((chatId) => as(somebody(), { type: "SEND_MESSAGE", chatId, content: text() })),
    whisper: () => as(pick([people.ben, people.cleo]), { type: "SEND_PERSONAL_MESSAGE", to: "ann", content: text() }),
    edit: aMessage((chatId, { id }, sender) => as(sender, { type: "EDIT_MESSAGE", chatId, messageId: id, content: text() })),
    delete: aMessage((chatId, { id }, sender) => as(sender, { type: "DELETE_MESSAGE", chatId, messageId: id })),
    deleteLast: inChat(async (chatId) => {
      const { chat } = await server.command({ type: "GET_CHAT", chatId }, people.ben.token);
      if (chat?.lastMessage) await as(people.ben, { type: "DELETE_MESSAGE", chatId, messageId: chat.lastMessage.id });
    }),
    react: aMessage((chatId, { id }) =>
      as(somebody(), { type: pick(["ADD_REACTION", "REMOVE_REACTION"]), chatId, messageId: id, emoji: pick(["👍", "🎉"]) })),
    pin: aMessage((chatId, { id }) => as(people.ben, { type: pick(["PIN_MESSAGE", "UNPIN_MESSAGE"]), chatId, messageId: id })),
    deletePinned: inChat(async (chatId) => {
      const { chat } = await server.command({ type: "GET_CHAT", chatId }, people.ben.token);
      if (chat?.pinned[0]) await as(people.ben, { type: "DELETE_MESSAGE", chatId, messageId: chat.pinned[0] });
    }),
    read: inChat((chatId) => as(somebody(), { type: "MARK_READ", chatId })),
    readSome: inChat((chatId) => as(people.ann, { type: "MARK_READ", chatId, seq: Math.ceil(roll() * 20) })),
    unread: inChat((chatId) => as(people.ann, { type: "MARK_UNREAD", chatId, seq: Math.ceil(roll() * 20) })),
    mute: inChat((chatId) => as(people.ann, { type: "MUTE_CHAT", chatId, ...pick([{}, { until: null }, { until: "2999-01-01T00:00:00Z" }]) })),
    settings: () => as(people.ann, { type: "UPDATE_SETTINGS", settings: { [pick(["theme", "size"])]: pick(["a", "b", null]) } }),
    rename: () => as(pick([people.ben, people.cleo]), { type: "UPDATE_USER", displayName: `Name ${++counter.value}` }),
    avatar: () => as(pick([people.ben, people.ann]), { type: "UPDATE_USER", avatarUrl: pick([null, "https://example.org/a.png"]) }),
    renameSelf: () => as(people.ann, { type: "UPDATE_USER", displayName: `Ann ${++counter.value}` }),
    create: async () => {
      const name = `chat ${++counter.value} ${roll()}`;
      const members = pick([["ann"], ["ann", "cleo"], ["cleo"]]);
      const { chatId } = await as(people.ben, { type: "CREATE_CHAT", name, kind: pick(["group", "channel"]), members });
      chats.ids.push(chatId);
    },
    // Retried with its opId after another change, it has no further effect.
    twice: inChat(async (chatId) => {
      const command = { type: "UPDATE_CHAT", chatId, description: text(), opId: `twice-${++counter.value}-${roll()}` };
      const first = await as(people.ben, command);
      await as(people.ben, { type: "UPDATE_CHAT", chatId, description: text() });
      const again = await as(people.ben, command);
      if (first.type === "CHAT_UPDATED") assert.deepEqual({ ...again, requestId: undefined }, { ...first, duplicate: true, requestId: undefined });
    }),
    describe: inChat((chatId) => as(people.ben, { type: "UPDATE_CHAT", chatId, description: text() })),
    archive: inChat((chatId) => as(people.ben, { type: "UPDATE_CHAT", chatId, active: false })),
    reopen: inChat((chatId) => as(people.ben, { type: "UPDATE_CHAT", chatId, active: true })),
    remove: inChat((chatId) => as(people.ben, { type: "REMOVE_MEMBERS", chatId, userIds: [pick([people.ann, people.cleo]).id] })),
    add: inChat((chatId) => as(people.ben, { type: "ADD_MEMBERS", chatId, members: [pick(["ann", "cleo"])] })),
    join: inChat((chatId) => as(pick([people.ann, people.cleo]), { type: "JOIN_CHAT", chatId })),
    leave: inChat((chatId) => as(pick([people.ann, people.cleo]), { type: "LEAVE_CHAT", chatId })),
    ban: inChat((chatId) => as(people.ben, { type: "BAN_MEMBER", chatId, userId: people.cleo.id })),
    unban: inChat((chatId) => as(people.ben, { type: "UNBAN_MEMBER", chatId, userId: people.cleo.id })),
    promote: inChat((chatId) =>
      as(people.ben, { type: "UPDATE_MEMBER", chatId, userId: pick([people.ann, people.cleo]).id, role: pick(["member", "admin"]) })),
    drop: async () => {
      if (chats.ids.length < 3) return;
      const [chatId] = chats.ids.splice(Math.floor(roll() * chats.ids.length), 1);
      await as(people.ben, { type: "DELETE_CHAT", chatId });
    },
    leaveForGood: inChat(async (chatId) => {
      const { dora } = people;
      if (dora.deleted) return;
      await as(people.ben, { type: "ADD_MEMBERS", chatId, members: ["dora"] });
      await as(dora, { type: "SEND_MESSAGE", chatId, content: text() });
      if (roll() < 0.5) return;
      dora.deleted = (await as(dora, { type: "DELETE_ACCOUNT", password })).type === "ACCOUNT_DELETED";
    }),
    type: inChat((chatId) => bens.command({ type: "SET_TYPING", chatId, typing: roll() < 0.7 }).catch(() => {})),
    present: () => bens.command({ type: "SET_PRESENCE", status: pick(["online", "away"]) }),
    stream: inChat(async (chatId) => {
      await as(people.ben, { type: "ADD_MEMBERS", chatId, members: ["scribe"] });
      const bot = await bots();
      const stream = { chatId, messageId: `stream-${++counter.value}` };
      try {
        await bot.command({ type: "START_STREAM", chatId, message: { id: stream.messageId } });
        for (let piece = 0; piece < Math.floor(roll() * 3); piece++)
          await bot.command({ type: "APPEND_STREAM", ...stream, content: `piece ${piece} ` });
        if (roll() < 0.3) await as(people.ben, { type: "UPDATE_CHAT", chatId, active: false });
        history.push(`scribe streams ${stream.messageId} in ${chatId}`);
        if (roll() < 0.4) await bot.command({ type: "END_STREAM", ...stream, content: "whole" });
      } catch (error) {
        history.push(`scribe: ${error.message}`);
      }
    }),
    giveUp: () => bots("close"),
    annotate: inChat(async (chatId) => {
      const { messages = [] } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 20 }, people.ben.token);
      const attachments = [{ url: "https://example.org/a.png", name: "a.png", size: 3, mimeType: "image/png" }];
      const message = { content: text(), attachments, metadata: { step: counter.value, deep: { list: [1, null] } }, ...(messages[0] && { replyTo: pick(messages).id }) };
      await as(somebody(), { type: "SEND_MESSAGE", chatId, message });
    }),
    say: async () => void pick(ann.chats)?.send(text()).catch(() => {}),
    // The server marks messages written to a connection as delivered; Cleo has none.
    delivered: inChat((chatId) => as(people.cleo, { type: "MARK_DELIVERED", chatId, seq: Math.ceil(roll() * 20) })),
    helper: inChat(async (chatId) => {
      const name = `helper-${++counter.value}-${Math.floor(roll() * 1e6)}`;
      const { secret } = await server.command({ type: "CREATE_API_TOKEN", name, botUsername: name });
      await as(people.ben, { type: "ADD_MEMBERS", chatId, members: [name] });
      const { message } = await server.command({ type: "SEND_MESSAGE", chatId, content: text() }, secret);
      if (message && roll() < 0.6) history.push(`delete ${name}: ${(await server.command({ type: "DELETE_BOT", userId: message.sender.id })).type}`);
    }),
    // Replies may wait for a connection that later steps restore.
    loadMembers: () => void pick(ann.chats)?.members().catch(() => {}),
    loadOlder: () => void pick(ann.chats)?.older(3).catch(() => {}),
  };
}

/** Records the reported messages, and the position from which a chat's messages must be reported. */
function listen(client) {
  const reported = new Map();
  const since = new Map(client.chats.map(({ id, room }) => [id, room.position]));
  client.on("message", ({ chat, message }) => reported.set(chat.id, [...(reported.get(chat.id) ?? []), message]));
  client.on("NEW_CHAT", ({ chatId, seq, chat }) => since.set(chatId, Math.max(seq, chat.readSeq ?? 0)));
  client.on("MEMBERS_ADDED", ({ chatId, seq, chat }) => chat && since.set(chatId, seq));
  return { reported, since };
}

function checkReported(client, { reported, since }) {
  for (const chat of client.chats) {
    const messages = reported.get(chat.id) ?? [];
    const seqs = messages.map(({ seq }) => seq);
    assert.deepEqual(seqs, [...new Set(seqs)].sort((one, other) => one - other), "each once and in order");
    assert.deepEqual(messages.filter(({ deletedAt }) => deletedAt), [], "no tombstone is a message");
    const expected = chat.messages.filter(({ seq, deletedAt }) => !deletedAt && seq > (since.get(chat.id) ?? Infinity));
    const missing = expected.filter(({ seq }) => !seqs.includes(seq));
    assert.deepEqual(missing.map(({ seq, content }) => `${seq} ${content}`), [], `all of ${chat.name} are reported`);
  }
}

/** Waits until two states agree; events may still be in transit. */
async function agree(what, pictures) {
  for (let attempt = 0; attempt < 300; attempt++) {
    // A client may ask about a chat whose deletion event has not arrived yet.
    const [one, other] = await pictures().catch(() => ["early", "late"]);
    if (isDeepStrictEqual(one, other)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [one, other] = await pictures();
  assert.deepEqual(one, other, what);
}

test("after any history a client equals a new one", async (test) => {
  const server = await Server.start(test, SETTINGS);
  const people = { ann: await signUp(server, test, "ann"), ben: await signUp(server, test, "ben"), cleo: await signUp(server, test, "cleo") };
  const scribe = await server.user("scribe");
  for (const seed of SEEDS)
    await test.test(`history ${seed}`, async (test) => {
      const history = [];
      test.after(() => process.env.LAW_HISTORY && console.log(history.join("\n")));
      const roll = random(seed);
      const chats = { ids: [] };
      people.dora = await signUp(server, test, seed === SEEDS[0] ? "dora" : `dora${seed}`);
      const proxy = await Proxy.start(test, server);
      const ann = await enter(test, { url: proxy.url, token: people.ann.token });
      await ann.command({ type: "GET_SETTINGS" });
      const bens = await enter(test, { url: server.url, token: people.ben.token });
      let bot;
      const bots = async (what) => {
        if (what === "close") return void (bot?.close(), (bot = undefined));
        return (bot ??= await enter(test, { url: server.url, token: scribe }));
      };
      const reports = listen(ann);
      const all = actions({ server, people, roll, ann, bens, bots, chats, history });
      const names = Object.keys(all);
      await all.create();
      for (let step = 0; step < STEPS; step++) {
        if (roll() < 0.06) {
          history.push("-- cut");
          proxy.refusing = roll() < 0.7;
          proxy.cut();
        }
        if (roll() < 0.15) {
          history.push("-- open");
          proxy.refusing = false;
        }
        await all[names[Math.floor(roll() * names.length)]]();
      }
      proxy.refusing = false;
      ann.wake();
      await until(ann, () => ann.status.phase === "online", "the connection");
      for (const { id } of bens.chats) await bens.command({ type: "SET_TYPING", chatId: id, typing: false }).catch(() => {});
      const fresh = await enter(test, { url: server.url, token: people.ann.token });
      await fresh.command({ type: "GET_SETTINGS" });
      const settled = (client) => until(client, () => !client.isRefreshing, "the refreshed state");
      await agree("the client and a new one", async () => {
        await Promise.all([settled(ann), settled(fresh)]);
        return [await known(ann), await known(fresh)];
      });
      await agree("the client and the server's answers", async () => {
        const picture = await known(ann);
        for (const room of picture.rooms)
          if (room.chat.unreadFromSeq || room.members.some(({ user }) => user.kind === "bot")) delete room.readByAllSeq;
        return [picture, await answered(server, people.ann.token)];
      });
      await agree("the profiles", async () => profiles(ann, fresh));
      checkReported(ann, reports);
      for (const client of [ann, fresh, bens]) client.close();
      await bots("close");
      for (const chatId of chats.ids) await server.command({ type: "DELETE_CHAT", chatId }, TOKEN);
    });
});
