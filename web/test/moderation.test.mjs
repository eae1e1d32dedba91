// Actions of owners, admins and moderators.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { anonymously, channel, closeBrowser, eventually, fill, open, openChat, said, say, skip, TOKEN } from "./support.mjs";

after(closeBrowser);

test("an owner changes roles, bans a member, and archives and restores a chat", { skip }, async (test) => {
  const { server, ann, ben } = await channel(test);
  await server.user("cleo");
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "kitchen", kind: "channel", members: ["ben", "cleo"] }, ann);
  const page = await open(test, server, { token: ann });
  await openChat(page, "kitchen");
  await page.locator(".heading .title").click();
  await page.getByRole("combobox", { name: /Role of .*cleo/ }).selectOption("admin");
  const roles = async () => Object.fromEntries((await server.command({ type: "GET_MEMBERS", chatId }, ann)).members.map(({ user, role }) => [user.username, role]));
  await eventually(roles, ({ cleo }) => cleo === "admin", "the role was not changed");
  await page.getByRole("button", { name: /Ban .*ben/ }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Ban", exact: true }).click();
  await page.locator("dialog li", { hasText: "@ben" }).waitFor({ state: "detached" });
  assert.equal((await server.command({ type: "JOIN_CHAT", chatId }, ben)).code, "FORBIDDEN");
  await page.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Archive" }).click();
  await page.locator(".heading", { hasText: "archived" }).waitFor();
  assert.ok(await page.getByRole("textbox", { name: "Message" }).isDisabled());
  await page.locator(".me").click();
  await page.getByText("Archived chats", { exact: true }).click();
  await page.locator("dialog li", { hasText: "kitchen" }).getByRole("button", { name: "Restore" }).click();
  await page.getByText("You have no archived chats.").waitFor();
  assert.equal((await server.command({ type: "GET_CHAT", chatId }, ann)).chat.active, true);
});

test("a moderator sees statistics and the audit log, and bans a user", { skip }, async (test) => {
  const { server } = await channel(test);
  await anonymously(server, { type: "SIGN_UP", username: "mallory", password: "correct horse" });
  const page = await open(test, server, { token: TOKEN });
  await page.locator(".me").click();
  await page.getByText("Moderation", { exact: true }).click();
  await page.locator("dialog dt", { hasText: "Users" }).waitFor();
  await page.getByLabel("Find a user").fill("mallory");
  await page.getByRole("dialog").getByRole("button", { name: "Search" }).click();
  await page.locator(".moderated").getByRole("button", { name: "Ban", exact: true }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Ban", exact: true }).click();
  await eventually(() => anonymously(server, { type: "LOG_IN", username: "mallory", password: "correct horse" }), ({ code }) => code === "FORBIDDEN", "mallory can still log in");
  await page.locator(".moderated").getByRole("button", { name: "Lift ban" }).click();
  await eventually(() => anonymously(server, { type: "LOG_IN", username: "mallory", password: "correct horse" }), ({ type }) => type === "AUTHENTICATED", "the ban was not lifted");
});

test("a reaction lists the users who reacted", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  await fill(server, ben, chatId, ["hello"]);
  const { messages } = await server.command({ type: "GET_CHAT_HISTORY", chatId });
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👍" }, ben);
  // The message is drawn before the members of the chat have arrived.
  const page = await open(test, server, { token: ann, latency: 100 });
  await said(page, "hello").locator(".reaction").waitFor();
  await eventually(() => said(page, "hello").locator(".reaction").getAttribute("title"), (title) => title.replace(/[\u2066-\u2069]/g, "") === "ben", "the name is missing");
  await server.command({ type: "ADD_REACTION", chatId, messageId: messages[0].id, emoji: "👍" }, ann);
  await eventually(() => said(page, "hello").locator(".reaction").getAttribute("title"), (title) => title.replace(/[\u2066-\u2069]/g, "") === "ben and ann", "the names are missing");
});

test("a chat can be an announcement channel, and a ban can be lifted", { skip }, async (test) => {
  const { server, ben, ann } = await channel(test);
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "news", kind: "channel", members: ["ben"] }, ann);
  const [owner, member] = [await open(test, server, { token: ann, path: `/#${chatId}` }), await open(test, server, { token: ben, path: `/#${chatId}` })];
  await say(owner, "old news");
  await said(member, "old news").waitFor();
  await owner.locator(".heading .title").click();
  await owner.getByText("Edit name and description").click();
  await owner.getByLabel("Who can write").selectOption("admins");
  await owner.getByRole("button", { name: "Save" }).click();
  const box = member.getByPlaceholder("Only owners and admins can write here");
  await box.waitFor();
  assert.equal(await box.isDisabled(), true);
  await said(member, "old news").hover();
  await member.getByRole("button", { name: "Add reaction" }).waitFor();
  assert.equal(await member.getByRole("button", { name: "Reply", exact: true }).count(), 0);
  await server.command({ type: "BAN_MEMBER", chatId, userId: "ben" }, ann);
  assert.equal((await server.command({ type: "JOIN_CHAT", chatId }, ben)).code, "FORBIDDEN");
  await owner.getByText("Lift a ban").click();
  await owner.getByLabel("Username").fill("ben");
  await owner.getByRole("button", { name: "Lift ban", exact: true }).click();
  await owner.locator(".toast", { hasText: "can join again" }).waitFor();
  assert.equal((await server.command({ type: "JOIN_CHAT", chatId }, ben)).type, "MEMBERS_ADDED");
});
