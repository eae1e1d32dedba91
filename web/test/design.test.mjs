// What a designer would see at a glance: what touches, what is cut, what is out of place.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, fill, open, openChat, PHONE, said, say, skip, TOKEN } from "./support.mjs";

after(closeBrowser);

/** The edges of an element, rounded. */
const box = (page, selector, index = 0) => page.locator(selector).nth(index).evaluate((element) => {
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  return { top, bottom, left, right, width, height };
});

const closeDialog = async (page) => {
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
};

for (const [name, options] of [["desktop", {}], ["phone", PHONE], ["desktop in Arabic", { locale: "ar-EG" }]])
  test(`the parts of a profile stand apart, and its dot sits on the picture, on a ${name}`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    await fill(server, ben, chatId, ["hello"]);
    const page = await open(test, server, { ...options, token: ann });
    await openChat(page, "general");
    await said(page, "hello").locator(".sender").click();
    await page.locator(".profile-place footer").waitFor();
    const [card, facts, footer] = await Promise.all([".profile", ".profile-place dl", ".profile-place footer"].map((selector) => box(page, selector)));
    assert.ok(facts.top - card.bottom >= 8, `${facts.top - card.bottom} px above the facts`);
    assert.ok(footer.top - facts.bottom >= 8, `${footer.top - facts.bottom} px above the button`);
    const [face, dot] = await Promise.all([box(page, ".profile .avatar"), box(page, ".profile .dot")]);
    const [dx, dy] = [(dot.left + dot.right - face.left - face.right) / 2, (dot.top + dot.bottom - face.top - face.bottom) / 2];
    const distance = Math.hypot(dx, dy) / (face.width / 2);
    assert.ok(distance > 0.8 && distance < 1.1, `the dot stands at ${distance.toFixed(2)} of the radius`);
    const [username, bot] = await Promise.all([box(page, ".profile small bdi"), box(page, ".profile .bot")]);
    const gap = Math.max(bot.left - username.right, username.left - bot.right);
    assert.ok(gap >= 4, `${gap} px between the name and the mark of a bot`);
  });

test("an empty composer is one line, however long the name of its chat", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  await server.command({ type: "CREATE_CHAT", name: "a name that is as long as a name of a chat may be, or nearly so", kind: "group", members: ["ann"] });
  const page = await open(test, server, { ...PHONE, token: ann });
  await openChat(page, "a name that is");
  const field = page.getByRole("textbox", { name: "Message" });
  await field.waitFor();
  const { content, shown } = await field.evaluate(({ scrollHeight, clientHeight }) => ({ content: scrollHeight, shown: clientHeight }));
  assert.ok(content <= shown, `${content} px of text in ${shown} px`);
});

test("keys in the help are as high as one line, beside texts of several", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { ...PHONE, locale: "de-DE", token: ann });
  await openChat(page, "general");
  await page.keyboard.press("Control+/");
  await page.locator(".shortcuts kbd").first().waitFor();
  const heights = await page.locator(".shortcuts kbd").evaluateAll((keys) => keys.map((key) => Math.round(key.getBoundingClientRect().height)));
  assert.equal(new Set(heights).size, 1, heights.join(", "));
});

test("results stand below the field they were searched with", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann });
  await page.getByRole("button", { name: "New chat" }).click();
  await page.getByRole("tab", { name: "Browse channels" }).click();
  await page.locator("dialog .channel").first().waitFor();
  const [field, first] = await Promise.all([box(page, "dialog input:visible"), box(page, "dialog .results li")]);
  assert.ok(first.top - field.bottom >= 4, `${first.top - field.bottom} px`);
});

test("tabs that need two lines share them evenly", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { ...PHONE, locale: "de-DE", token: ann });
  await page.locator(".chat").first().waitFor();
  await page.getByRole("button", { name: "Neuer Chat" }).click();
  const tabs = await page.locator("dialog [role=tab]").evaluateAll((tabs) => tabs.map((tab) => Math.round(tab.getBoundingClientRect().width)));
  assert.equal(tabs.length, 4);
  assert.ok(Math.max(...tabs) - Math.min(...tabs) <= 1, tabs.join(", "));
});

for (const locale of ["en-US", "ar-EG"])
  test(`the count of mentions leaves its icon to be seen (${locale})`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    await fill(server, ben, chatId, ["hello @ann"]);
    const page = await open(test, server, { token: ann, locale });
    await page.locator(".sidebar header .badge").waitFor();
    const [badge, icon] = await Promise.all([box(page, ".sidebar header .badge"), box(page, ".sidebar header .icon:has(.badge) svg")]);
    const width = Math.max(0, Math.min(badge.right, icon.right) - Math.max(badge.left, icon.left));
    const height = Math.max(0, Math.min(badge.bottom, icon.bottom) - Math.max(badge.top, icon.top));
    const covered = (width * height) / (icon.width * icon.height);
    assert.ok(covered <= 0.2, `${Math.round(covered * 100)} % of the icon are covered`);
  });

test("a table runs in the direction of its own words", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["| first | second |\n|---|---|\n| 1 | 2 |", "| أول | ثان |\n|---|---|\n| ١ | ٢ |"]);
  for (const locale of ["en-US", "ar-EG"]) {
    const page = await open(test, server, { token: ann, locale });
    await openChat(page, "general");
    await page.locator(".content table").nth(1).waitFor();
    const order = async (index) => {
      const [one, other] = await page.locator(".content table").nth(index).locator("th").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
      return one < other ? "ltr" : "rtl";
    };
    assert.deepEqual([await order(0), await order(1)], ["ltr", "rtl"], locale);
  }
});

