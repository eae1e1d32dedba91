// Files: attached, uploaded, shown, and refused.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { address, channel, closeBrowser, eventually, FAST, fill, open, picture, reconnect, said, say, skip, upload } from "./support.mjs";

after(closeBrowser);

const tray = (page) => page.locator(".tray li");
const pictures = (page) => page.locator(".picture img");
const send = (page) => page.getByRole("textbox", { name: "Message" }).press("Enter");
const choose = async (page, files) => {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  await (await choosing).setFiles(files);
};
const isLoaded = (page) => page.waitForFunction(() => {
  const shown = [...document.querySelectorAll(".picture img")];
  return shown.length > 0 && shown.every((image) => image.complete && image.naturalWidth > 0);
});
const history = async (server, chatId) => (await server.command({ type: "GET_CHAT_HISTORY", chatId })).messages;

/** Pastes or drops files by the browser's events. */
const transfer = (page, selector, kind, files) =>
  page.locator(selector).evaluate(
    (element, { kind, files }) => {
      const data = new DataTransfer();
      for (const { name, type, bytes } of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const event = kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
      element.dispatchEvent(event);
    },
    { kind, files: files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, bytes: [...buffer] })) },
  );

test("files are attached by button, paste and drop, and others see them", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const page = await open(test, server, { token: ann });
  const other = await open(test, server, { token: ben });
  const requests = [];
  other.on("request", (request) => requests.push(request.url()));
  const plan = { name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("the plan") };
  await choose(page, [plan]);
  await transfer(page, ".composer textarea", "paste", [{ name: "image.png", mimeType: "image/png", buffer: picture(60, 30) }]);
  await transfer(page, ".messages", "dragover", []);
  await transfer(page, ".messages", "drop", [{ name: "red.png", mimeType: "image/png", buffer: picture(40, 80) }, { name: "more.bin", mimeType: "", buffer: Buffer.from([1, 2, 3]) }]);
  await eventually(() => tray(page).count(), (count) => count === 4, "files beside the text");
  // Pictures are shown before they are sent.
  await page.waitForFunction(() => document.querySelectorAll(".tray canvas").length === 2);
  await say(page, "see there");
  await said(other, "see there").locator(".file", { hasText: "plan.txt" }).waitFor();
  await isLoaded(other);
  assert.equal(await tray(page).count(), 0);
  assert.deepEqual(await pictures(other).evaluateAll((images) => images.map(({ naturalWidth, naturalHeight, alt }) => [naturalWidth, naturalHeight, alt])), [[60, 30, "image.png"], [40, 80, "red.png"]]);
  const downloading = other.waitForEvent("download");
  await other.getByRole("button", { name: "Download plan.txt" }).click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), "plan.txt");
  assert.equal(await readFile(await download.path(), "utf8"), "the plan");
  const [message] = await history(server, chatId);
  assert.deepEqual(message.attachments.map(({ name, size, mimeType, width, height }) => [name, size, mimeType, width, height]), [
    ["plan.txt", 8, "text/plain", undefined, undefined], ["image.png", picture(60, 30).length, "image/png", 60, 30],
    ["red.png", picture(40, 80).length, "image/png", 40, 80], ["more.bin", 3, "application/octet-stream", undefined, undefined],
  ]);
  // No file is requested without a signed URL.
  const asked = requests.filter((url) => new URL(url).pathname.startsWith("/files/"));
  assert.ok(asked.length >= 2);
  assert.deepEqual(asked.filter((url) => !new URL(url).searchParams.has("ticket")), []);
});

test("a message can have files without text, and the chat list names them", { skip }, async (test) => {
  const { server, ann, ben } = await channel(test);
  const page = await open(test, server, { token: ann });
  const other = await open(test, server, { token: ben });
  await choose(page, [{ name: "alone.png", mimeType: "image/png", buffer: picture(30, 30) }]);
  await tray(page).locator("canvas").waitFor();
  await send(page);
  await other.getByRole("button", { name: "Open picture alone.png" }).waitFor();
  await other.locator(".chat small", { hasText: "alone.png" }).waitFor();
  await page.getByRole("button", { name: "Open picture alone.png" }).waitFor();
  assert.equal(await tray(page).count(), 0);
});

