// Measurements of the layout.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { address, channel, closeBrowser, eventually, fill, open, openChat, PHONE, said, say, skip, viewOf } from "./support.mjs";

after(closeBrowser);

const boxOf = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());

test("the composer is one line high, also if it was hidden at first", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const phone = await open(test, server, { ...PHONE, token: ann });
  await openChat(phone, "general");
  const box = phone.getByRole("textbox", { name: "Message" });
  await box.waitFor();
  const { height } = await boxOf(box);
  assert.ok(height >= 30, `the composer is ${height} px high`);
  await box.fill("x");
  assert.equal((await boxOf(box)).height, height);
  await box.fill("one\ntwo\nthree");
  assert.ok((await boxOf(box)).height > height);
  await box.press("Backspace");
});

test("a draft of several lines is shown whole when its chat is opened", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const phone = await open(test, server, { ...PHONE, token: ann });
  await openChat(phone, "general");
  const box = phone.getByRole("textbox", { name: "Message" });
  await box.fill("one\ntwo\nthree");
  const { height } = await boxOf(box);
  await phone.reload();
  await box.waitFor();
  await phone.locator(".me strong").waitFor({ state: "attached" });
  assert.equal(await box.inputValue(), "one\ntwo\nthree");
  assert.equal((await boxOf(box)).height, height);
});

test("rows have the same height in 12-hour and 24-hour locales", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["first", "second", "third", "fourth"]);
  const heights = [];
  for (const locale of ["en-US", "en-GB", "ko-KR"]) {
    const page = await open(test, server, { token: ann, locale });
    await said(page, "fourth").waitFor();
    heights.push((await boxOf(said(page, "third"))).height);
    await said(page, "third").hover();
    assert.match(await said(page, "third").locator(".aside").innerText(), /\d/);
  }
  assert.equal(new Set(heights).size, 1, heights.join(", "));
  assert.ok(heights[0] <= 28, `rows are ${heights[0]} px high`);
});

test("a message found by search is shown whole", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, [Array.from({ length: 60 }, (_, index) => `needle line ${index}`).join("\n"), "after"]);
  const page = await open(test, server, { token: ann });
  await said(page, "after").waitFor();
  const before = await boxOf(said(page, "needle line 59"));
  await page.getByRole("button", { name: "Search messages" }).click();
  await page.getByLabel("Search all chats").fill("needle");
  await page.locator(".results .hit", { hasText: "needle" }).click();
  const found = page.locator("article.highlighted");
  await found.waitFor();
  assert.equal((await boxOf(found)).height, before.height);
});

for (const [name, options] of [["a desktop", {}], ["a phone", PHONE]])
  test(`long names push nothing out of view on ${name}`, { skip }, async (test) => {
    const { server, ann, ben } = await channel(test);
    const long = "W".repeat(80);
    await server.command({ type: "UPDATE_USER", displayName: long }, ben);
    await server.command({ type: "UPDATE_USER", displayName: long }, ann);
    const { chatId } = await server.command({ type: "CREATE_CHAT", name: long, kind: "channel", description: long.repeat(6), members: ["ann", "ben"] });
    await fill(server, ben, chatId, ["@ann hello", "x".repeat(2_000)]);
    const page = await open(test, server, { ...options, token: ann });
    const outside = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("button, time, .badge, .avatar, input, textarea")]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden"))
          .map((element) => ({ name: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 1 || box.left < -1 || box.right > innerWidth + 1)
          .map(({ name, box }) => `${name} ${box.left}–${box.right}`),
      );
    await page.locator(".chat", { hasText: "WWW" }).waitFor();
    assert.deepEqual(await outside(), []);
    await openChat(page, "WWW");
    await said(page, "hello").waitFor();
    assert.deepEqual(await outside(), []);
    await page.locator(".heading .title").click();
    await page.locator("dialog li", { hasText: "@ben" }).waitFor();
    assert.deepEqual(await outside(), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });

test("names and texts cannot change the direction of their neighbours", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const hebrew = "שלום 12";
  await server.command({ type: "UPDATE_USER", displayName: hebrew }, ben);
  const { chatId: other } = await server.command({ type: "CREATE_CHAT", name: hebrew, kind: "channel", members: ["ann", "ben"], description: hebrew });
  await fill(server, ben, chatId, ["‮reversed", "after"]);
  await fill(server, ben, other, ["@ann ‮abc 123"]);
  const page = await open(test, server, { token: ann });
  await page.locator(`.chat[data-chat="${other}"]`).click();
  await said(page, "123").waitFor();
  // Every user-written text is in an element that isolates it, or is isolated by characters.
  const loose = () =>
    page.evaluate(() => {
      const isolates = (element) => /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi) || /^(inline-)?(block|grid|flex)$/.test(getComputedStyle(element).display);
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!/[\u0590-\u05ff\u202a-\u202e]/.test(node.data)) continue;
        let element = node.parentElement;
        while (getComputedStyle(element).display === "inline" && !isolates(element)) element = element.parentElement;
        const alone = element.childNodes.length === 1 || /isolate|plaintext/.test(getComputedStyle(element).unicodeBidi);
        if (!alone) found.push(element.outerHTML);
      }
      return found;
    });
  assert.deepEqual(await loose(), []);
  // The "(12" of a time or count after a name keeps its order from left to right.
  const leftToRight = await page.locator(".heading .title small").evaluate((line) => {
    const text = [...line.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
    const range = document.createRange();
    const lefts = [...text.data.trimEnd()].map((_, index) => (range.setStart(text, index), range.setEnd(text, index + 1), range.getBoundingClientRect().left));
    return lefts.every((left, index) => index === 0 || left >= lefts[index - 1]);
  });
  assert.ok(leftToRight);
  await page.locator(".heading .title").click();
  await page.locator("dialog li", { hasText: "@ben" }).waitFor();
  assert.deepEqual(await loose(), []);
});

