// Pictures in full size, the emoji picker and the sheet of a message, by keyboard alone.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { focused, unreached } from "./focus.mjs";
import { channel, closeBrowser, eventually, fill, open, openChat, PHONE, picture, said, skip, upload } from "./support.mjs";

after(closeBrowser);

const RIGHT_TO_LEFT = { locale: "ar-EG", forward: "ArrowLeft", back: "ArrowRight" };
const LEFT_TO_RIGHT = { locale: "en-US", forward: "ArrowRight", back: "ArrowLeft" };

/** A channel with a message, opened by a member. */
async function scene(test, options) {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["first", "look at this"]);
  const page = await open(test, server, { token: ann, ...options });
  await openChat(page, "general");
  await said(page, "look at this").waitFor();
  return { page, server, ann, ben, chatId };
}

const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);
const containsFocus = (locator) => locator.evaluate((element) => element.contains(document.activeElement));
/** A message is drawn again when the server confirms a reaction: between finding it and asking it, another element may take its place and the focus. */
const keepsFocus = (page, locator) => eventually(async () => ((await containsFocus(locator)) ? "the message" : focused(page)), (name) => name === "the message", "the focus");
const isGone = (page) => page.locator("dialog").waitFor({ state: "detached" });
const picked = (page) => page.evaluate(() => document.activeElement.dataset.pick);

for (const { locale, forward, back } of [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
  test(`pictures are opened, browsed and closed by keyboard (${locale})`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    for (const side of [200, 300, 400]) {
      const file = await upload(server, ben, chatId, { name: `${side}.png`, mimeType: "image/png", bytes: picture(side, side), width: side, height: side });
      await server.command({ type: "SEND_MESSAGE", chatId, message: { content: `side ${side}`, attachments: [{ id: file.id }] } }, ben);
    }
    const page = await open(test, server, { token: ann, locale, path: `/#${chatId}` });
    const lightbox = page.locator(".lightbox");
    const shows = (side) => page.waitForFunction((side) => document.querySelector(".lightbox img")?.naturalWidth === side, side);
    await said(page, "side 200").locator("[data-picture]").press("Enter");
    await shows(200);
    await assertAccessible(page, "the first picture");
    assert.deepEqual(await unreached(page), { left: [], strayed: 0 });
    // The button is hidden at the last picture: the focus stays in the dialog, and so do the keys.
    const next = lightbox.locator("> button").last();
    await next.press("Enter");
    await shows(300);
    await next.press("Enter");
    await page.keyboard.press(back);
    await shows(300);
    await page.keyboard.press("End");
    await shows(400);
    assert.ok(await containsFocus(lightbox), await focused(page));
    assert.deepEqual(await unreached(page), { left: [], strayed: 0 });
    await page.keyboard.press("Home");
    await page.keyboard.press(forward);
    await shows(300);
    await page.keyboard.press("Escape");
    await isGone(page);
    assert.ok(await hasFocus(said(page, "side 300").locator("[data-picture]")), await focused(page));
  });

for (const { locale, forward, back } of [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
  test(`an emoji is chosen and inserted by keyboard (${locale})`, { skip }, async (test) => {
    const { page } = await scene(test, { locale });
    const opener = page.locator(".composer .line button").nth(2);
    const text = page.locator(".composer textarea");
    await opener.press("Enter");
    await page.locator(".emoji-grid button").first().waitFor();
    await assertAccessible(page, "the emoji picker");
    assert.deepEqual(await unreached(page), { left: [], strayed: 0 });
    const search = page.locator("dialog input[type=search]");
    await search.focus();
    await page.keyboard.press("ArrowDown");
    const cells = await page.locator(".emoji-grid button").evaluateAll((cells) => cells.map(({ dataset, offsetTop }) => ({ emoji: dataset.pick, offsetTop })));
    const columns = cells.findIndex(({ offsetTop }) => offsetTop > cells[0].offsetTop);
    assert.ok(columns > 2, `${columns} columns`);
    const steps = [[undefined, 0], [forward, 1], [forward, 2], [back, 1], ["ArrowDown", 1 + columns], ["ArrowUp", 1], ["End", cells.length - 1], ["Home", 0], [forward, 1]];
    for (const [key, index] of steps) {
      if (key) await page.keyboard.press(key);
      assert.equal(await picked(page), cells[index].emoji, `${key} to ${index}`);
    }
    await page.keyboard.press("ArrowUp");
    assert.ok(await hasFocus(search), await focused(page));
    // Tab comes back to where the arrows were.
    await page.locator(".emoji-groups button").last().focus();
    await page.keyboard.press("Tab");
    assert.equal(await picked(page), cells[1].emoji);
    await page.keyboard.press("Enter");
    await isGone(page);
    assert.equal(await text.inputValue(), cells[1].emoji);
    assert.ok(await hasFocus(text), await focused(page));
    await opener.press("Enter");
    await page.locator(".emoji-grid button").first().waitFor();
    await search.fill("nothing is called this");
    await page.locator(".emoji-grid .empty").waitFor();
    await assertAccessible(page, "an emoji picker without a result");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    // The first one empties a search field.
    if (await page.locator("dialog").count()) await page.keyboard.press("Escape");
    await isGone(page);
    assert.ok((await hasFocus(opener)) || (await hasFocus(text)), await focused(page));
  });

test("a reaction is chosen by keyboard, and the focus returns to its message", { skip }, async (test) => {
  const { page } = await scene(test);
  const row = said(page, "look at this");
  const openPicker = async () => {
    await row.focus();
    await row.getByRole("button", { name: "Add reaction" }).press("Enter");
    await page.locator(".emoji-grid button").first().waitFor();
  };
  await openPicker();
  await assertAccessible(page, "the picker of reactions");
  await page.keyboard.press("Escape");
  await isGone(page);
  await keepsFocus(page, row);
  await openPicker();
  await page.keyboard.type("rocket");
  await page.keyboard.press("ArrowDown");
  assert.equal(await picked(page), "🚀");
  await page.keyboard.press("Enter");
  await isGone(page);
  await row.locator(".reaction.mine", { hasText: "🚀" }).waitFor();
  await keepsFocus(page, row);
});

test("the focus returns to a message that has changed meanwhile", { skip }, async (test) => {
  const { page, server, ben, chatId } = await scene(test);
  const row = said(page, "look at this");
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 });
  await row.focus();
  await row.getByRole("button", { name: "Add reaction" }).press("Enter");
  await page.locator(".emoji-grid button").first().waitFor();
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👀" }, ben);
  await row.locator(".reaction", { hasText: "👀" }).waitFor();
  await page.keyboard.press("Escape");
  await isGone(page);
  await keepsFocus(page, row);
});

test("the focus returns to a message that has changed under its sheet, by way of what the sheet opens", { skip }, async (test) => {
  const { page, server, ben, chatId } = await scene(test, PHONE);
  const row = said(page, "look at this");
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 });
  await page.locator(".messages").focus();
  await page.keyboard.press("ArrowUp");
  await keepsFocus(page, row);
  await page.keyboard.press("Enter");
  await page.locator("dialog.sheet").waitFor();
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👀" }, ben);
  await row.locator(".reaction", { hasText: "👀" }).waitFor();
  await page.locator(".sheet .entries button").first().press("Enter");
  await page.locator(".emoji-grid button").first().waitFor();
  await page.keyboard.press("Escape");
  await isGone(page);
  await keepsFocus(page, row);
});

