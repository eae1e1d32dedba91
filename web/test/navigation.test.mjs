// Navigation between chats: keyboard, history and links.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { address, channel, closeBrowser, fill, open, openChat, PHONE, said, skip } from "./support.mjs";

after(closeBrowser);

/** Three channels: alpha, beta and general, of which general is the latest. */
async function channels(test) {
  const made = await channel(test);
  for (const name of ["alpha", "beta"]) {
    const { chatId } = await made.server.command({ type: "CREATE_CHAT", name, kind: "channel", members: ["ann", "ben"] });
    await fill(made.server, made.ben, chatId, [`welcome to ${name}`]);
  }
  await fill(made.server, made.ben, made.chatId, ["welcome to general"]);
  return made;
}

const heading = (page, name) => page.locator(".heading", { hasText: name });

test("Ctrl+K switches to a chat, and Escape changes nothing", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann });
  await heading(page, "general").waitFor();
  await page.getByRole("textbox", { name: "Message" }).fill("half a sentence");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Go to chat" }).waitFor();
  assert.ok(await heading(page, "general").isVisible());
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  assert.ok(await heading(page, "general").isVisible());
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "half a sentence");
  await page.keyboard.press("Control+k");
  const names = await page.locator(".switcher [role=option]").allInnerTexts();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("dialog").waitFor({ state: "detached" });
  await heading(page, names[2].replace("#", "")).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("alph");
  await page.keyboard.press("Enter");
  await heading(page, "alpha").waitFor();
});

test("arrow keys move through the list of chats", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann });
  await heading(page, "general").waitFor();
  await page.getByLabel("Filter chats").focus();
  await page.keyboard.press("ArrowDown");
  const focused = () => page.evaluate(() => document.activeElement.dataset.chat ?? document.activeElement.getAttribute("aria-label"));
  const order = await page.locator(".chat").evaluateAll((rows) => rows.map((row) => row.dataset.chat));
  assert.equal(await focused(), order[0]);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), order[1]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(), "Filter chats");
  await page.keyboard.press("Alt+ArrowDown");
  await page.locator(`.chat[data-chat="${order[1]}"][aria-current]`).waitFor();
});

test("Back returns from a chat to the list on a phone", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { ...PHONE, token: ann });
  await openChat(page, "alpha");
  await said(page, "welcome to alpha").waitFor();
  await page.goBack();
  await page.locator(".chat").first().waitFor();
  assert.equal(page.url(), address(server));
  await openChat(page, "beta");
  await said(page, "welcome to beta").waitFor();
  const entries = await page.evaluate(() => history.length);
  await page.getByRole("button", { name: "Back to chats" }).click();
  await page.locator(".chat").first().waitFor();
  assert.equal(await page.evaluate(() => history.length), entries);
  await page.goForward();
  await said(page, "welcome to beta").waitFor();
});

test("Back and Forward move through the opened chats", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann });
  await heading(page, "general").waitFor();
  await openChat(page, "alpha");
  await heading(page, "alpha").waitFor();
  await openChat(page, "beta");
  await heading(page, "beta").waitFor();
  await page.goBack();
  await heading(page, "alpha").waitFor();
  await page.goBack();
  await heading(page, "general").waitFor();
  await page.goForward();
  await heading(page, "alpha").waitFor();
});

test("a link to a channel offers to join it", { skip }, async (test) => {
  const { server, ann, ben } = await channels(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "guests", kind: "channel", description: "for everyone" }, ben);
  const page = await open(test, server, { token: ann, path: `/#${chatId}` });
  await page.locator(".preview", { hasText: "You are not a member of #guests." }).waitFor();
  assert.equal(await page.locator(".heading").isVisible(), false);
  await page.getByRole("button", { name: "Join channel" }).click();
  await heading(page, "guests").waitFor();
});

test("a link by name opens a channel", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann, path: "/#beta" });
  await said(page, "welcome to beta").waitFor();
});

test("a broken link is reported", { skip }, async (test) => {
  const { server, ann, ben } = await channels(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "private" }, ben);
  for (const path of [`/#${chatId}`, "/#no-such-chat"]) {
    const page = await open(test, server, { token: ann, path });
    await page.getByRole("heading", { name: "Chat not found" }).waitFor();
    await page.locator(".preview").getByRole("button", { name: "Back to chats" }).last().click();
    await page.getByRole("heading", { name: "Choose a chat" }).waitFor();
  }
});

test("a link to a message opens its chat there", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channels(test);
  const { message } = await server.command({ type: "SEND_MESSAGE", chatId, content: "the one" }, ben);
  await fill(server, ben, chatId, Array.from({ length: 300 }, (_, index) => `later ${index}`));
  const page = await open(test, server, { token: ann, path: `/#${chatId}/${message.id}` });
  await page.locator("article.highlighted", { hasText: "the one" }).waitFor();
  await page.goto(address(server, `/#${chatId}/no-such-message`));
  await page.getByText("This message could not be found.").waitFor();
});

test("a reply links to its original message and back", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channels(test);
  const { message } = await server.command({ type: "SEND_MESSAGE", chatId, content: "the question" }, ben);
  await fill(server, ben, chatId, Array.from({ length: 300 }, (_, index) => `between ${index}`));
  await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "the answer", replyTo: message.id } }, ben);
  await server.command({ type: "MARK_READ", chatId }, ann);
  const page = await open(test, server, { token: ann });
  await said(page, "the answer").locator(".quote").click();
  await page.locator("article.highlighted", { hasText: "the question" }).waitFor();
  await page.getByRole("button", { name: "Back to the reply" }).click();
  await page.locator("article.highlighted", { hasText: "the answer" }).waitFor();
});

test("the list of chats does not claim to be empty while it loads", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann, path: "/docs" });
  const held = [];
  await page.routeWebSocket(/\/ws$/, (socket) => held.push(socket));
  await page.goto(address(server));
  await page.locator(".skeleton-row").first().waitFor();
  assert.equal(await page.getByText("You have no chats yet.").count(), 0);
  // A text typed before a chat is open would be lost.
  assert.equal(await page.getByRole("textbox", { name: "Message" }).count(), 0);
  assert.ok(held.length > 0);
});

test("a chat opened offline is filled once connected", { skip }, async (test) => {
  const { server, ann } = await channels(test);
  const page = await open(test, server, { token: ann });
  await said(page, "welcome to general").waitFor();
  await server.end("SIGKILL");
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await openChat(page, "alpha");
  await heading(page, "alpha").waitFor();
  // Loaded messages stay readable.
  await openChat(page, "general");
  await said(page, "welcome to general").waitFor();
  await openChat(page, "alpha");
  await server.begin();
  await said(page, "welcome to alpha").waitFor();
});
