// What the user asked for is shown at once, and what arrives in a flood is drawn once a frame.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, eventually, FAST, fill, Gate, open, openChat, said, skip } from "./support.mjs";

after(closeBrowser);

/** Opens the chat of two users through a gate, with the message "look". */
async function scene(test, settings = {}) {
  const { server, ann, ben, chatId } = await channel(test, { ...FAST, ...settings });
  await fill(server, ben, chatId, ["look"]);
  const gate = new Gate();
  const page = await open(test, server, { token: ann, gate, latency: 0 });
  await openChat(page, "general");
  const message = said(page, "look");
  await message.waitFor();
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 });
  return { server, ann, ben, chatId, gate, page, message, messageId: messages[0].id };
}

const press = async (message, name) => {
  await message.hover();
  await message.getByRole("button", { name }).first().click();
};

test("a flood of messages is drawn once a frame", { skip }, async (test) => {
  const COUNT = 300;
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["look"]);
  const page = await open(test, server, { token: ann, latency: 0 });
  await openChat(page, "general");
  await said(page, "look").waitFor();
  let release;
  const asked = new Promise((resolve) => page.route("**/busy", (route) => {
    release = () => route.fulfill({ body: "" });
    resolve();
  }));
  const measured = page.evaluate(() => {
    window.drawn = { draws: 0, frames: 0 };
    // Mutations of one task come together: each time the list of messages is drawn is one call.
    new MutationObserver(() => window.drawn.draws++).observe(document.querySelector(".messages"), { childList: true });
    const frame = () => {
      window.drawn.frames++;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    // The page is busy until everything has been sent, so that it arrives at once.
    const request = new XMLHttpRequest();
    request.open("GET", "/busy", false);
    request.send();
  });
  await asked;
  await fill(server, ben, chatId, Array.from({ length: COUNT }, (_, index) => `message ${index}`));
  await release();
  await measured;
  await said(page, `message ${COUNT - 1}`).waitFor();
  const { draws, frames } = await page.evaluate(() => window.drawn);
  test.diagnostic(`${draws} draws in ${frames} frames for ${COUNT} messages`);
  assert.ok(draws >= 1 && draws <= frames + 1, `${draws} draws in ${frames} frames`);
  // A draw for each message would be COUNT; how many share a frame depends on the machine.
  assert.ok(draws <= (COUNT * 2) / 3, `${draws} draws for ${COUNT} messages`);
});

test("a reaction is shown before the server has confirmed it", { skip }, async (test) => {
  const { server, ben, chatId, gate, page, message, messageId } = await scene(test);
  await server.command({ type: "ADD_REACTION", chatId, messageId, emoji: "👍" }, ben);
  const chip = message.locator(".reaction");
  await chip.filter({ hasText: "1" }).waitFor();
  gate.close(/./);
  await chip.click();
  await message.locator(".reaction.mine", { hasText: "2" }).waitFor();
  await chip.click();
  await message.locator(".reaction:not(.mine)", { hasText: "1" }).waitFor();
  await press(message, "React with ❤️");
  await message.locator(".reaction.mine", { hasText: "❤️" }).waitFor();
  await gate.isHolding();
  gate.open();
  await eventually(async () => (await server.command({ type: "GET_MESSAGE", chatId, messageId })).message.reactions.map(({ emoji, count }) => `${emoji}${count}`).join(" "), (reactions) => reactions === "👍1 ❤️1", "the reactions of the server");
  await page.waitForFunction(() => document.querySelectorAll(".reaction").length === 2);
  assert.deepEqual(await message.locator(".reaction").evaluateAll((chips) => chips.map((chip) => chip.textContent)), ["👍 1", "❤️ 1"]);
});

test("a reaction that the server refuses is taken back, with its sentence", { skip }, async (test) => {
  const { server, ben, chatId, gate, page, message, messageId } = await scene(test, { MAX_REACTIONS_PER_MESSAGE: "1" });
  await server.command({ type: "ADD_REACTION", chatId, messageId, emoji: "👍" }, ben);
  await message.locator(".reaction", { hasText: "👍" }).waitFor();
  gate.close(/MAX_REACTIONS/);
  await press(message, "React with ❤️");
  await message.locator(".reaction.mine", { hasText: "❤️" }).waitFor();
  await gate.isHolding();
  gate.open();
  await page.locator(".toast").waitFor();
  await message.locator(".reaction.mine").waitFor({ state: "detached" });
  assert.deepEqual(await message.locator(".reaction").evaluateAll((chips) => chips.map((chip) => chip.textContent)), ["👍 1"]);
});

test("a pin is shown before the server has confirmed it, and taken back if it refuses", { skip }, async (test) => {
  const { server, ann, ben, chatId, gate, page, message } = await scene(test, { MAX_PINS_PER_CHAT: "1" });
  await server.command({ type: "UPDATE_MEMBER", chatId, userId: (await server.command({ type: "GET_ME" }, ann)).user.id, role: "admin" });
  await fill(server, ben, chatId, ["second"]);
  const second = said(page, "second");
  await second.waitFor();
  await eventually(async () => { await second.hover(); return second.getByRole("button", { name: "Pin", exact: true }).count(); }, (count) => count === 1, "the right to pin");
  gate.close(/MESSAGE_PINNED/);
  await press(message, "Pin");
  await message.locator(".pinned").waitFor();
  await gate.isHolding();
  gate.open();
  await page.locator(".notice", { hasText: "pinned" }).waitFor();
  assert.equal(await message.locator(".pinned").count(), 1);
  gate.close(/MAX_PINS/);
  await press(second, "Pin");
  await second.locator(".pinned").waitFor();
  await gate.isHolding();
  gate.open();
  await page.locator(".toast").waitFor();
  await second.locator(".pinned").waitFor({ state: "detached" });
  assert.equal(await message.locator(".pinned").count(), 1);
});

test("a chat is shown as muted before the server has confirmed it", { skip }, async (test) => {
  const { server, ann, chatId, gate, page } = await scene(test);
  gate.close(/CHAT_MUTED/);
  await page.locator(".heading .title").click();
  await page.getByRole("dialog").getByRole("button", { name: "Mute", exact: true }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
  const quiet = page.locator(".chat", { hasText: "general" }).locator(".quiet");
  await quiet.waitFor();
  await gate.isHolding();
  gate.open();
  await eventually(async () => (await server.command({ type: "GET_CHAT", chatId }, ann)).chat.muted, Boolean, "the mute of the server");
  assert.equal(await quiet.count(), 1);
});
