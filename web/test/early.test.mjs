// A slow server: input and output before its replies arrive are neither lost nor stale afterwards.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { address, channel, closeBrowser, eventually, fill, Gate, open, openChat, PHONE, said, say, skip, texts, TOKEN } from "./support.mjs";

after(closeBrowser);

/** Every frame of the server from its first reply about chats on. */
const SYNCED = /"type":"SYNCED"/;

const groups = async (server, token) => (await server.command({ type: "GET_CHATS" }, token)).chats.filter(({ kind }) => kind === "group");
const settle = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));

test("a chat searched for while the chats load opens once they are loaded", { skip }, async (test) => {
  const { server, ann, ben } = await channel(test);
  await server.command({ type: "CREATE_CHAT", name: "random", kind: "channel", members: ["ann", "ben"] });
  await server.command({ type: "SEND_MESSAGE", chatId: "#random", content: "the newest" }, ben);
  const gate = new Gate(SYNCED);
  const page = await open(test, server, { token: ann, gate });
  const filter = page.getByRole("searchbox", { name: "Filter chats" });
  await filter.fill("gen");
  await filter.press("Enter");
  await gate.isHolding();
  gate.open();
  await page.locator(".heading", { hasText: "#general" }).waitFor();
});

test("the automatically opened chat does not take focus from the filter", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello"]);
  const gate = new Gate(SYNCED);
  const page = await open(test, server, { token: ann, gate });
  const filter = page.getByRole("searchbox", { name: "Filter chats" });
  await filter.pressSequentially("ge");
  await gate.isHolding();
  gate.open();
  await said(page, "hello").waitFor();
  await settle(page);
  await page.keyboard.type("neral");
  assert.equal(await filter.inputValue(), "general");
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "");
});

test("Ctrl+K works while the chats are loading", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const gate = new Gate(SYNCED);
  const page = await open(test, server, { token: ann, gate });
  await gate.isHolding();
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Go to chat" });
  await dialog.getByRole("combobox").fill("gen");
  assert.equal(await dialog.getByText("No chat has that name.").isVisible(), false);
  gate.open();
  await dialog.getByRole("option", { name: "#general" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".heading", { hasText: "#general" }).waitFor();
});

test("a link to a chat shows its loading state and a back button on a phone", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const gate = new Gate(SYNCED);
  const page = await open(test, server, { token: ann, gate, path: `/#${chatId}`, ...PHONE });
  await gate.isHolding();
  await page.getByText("Loading…").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Message" }).isVisible(), false);
  await page.getByRole("button", { name: "Back to chats" }).tap();
  await page.locator(".skeleton-row").first().waitFor();
  gate.open();
  await page.locator(".chat", { hasText: "general" }).waitFor();
  assert.equal(await page.locator(".heading").isVisible(), false, "the list stays");
});

test("a form submitted twice runs once", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const gate = new Gate(undefined);
  const page = await open(test, server, { token: ann, gate });
  await page.locator(".chat", { hasText: "general" }).waitFor();
  await page.getByRole("button", { name: "New chat" }).click();
  await page.getByRole("tab", { name: "Group", exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("plans");
  gate.close(/"type":"NEW_CHAT"/);
  for (let press = 0; press < 3; press++) await page.getByLabel("Name", { exact: true }).press("Enter");
  await gate.isHolding();
  gate.open();
  await page.locator(".heading", { hasText: "plans" }).waitFor();
  assert.equal((await groups(server, ann)).length, 1);
});

test("a pending log-in cannot be hidden by another form, and its refusal is shown", { skip }, async (test) => {
  const { server } = await channel(test);
  const gate = new Gate(/"type":"ERROR"/);
  const page = await open(test, server, { gate });
  await page.getByLabel("Username or email").fill("ann");
  await page.getByLabel("Password", { exact: true }).fill("wrong password");
  await page.getByRole("button", { name: "Log in" }).click();
  await gate.isHolding();
  assert.equal(await page.getByRole("tab", { name: "Sign up" }).isDisabled(), true);
  gate.open();
  await page.getByRole("alert").filter({ hasText: "Wrong username or password." }).waitFor();
  assert.equal(await page.getByLabel("Username or email").inputValue(), "ann");
  await page.getByRole("tab", { name: "Sign up" }).click();
  await page.getByLabel("Display name (optional)").waitFor();
});

test("a refusal is shown next to the form in the page's language until the tab changes", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, locale: "de-DE" });
  await page.getByRole("button", { name: "Neuer Chat" }).click();
  await page.getByLabel("Benutzername").fill("nosuchuser");
  await page.getByLabel("Benutzername").press("Enter");
  const problem = page.locator("dialog").getByRole("alert").filter({ hasText: "Es gibt niemanden mit diesem Namen." });
  await problem.waitFor();
  const described = await page.getByLabel("Benutzername").getAttribute("aria-describedby");
  assert.equal(await problem.getAttribute("id"), described);
  assert.equal(await page.locator(".toast").count(), 0);
  await page.getByRole("tab", { name: "Gruppe", exact: true }).click();
  await problem.waitFor({ state: "detached" });
});

