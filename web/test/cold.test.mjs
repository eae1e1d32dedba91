// A first visit over a slow network: the load before typing and reading is possible, and input and events during it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { coldVisit, visitedBefore } from "./cold.mjs";
import { address, channel, closeBrowser, eventually, fill, open, PHONE, said, skip, texts, viewOf } from "./support.mjs";

after(closeBrowser);

const SHELL_BYTES = 20_000;
const FIRST_MESSAGE_BYTES = 95_000;
/** The first message needs only the replies to these. */
const FIRST_COMMANDS = ["PING", "AUTHENTICATE", "SYNC", "GET_CHAT_HISTORY"];
const CORE = /\/assets\/chunks\/chunk-[A-Z0-9]{8}\.js$/;

/** A browser that visited the chat before, in another page. */
async function visited(test, { server, token, chatId }, options) {
  const page = await open(test, server, { path: "/docs", ...options });
  await page.evaluate((kept) => Object.assign(localStorage, kept), visitedBefore(token, chatId));
  return page;
}

/** The page of a returning user, with its scripts held back until `release` is called. */
async function held(test, { server, token, chatId }, options = {}) {
  const page = await visited(test, { server, token, chatId }, options);
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(CORE, async (route) => {
    await released;
    await route.fallback();
  });
  const answers = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => answers.push(JSON.parse(payload))));
  await page.goto(address(server, `/#${chatId}`));
  return { page, release, answers };
}

const typed = (page) => page.getByRole("textbox", { name: "Message" });

test("the log-in accepts input after one request, and none is lost", { skip }, async (test) => {
  const { server } = await channel(test);
  await server.command({ type: "SIGN_UP", username: "cleo", password: "correct horse" });
  const { page, until } = await coldVisit(test, server);
  const { bytes, sequential } = await until("interactive");
  assert.equal(sequential, 1);
  assert.ok(bytes <= SHELL_BYTES, `${bytes} bytes`);
  await page.keyboard.type("cleo");
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => window.pichat.core), undefined, "the scripts are not there yet");
  await page.locator(".layout .me strong", { hasText: "cleo" }).waitFor();
});

test("the first message takes two sequential requests and only the initial commands", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: 40 }, (_, index) => `message ${index}: **bold** and a [link](https://example.org/${index})`));
  const { page, until } = await coldVisit(test, server, { path: `/#${chatId}`, storage: visitedBefore(ann, chatId) });
  const shell = await until("interactive");
  assert.equal(shell.sequential, 1);
  assert.ok(shell.bytes <= SHELL_BYTES, `${shell.bytes} bytes`);
  await page.keyboard.type("half a sentence");
  await page.keyboard.press("ArrowLeft");
  const first = await until("message");
  assert.equal(first.sequential, 2, first.requests.join(", "));
  assert.ok(first.bytes <= FIRST_MESSAGE_BYTES, `${first.bytes} bytes`);
  const asked = first.commands.filter(({ type }) => FIRST_COMMANDS.includes(type));
  assert.deepEqual(asked.map(({ type, requestId }) => `${requestId} ${type}`), FIRST_COMMANDS.map((type, index) => `early-${index} ${type}`));
  assert.equal(await typed(page).inputValue(), "half a sentence");
  await page.keyboard.type("!");
  assert.equal(await typed(page).inputValue(), "half a sentenc!e");
});

test("messages sent before the scripts load are sent once in order, and later text is kept", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["before"]);
  const { page, release } = await held(test, { server, token: ann, chatId });
  await typed(page).fill("one");
  await typed(page).press("Enter");
  await typed(page).fill("two");
  await typed(page).press("Enter");
  await typed(page).fill("not yet");
  release();
  await said(page, "two").waitFor();
  assert.deepEqual((await texts(page)).map((text) => text.trim()), ["before", "one", "two"]);
  assert.equal(await typed(page).inputValue(), "not yet");
  await eventually(() => viewOf(server, ann, chatId), ({ messageCount }) => messageCount === 3, "the messages");
  await page.reload();
  await said(page, "two").waitFor();
  assert.equal(await typed(page).inputValue(), "not yet");
});