for (const { locale } of [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
  test(`the sheet of a message is opened, used and closed by keyboard on a touch screen (${locale})`, { skip }, async (test) => {
    const { page } = await scene(test, { ...PHONE, locale });
    const row = said(page, "look at this");
    const sheet = page.locator("dialog.sheet");
    const openSheet = async () => {
      await page.locator(".messages").focus();
      await page.keyboard.press("ArrowUp");
      await keepsFocus(page, row);
      await page.keyboard.press("Enter");
      await sheet.waitFor();
    };
    await openSheet();
    await assertAccessible(page, "the sheet");
    assert.deepEqual(await unreached(page), { left: [], strayed: 0 });
    await page.keyboard.press("Escape");
    await isGone(page);
    await keepsFocus(page, row);
    await openSheet();
    await sheet.locator(".quick button").first().press("Enter");
    await isGone(page);
    await row.locator(".reaction.mine", { hasText: "👍" }).waitFor();
    await keepsFocus(page, row);
    await openSheet();
    await sheet.locator(".entries button").first().press("Enter");
    await page.locator(".emoji-grid button").first().waitFor();
    await assertAccessible(page, "the picker of reactions over a phone");
    // The first of those used last would take the reaction back.
    await page.locator(".emoji-groups button").nth(2).press("Enter");
    await page.keyboard.press("Tab");
    for (let step = 0; step < 9 && !(await picked(page)); step++) await page.keyboard.press("Tab");
    const emoji = await picked(page);
    await page.keyboard.press("Enter");
    await isGone(page);
    await row.locator(".reaction", { hasText: emoji }).waitFor();
    await keepsFocus(page, row);
    await openSheet();
    await sheet.locator(".entries button").nth(1).press("Enter");
    await page.locator(".about:not([hidden])").waitFor();
    assert.ok(await hasFocus(page.locator(".composer textarea")), await focused(page));
  });
