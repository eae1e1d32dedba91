// Offline: the page opens with the chats of the last visit, and continues once there is a network.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, eventually, fill, Front, open, openChat, said, say, signUp, skip, texts, viewOf } from "./support.mjs";

after(closeBrowser);

/** The stored chats of the page, as text. */
const kept = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("pichat", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("snapshot");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const request = opening.result.transaction("snapshot").objectStore("snapshot").get("latest");
          request.onsuccess = () => (opening.result.close(), resolve(JSON.stringify(request.result ?? null)));
        };
      }),
  );

/** The page with a chat, after both have been cached. */
async function visited(test) {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["kept for later"]);
  const front = await Front.start(test, server);
  const page = await open(test, front, { token: ann, serviceWorkers: "allow", trouble: false });
  await said(page, "kept for later").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await eventually(() => kept(page), (text) => text.includes("kept for later"), "the snapshot");
  return { server, front, page, ann, ben, chatId };
}

test("offline, the page shows the last chats and sends new messages later", { skip }, async (test) => {
  const { server, front, page, ben, chatId, ann } = await visited(test);
  await front.end();
  await page.reload();
  await said(page, "kept for later").waitFor();
  await page.locator(".heading", { hasText: "#general" }).waitFor();
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await say(page, "written offline");
  await page.locator("article", { hasText: "written offline" }).waitFor();
  await page.getByRole("textbox", { name: "Message" }).fill("half a sen");
  await fill(server, ben, chatId, ["sent meanwhile"]);
  await front.begin();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await said(page, "sent meanwhile").waitFor();
  await eventually(() => texts(page), (all) => all.length === 3, "the messages");
  assert.deepEqual((await texts(page)).map((text) => text.trim()), ["kept for later", "sent meanwhile", "written offline"]);
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "half a sen");
  const { messageCount } = await viewOf(server, ann, chatId);
  assert.equal(messageCount, 3);
});

test("the page works without a service worker that the network cut", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["without a worker"]);
  const front = await Front.start(test, server);
  front.cut = "/sw.js";
  const page = await open(test, front, { token: ann, serviceWorkers: "allow" });
  await said(page, "without a worker").waitFor();
  assert.equal(await page.evaluate(() => navigator.serviceWorker.register("/sw.js").then(() => "registered", ({ name }) => name)), "TypeError");
  await said(page, "without a worker").waitFor();
});

test("chats changed, added and removed while the page was closed are shown up to date", { skip }, async (test) => {
  const { server, page, ben, ann, chatId } = await visited(test);
  await page.goto("about:blank");
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId, limit: 1 }, ann);
  await server.command({ type: "EDIT_MESSAGE", chatId, messageId: messages[0].id, content: "changed" }, ben);
  await server.command({ type: "UPDATE_USER", displayName: "Benjamin" }, ben);
  await server.command({ type: "CREATE_CHAT", name: "plans", members: ["ann"] }, ben);
  await page.goBack();
  await page.locator(".chat", { hasText: "plans" }).waitFor();
  await openChat(page, "general");
  await said(page, "changed").waitFor();
  await page.locator("article .sender", { hasText: "Benjamin" }).waitFor();
  await server.command({ type: "DELETE_CHAT", chatId });
  await page.locator(".chat", { hasText: "general" }).waitFor({ state: "detached" });
});

test("logging out deletes all stored data of the user", { skip }, async (test) => {
  const { server } = await channel(test);
  const front = await Front.start(test, server);
  const page = await open(test, front, { serviceWorkers: "allow", trouble: false });
  await signUp(page, "cleo", "Cleo");
  await eventually(() => kept(page), (text) => text.includes('"username":"cleo"'), "the snapshot");
  await page.locator(".me").click();
  await page.getByRole("dialog").getByRole("button", { name: "Log out", exact: true }).click();
  await page.getByLabel("Username or email").waitFor();
  assert.equal(await kept(page), "null");
});

test("the page can be installed", { skip }, async (test) => {
  const { page } = await visited(test);
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
});