test("typed text becomes the chat's draft if the scripts never load", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const page = await visited(test, { server, token: ann, chatId }, { trouble: false });
  await page.route(CORE, (route) => route.abort());
  await page.goto(address(server, `/#${chatId}`));
  await page.locator(".banner", { hasText: "Part of the page could not be loaded." }).waitFor();
  await typed(page).fill("sent");
  await typed(page).press("Enter");
  await typed(page).fill("typed");
  await page.unroute(CORE);
  await page.getByRole("button", { name: "Reload" }).click();
  await page.locator(".me strong").waitFor();
  assert.equal(await typed(page).inputValue(), "sent\ntyped");
});

test("the layout does not shift when the scripts take over", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello"]);
  for (const options of [{}, PHONE]) {
    const { page, release } = await held(test, { server, token: ann, chatId }, options);
    await typed(page).fill("a draft\nof several\nlines");
    const places = () =>
      page.evaluate(() =>
        [".sidebar input", ".composer .line", ".composer textarea", ".heading .title strong", ".heading .title > :first-child"].map((selector) => {
          const { x, y, height } = document.querySelector(selector).getBoundingClientRect();
          return [selector, x, y, height].join(" ");
        }),
      );
    const before = await places();
    release();
    await said(page, "hello").waitFor();
    assert.deepEqual(await places(), before);
  }
});

test("events before the scripts load are shown once in their current state", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["first", "second"]);
  const { page, release, answers } = await held(test, { server, token: ann, chatId });
  await eventually(() => answers, (all) => all.some(({ type }) => type === "CHAT_HISTORY"), "the early answers");
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId }, ann);
  await server.command({ type: "EDIT_MESSAGE", chatId, messageId: messages[0].id, content: "changed" }, ben);
  await fill(server, ben, chatId, ["third"]);
  await eventually(() => answers, (all) => all.some(({ type, message }) => type === "NEW_MESSAGE" && message.content === "third"), "the new message");
  release();
  await said(page, "third").waitFor();
  await said(page, "changed").waitFor();
  assert.deepEqual((await texts(page)).map((text) => text.replace("(edited)", "").trim()), ["changed", "second", "third"]);
});

test("a refused early log-in leads to the log-in page", { skip }, async (test) => {
  const { server, chatId } = await channel(test);
  const { page, release } = await held(test, { server, token: "pichat_unknown", chatId }, { trouble: false });
  release();
  await page.getByLabel("Username or email").waitFor();
});

test("an expired session is renewed and continues", { skip }, async (test) => {
  const { server, chatId } = await channel(test);
  const { accessToken, refreshToken } = await server.command({ type: "SIGN_UP", username: "cleo", password: "correct horse" });
  const { page, release, answers } = await held(test, { server, token: accessToken, chatId });
  const session = { accessToken, refreshToken, receivedAt: 0 };
  await page.evaluate((session) => (localStorage["pichat.session"] = JSON.stringify(session)), session);
  await page.reload();
  release();
  await page.locator(".me strong", { hasText: "cleo" }).waitFor();
  assert.ok(answers.every(({ type }) => type !== "ERROR"), "nothing was refused");
});

test("a module that fails to load reports it, and works once loaded", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, path: "/docs", trouble: false, serviceWorkers: "block" });
  const part = /\/assets\/chunks\/dialogs-/;
  await page.route(part, (route) => route.abort());
  await page.goto(address(server, "/"));
  await page.locator(".me strong").waitFor();
  await page.locator(".me").click();
  await page.locator(".toast", { hasText: "Part of the page could not be loaded." }).waitFor();
  await page.unroute(part);
  await page.locator(".me").click();
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
});
