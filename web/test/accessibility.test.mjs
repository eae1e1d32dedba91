// axe on every screen, in both themes; languages and directions.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { address, channel, closeBrowser, FAST, fill, open, openChat, PHONE, picture, said, Server, skip, upload } from "./support.mjs";

after(closeBrowser);

const RICH = "Hello **@ann**, `code` and https://example.org\n\n```js\nconst answer = 42; // yes\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |";

for (const colorScheme of ["light", "dark"])
  for (const [name, options] of [["a desktop", {}], ["a phone", PHONE]])
    test(`axe finds no violation on ${name} in the ${colorScheme} theme`, { skip, timeout: 120_000 }, async (test) => {
      const { server, ann, ben, chatId } = await channel(test);
      const image = await upload(server, ben, chatId, { name: "view.png", mimeType: "image/png", bytes: picture(300, 200), width: 300, height: 200 });
      await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "a view", attachments: [{ id: image.id }] } }, ben);
      await fill(server, ben, chatId, [RICH, ...Array.from({ length: 30 }, (_, index) => `message ${index}`)]);
      const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 });
      await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👍" }, ann);
      await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "reply", replyTo: messages[0].id, attachments: [{ url: "https://example.org/a.pdf", name: "a.pdf", size: 5, mimeType: "application/pdf" }] } }, ann);
      await server.command({ type: "PIN_MESSAGE", chatId, messageId: messages[0].id });
      const { chatId: guests } = await server.command({ type: "CREATE_CHAT", name: "guests", kind: "channel" });
      const page = await open(test, server, { ...options, colorScheme, token: ann });
      const close = async () => {
        await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
        await page.locator("dialog").waitFor({ state: "detached" });
      };
      await page.locator(".chat", { hasText: "general" }).waitFor();
      await assertAccessible(page, "the list of chats");
      const slow = await open(test, server, { ...options, colorScheme, token: ann, latency: 1_000 });
      await slow.locator(".chat", { hasText: "general" }).click();
      await slow.locator(".skeleton").waitFor();
      await assertAccessible(slow, "a chat that loads");
      await openChat(page, "general");
      await said(page, "Hello").waitFor();
      await page.waitForFunction(() => document.querySelector(".picture img")?.naturalWidth === 300);
      await assertAccessible(page, "a chat");
      await page.locator(".picture").click();
      await page.locator(".lightbox").waitFor();
      await assertAccessible(page, "a picture in full size");
      await close();
      const file = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "a") });
      await page.locator("input[type=file]").setInputFiles([file("fits.txt", 9), file("empty.txt", 0), { name: "red.png", mimeType: "image/png", buffer: picture(30, 30) }]);
      await page.locator(".tray canvas").waitFor();
      await page.locator(".tray li", { hasText: "fits.txt" }).locator("small", { hasText: "9 byte" }).waitFor();
      await assertAccessible(page, "files beside the text");
      for (const name of ["fits.txt", "empty.txt", "red.png"]) await page.getByRole("button", { name: `Remove ${name}` }).click();
      await page.locator(".heading .title").click();
      await page.locator("dialog li", { hasText: "@ben" }).waitFor();
      await assertAccessible(page, "about a chat");
      await close();
      await page.getByRole("button", { name: "Insert emoji" }).click();
      await assertAccessible(page, "the emoji picker");
      await close();
      await page.keyboard.press("Control+k");
      await assertAccessible(page, "the chat switcher");
      await close();
      await page.keyboard.press("Control+/");
      await assertAccessible(page, "the keyboard shortcuts");
      await close();
      await page.getByRole("button", { name: "Search this chat" }).click();
      await page.getByRole("dialog").getByRole("searchbox").fill("message");
      await page.locator(".results .hit").first().waitFor();
      await assertAccessible(page, "the search");
      await close();
      if (options.hasTouch) {
        await said(page, "message 3").locator("p").first().tap();
        await page.locator(".sheet").waitFor();
        await assertAccessible(page, "the actions of a message");
        await close();
        await page.getByRole("button", { name: "Back to chats" }).click();
      } else {
        await said(page, "message 3").hover();
        await assertAccessible(page, "the toolbar of a message");
      }
      await page.locator(".me").click();
      await page.locator("dialog details summary").first().click();
      await assertAccessible(page, "the settings");
      await close();
      await page.getByRole("button", { name: /^Mentions/ }).click();
      await page.locator("dialog .hit").first().waitFor();
      await assertAccessible(page, "the mentions");
      await close();
      for (const tab of ["Direct message", "Group", "Channel", "Browse channels"]) {
        await page.getByRole("button", { name: "New chat" }).click();
        await page.getByRole("tab", { name: tab, exact: true }).click();
        if (tab === "Browse channels") await page.locator("dialog .channel").first().waitFor();
        await assertAccessible(page, tab);
        await close();
      }
      await page.evaluate((chatId) => (location.hash = chatId), guests);
      await page.getByRole("button", { name: "Join channel" }).waitFor();
      await assertAccessible(page, "a channel that is not joined");
      await page.evaluate(() => (location.hash = "nowhere"));
      await page.getByRole("heading", { name: "Chat not found" }).waitFor();
      await assertAccessible(page, "a link that leads nowhere");
      await server.end("SIGKILL");
      await page.getByRole("button", { name: "Try now" }).waitFor();
      await assertAccessible(page, "without a connection");
    });