test("an upload shows its progress and resumes after a disconnect, and its message waits for it", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const page = await open(test, server, { token: ann, trouble: false });
  const ranges = [];
  let pass;
  const passing = new Promise((resolve) => (pass = resolve));
  await page.route("**/uploads/*", async (route) => {
    ranges.push(route.request().headers()["content-range"]);
    if (ranges.length === 2) return route.abort("connectionreset");
    if (ranges.length === 4) await passing;
    await route.continue();
  });
  const buffer = Buffer.alloc(3_000_000, "x");
  await choose(page, [{ name: "long.bin", mimeType: "application/octet-stream", buffer }]);
  await tray(page).locator("small", { hasText: "Uploading, 35%" }).waitFor();
  await eventually(() => ranges.length, (count) => count >= 4, "the third part");
  await say(page, "when it is there");
  await page.locator(".tray .hint", { hasText: "will be sent when its files" }).waitFor();
  assert.deepEqual(await history(server, chatId), []);
  pass();
  await said(page, "when it is there").locator('[aria-label="Sent"]').waitFor();
  const [{ attachments: [{ id, size }] }] = await history(server, chatId);
  assert.equal(size, buffer.length);
  const { url } = await server.command({ type: "GET_FILE", chatId, fileId: id }, ann);
  assert.ok(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(buffer));
  // After the disconnect the client asks for the upload's offset and resends nothing already stored.
  assert.equal(ranges[2], "bytes */3000000");
  assert.equal(ranges.filter((range) => range.startsWith("bytes 0-")).length, 1);
});

test("a removed upload is cancelled and leaves nothing on the server", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, trouble: false });
  const cancelled = page.waitForRequest((request) => request.method() === "DELETE" && request.url().includes("/uploads/"));
  await page.route("**/uploads/*", (route) => (route.request().method() === "PUT" ? undefined : route.continue()));
  await choose(page, [{ name: "never.bin", mimeType: "", buffer: Buffer.alloc(10) }, { name: "stays.bin", mimeType: "", buffer: Buffer.alloc(10) }]);
  await tray(page).locator("progress").first().waitFor();
  await page.getByRole("button", { name: "Remove never.bin" }).click();
  assert.equal((await (await cancelled).response()).status(), 204);
  assert.equal(await tray(page).count(), 1);
  // The focus stays next to the removed item.
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Remove stays.bin");
});

test("a refused file shows the reason, and the others are sent once it is removed", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test, { ...FAST, MAX_FILE_BYTES: "2048", FILE_QUOTA_BYTES_PER_USER: "3072" });
  const page = await open(test, server, { token: ann });
  const file = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "a") });
  await choose(page, [file("large.txt", 2049), file("empty.txt", 0), file("fits.txt", 2000)]);
  await tray(page).filter({ hasText: "large.txt" }).locator("small", { hasText: "This file is too large. The limit is 2 kB." }).waitFor();
  await tray(page).filter({ hasText: "empty.txt" }).locator("small", { hasText: "This file is empty." }).waitFor();
  await tray(page).filter({ hasText: "fits.txt" }).locator("small", { hasText: "2 kB" }).waitFor();
  await choose(page, [file("much.txt", 2000)]);
  const much = tray(page).filter({ hasText: "much.txt" });
  await much.locator("small", { hasText: "There is not enough space left. Your files can use 3 kB in total." }).waitFor();
  await say(page, "all of them");
  await page.locator(".toast", { hasText: "Some files could not be uploaded" }).waitFor();
  assert.deepEqual(await history(server, chatId), []);
  for (const name of ["large.txt", "empty.txt", "much.txt"]) await page.getByRole("button", { name: `Remove ${name}` }).click();
  await send(page);
  await said(page, "all of them").locator(".file", { hasText: "fits.txt" }).waitFor();
});

test("a failed upload can be retried", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, trouble: false });
  let isRefusing = true;
  const refusal = JSON.stringify({ type: "ERROR", code: "FORBIDDEN", error: "you are not in the chat of this upload any more" });
  await page.route("**/uploads/*", (route) => (isRefusing && route.request().method() === "PUT" ? route.fulfill({ status: 403, body: refusal }) : route.continue()));
  await choose(page, [{ name: "again.txt", mimeType: "text/plain", buffer: Buffer.from("again") }]);
  await tray(page).locator("small", { hasText: "you are not in the chat of this upload any more" }).waitFor();
  isRefusing = false;
  await page.getByRole("button", { name: "Upload again.txt again" }).click();
  await tray(page).locator("small", { hasText: "5 byte" }).waitFor();
  await say(page, "at last");
  await said(page, "at last").locator(".file", { hasText: "again.txt" }).waitFor();
});

