// Opening a chat, and read marks.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, eventually, fill, open, openChat, PHONE, said, skip, viewOf } from "./support.mjs";

after(closeBrowser);

const numbered = (count) => Array.from({ length: count }, (_, index) => `message ${index + 1}.`);
const inView = (page) =>
  page.locator(".scroller").evaluate((scroller) => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll("article")]
      .filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().bottom <= bottom + 4)
      .map((row) => row.querySelector(".content").textContent.trim());
  });

test("opening a chat marks only the messages in view as read", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, numbered(200));
  const page = await open(test, server, { token: ann });
  await said(page, "message 1.").waitFor();
  const { unreadCount } = await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount < 200, "nothing was marked as read");
  const seen = await inView(page);
  assert.equal(unreadCount, 200 - Number(seen.at(-1).match(/\d+/)[0]));
  assert.ok(unreadCount > 100, `only ${unreadCount} are left`);
  await page.getByRole("button", { name: /Jump to the newest message/ }).click();
  await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount === 0, "the newest messages were not marked as read");
});

test("a chat that is not visible stays unread", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, numbered(20));
  const { chatId: other } = await server.command({ type: "CREATE_CHAT", name: "other", kind: "channel", members: ["ann", "ben"] });
  await fill(server, ben, other, ["in the other chat"]);
  const phone = await open(test, server, { ...PHONE, token: ann });
  await openChat(phone, "other");
  await eventually(() => viewOf(server, ann, other), ({ unreadCount }) => unreadCount === 0, "the open chat was not marked as read");
  assert.equal((await viewOf(server, ann, chatId)).unreadCount, 20);
});

test("a chat opens at its first unread message, with a line above it", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, numbered(700));
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 200, before: 404 });
  const lastRead = messages.at(-1);
  await server.command({ type: "MARK_READ", chatId, seq: lastRead.seq }, ann);
  const page = await open(test, server, { token: ann });
  const line = page.getByRole("separator", { name: "New messages" });
  await line.waitFor();
  const { above, below, top, height } = await line.evaluate((line) => {
    const text = (row) => row.querySelector(".content").textContent.trim();
    const scroller = line.closest(".scroller").getBoundingClientRect();
    return { above: text(line.previousElementSibling), below: text(line.nextElementSibling), top: line.getBoundingClientRect().top - scroller.top, height: scroller.height };
  });
  assert.equal(above, lastRead.content);
  const next = Number(lastRead.content.match(/\d+/)[0]) + 1;
  assert.equal(below, `message ${next}.`);
  assert.ok(top >= 0 && top < height, `the line stands at ${top} of ${height}`);
  const count = page.locator(".jump .badge");
  await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount < 701 - next, "nothing was marked as read");
  const { unreadCount } = await viewOf(server, ann, chatId);
  // The line stays while the messages below it are read.
  assert.match(await line.evaluate((line) => line.nextElementSibling.querySelector(".content").textContent), new RegExp(`^message ${next}\\.`));
  await eventually(() => count.innerText(), (text) => text === String(unreadCount), `the jump button does not say ${unreadCount}`);
  await page.locator(".jump").click();
  await said(page, "message 700.").waitFor();
  await page.locator(".jump").waitFor({ state: "hidden" });
});

/** Pseudo-random numbers, the same in every run. */
function* pseudorandom(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("the first unread message is correct in 100 random histories", { skip, timeout: 240_000 }, async (test) => {
  const { server, ann, ben } = await channel(test);
  const random = pseudorandom(17);
  const next = (below) => Math.floor(random.next().value * below);
  const expected = new Map();
  for (let history = 0; history < 100; history++) {
    const { chatId } = await server.command({ type: "CREATE_CHAT", name: `history ${history}`, members: ["ann", "ben"] });
    const messages = [];
    let read = 0;
    for (let step = 0; step < 4 + next(30); step++) {
      const choice = next(10);
      const sender = next(3) === 0 ? ann : ben;
      const target = messages[next(messages.length)];
      if (choice === 0 && messages.length) {
        const { seq } = await server.command({ type: "MARK_READ", chatId, seq: target.seq }, ann);
        read = Math.max(read, seq);
      } else if (choice === 1 && target && !target.deleted) {
        await server.command({ type: "DELETE_MESSAGE", chatId, messageId: target.id }, target.sender);
        target.deleted = true;
      } else {
        const { seq, message } = await server.command({ type: "SEND_MESSAGE", chatId, content: `step ${step}.` }, sender);
        messages.push({ seq, id: message.id, sender });
      }
    }
    expected.set(chatId, messages.find((message) => message.seq > read && message.sender === ben && !message.deleted)?.id);
  }
  const page = await open(test, server, { token: ann });
  // Reading must not move the marks of the chats that follow.
  for (const [chatId, first] of expected) {
    await page.evaluate((chatId) => (location.hash = chatId), chatId);
    await page.waitForFunction((chatId) => document.querySelector(`.chat[data-chat="${chatId}"][aria-current]`), chatId);
    await page.locator(".messages .beginning").waitFor();
    await page.waitForFunction((first) => document.querySelector(".unread-line")?.nextElementSibling.dataset.id === first, first);
  }
});

test("messages that arrive in a hidden window stay unread, and the page returns to the first of them", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, numbered(50));
  await server.command({ type: "MARK_READ", chatId }, ann);
  const page = await open(test, server, { token: ann });
  await said(page, "message 50.").waitFor();
  const show = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await show("hidden");
  await fill(server, ben, chatId, Array.from({ length: 60 }, (_, index) => `late ${index + 1}.`));
  await said(page, "late 60.").waitFor({ state: "attached" });
  assert.equal((await viewOf(server, ann, chatId)).unreadCount, 60);
  await show("visible");
  assert.ok((await inView(page)).includes("late 1."));
  await page.getByRole("separator", { name: "New messages" }).waitFor();
  await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount < 60, "nothing was marked as read");
  assert.ok((await viewOf(server, ann, chatId)).unreadCount > 0);
});