for (const colorScheme of ["light", "dark"])
  test(`high contrast can be set and gives texts 7 to 1 in the ${colorScheme} theme`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    await fill(server, ben, chatId, [RICH, "hello @ann"]);
    const page = await open(test, server, { colorScheme, token: ann });
    await said(page, "hello").waitFor();
    await page.locator(".me").click();
    await page.getByLabel("High contrast").check();
    await page.keyboard.press("Escape");
    // Nobody looks when it arrives, so that the line above what is new is there.
    await page.goto(address(server, "/docs"));
    await fill(server, ben, chatId, ["hello again @ann"]);
    await page.goto(address(server));
    await said(page, "hello again").waitFor();
    await assertAccessible(page, "a chat");
    const ratios = await page.evaluate(() => {
      const luminance = (color) => {
        const [red, green, blue] = color.match(/[\d.]+/g).map((part) => Number(part) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const backgroundOf = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const { backgroundColor } = getComputedStyle(at);
          if (!/rgba\(.*, 0\)|transparent/.test(backgroundColor)) return backgroundColor;
        }
        return "rgb(255, 255, 255)";
      };
      return [".content p", ".content a", ".heading small", ".chat small", ".me small", ".unread-line span", ".sender", "time.at"].map((selector) => {
        const element = document.querySelector(selector);
        const [light, dark] = [getComputedStyle(element).color, backgroundOf(element)].map(luminance).sort((one, other) => other - one);
        return [selector, Math.round(((light + 0.05) / (dark + 0.05)) * 10) / 10];
      });
    });
    assert.deepEqual(ratios.filter(([, ratio]) => ratio < 7), []);
  });

test("the arrow keys select the tabs, and each tab controls its panel", { skip }, async (test) => {
  const server = await Server.start(test, FAST);
  const page = await open(test, server);
  const tab = (name) => page.getByRole("tab", { name, exact: true });
  await tab("Log in").focus();
  for (const [key, name] of [["ArrowRight", "Sign up"], ["ArrowRight", "Use a token"], ["ArrowRight", "Log in"], ["ArrowLeft", "Use a token"], ["Home", "Log in"], ["End", "Use a token"]]) {
    await page.keyboard.press(key);
    assert.equal(await tab(name).getAttribute("aria-selected"), "true", `${name} after ${key}`);
    assert.equal(await tab(name).evaluate((button) => button === document.activeElement), true);
    assert.equal(await page.getByRole("tabpanel", { name }).getAttribute("id"), await tab(name).getAttribute("aria-controls"));
  }
  assert.deepEqual(await page.getByRole("tab").evaluateAll((tabs) => tabs.map(({ tabIndex }) => tabIndex)), [-1, -1, 0]);
});

