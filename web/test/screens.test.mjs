// axe on every screen of an administrator, in every language and theme.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { anonymously, channel, closeBrowser, fill, open, PHONE, picture, said, skip, upload } from "./support.mjs";

after(closeBrowser);

const DESKTOP = { viewport: { width: 1440, height: 900 } };
const TABLET = { viewport: { width: 768, height: 1024 } };
const RICH = "Hello **@dora**, `code` and https://example.org\n\n> a quotation\n\n```js\nconst answer = 42;\n```\n\nمرحبا";

/** A person who administers the server, with a bot, a picture, a ban in the log, and a chat that has everything. */
async function scene(test) {
  const { server, ann, ben, chatId } = await channel(test);
  await anonymously(server, { type: "SIGN_UP", username: "dora", displayName: "Dora", password: "correct horse" });
  await server.command({ type: "SET_USER_ROLE", userId: "dora", role: "admin" });
  const { accessToken: dora } = await anonymously(server, { type: "LOG_IN", username: "dora", password: "correct horse" });
  await server.command({ type: "CREATE_API_TOKEN", name: "robot", bot: { username: "robot" } }, dora);
  await server.command({ type: "JOIN_CHAT", chatId }, dora);
  await server.command({ type: "BAN_USER", userId: "ann", reason: "spam" }, dora);
  await server.command({ type: "UNBAN_USER", userId: "ann" }, dora);
  const image = await upload(server, ben, chatId, { name: "view.png", mimeType: "image/png", bytes: picture(300, 200), width: 300, height: 200 });
  await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "a view", attachments: [{ id: image.id }] } }, ben);
  await fill(server, ben, chatId, [RICH, "hello @dora", "last"]);
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 });
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👍" }, dora);
  await server.command({ type: "PIN_MESSAGE", chatId, messageId: messages[0].id });
  const { file, uploadUrl } = await server.command({ type: "CREATE_UPLOAD", purpose: "avatar", name: "me.png", size: picture(60, 60).length, mimeType: "image/png" }, dora);
  await fetch(uploadUrl, { method: "PUT", body: picture(60, 60) });
  await server.command({ type: "UPDATE_USER", avatarUrl: file.url }, dora);
  const { chatId: archived } = await server.command({ type: "CREATE_CHAT", name: "old", kind: "group" }, dora);
  await server.command({ type: "UPDATE_CHAT", chatId: archived, active: false }, dora);
  await server.command({ type: "CREATE_CHAT", kind: "direct", members: ["ben"] }, dora);
  return { server, ann, dora, chatId };
}

/** Closes every dialog; that each key does so is tested elsewhere. */
async function close(page) {
  await page.evaluate(() => [...document.querySelectorAll("dialog")].reverse().forEach((dialog) => dialog.close()));
  await page.locator("dialog").first().waitFor({ state: "detached" });
}

/** What an administrator opens from the settings. */
async function checkSettings(page, check) {
  await page.locator(".me").click();
  await page.locator("dialog .picture-field").waitFor();
  await check("the settings");
  const sections = page.locator("dialog.settings > details > summary");
  const count = await sections.count();
  assert.equal(count, 6, "sections: password, sessions, tokens, archive, moderation, account");
  for (let index = 0; index < count; index++) await sections.nth(index).click();
  await page.locator("dialog.settings dd").first().waitFor();
  await page.locator("dialog.settings ul.results li").first().waitFor();
  await page.locator("dialog.settings input[type=search]").fill("ben");
  await page.locator("dialog.settings input[type=search]").press("Enter");
  await page.locator(".moderated .danger").waitFor();
  await check("every section of the settings");
  await page.locator(".moderated .danger").click();
  await page.locator("dialog").nth(1).waitFor();
  await check("the question before a ban");
  await close(page);
}

/** The dialogs of the open chat. */
async function checkChat(page, check, isPhone) {
  await check("a chat");
  await page.locator("article .sender").first().click();
  await page.locator(".profile-place footer").waitFor();
  await check("a profile");
  await close(page);
  await page.locator(".heading .title").click();
  await page.locator("dialog li", { hasText: "@ben" }).waitFor();
  for (const summary of await page.locator("dialog summary").all()) await summary.click();
  await check("about a chat");
  await close(page);
  await page.locator(".heading > button.icon").last().click();
  await page.locator("dialog input[type=search]").fill("hello");
  await page.locator("dialog .hit").first().waitFor();
  await check("the search");
  await close(page);
  await page.locator(".picture").click();
  await page.locator(".lightbox").waitFor();
  await check("a picture in full size");
  await close(page);
  const last = said(page, "last");
  if (isPhone) await last.locator("p").first().tap();
  else await last.hover();
  await page.locator(isPhone ? ".sheet" : ".toolbar").waitFor();
  await check("the actions of a message");
  if (isPhone) await close(page);
}

/** What opens over any chat. */
async function checkOverlays(page, check) {
  for (const [name, keys] of [["the chat switcher", "Control+k"], ["the keyboard shortcuts", "Control+/"]]) {
    await page.keyboard.press(keys);
    await page.locator("dialog").waitFor();
    await check(name);
    await close(page);
  }
  const buttons = page.locator(".sidebar header > button.icon");
  await buttons.nth(0).click();
  await page.locator("dialog .hit").first().waitFor();
  await check("the mentions");
  await close(page);
  await buttons.nth(2).click();
  for (const tab of await page.locator("dialog [role=tab]").all()) {
    await tab.click();
    await check(`a new chat: ${await tab.textContent()}`);
  }
  await close(page);
}

const LOOKS = [
  ...["en-US", "de-DE", "ar-EG"].flatMap((locale) => ["light", "dark"].flatMap((colorScheme) => [{ locale, colorScheme, name: "a desktop", options: DESKTOP }, { locale, colorScheme, name: "a phone", options: PHONE }])),
  { locale: "ar-EG", colorScheme: "light", name: "a tablet", options: TABLET },
  { locale: "de-DE", colorScheme: "dark", name: "a tablet", options: TABLET },
];

for (const { locale, colorScheme, name, options } of LOOKS)
  test(`axe finds no violation on any screen on ${name} in ${locale}, ${colorScheme}`, { skip, timeout: 180_000 }, async (test) => {
    const { server, dora, chatId } = await scene(test);
    const isPhone = options === PHONE;
    const page = await open(test, server, { ...options, locale, colorScheme, token: dora });
    const screens = [];
    const check = async (screen) => {
      screens.push(screen);
      await assertAccessible(page, screen);
      const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= width, `${screen}: ${content} of ${width} pixels`);
    };
    await page.locator(".chat").first().waitFor();
    await check("the list of chats");
    await checkSettings(page, check);
    await checkOverlays(page, check);
    await page.evaluate((chatId) => (location.hash = chatId), chatId);
    await said(page, "last").waitFor();
    await checkChat(page, check, isPhone);
    await page.evaluate(() => (location.hash = "nowhere"));
    await page.locator(".preview h2").waitFor();
    await check("a link that leads nowhere");
    assert.equal(screens.length, 18);
  });