/** The contrast of an element's text with its background, as WCAG computes it. */
const contrast = (locator) =>
  locator.evaluate((element) => {
    const luminance = (color) => {
      const [red, green, blue] = color.match(/[\d.]+/g).map(Number).map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const { color, backgroundColor } = getComputedStyle(element);
    const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((one, other) => other - one);
    return (light + 0.05) / (dark + 0.05);
  });

for (const [name, options] of [["a desktop", {}], ["a phone", PHONE]])
  test(`the layout does not jump while the page loads on ${name}`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    await fill(server, ben, chatId, Array.from({ length: 100 }, (_, index) => `message ${index}`));
    const page = await open(test, server, { ...options, token: ann, path: "/docs" });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value))).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(address(server, `/#${chatId}`));
    await page.getByRole("separator", { name: "New messages" }).waitFor();
    await page.locator(".heading", { hasText: "general" }).waitFor();
    await eventually(() => viewOf(server, ann, chatId), ({ unreadCount }) => unreadCount < 100, "nothing was marked as read");
    const shift = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.shift)))));
    assert.ok(shift <= 0.02, `the layout shifted by ${shift}`);
  });

test("the compact density shows more messages", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["first", "second"]);
  const page = await open(test, server, { token: ann });
  await said(page, "second").waitFor();
  const { height } = await boxOf(page.locator(".messages article").first());
  await page.locator(".me").click();
  await page.getByLabel("Density").selectOption("compact");
  await page.keyboard.press("Escape");
  assert.ok((await boxOf(page.locator(".messages article").first())).height < height);
  await page.reload();
  await said(page, "second").waitFor();
  assert.ok((await boxOf(page.locator(".messages article").first())).height < height);
});

for (const colorScheme of ["light", "dark"])
  test(`the offline banner can be read in the ${colorScheme} theme`, { skip }, async (test) => {
    const { server, ann } = await channel(test);
    const page = await open(test, server, { token: ann, colorScheme });
    await page.locator(".chat", { hasText: "general" }).waitFor();
    await server.end("SIGKILL");
    await page.getByRole("button", { name: "Try now" }).waitFor();
    const ratio = await contrast(page.locator(".banner"));
    assert.ok(ratio >= 4.5, `the contrast is ${ratio}`);
    await server.begin();
    await page.locator(".banner").waitFor({ state: "hidden" });
  });

