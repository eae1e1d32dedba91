// A chat of 50,000 messages: no scroll step draws more than a screen.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, fill, open, said, skip } from "./support.mjs";

after(closeBrowser);

const MESSAGES = 50_000;
const ROWS_PER_STEP = 30;
const ROWS_PER_JUMP = 85;
const ROWS = 260;

const content = (index) => (index % 7 ? `message ${index} ${"more words ".repeat(index % 25)}` : `message ${index}: **bold**, a [link](https://example.org/${index}) and\n- a list\n- of \`two\``);

/** Counts, in the page, the rows that each drawing adds, those in the document, and the tasks over 50 ms. */
function watch() {
  window.seen = { drawn: 0, atOnce: 0, most: 0, tasks: [] };
  const list = document.querySelector(".messages");
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ nodeName }) => nodeName === "ARTICLE").length;
    window.seen.drawn += added;
    window.seen.atOnce = Math.max(window.seen.atOnce, added);
    window.seen.most = Math.max(window.seen.most, list.children.length);
  }).observe(list, { childList: true });
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.seen.tasks.push(Math.round(duration)))).observe({ type: "longtask" });
}

/** Scrolls back by two screens per frame until the beginning is shown. */
async function scrollToBeginning() {
  const scroller = document.querySelector(".scroller");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let step = 0; step < 20_000 && !document.querySelector(".beginning"); step++) {
    scroller.scrollTop -= 1_500;
    await frame();
  }
}

test("scrolling through 50,000 messages draws each once, and few at a time", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: MESSAGES }, (_, index) => content(index)));
  await server.command({ type: "MARK_READ", chatId }, ann);
  const page = await open(test, server, { token: ann });
  await said(page, `message ${MESSAGES - 1}`).waitFor();
  await page.evaluate(watch);
  await page.evaluate(scrollToBeginning);
  await page.locator(".beginning").waitFor();
  const scrolled = await page.evaluate(() => window.seen.atOnce);
  assert.ok(scrolled <= ROWS_PER_STEP, `${scrolled} rows at once while scrolling`);
  await page.locator(".jump").click();
  await said(page, `message ${MESSAGES - 1}`).waitFor();
  const { drawn, atOnce, most, tasks } = await page.evaluate(() => window.seen);
  test.diagnostic(`${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks)} ms`);
  assert.ok(atOnce <= ROWS_PER_JUMP, `${atOnce} rows at once`);
  assert.ok(most <= ROWS, `${most} rows in the document`);
  assert.ok(drawn <= MESSAGES + 2 * ROWS, `${drawn} rows drawn`);
});
