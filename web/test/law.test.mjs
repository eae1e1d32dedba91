// The law of the page: after any history of changes and disconnects, it draws the same as a newly opened page.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, FAST, open, skip } from "./support.mjs";
import { Proxy } from "../../clients/js/test/support.mjs";

after(closeBrowser);

/** Each seed is one history; PAGE_SEEDS=4,5 runs others. */
const SEEDS = (process.env.PAGE_SEEDS ?? "1,2,3").split(",").map(Number);
const STEPS = Number(process.env.PAGE_STEPS ?? 60);

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

/** Actions of others, and of the user on another device. */
function actions({ server, roll, tokens, chats }) {
  const pick = (values) => values[Math.floor(roll() * values.length)];
  const as = (who, command) => server.command(command, tokens[who]);
  const somebody = () => pick(["ann", "ben", "cleo"]);
  let count = 0;
  const text = () => `${pick(["hi", "**so**", "@ann look", "`code`", "- a\n- b"])} ${++count}`;
  const onMessage = async (work) => {
    const chatId = pick(chats);
    const { messages = [] } = await as("ben", { type: "GET_CHAT_HISTORY", chatId, limit: 30 });
    const message = pick(messages);
    if (message) await work(chatId, message, message.sender.username);
  };
  return {
    send: () => as(somebody(), { type: "SEND_MESSAGE", chatId: pick(chats), content: text() }),
    sendMore: () => as(somebody(), { type: "SEND_MESSAGE", chatId: pick(chats), content: text() }),
    reply: () => onMessage((chatId, { id }) => as(somebody(), { type: "SEND_MESSAGE", chatId, message: { content: text(), replyTo: id } })),
    edit: () => onMessage((chatId, { id }, sender) => as(sender, { type: "EDIT_MESSAGE", chatId, messageId: id, content: text() })),
    delete: () => onMessage((chatId, { id }, sender) => as(sender, { type: "DELETE_MESSAGE", chatId, messageId: id })),
    react: () => onMessage((chatId, { id }) => as(somebody(), { type: pick(["ADD_REACTION", "ADD_REACTION", "REMOVE_REACTION"]), chatId, messageId: id, emoji: pick(["👍", "🎉"]) })),
    pin: () => onMessage((chatId, { id }) => as("ben", { type: pick(["PIN_MESSAGE", "UNPIN_MESSAGE"]), chatId, messageId: id })),
    read: () => as(somebody(), { type: "MARK_READ", chatId: pick(chats) }),
    mute: () => as("ann", { type: "MUTE_CHAT", chatId: pick(chats), ...pick([{}, { until: null }]) }),
    rename: () => as(pick(["ben", "cleo"]), { type: "UPDATE_USER", displayName: `Name ${++count}` }),
    renameSelf: () => as("ann", { type: "UPDATE_USER", displayName: `Ann ${++count}` }),
    describe: () => as("ben", { type: "UPDATE_CHAT", chatId: pick(chats), description: text() }),
    title: () => as("ben", { type: "UPDATE_CHAT", chatId: pick(chats), name: `chat-${++count}` }),
    whisper: () => as(pick(["ben", "cleo"]), { type: "SEND_PERSONAL_MESSAGE", to: "ann", content: text() }),
    create: async () => {
      const { chatId } = await as("ben", { type: "CREATE_CHAT", name: `new ${++count}`, members: ["ann", "cleo"] });
      chats.push(chatId);
    },
    remove: () => as("ben", { type: "REMOVE_MEMBERS", chatId: pick(chats), userIds: [pick([tokens.annId, tokens.cleoId])] }),
    add: () => as("ben", { type: "ADD_MEMBERS", chatId: pick(chats), members: ["ann", "cleo"] }),
    drop: async () => {
      if (chats.length > 2) await as("ben", { type: "DELETE_CHAT", chatId: chats.splice(Math.floor(roll() * chats.length), 1)[0] });
    },
  };
}

/** The list of chats as it is drawn. */
const list = (page) =>
  page.locator(".chat").evaluateAll((chats) =>
    chats.map((chat) => [chat.dataset.chat, chat.innerText, ...[...chat.querySelectorAll("[aria-label]")].map((part) => part.getAttribute("aria-label"))].join(" | ")));

