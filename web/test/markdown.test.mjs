// Markdown: supported and unsupported syntax, and incremental rendering of streams.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, enter, fill, open, said, skip } from "./support.mjs";

after(closeBrowser);

const TEXT = `**bold** and *slanted* and ~~gone~~ and \`code\`

1. one
2. two
   - inner

> quoted

| a | b |
|---|--:|
| 1 | 2 |

\`\`\`rust
let x = "<b>"; // note
\`\`\`

[safe](https://example.org/a) [mail](mailto:a@example.org) [unsafe](javascript:window.hacked=1) [data](data:text/html,x)
![image](https://example.org/tracker.png)`;

test("Markdown becomes elements, and only safe links become links", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, [TEXT]);
  const page = await open(test, server, { token: ann });
  const content = said(page, "bold").locator(".content");
  await content.waitFor();
  for (const [selector, text] of [["strong", "bold"], ["em", "slanted"], ["s", "gone"], ["p > code", "code"], ["ol > li > ul > li", "inner"], ["blockquote", "quoted"], ["td.align-right", "2"], ["figure code", 'let x = "<b>"; // note']])
    assert.equal((await content.locator(selector).first().innerText()).trim(), text, selector);
  assert.deepEqual(await content.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), ["https://example.org/a", "mailto:a@example.org", "https://example.org/tracker.png"]);
  assert.equal(await content.locator("img, b, script").count(), 0);
  assert.equal(await content.locator("figure .string").innerText(), '"<b>"');
  assert.equal(await content.locator("figure .comment").innerText(), "// note");
});

test("code is copied unchanged", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["```py\nif a < b:\n    print('&amp;')\n```"]);
  const page = await open(test, server, { token: ann, permissions: ["clipboard-read", "clipboard-write"] });
  await page.locator("figure.code").getByRole("button", { name: "Copy" }).click();
  await page.locator("figure.code").getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "if a < b:\n    print('&amp;')");
});

test("plain text keeps its lines, and HTML and entities stay text", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const texts = ["one\ntwo\nthree", "<div>&nbsp;</div>", "a &lt; b", "    four blanks", "title\n---", "2 * 3 * 4 = 24", "snake_case_name"];
  await fill(server, ben, chatId, texts);
  const page = await open(test, server, { token: ann });
  await said(page, "snake_case_name").waitFor();
  const shown = await page.locator("article .content").allInnerTexts();
  assert.deepEqual(shown.slice(0, 4).map((text) => text.trim()), ["one\ntwo\nthree", "<div>&nbsp;</div>", "a &lt; b", "four blanks"]);
  assert.equal(await page.locator("article .content :is(h1, h2, em, div:not(.table))").count(), 0);
});

test("a stream grows, and its finished blocks are not redrawn", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const bot = await enter(test, { url: server.url, token: await server.user("assistant") });
  await server.command({ type: "ADD_MEMBERS", chatId: "#general", members: ["assistant"] });
  if (bot.chats.length === 0) await bot.once("NEW_CHAT");
  const page = await open(test, server, { token: ann });
  await page.locator(".heading", { hasText: "general" }).waitFor();
  const stream = await bot.chats[0].stream({ role: "assistant" });
  const content = page.locator("article.streaming .content");
  await stream.write("First **paragraph**.\n\n- one\n- two\n\n```js\nconst open");
  // A fence that is not closed yet is a code block already.
  await content.locator("figure.code code", { hasText: "const open" }).waitFor();
  await content.evaluate((element) => {
    element.closest("article").kept = true;
    for (const child of element.children) child.kept = true;
    getSelection().selectAllChildren(element.querySelector("strong"));
  });
  await stream.write(" = 1;\n```\n\nAnd *then");
  await stream.write("* some.");
  await content.locator("em", { hasText: "then" }).waitFor();
  assert.deepEqual(await content.evaluate((element) => [...element.children].map((child) => [child.tagName, child.kept === true])), [["P", true], ["UL", true], ["FIGURE", false], ["P", false]]);
  assert.equal(await content.evaluate((element) => element.closest("article").kept), true);
  assert.equal(await page.evaluate(() => getSelection().toString()), "paragraph");
  const streamed = await content.innerHTML();
  await stream.end();
  await page.locator("article:not(.streaming)", { hasText: "some." }).waitFor();
  assert.equal(await said(page, "some.").locator(".content").innerHTML(), streamed);
});