for (const [name, options] of [["a desktop", {}], ["a phone", PHONE]])
  test(`notices do not cover the composer on ${name}`, { skip }, async (test) => {
    const { server, ann } = await channel(test);
    const page = await open(test, server, { ...options, token: ann });
    await openChat(page, "general");
    await say(page, "hello");
    await said(page, "hello").waitFor();
    await page.evaluate((chatId) => (location.hash = chatId), (await server.command({ type: "GET_CHAT", chatId: "#general" })).chat.id);
    await page.locator(".heading .title").click();
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("dialog").last().getByRole("button", { name: "Leave" }).click();
    await page.locator(".preview").getByRole("button", { name: "Join channel" }).click();
    await page.getByRole("textbox", { name: "Message" }).waitFor();
    await say(page, "/x");
    // A message that waits to be sent has no actions.
    await page.locator("article[data-id]", { hasText: "/x" }).waitFor();
    await page.evaluate(() => navigator.clipboard && (navigator.clipboard.writeText = () => Promise.resolve()));
    // Measured when it appears: a notice disappears by itself.
    await page.evaluate(() => {
      const boxOf = (element) => element.getBoundingClientRect().toJSON();
      const look = () => {
        const toast = [...document.querySelectorAll(".toast")].find(({ textContent }) => textContent === "Text copied.");
        if (toast) window.measured = { toast: boxOf(toast), composer: boxOf(document.querySelector(".composer")) };
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    await (options.hasTouch ? said(page, "/x").locator(".content").tap() : said(page, "/x").hover());
    await page.getByRole("button", { name: "Copy text" }).click();
    await page.waitForFunction(() => window.measured !== undefined);
    const { toast, composer } = await page.evaluate(() => window.measured);
    assert.ok(toast.bottom <= composer.top || toast.top >= composer.bottom, "the notice covers the composer");
  });

test("the layout does not shift while the page loads or when messages and chats arrive", { skip }, async (test) => {
  for (const options of [{}, PHONE]) {
    const { server, ann, ben, chatId } = await channel(test);
    await fill(server, ben, chatId, Array.from({ length: 80 }, (_, index) => `message ${index} ${"and more ".repeat(index % 12)}`));
    await server.command({ type: "MARK_READ", chatId }, ann);
    const page = await open(test, server, options);
    await page.context().addInitScript((session) => {
      localStorage.setItem("pichat.session", session);
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries())
          if (!hadRecentInput) window.shifts.push([value, sources.map(({ node }) => node?.className ?? node?.nodeName).join(", ")]);
      }).observe({ type: "layout-shift", buffered: true });
    }, JSON.stringify({ accessToken: ann }));
    await page.goto(address(server, `/#${chatId}`));
    await page.reload();
    await said(page, "message 79").waitFor();
    await fill(server, ben, chatId, ["one more", "and another"]);
    await said(page, "and another").waitFor();
    await server.command({ type: "CREATE_CHAT", name: "new", members: ["ann"] });
    await server.command({ type: "SEND_MESSAGE", chatId, content: "the last" });
    await said(page, "the last").waitFor();
    const shifts = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts), 200))));
    const sum = shifts.reduce((sum, [value]) => sum + value, 0);
    assert.ok(sum <= 0.02, `${sum}: ${JSON.stringify(shifts)}`);
  }
});

/** Pixels that one turn of the wheel scrolls. */
const WHEEL = 250;

for (const latency of [0, 200]) test(`scrolling back through a long chat shifts nothing, and draws only what comes into sight, with ${latency} ms of latency`, { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: 500 }, (_, index) => `message ${index} ${"more words ".repeat(index % 25)}`));
  await server.command({ type: "MARK_READ", chatId }, ann);
  const page = await open(test, server, { token: ann, latency });
  await said(page, "message 499").waitFor();
  await page.evaluate((wheel) => {
    window.seen = { frames: 0, jumps: [], drawn: 0, most: 0 };
    const list = document.querySelector(".messages");
    // Not the browser's own score: when the wheel turns in the frame in which rows are inserted, it counts the scrolling.
    // Some rows stay in sight. They move together, down, and by two turns at most; the rows inserted at once are higher.
    let before = new Map();
    const look = () => {
      const view = list.parentElement.getBoundingClientRect();
      const inSight = [...list.querySelectorAll("article")].map((row) => [row.dataset.id, row.getBoundingClientRect()]).filter(([, { top, bottom }]) => bottom > view.top && top < view.bottom);
      const rows = inSight.map(([id, { bottom }]) => [id, bottom]);
      const moves = rows.flatMap(([id, bottom]) => (before.has(id) ? [bottom - before.get(id)] : []));
      const [least, most] = [Math.min(...moves), Math.max(...moves)];
      window.seen.frames++;
      if (before.size > 0 && !(most >= least && most - least < 1 && least > -1 && most < 2 * wheel + 1)) window.seen.jumps.push(`${Math.round(performance.now())} ms: ${least} to ${most} px`);
      before = new Map(rows);
      requestAnimationFrame(look);
    };
    look();
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) window.seen.drawn += [...addedNodes].filter((node) => node.nodeName === "ARTICLE").length;
      window.seen.most = Math.max(window.seen.most, list.children.length);
    }).observe(list, { childList: true });
  }, WHEEL);
  await page.mouse.move(700, 400);
  const isAtBeginning = () => page.locator(".beginning").count();
  for (let step = 0; step < 1_500 && !(await isAtBeginning()); step++) {
    await page.mouse.wheel(0, -WHEEL);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  assert.equal(await isAtBeginning(), 1);
  const { frames, jumps, drawn, most } = await page.evaluate(() => window.seen);
  assert.ok(frames > 50, `${frames} frames seen`);
  assert.deepEqual(jumps, []);
  assert.ok(most <= 260, `${most} rows in the document`);
  assert.ok(drawn <= 650, `${drawn} rows drawn for 500 messages`);
});

test("choosing a log-in tab does not move the tabs", { skip }, async (test) => {
  const { server } = await channel(test);
  for (const locale of ["en", "de", "ar"]) {
    const page = await open(test, server, { ...PHONE, locale });
    const tabs = page.getByRole("tab");
    const places = () => tabs.evaluateAll((all) => all.map((tab) => Math.round(tab.offsetTop - all[0].offsetTop)));
    const before = await places();
    await tabs.nth(1).tap();
    assert.deepEqual(await places(), before, locale);
  }
});