test("links at the foot of a dialog can be touched on a phone", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { ...PHONE, token: ann });
  await page.locator(".me").click();
  const { height } = await box(page, "dialog footer a");
  assert.ok(height >= 44, `${height} px`);
});

for (const [name, options] of [["a desktop", {}], ["a phone in Arabic", { ...PHONE, locale: "ar-EG" }]])
  test(`users stand below the field, and the audit log runs in the direction of the page, on ${name}`, { skip }, async (test) => {
    const { server } = await channel(test);
    await server.command({ type: "BAN_USER", userId: "ben", reason: "spam" });
    const page = await open(test, server, { ...options, token: TOKEN });
    await page.locator(".me").click();
    const isModeration = page.locator("dialog details", { has: page.locator("dl") });
    await isModeration.locator("summary").click();
    const entry = isModeration.locator("li", { hasText: "BAN_USER" });
    await entry.waitFor();
    await isModeration.locator("input[type=search]").fill("ben");
    await isModeration.locator("input[type=search]").press("Enter");
    await isModeration.locator(".moderated").waitFor();
    const [field, first] = await Promise.all([box(page, "dialog details input[type=search]"), box(page, ".moderated")]);
    assert.ok(first.top - field.bottom >= 4, `${first.top - field.bottom} px below the field`);
    const { command, actor, target, arrow } = await entry.evaluate((entry) => {
      const box = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect().toJSON();
      };
      const [actor, target] = entry.querySelectorAll("small bdi");
      return { command: box(entry.querySelector("strong bdi")), actor: box(actor), target: box(target), arrow: actor.nextSibling.textContent.trim() };
    });
    assert.equal(arrow, actor.left < target.left ? "→" : "←", "the arrow points to whom it was done");
    const isRightToLeft = "locale" in options;
    const distance = isRightToLeft ? command.right - actor.right : command.left - actor.left;
    assert.ok(Math.abs(distance) <= 2, `the lines of an entry begin ${distance} px apart`);
  });

for (const [name, options] of [["desktop", {}], ["phone", PHONE]])
  test(`a message that waits looks like one that is sent, on a ${name}`, { skip }, async (test) => {
    const { server, ann } = await channel(test);
    const page = await open(test, server, { ...options, token: ann });
    await openChat(page, "general");
    await page.locator(".beginning").waitFor();
    const row = said(page, "hello");
    const places = () => row.evaluate((row) => {
      const { top, left } = row.getBoundingClientRect();
      return [".avatar", ".body", ".sender bdi", ".content p"].map((part) => {
        const box = row.querySelector(part).getBoundingClientRect();
        return { part, top: box.top - top, left: box.left - left };
      });
    });
    await server.end("SIGKILL");
    await page.locator(".banner:not([hidden])").waitFor();
    await say(page, "hello");
    await page.locator("article.pending").waitFor();
    const waiting = await places();
    await server.begin();
    await row.locator(".tick:not([aria-label^=Waiting])").waitFor();
    const sent = await places();
    const moved = sent.filter(({ top, left }, index) => Math.abs(top - waiting[index].top) > 1 || Math.abs(left - waiting[index].left) > 1);
    assert.deepEqual(moved, [], JSON.stringify(waiting));
  });

for (const locale of ["de-DE", "ar-EG"])
  test(`a reply names whom it answers in one line, and a quotation runs in its own direction (${locale})`, { skip }, async (test) => {
    const { server, ann, ben, chatId } = await channel(test);
    await server.command({ type: "UPDATE_USER", displayName: "Lea Schönfeld" }, ben);
    await fill(server, ben, chatId, ["hello"]);
    await fill(server, ann, chatId, ["لا أعرف"]);
    const page = await open(test, server, { ...PHONE, token: ann, locale, path: `/#${chatId}` });
    await said(page, "لا أعرف").locator("p").tap();
    await page.locator(".sheet .entries button").last().click();
    assert.equal(await page.locator("dialog blockquote").evaluate((quote) => getComputedStyle(quote).direction), "rtl");
    await closeDialog(page);
    await said(page, "hello").locator("p").tap();
    await page.locator(".sheet .entries button").nth(1).click();
    const heading = page.locator(".about strong");
    await heading.locator("bdi").waitFor();
    const heights = await heading.evaluate((line) => [line.getBoundingClientRect().height, parseFloat(getComputedStyle(line).lineHeight)]);
    assert.ok(heights[0] < heights[1] * 1.5, `${heights[0]} px for a line of ${heights[1]} px`);
  });

for (const locale of ["de-DE", "ar-EG"])
  test(`the button that shows a password does not cover it (${locale})`, { skip }, async (test) => {
    const { server } = await channel(test);
    const page = await open(test, server, { ...PHONE, locale });
    await page.locator("input[name=password]").fill("correct horse");
    const { isLeftToRight, room, width, isRight } = await page.locator("input[name=password]").evaluate((input) => {
      const { direction, paddingLeft, paddingRight } = getComputedStyle(input);
      const button = input.parentElement.querySelector("button").getBoundingClientRect();
      const box = input.getBoundingClientRect();
      const isRight = button.left - box.left > box.right - button.right;
      return { isLeftToRight: direction === "ltr", room: parseFloat(isRight ? paddingRight : paddingLeft), width: button.width, isRight };
    });
    assert.equal(isRight, isLeftToRight, "the button is at the end of the text");
    assert.ok(room >= width - 12, `${room} px for a button of ${width} px`);
  });
