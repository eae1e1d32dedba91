// Writing, members, sign-up, and touch targets.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, FAST, open, openChat, PHONE, said, say, Server, skip } from "./support.mjs";

after(closeBrowser);

test("a counter shows when a text becomes too long, and the text is not sent", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann });
  const box = page.getByRole("textbox", { name: "Message" });
  await box.fill("😀".repeat(4_000));
  await page.locator(".counter", { hasText: "4,000 of 4,096 characters" }).waitFor();
  await box.fill("x".repeat(4_100));
  await page.locator(".counter", { hasText: "4 characters too many" }).waitFor();
  await box.press("Enter");
  assert.equal((await box.inputValue()).length, 4_100);
  await box.fill("x".repeat(4_096));
  await box.press("Enter");
  await said(page, "xxx").locator('[aria-label="Sent"]').waitFor();
  assert.equal(await box.inputValue(), "");
});

test("a text that the server refuses can be brought back and sent shortened", { skip }, async (test) => {
  const { server, ann } = await channel(test, { ...FAST, MAX_CONTENT_CHARS: "100" });
  const page = await open(test, server, { token: ann });
  const box = page.getByRole("textbox", { name: "Message" });
  const text = `${"too long ".repeat(12)}end`;
  await box.fill(text);
  await box.press("Enter");
  // A client that knows the limit keeps the text; otherwise the refused message offers to edit it.
  const back = page.locator("article.pending").getByRole("button", { name: "Edit" });
  await back.or(page.locator(".counter.over")).waitFor();
  if (await back.isVisible()) await back.click();
  assert.equal(await box.inputValue(), text);
  assert.equal(await page.locator("article.pending").count(), 0);
  await box.fill("short enough");
  await box.press("Enter");
  await said(page, "short enough").locator('[aria-label="Sent"]').waitFor();
});

test("a draft survives a reload and stays with its chat", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  await server.command({ type: "CREATE_CHAT", name: "other", kind: "channel", members: ["ann"] });
  const page = await open(test, server, { token: ann });
  const box = page.getByRole("textbox", { name: "Message" });
  await openChat(page, "general");
  await box.fill("unfinished");
  await openChat(page, "other");
  assert.equal(await box.inputValue(), "");
  await openChat(page, "general");
  assert.equal(await box.inputValue(), "unfinished");
  await page.reload();
  await box.waitFor();
  assert.equal(await box.inputValue(), "unfinished");
});

test("removing a member asks for confirmation", { skip }, async (test) => {
  const { server, ann, ben } = await channel(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "kitchen", members: ["ben"] }, ann);
  const page = await open(test, server, { token: ann });
  await openChat(page, "kitchen");
  const members = async () => (await server.command({ type: "GET_CHAT", chatId }, ann)).chat.memberCount;
  await page.locator(".heading .title").click();
  await page.getByRole("button", { name: /Remove .*ben/ }).click();
  await page.getByRole("heading", { name: "Remove this member?" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await members(), 2);
  await page.getByRole("button", { name: /Remove .*ben/ }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Remove", exact: true }).click();
  await page.locator("dialog li", { hasText: "@ben" }).waitFor({ state: "detached" });
  assert.equal(await members(), 1);
  assert.equal((await server.command({ type: "GET_CHAT", chatId }, ben)).code, "NOT_FOUND");
});

test("the sign-up names its fields and rules, and shows the password on demand", { skip }, async (test) => {
  const server = await Server.start(test, FAST);
  const page = await open(test, server);
  await page.getByRole("tab", { name: "Sign up" }).click();
  const username = page.getByLabel("Username", { exact: true });
  const password = page.getByLabel("Password", { exact: true });
  const hint = (field) => field.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby")).textContent);
  assert.equal(await hint(username), "3 to 32 letters, digits, dots, hyphens or underscores");
  assert.equal(await hint(password), "At least 8 characters");
  await username.fill("no blanks");
  await password.fill("correct horse");
  assert.equal(await username.evaluate((input) => input.validity.patternMismatch), true);
  assert.equal(await password.getAttribute("type"), "password");
  await page.getByRole("button", { name: "Show password" }).click();
  assert.equal(await password.getAttribute("type"), "text");
  await username.fill("ann.b-c_1");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.locator(".me", { hasText: "@ann.b-c_1" }).waitFor();
});

test("touch targets on a phone are at least 44 px in size", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const page = await open(test, server, { ...PHONE, token: ann });
  const small = () =>
    page.evaluate(() => {
      const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
      return [...place.querySelectorAll("button, input:not([type=checkbox]), textarea, select, summary, .toggle")]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0)
        .map((element) => ({ name: element.outerHTML.slice(0, 100), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name, box }) => `${name} ${box.width} × ${box.height}`);
    });
  await page.locator(".chat", { hasText: "general" }).waitFor();
  assert.deepEqual(await small(), []);
  await openChat(page, "general");
  await say(page, "from a phone");
  await said(page, "from a phone").locator('[aria-label="Sent"]').waitFor();
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId });
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👍" }, ben);
  await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "a reply", replyTo: messages[0].id } }, ben);
  await said(page, "a reply").locator(".quote").waitFor();
  assert.deepEqual(await small(), []);
  await page.locator(".heading .title").click();
  await page.locator("dialog li", { hasText: "@ben" }).waitFor();
  assert.deepEqual(await small(), []);
  await page.keyboard.press("Escape");
  for (const name of ["Insert emoji", "Search this chat"]) {
    await page.getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await small(), []);
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
  }
});

test("a tap on a message shows its actions, and nothing covers the message", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { ...PHONE, token: ann });
  await openChat(page, "general");
  await say(page, "tap me");
  await said(page, "tap me").locator('[aria-label="Sent"]').waitFor();
  await said(page, "tap me").locator(".content").tap();
  assert.equal(await page.locator(".toolbar").count(), 0);
  const entry = page.getByRole("dialog").getByRole("button", { name: "Edit" });
  await entry.waitFor();
  const { width, height } = await entry.evaluate((element) => element.getBoundingClientRect().toJSON());
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
  await entry.click();
  await say(page, "tapped");
  await said(page, "tapped").locator(".edited").waitFor();
});