test("an upload waits without a connection and resumes by itself", { skip }, async (test) => {
  const { server, ann } = await channel(test);
  const page = await open(test, server, { token: ann, trouble: false });
  await say(page, "before");
  await said(page, "before").locator('[aria-label="Sent"]').waitFor();
  const { port } = server;
  await server.end("SIGKILL");
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await choose(page, [{ name: "later.txt", mimeType: "text/plain", buffer: Buffer.from("later") }]);
  await tray(page).locator("small", { hasText: "Waiting for the connection" }).waitFor();
  await say(page, "offline");
  server.port = port;
  await server.begin();
  await reconnect(page);
  await said(page, "offline").locator(".file", { hasText: "later.txt" }).waitFor();
  await said(page, "offline").locator('[aria-label="Sent"]').waitFor();
});

test("uploads continue while another chat is open, and stay with their own", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  await server.command({ type: "CREATE_CHAT", name: "other", kind: "channel", members: ["ann"] });
  const page = await open(test, server, { token: ann, path: `/#${chatId}` });
  let pass;
  const passing = new Promise((resolve) => (pass = resolve));
  await page.route("**/uploads/*", (route) => passing.then(() => route.continue()));
  await choose(page, [{ name: "mine.txt", mimeType: "text/plain", buffer: Buffer.from("mine") }]);
  await say(page, "goes by itself");
  await page.locator(".chat", { hasText: "other" }).click();
  await page.locator(".heading", { hasText: "other" }).waitFor();
  assert.equal(await tray(page).count(), 0);
  pass();
  await eventually(() => history(server, chatId), ([message]) => message?.content === "goes by itself" && message.attachments[0].name === "mine.txt", "the message");
  await page.locator(".chat", { hasText: "general" }).click();
  await said(page, "goes by itself").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "");
  assert.equal(await tray(page).count(), 0);
});

test("pictures reserve their space before they load", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const file = await upload(server, ben, chatId, { name: "wide.png", mimeType: "image/png", bytes: picture(900, 300), width: 900, height: 300 });
  const unknown = await upload(server, ben, chatId, { name: "some.png", mimeType: "image/png", bytes: picture(50, 500) });
  await server.command({ type: "SEND_MESSAGE", chatId, message: { content: "look", attachments: [{ id: file.id }, { id: unknown.id }] } }, ben);
  await fill(server, ben, chatId, ["below it"]);
  const page = await open(test, server, { token: ann, path: "/#nowhere" });
  await page.evaluate(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifts += value))).observe({ type: "layout-shift" });
  });
  let pass;
  const passing = new Promise((resolve) => (pass = resolve));
  await page.route("**/files/*", (route) => passing.then(() => route.continue()));
  await page.locator(".chat", { hasText: "general" }).click();
  const heights = () => page.locator("article").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
  await page.locator(".picture-place").first().waitFor();
  const before = await heights();
  pass();
  await isLoaded(page);
  assert.deepEqual(await heights(), before);
  const size = await page.locator(".picture-place").first().evaluate((place) => place.getBoundingClientRect().toJSON());
  assert.deepEqual([size.width, size.height], [360, 120]);
  assert.ok((await page.evaluate(() => window.shifts)) <= 0.02);
});

test("a picture with an expired URL is fetched from a new one", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const file = await upload(server, ben, chatId, { name: "old.png", mimeType: "image/png", bytes: picture(20, 20), width: 20, height: 20 });
  await server.command({ type: "SEND_MESSAGE", chatId, message: { attachments: [{ id: file.id }] } }, ben);
  const page = await open(test, server, { token: ann, path: "/#nowhere", trouble: false });
  const addresses = [];
  await page.route("**/files/*", (route) => {
    addresses.push(route.request().url());
    return addresses.length === 1 ? route.fulfill({ status: 404, body: "{}" }) : route.continue();
  });
  await page.locator(".chat", { hasText: "general" }).click();
  await isLoaded(page);
  assert.equal(addresses.length, 2);
  assert.notEqual(addresses[0], addresses[1]);
});

