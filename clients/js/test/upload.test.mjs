import assert from "node:assert/strict";
import { test } from "node:test";
import { setAvatar } from "../dist/avatar.js";
import { CommandError } from "../dist/index.js";
import { enter, Proxy, Server, soon } from "./support.mjs";

/** A chat of two users, its owner behind a proxy. */
async function scene(test, settings) {
  const server = await Server.start(test, { COMMANDS_PER_SECOND: "0", ...settings });
  const proxy = await Proxy.start(test, server);
  const ann = await enter(test, { url: proxy.url, token: await server.user("ann") });
  const token = await server.user("ben");
  const ben = await enter(test, { url: server.url, token });
  const chat = await ann.create({ name: "work", members: ["ben"] });
  return { server, proxy, ann, ben, token, chat };
}

const content = (length) => Uint8Array.from({ length }, (_, at) => (at * 31) % 251);

/** An uploaded file as another user reads it. */
async function read(client, chatId, fileId) {
  const { url } = await client.command({ type: "GET_FILE", chatId, fileId });
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

test("an upload resumes after lost connections and reports its progress", async (test) => {
  const { proxy, ben, chat } = await scene(test);
  let left = 2;
  // Each time in the middle of a part.
  proxy.cutWhen = ({ up }) => up > 1_500_000 && left-- > 0;
  const bytes = content(5_000_000);
  const progress = [];
  const upload = chat.upload(new Blob([bytes], { type: "application/pdf" }), {
    name: "plan.pdf",
    onProgress: (sent, total) => progress.push([sent, total]),
  });
  const file = await soon(upload, "the upload");
  assert.deepEqual([file.name, file.size, file.mimeType], ["plan.pdf", bytes.length, "application/pdf"]);
  assert.equal(left <= 0, true, "connections were cut");
  assert.deepEqual([progress[0], progress.at(-1)], [[0, bytes.length], [bytes.length, bytes.length]]);
  assert.deepEqual(progress.map(([sent]) => sent), progress.map(([sent]) => sent).sort((one, other) => one - other));
  assert.ok(progress.length > 4);
  assert.deepEqual(await read(ben, chat.id, file.id), bytes);
});

test("a message is sent with its files", async (test) => {
  const { ben, chat } = await scene(test);
  const files = [new File([content(100)], "a.bin"), new File(["plain"], "b.txt", { type: "text/plain" })];
  const sent = await chat.send({ text: "look", files });
  assert.equal(sent.content, "look");
  assert.deepEqual(sent.attachments.map(({ name, size, mimeType }) => [name, size, mimeType]), [
    ["a.bin", 100, "application/octet-stream"],
    ["b.txt", 5, "text/plain"],
  ]);
  assert.deepEqual(await read(ben, chat.id, sent.attachments[0].id), content(100));
  const alone = await chat.send({ files: [new File(["x"], "c.bin")] });
  assert.deepEqual([alone.content, alone.attachments.length], ["", 1]);
  assert.equal((await chat.send({ text: "no files" })).content, "no files");
});

test("a cancelled upload leaves nothing behind", async (test) => {
  const { server, chat } = await scene(test);
  const reason = new Error("changed my mind");
  for (let count = 0; count < 25; count++) {
    const controller = new AbortController();
    const onProgress = (sent) => sent > 0 && controller.abort(reason);
    const upload = chat.upload(new Blob([content(1_200_000)]), { onProgress, signal: controller.signal });
    // More than the limit of unfinished uploads: each must have been cancelled.
    await assert.rejects(upload, reason);
    while ((await server.command({ type: "GET_STATS" })).files !== 0);
  }
  await assert.rejects(chat.upload(new Blob(["x"]), { signal: AbortSignal.abort(reason) }), reason);
});

test("refusals carry the server's error code", async (test) => {
  const { chat } = await scene(test, { MAX_FILE_BYTES: "1000" });
  const error = await chat.upload(new Blob([content(1001)])).catch((error) => error);
  assert.ok(error instanceof CommandError);
  assert.deepEqual([error.code, error.field], ["TOO_LARGE", "size"]);
});

test("an uploaded picture becomes the user's avatar, which others load from its address", async (test) => {
  const { server, ann, ben } = await scene(test);
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...content(300)]);
  const { avatarUrl } = await setAvatar(ann, new File([png], "me.png", { type: "image/png" }));
  assert.match(avatarUrl, /^\/avatars\//);
  assert.equal(ann.me.avatarUrl, avatarUrl);
  const shown = async () => (await ben.command({ type: "GET_USER", userId: ann.me.id })).user.avatarUrl;
  assert.equal(await shown(), avatarUrl);
  const address = new URL(avatarUrl, server.url.replace("ws", "http"));
  assert.deepEqual(new Uint8Array(await (await fetch(address)).arrayBuffer()), png);
  const refused = await setAvatar(ann, new File(["<svg/>"], "me.png", { type: "image/png" })).catch((error) => error);
  assert.ok(refused instanceof CommandError);
  assert.deepEqual([refused.code, refused.field], ["INVALID_ARGUMENT", "body"]);
  assert.equal(await shown(), avatarUrl, "the avatar before stays");
  assert.equal((await setAvatar(ann, null)).avatarUrl, undefined);
  assert.equal((await fetch(address)).status, 404);
});
