import assert from "node:assert/strict";
import { after, test } from "node:test";
import { address, closeBrowser, enter, FAST, Gate, open, openChat, said, say, Server, signUp, skip, texts } from "./support.mjs";

after(closeBrowser);

/** Two users with accounts in a group. */
async function pair(test) {
  const server = await Server.start(test, FAST);
  const [ann, ben] = [await open(test, server), await open(test, server)];
  await signUp(ann, "ann", "Ann");
  await signUp(ben, "ben", "Ben");
  await ann.getByRole("button", { name: "New chat" }).click();
  await ann.getByRole("tab", { name: "Group", exact: true }).click();
  await ann.getByLabel("Name", { exact: true }).fill("kitchen");
  await ann.getByRole("combobox", { name: "Members" }).fill("ben");
  await ann.getByRole("button", { name: "Create" }).click();
  await ann.locator(".heading", { hasText: "kitchen" }).waitFor();
  await openChat(ben, "kitchen");
  return { server, ann, ben };
}

const doWith = async (page, text, what) => {
  await said(page, text).hover();
  await said(page, text).getByRole("button", { name: what, exact: true }).click();
};

test("messages can be edited, deleted, reacted to, and show who read them", { skip }, async (test) => {
  const { ann, ben } = await pair(test);
  await say(ann, "helo");
  await said(ben, "helo").waitFor();
  await said(ann, "helo").locator('[aria-label="Read by everyone"]').waitFor();
  await ann.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await say(ann, "hello");
  await said(ben, "hello").locator(".marks", { hasText: "edited" }).waitFor();
  await doWith(ben, "hello", "React with 👍");
  const reaction = said(ann, "hello").locator(".reaction");
  await reaction.waitFor();
  assert.equal(await reaction.innerText(), "👍 1");
  await reaction.click();
  await said(ben, "hello").locator(".reaction.mine", { hasText: "👍 2" }).waitFor();
  await said(ben, "hello").locator(".reaction").click();
  await said(ann, "hello").locator(".reaction.mine", { hasText: "👍 1" }).waitFor();
  await doWith(ann, "hello", "Delete");
  await ann.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await said(ben, "This message was deleted.").waitFor();
  assert.deepEqual(await texts(ben), ["This message was deleted."]);
});

test("typing and presence are shown", { skip }, async (test) => {
  const { ann, ben } = await pair(test);
  await ann.getByRole("textbox", { name: "Message" }).pressSequentially("hm");
  await ben.locator(".typing", { hasText: "Ann is typing" }).waitFor();
  await say(ann, "hm, no");
  await said(ben, "hm, no").waitFor();
  await ben.waitForFunction(() => document.querySelector(".typing").textContent === "");
  await ben.getByRole("button", { name: "New chat" }).click();
  await ben.getByRole("combobox", { name: "Username" }).fill("ann");
  await ben.getByRole("button", { name: "Open chat" }).click();
  await ben.locator(".heading .dot.online").waitFor();
  await ann.getByRole("button", { name: /@ann/ }).click();
  await ann.getByLabel("Show me as").selectOption("away");
  await ben.locator(".heading .dot.away").waitFor();
  await ann.close();
  await ben.locator(".heading .dot.offline").waitFor();
});

test("a search finds a message and shows it", { skip }, async (test) => {
  const { ann, ben } = await pair(test);
  await say(ann, "the needle is here");
  for (let number = 0; number < 5; number++) await say(ann, `hay ${number}`);
  await said(ben, "hay 4").waitFor();
  await ben.getByRole("button", { name: "Search messages" }).click();
  await ben.getByLabel("Search all chats").fill("needle");
  await ben.locator(".results .hit", { hasText: "needle" }).click();
  await ben.locator("article.highlighted", { hasText: "the needle is here" }).waitFor();
});

test("a stream is shown and can be stopped", { skip }, async (test) => {
  const { server, ann } = await pair(test);
  const bot = await enter(test, { url: server.url, token: await server.user("assistant") });
  await ann.locator(".heading .title").click();
  await ann.getByRole("combobox", { name: "Add members" }).fill("assistant");
  await ann.getByRole("button", { name: "Add", exact: true }).click();
  await ann.locator("dialog li", { hasText: "@assistant" }).waitFor();
  await ann.keyboard.press("Escape");
  const [kitchen] = bot.chats.length ? bot.chats : [await bot.once("NEW_CHAT").then(({ chatId }) => bot.chat(chatId))];
  const stopped = bot.once("STOP_REQUESTED");
  const stream = await kitchen.stream({ role: "assistant" });
  await stream.write("Let me ");
  await stream.write("think");
  await said(ann, "Let me think").waitFor();
  await ann.getByRole("button", { name: "Stop" }).click();
  await stopped;
  await stream.end();
  await ann.locator("article.streaming").waitFor({ state: "detached" });
  await said(ann, "Let me think").waitFor();
});

test("a session and its settings survive a reload", { skip }, async (test) => {
  const { ann } = await pair(test);
  await ann.getByRole("button", { name: /@ann/ }).click();
  await ann.getByLabel("Appearance").selectOption("dark");
  await ann.getByLabel("Display name").fill("Ann of the kitchen");
  await ann.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await ann.locator(".me", { hasText: "Ann of the kitchen" }).waitFor();
  await ann.reload();
  await ann.locator(".me", { hasText: "Ann of the kitchen" }).waitFor();
  assert.equal(await ann.evaluate(() => document.documentElement.dataset.theme), "dark");
  await ann.getByRole("button", { name: /@ann/ }).click();
  await ann.getByRole("button", { name: "Log out", exact: true }).click();
  await ann.getByRole("tab", { name: "Log in" }).waitFor();
  await ann.getByLabel("Username or email").fill("ann");
  await ann.getByLabel("Password", { exact: true }).fill("wrong password");
  await ann.getByRole("button", { name: "Log in" }).click();
  await ann.getByRole("alert").filter({ hasText: /./ }).waitFor();
  await ann.getByLabel("Password", { exact: true }).fill("correct horse");
  await ann.getByRole("button", { name: "Log in" }).click();
  await ann.locator(".chat", { hasText: "kitchen" }).waitFor();
});

test("two windows refreshing a session concurrently both stay logged in, also without navigator.locks", { skip }, async (test) => {
  const server = await Server.start(test, { ...FAST, REFRESH_GRACE_SECONDS: "0" });
  const first = await open(test, server);
  await signUp(first, "cleo", "Cleo");
  const context = first.context();
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined }));
  // The access token is deleted: every window opened now has to refresh.
  await first.evaluate(() => {
    const { accessToken: _, ...session } = JSON.parse(localStorage.getItem("pichat.session"));
    localStorage.setItem("pichat.session", JSON.stringify(session));
  });
  const gate = new Gate(/"type":"AUTHENTICATED"/);
  await gate.install(first);
  await first.reload();
  await gate.isHolding();
  const second = await context.newPage();
  const sent = [];
  second.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  await second.goto(address(server));
  await second.locator(".layout").waitFor();
  await second.waitForTimeout(500);
  gate.open();
  for (const page of [first, second]) await page.locator('.banner[data-phase="online"]').waitFor({ state: "attached" });
  assert.equal(sent.filter((text) => text.includes("REFRESH_TOKEN")).length, 0, "the second window uses what the first got");
  for (const page of [first, second]) {
    await page.reload();
    await page.locator('.banner[data-phase="online"]').waitFor({ state: "attached" });
  }
});