test("a file that is not really a picture is offered as a download", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  const file = await upload(server, ben, chatId, { name: "evil.png", mimeType: "image/png", bytes: Buffer.from("<script>alert(1)</script>") });
  await server.command({ type: "SEND_MESSAGE", chatId, message: { attachments: [{ id: file.id }, { url: "https://example.org/a.png", name: "far.png", size: 5, mimeType: "image/png" }] } }, ben);
  const page = await open(test, server, { token: ann });
  await page.getByRole("button", { name: "Download evil.png" }).waitFor();
  assert.equal(await pictures(page).count(), 0);
  // An external picture is a link: loading it would reveal the reader to its server.
  assert.equal(await page.getByRole("link", { name: "far.png" }).getAttribute("href"), "https://example.org/a.png");
});

test("pictures open in full size and can be browsed by keyboard", { skip }, async (test) => {
  const { server, ann, ben, chatId } = await channel(test);
  for (const [index, side] of [200, 300, 400].entries()) {
    const file = await upload(server, ben, chatId, { name: `${index + 1}.png`, mimeType: "image/png", bytes: picture(side, side), width: side, height: side });
    await server.command({ type: "SEND_MESSAGE", chatId, message: { content: `picture ${index + 1}`, attachments: [{ id: file.id }] } }, ben);
  }
  const page = await open(test, server, { token: ann });
  const opener = page.getByRole("button", { name: "Open picture 1.png" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog", { name: "1.png" });
  await box.waitFor();
  assert.equal(await box.locator("small").innerText().then((text) => text.endsWith("1 of 3")), true);
  await page.waitForFunction(() => document.querySelector(".lightbox img").naturalWidth === 200);
  await page.keyboard.press("ArrowRight");
  await page.getByRole("dialog", { name: "2.png" }).waitFor();
  await page.waitForFunction(() => document.querySelector(".lightbox img").naturalWidth === 300);
  await page.keyboard.press("End");
  await page.getByRole("dialog", { name: "3.png" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Next picture" }).isVisible(), false);
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("dialog", { name: "2.png" }).waitFor();
  const downloading = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Download", exact: true }).click();
  assert.equal((await downloading).suggestedFilename(), "2.png");
  await page.keyboard.press("Escape");
  await page.locator(".lightbox").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Open picture 2.png");
});

test("editing a message removes files from it and adds others", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const page = await open(test, server, { token: ann });
  const text = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) });
  await choose(page, [text("one.txt"), text("two.txt")]);
  await say(page, "with files");
  await said(page, "with files").locator('[aria-label="Sent"]').waitFor();
  await page.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await eventually(() => tray(page).count(), (count) => count === 2, "the files of the message");
  await page.getByRole("button", { name: "Remove one.txt" }).click();
  await choose(page, [text("three.txt")]);
  await send(page);
  await said(page, "with files").locator(".edited").waitFor();
  const names = async () => (await history(server, chatId))[0].attachments.map(({ name }) => name);
  assert.deepEqual(await names(), ["two.txt", "three.txt"]);
  // Editing only the text keeps the files, and cancelling changes nothing.
  await page.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await page.getByRole("button", { name: "Remove two.txt" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await tray(page).count(), 0);
  await page.getByRole("textbox", { name: "Message" }).press("ArrowUp");
  await say(page, "other text");
  await said(page, "other text").locator(".file", { hasText: "three.txt" }).waitFor();
  assert.deepEqual(await names(), ["two.txt", "three.txt"]);
});

test("file names cannot reorder their surroundings or hide their extension", { skip }, async (test) => {
  const { server, ann, chatId } = await channel(test);
  const page = await open(test, server, { token: ann });
  await choose(page, [{ name: "invoice\u202Efdp.exe", mimeType: "", buffer: Buffer.from("x") }, { name: "تقرير.txt", mimeType: "text/plain", buffer: Buffer.from("y") }]);
  await say(page, "names");
  await said(page, "names").locator('[aria-label="Sent"]').waitFor();
  const [{ attachments }] = await history(server, chatId);
  assert.deepEqual(attachments.map(({ name }) => name), ["invoicefdp.exe", "تقرير.txt"]);
  assert.deepEqual(await said(page, "names").locator(".file strong > bdi").allInnerTexts(), ["invoicefdp.exe", "تقرير.txt"]);
});