test("a flood of new messages does not move the reading position further up", { skip, timeout: 120_000 }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: 300 }, (_, index) => `message ${index}`));
  await server.command({ type: "MARK_READ", chatId }, ann);
  const page = await open(test, server, { token: ann });
  await said(page, "message 299").waitFor();
  const scroller = page.locator(".scroller");
  const top = () =>
    scroller.evaluate((place) => {
      const { top } = place.getBoundingClientRect();
      const row = [...place.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > top + 1);
      return [row.querySelector(".content").textContent, Math.round(row.getBoundingClientRect().top)];
    });
  const scrollUp = (place) => {
    if (place.scrollHeight - place.scrollTop - place.clientHeight > 2_000) return true;
    place.scrollTop -= 1_000;
    return false;
  };
  await eventually(() => scroller.evaluate(scrollUp), Boolean, "the reader further up");
  const before = await top();
  await fill(server, ben, chatId, Array.from({ length: 2_000 }, (_, index) => `flood ${index}`));
  await eventually(() => page.locator(".jump .badge").textContent(), (text) => text.replace(/\D/g, "") === "2000", "the count");
  const after = await top();
  assert.equal(after[0], before[0]);
  assert.ok(Math.abs(after[1] - before[1]) <= 2, `it moved from ${before[1]} to ${after[1]}`);
  assert.ok((await page.locator("article").count()) <= 500);
  await page.locator(".jump").click();
  await said(page, "flood 1999").waitFor();
  assert.ok((await page.locator("article").count()) <= 500);
});

test("the inbox lists mentions and leads to them", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello @ann", ...numbered(300)]);
  await server.command({ type: "CREATE_CHAT", name: "elsewhere", kind: "channel", members: ["ann", "ben"] });
  const page = await open(test, server, { ...PHONE, token: ann });
  await page.getByRole("button", { name: "Mentions, 1 unread mention" }).click();
  await page.locator("dialog .unread .hit", { hasText: "hello @ann" }).click();
  await page.locator("article.highlighted", { hasText: "hello @ann" }).waitFor();
});

test("unread messages and mentions are counted separately", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, [...Array.from({ length: 6 }, () => "hey @ann"), ...numbered(1_080)]);
  const page = await open(test, server, { ...PHONE, token: ann });
  const row = page.locator(".chat", { hasText: "general" });
  await row.getByRole("img", { name: "1,086 unread messages" }).waitFor();
  assert.deepEqual(await row.locator(".badge").allInnerTexts(), ["@6", "1,086"]);
});

test("a message marked unread stays unread until its chat is opened again, on every device", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await server.command({ type: "CREATE_CHAT", name: "other", kind: "channel", members: ["ann"] });
  await fill(server, ben, chatId, ["one", "two", "three"]);
  const page = await open(test, server, { token: ann, path: `/#${chatId}` });
  const phone = await open(test, server, { token: ann, path: "/#nowhere" });
  await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount === 0, "the messages were not read");
  const badge = (at) => at.locator(".chat", { hasText: "general" }).locator(".badge");
  await badge(phone).waitFor({ state: "detached" });
  await said(page, "two").hover();
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await page.locator(".unread-line + article", { hasText: "two" }).waitFor();
  for (const at of [page, phone]) await badge(at).filter({ hasText: "2" }).waitFor();
  // It stays unread while the chat is visible and when new messages arrive.
  await fill(server, ben, chatId, ["four"]);
  await said(page, "four").waitFor();
  await badge(page).filter({ hasText: "3" }).waitFor();
  await page.waitForTimeout(1_500);
  assert.equal((await viewOf(server, ann, chatId)).unreadCount, 3);
  await page.locator(".chat", { hasText: "other" }).click();
  await page.locator(".chat", { hasText: "general" }).click();
  await page.locator(".unread-line + article", { hasText: "two" }).waitFor();
  await badge(page).waitFor({ state: "detached" });
  await badge(phone).waitFor({ state: "detached" });
  assert.equal((await viewOf(server, ann, chatId)).unreadCount, 0);
});