test("a log-in reports an unreachable server and continues once it is reachable", { skip }, async (test) => {
  const { server } = await channel(test);
  await server.command({ type: "SIGN_UP", username: "cleo", password: "correct horse" });
  const page = await open(test, server, { trouble: false });
  await page.getByLabel("Username or email").fill("cleo");
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await server.end("SIGKILL");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").filter({ hasText: "The server cannot be reached." }).waitFor();
  await server.begin();
  await page.locator(".layout .me strong").waitFor();
});

test("a profile opens immediately and once, and stays closed if closed while loading", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello"]);
  const gate = new Gate(undefined);
  const page = await open(test, server, { token: ann, gate });
  await said(page, "hello").waitFor();
  gate.close(/"type":"USER"/);
  await page.locator(".sender").first().click();
  const profile = page.getByRole("dialog", { name: "Profile" });
  await profile.waitFor();
  await profile.getByText("Loading…").waitFor();
  await gate.isHolding();
  await page.keyboard.press("Escape");
  gate.open();
  await settle(page);
  assert.equal(await page.locator("dialog").count(), 0);
  await page.locator(".sender").first().click();
  await profile.getByText("@ben").waitFor();
  assert.equal(await page.locator("dialog").count(), 1);
});

test("settings changed while the page is away or the dialog is open are shown up to date", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const set = (theme) => server.command({ type: "UPDATE_SETTINGS", settings: { theme } }, ann);
  const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);
  await set("light");
  const gate = new Gate(undefined);
  const page = await open(test, server, { token: ann, gate });
  await page.locator(".chat", { hasText: "general" }).waitFor();
  await eventually(() => theme(page), (value) => value === "light", "the theme");
  gate.close(/"type":"SETTINGS"/);
  await page.locator(".me").click();
  await set("dark");
  await gate.isHolding();
  gate.open();
  await eventually(() => page.getByLabel("Appearance").inputValue(), (value) => value === "dark", "the choice");
  await page.keyboard.press("Escape");
  // While the page has no connection, another device changes the theme.
  await page.evaluate(() => document.querySelector("main").classList.add("before"));
  await server.end("SIGKILL");
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await server.begin();
  await set("light");
  await eventually(() => theme(page), (value) => value === "light", "the theme after the cut");
  assert.equal(await page.locator("main.before").count(), 1, "the page was not reloaded");
});

test("a message sent while its chat loads is in view once it has loaded", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, Array.from({ length: 40 }, (_, index) => `message ${index}`));
  await server.command({ type: "CREATE_CHAT", name: "random", kind: "channel", members: ["ann", "ben"] });
  await server.command({ type: "SEND_MESSAGE", chatId: "#random", content: "newest" }, ben);
  const gate = new Gate(undefined);
  const page = await open(test, server, { token: ann, gate });
  await said(page, "newest").waitFor();
  gate.close(/"type":"CHAT_HISTORY"/);
  await openChat(page, "general");
  await gate.isHolding();
  await say(page, "mine");
  gate.open();
  await said(page, "mine").waitFor();
  await settle(page);
  assert.equal(await said(page, "mine").evaluate((row) => row.getBoundingClientRect().bottom <= innerHeight), true);
  assert.equal((await texts(page)).filter((text) => text === "mine").length, 1);
});

test("list pages requested twice are shown once", { skip }, async (test) => {
  const { server } = await channel(test);
  const { user } = await server.command({ type: "GET_USER", username: "ben" });
  for (let index = 0; index < 25; index++)
    for (const type of ["BAN_USER", "UNBAN_USER"]) await server.command({ type, userId: user.id });
  const gate = new Gate(undefined);
  const page = await open(test, server, { token: TOKEN, gate });
  await page.locator(".me").click();
  await page.locator("dialog summary", { hasText: "Moderation" }).click();
  const log = page.getByRole("list", { name: "Audit log" });
  const more = page.getByRole("dialog").getByRole("button", { name: "Load more" });
  await more.waitFor();
  gate.close(/"type":"AUDIT_LOG"/);
  await more.evaluate((button) => [button.click(), button.click()]);
  await gate.isHolding();
  gate.open();
  await eventually(() => log.locator("li").count(), (count) => count > 30, "the next page");
  await settle(page);
  for (const command of ["BAN_USER", "UNBAN_USER"]) assert.equal(await log.locator("strong", { hasText: new RegExp(`^${command}$`) }).count(), 25, command);
});

test("suggestions match the latest input", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, path: "/" });
  await page.locator(".chat", { hasText: "general" }).waitFor();
  await page.goto(address(server, "/"));
  // The first request is answered last.
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer();
    const late = new Set();
    socket.onMessage((frame) => {
      const { type, search, requestId } = JSON.parse(frame);
      if (type === "GET_USERS" && search === "an") late.add(String(requestId));
      upstream.send(frame);
    });
    upstream.onMessage((frame) => {
      const { requestId } = JSON.parse(frame);
      if (late.has(String(requestId))) setTimeout(() => socket.send(frame), 700);
      else socket.send(frame);
    });
  });
  await page.reload();
  await page.locator(".chat", { hasText: "general" }).waitFor();
  await page.getByRole("button", { name: "New chat" }).click();
  const field = page.getByRole("tabpanel").or(page.getByRole("dialog")).getByLabel("Username").first();
  await field.fill("an");
  await field.fill("ben");
  await page.locator('datalist option[value="ben"]').waitFor({ state: "attached" });
  await page.waitForTimeout(1_000);
  assert.equal(await page.locator('datalist option[value="ben"]').count(), 1);
});