test("the reference fits on a phone", { skip }, async (test) => {
  const server = await Server.start(test, FAST);
  const page = await open(test, server, PHONE);
  for (const path of ["/docs", "/docs/client", "/docs/coming-from"]) {
    await page.goto(address(server, path));
    await page.locator("main code").first().waitFor();
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, screen.width]);
    assert.ok(content <= screen, `${path}: ${content} of ${screen} pixels`);
  }
});

for (const colorScheme of ["light", "dark"])
  test(`axe finds no violation on the log-in and the reference in the ${colorScheme} theme`, { skip }, async (test) => {
    const server = await Server.start(test, FAST);
    const page = await open(test, server, { colorScheme });
    for (const tab of ["Log in", "Sign up", "Use a token"]) {
      await page.getByRole("tab", { name: tab }).click();
      await assertAccessible(page, tab);
    }
    await page.goto(address(server, "/docs"));
    await page.getByText("Try it", { exact: true }).last().click();
    // The server writes its first section below a heading of level 1 with one of level 3.
    await assertAccessible(page, "the reference", { "heading-order": { enabled: false } });
    for (const path of ["/docs/client", "/docs/coming-from"]) {
      await page.goto(address(server, path));
      await assertAccessible(page, path);
    }
  });

test("the page uses the browser's language or the chosen one", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello"]);
  const page = await open(test, server, { token: ann, locale: "de-DE" });
  await said(page, "hello").waitFor();
  await page.locator(".heading", { hasText: "3 Mitglieder" }).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["de", "ltr"]);
  await page.locator(".me").click();
  await page.getByLabel("Sprache").selectOption("ar");
  await page.locator(".heading", { hasText: "أعضاء" }).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["ar", "rtl"]);
  // In a right-to-left language the chat list is on the right.
  const [list, chat] = await page.evaluate(() => [".sidebar", ".conversation"].map((selector) => document.querySelector(selector).getBoundingClientRect().left));
  assert.ok(list > chat);
});

for (const locale of ["de-DE", "ar-EG"])
  for (const width of [390, 768])
    test(`everything fits at ${width} px in ${locale}`, { skip }, async (test) => {
      const { server, ann, ben, chatId } = await channel(test);
      await fill(server, ben, chatId, ["hello @ann"]);
      const options = width === 390 ? PHONE : { viewport: { width, height: 800 } };
      const page = await open(test, server, { ...options, token: ann, locale });
      const outside = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("button, input, textarea, select, h2, time")]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .filter((element) => element.getBoundingClientRect().left < -1 || element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => element.outerHTML.slice(0, 120)),
        );
      await page.locator(".chat").first().waitFor();
      await page.locator(".me").click();
      await page.locator("dialog").waitFor();
      assert.deepEqual(await outside(), []);
      await page.keyboard.press("Escape");
      await page.locator(".sidebar header .icon").nth(2).click();
      assert.deepEqual(await outside(), []);
      await page.keyboard.press("Escape");
      await openChat(page, "general");
      await said(page, "hello").waitFor();
      assert.deepEqual(await outside(), []);
    });

test("right-to-left titles are aligned right and truncated at the end", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const description = "Everything about the release, and about what comes after it, and about what was before";
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "plans", kind: "channel", description, members: ["ann"] });
  const page = await open(test, server, { ...PHONE, token: ann, locale: "ar-EG", path: `/#${chatId}` });
  const edges = (selector) =>
    page.locator(selector).last().evaluate((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      const first = document.createRange();
      first.setStart(text, 0);
      first.setEnd(text, 1);
      const whole = document.createRange();
      whole.selectNodeContents(text);
      return { first: first.getBoundingClientRect().left, right: whole.getBoundingClientRect().right, box: element.getBoundingClientRect().toJSON() };
    });
  await page.locator(".title small bdi", { hasText: "Everything" }).waitFor();
  const { first, box } = await edges(".title small bdi");
  assert.ok(first >= box.left - 1 && first < box.right, `the description begins at ${first}, its place at ${box.left}`);
  await page.locator(".title").click();
  await page.locator("dialog h2").waitFor();
  const title = await edges("dialog h2");
  assert.ok(Math.abs(title.right - title.box.right) < 2, `the title ends at ${title.right}, its place at ${title.box.right}`);
});
