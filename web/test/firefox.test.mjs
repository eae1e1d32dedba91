// The main flows in Firefox.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, eventually, FAST, fill, open, openChat, picture, said, say, Server, signUp, skipFirefox as skip } from "./support.mjs";

after(closeBrowser);

const FIREFOX = { in: "firefox" };
const PHONE = { ...FIREFOX, viewport: { width: 390, height: 780 } };
const timeout = 120_000;

/** Writes several lines: filling a field would press Enter at each. */
const write = (page, text) =>
  page.getByRole("textbox", { name: "Message" }).evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);

test("Firefox signs up, creates a channel, and sends Markdown, edits, reactions and files", { skip, timeout }, async (test) => {
  const server = await Server.start(test, FAST);
  const page = await open(test, server, FIREFOX);
  await signUp(page, "dora", "Dora");
  await page.getByRole("button", { name: "New chat" }).first().click();
  await page.getByRole("tab", { name: "Channel", exact: true }).click();
  await page.getByLabel("Channel name").fill("kitchen");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.locator(".heading", { hasText: "kitchen" }).waitFor();
  await write(page, "**bold** and `code`\n\n```js\nconst answer = 42;\n```");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await said(page, "bold").locator("strong", { hasText: "bold" }).waitFor();
  await said(page, "bold").locator("pre code span", { hasText: "const" }).waitFor();
  await say(page, "frist");
  await said(page, "frist").locator(".tick").waitFor();
  await page.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await say(page, "first");
  await said(page, "first").locator(".edited").waitFor();
  await said(page, "first").hover();
  await said(page, "first").getByRole("button", { name: "React with 👍" }).click();
  await said(page, "first").locator(".reaction.mine", { hasText: "👍" }).waitFor();
  await page.locator("input[type=file]").setInputFiles([{ name: "red.png", mimeType: "image/png", buffer: picture(60, 30) }]);
  await page.locator(".tray canvas").waitFor();
  await say(page, "see there");
  await page.waitForFunction(() => document.querySelector(".picture img")?.naturalWidth === 60);
  await said(page, "see there").locator("[data-picture]").click();
  await page.locator(".lightbox img").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
});

test("Firefox sends what was written without a connection once, and finds it", { skip, timeout }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const page = await open(test, server, { ...FIREFOX, token: ann });
  await openChat(page, "general");
  await say(page, "before");
  await said(page, "before").locator('[aria-label="Sent"]').waitFor();
  await server.end("SIGKILL");
  await page.locator(".banner:not([hidden])").waitFor();
  await say(page, "meanwhile");
  await page.locator("article.pending", { hasText: "meanwhile" }).waitFor();
  await server.begin();
  await said(page, "meanwhile").locator('[aria-label="Sent"]').waitFor();
  await page.locator(".banner").waitFor({ state: "hidden" });
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId });
  assert.deepEqual(messages.map(({ content }) => content), ["before", "meanwhile"]);
  await page.getByRole("button", { name: "Search messages" }).click();
  await page.getByLabel("Search all chats").fill("meanwhile");
  await page.locator(".results .hit", { hasText: "meanwhile" }).click();
  await page.locator("article.highlighted", { hasText: "meanwhile" }).waitFor();
});

test("Firefox opens a chat at its first unread message and marks only what is in view as read", { skip, timeout }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: 120 }, (_, index) => `message ${index}`));
  const page = await open(test, server, { ...FIREFOX, token: ann, path: `/#${chatId}` });
  await page.getByRole("separator", { name: "New messages" }).waitFor();
  const unread = async () => (await server.command({ type: "GET_CHAT", chatId }, ann)).chat.unreadCount;
  const left = await eventually(unread, (count) => count < 120, "nothing was marked as read");
  assert.ok(left > 60, `${left} unread`);
  await page.locator(".jump").click();
  await said(page, "message 119").waitFor();
  await eventually(unread, (count) => count === 0, "the end was not marked as read");
});

test("Firefox shows two users' messages live, at the width of a phone and from right to left", { skip, timeout }, async (test) => {
  const { server, ann, ben } = await channel(test);
  const phone = await open(test, server, { ...PHONE, token: ann, locale: "ar-EG" });
  const desktop = await open(test, server, { ...FIREFOX, token: ben });
  const fits = () => phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await phone.locator(".chat").first().waitFor();
  assert.ok(await fits());
  assert.equal(await phone.evaluate(() => document.documentElement.dir), "rtl");
  await openChat(phone, "general");
  await openChat(desktop, "general");
  await say(desktop, "@ann hello");
  await said(phone, "hello").waitFor();
  assert.ok(await fits());
  await phone.locator(".composer textarea").fill("مرحبا");
  await desktop.locator(".typing", { hasText: "ann" }).waitFor();
  await phone.locator(".composer textarea").press("Enter");
  await said(desktop, "مرحبا").waitFor();
  await phone.evaluate(() => history.back());
  await phone.locator(".layout:not(.open)").waitFor();
});
