// Everything by keyboard alone: what opens gives the focus back when it closes, and the focus can always be seen.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, fill, open, openChat, said, skip } from "./support.mjs";

after(closeBrowser);

/** What has the focus, as a person would name it. */
const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return at === document.body ? "nothing" : at.getAttribute("aria-label") ?? at.textContent.trim().slice(0, 40) ?? at.nodeName;
});

/** A channel with a few messages, opened by somebody who manages it. */
async function scene(test, options = {}) {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["first", "second @ann"]);
  await server.command({ type: "UPDATE_MEMBER", chatId, userId: "ann", role: "owner" });
  const page = await open(test, server, { token: ann, ...options });
  await openChat(page, "general");
  await said(page, "second").waitFor();
  return { server, ann, ben, chatId, page };
}

test("a dialog that is opened by keyboard gives the focus back to what opened it", { skip }, async (test) => {
  const { page } = await scene(test);
  const button = (name) => page.getByRole("button", { name, exact: typeof name === "string" });
  const openers = {
    settings: page.locator(".me"),
    mentions: page.locator(".sidebar header .icon").nth(0),
    "the search of messages": page.locator(".sidebar header .icon").nth(1),
    "a new chat": button("New chat"),
    "about the chat": page.locator(".heading .title"),
    "the search of the chat": button("Search this chat"),
    "a profile": said(page, "first").locator(".sender"),
    "the emoji picker": button("Insert emoji"),
  };
  for (const [what, opener] of Object.entries(openers)) {
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog").waitFor();
    await page.waitForFunction(() => document.querySelector("dialog").contains(document.activeElement), undefined, { timeout: 5_000 });
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    // The emoji picker leads back to the text that it writes into.
    const isBack = what === "the emoji picker" ? page.getByRole("textbox", { name: "Message" }) : opener;
    const back = await isBack.evaluate((element) => element === document.activeElement);
    assert.ok(back || (await opener.evaluate((element) => element === document.activeElement)), `${what}: ${await focused(page)}`);
  }
});

test("the tools of a message are reached by keyboard, and the focus stays at the message", { skip }, async (test) => {
  const { page } = await scene(test);
  const row = said(page, "first");
  await row.focus();
  const names = [];
  for (let step = 0; step < 14; step++) {
    await page.keyboard.press("Tab");
    const inside = await row.evaluate((element) => element.contains(document.activeElement));
    if (!inside) break;
    names.push(await focused(page));
  }
  for (const name of ["Reply", "Delete"]) assert.ok(names.includes(name), `${name}: ${names.join(", ")}`);
  await row.focus();
  await row.getByRole("button", { name: "Delete" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  assert.ok(await row.evaluate((element) => element.contains(document.activeElement)), await focused(page));
  await row.focus();
  await row.getByRole("button", { name: "Reply" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".about").waitFor();
  assert.equal(await focused(page), "Message");
});

test("the focus survives a message that is deleted, and a chat that is left", { skip }, async (test) => {
  const { page, server, chatId } = await scene(test);
  const row = said(page, "second");
  await row.focus();
  await row.getByRole("button", { name: "Delete" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => !document.querySelector(".messages").textContent.includes("second @ann"));
  assert.notEqual(await focused(page), "nothing");
  await page.locator(".heading .title").focus();
  await server.command({ type: "DELETE_CHAT", chatId });
  await page.waitForFunction(() => !document.querySelector(".chat"));
  assert.notEqual(await focused(page), "nothing");
});

for (const colorScheme of ["light", "dark"])
  test(`whatever has the focus shows it in the ${colorScheme} theme`, { skip }, async (test) => {
    const { page } = await scene(test, { colorScheme });
    await page.locator(".me").focus();
    const hidden = [];
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const { activeElement: at } = document;
        if (at === document.body) return undefined;
        const shows = (element) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
        };
        const { width, height } = at.getBoundingClientRect();
        const isSeen = width > 0 && height > 0 && (shows(at) || shows(at.parentElement));
        return isSeen ? undefined : `${at.nodeName}.${at.className} ${at.getAttribute("aria-label") ?? at.textContent.slice(0, 20)}`;
      });
      if (name) hidden.push(name);
    }
    assert.deepEqual([...new Set(hidden)], []);
  });