/** The open chat as it is drawn. Only a page that was open shows the events between the messages. */
const conversation = (page) =>
  page.locator(".conversation").evaluate((place) => ({
    heading: place.querySelector(".heading")?.innerText,
    closed: place.classList.contains("closed"),
    rows: [...place.querySelectorAll(".messages > :not(.notice)")].map((row) =>
      [row.className.replace(/ ?highlighted/, ""), row.innerText, ...[...row.querySelectorAll("[title], [aria-label]")].map((part) => `${part.getAttribute("title")} ${part.getAttribute("aria-label")}`)].join(" | ")),
  }));

/** The messages of the open chat by id, without what depends on when a page was opened: grouping, and the line "New messages". */
const messages = (page) =>
  page.locator("article").evaluateAll((rows) =>
    rows.map((row) => [row.dataset.id, ...[".content", ".quote", ".reactions", ".marks"].map((part) => {
      const found = row.querySelector(part);
      return found && [found.innerText, ...[...found.querySelectorAll("[title], [aria-label]")].map((one) => `${one.title} ${one.ariaLabel}`)].join(" | ");
    })]));

/** Waits until two pages draw the same. */
async function agree(what, draw, pages) {
  let drawn;
  for (let attempt = 0; attempt < 60; attempt++) {
    drawn = await Promise.all(pages.map(draw));
    if (JSON.stringify(drawn[0]) === JSON.stringify(drawn[1])) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(drawn[0], drawn[1], what);
}

for (const seed of SEEDS)
  test(`after history ${seed} the page draws the same as a new page`, { skip, timeout: 180_000 }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test, { ...FAST, COMMANDS_PER_SECOND_PER_USER: "0", NEW_CHATS_PER_HOUR: "0" });
    const cleo = await server.user("cleo");
    const idOf = async (username) => (await server.command({ type: "GET_USER", username })).user.id;
    const tokens = { ann, ben, cleo, annId: await idOf("ann"), cleoId: await idOf("cleo") };
    // Ben owns every chat, so that all his actions are permitted.
    const { chatId: group } = await server.command({ type: "CREATE_CHAT", name: "plans", members: ["ann", "cleo"] }, ben);
    const chats = [group];
    await server.command({ type: "UPDATE_MEMBER", chatId, userId: await idOf("ben"), role: "owner" });
    chats.push(chatId);
    const proxy = await Proxy.start(test, server);
    const page = await open(test, { port: Number(new URL(proxy.url).port) }, { token: ann, trouble: false });
    await page.locator(".chat", { hasText: "plans" }).waitFor();
    const roll = random(seed);
    const all = Object.values(actions({ server, roll, tokens, chats }));
    for (let step = 0; step < STEPS; step++) {
      if (roll() < 0.08) {
        proxy.refusing = roll() < 0.7;
        proxy.cut();
      }
      if (roll() < 0.2) proxy.refusing = false;
      if (roll() < 0.1) await page.locator(".chat").first().click();
      await all[Math.floor(roll() * all.length)]();
    }
    proxy.refusing = false;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.locator('.banner[data-phase="online"]').waitFor({ state: "attached" });
    const fresh = await open(test, server, { token: ann, trouble: false });
    await fresh.locator(".chat").first().waitFor();
    // Everything is read, so that neither page draws the line "New messages".
    for (const id of (await server.command({ type: "GET_CHATS", limit: 200 }, ann)).chats.map(({ id }) => id)) await server.command({ type: "MARK_READ", chatId: id }, ann);
    // The message box and the list follow the open chat: both pages open the same ones.
    const both = [page, fresh];
    const show = (id) => Promise.all(both.map((one) => one.evaluate((id) => (location.hash = encodeURIComponent(id)), id)));
    // The open chat was drawn incrementally while it changed.
    const [opened, isOpen] = await page.evaluate(() => [decodeURIComponent(location.hash.slice(1)), !document.querySelector(".conversation.closed")]);
    if (isOpen) {
      await fresh.evaluate((id) => (location.hash = encodeURIComponent(id)), opened);
      await fresh.locator(".messages").waitFor();
      await agree("the open chat", messages, both);
    }
    await show("nowhere");
    await agree("the lists", list, both);
    for (const id of await fresh.locator(".chat").evaluateAll((chats) => chats.map((chat) => chat.dataset.chat))) {
      await show(id);
      await agree(`the chat ${id}`, conversation, both);
      await agree("the lists", list, both);
    }
  });
