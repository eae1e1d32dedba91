import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { block, readme, soon, start, startServer, TOKEN, writeReadme } from "./support.mjs";

const wscat = fileURLToPath(import.meta.resolve("wscat/bin/wscat"));
const MADE_UP = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** The same text with ids and times numbered in the order they appear. */
function normalised(lines) {
  const seen = [];
  return lines.map((line) =>
    line.replace(MADE_UP, (value) => {
      // Two moments may or may not fall into one millisecond.
      if (value.endsWith("Z")) return "TIME";
      if (!seen.includes(value)) seen.push(value);
      return `ID-${seen.indexOf(value) + 1}`;
    }),
  );
}

/** Replays what was typed and gives everything received, a line a frame. */
async function replay(test, typed, frames) {
  const server = await startServer(test);
  const typing = typed.flatMap((line) => ["-x", line]);
  const headers = ["-H", `Authorization: Bearer ${TOKEN}`];
  const talk = start(test, process.execPath, [wscat, "-c", server.url, ...headers, ...typing, "-w", "-1"]);
  const received = [];
  await soon(
    new Promise((resolve) => {
      talk.lines.on("line", (line) => received.push(line) === frames && resolve());
      talk.lines.on("close", resolve);
    }),
    `${frames} frames`,
  );
  return received;
}

test("the README's session with wscat is what really happens", async (test) => {
  const session = await block("wscat");
  const lines = session.trim().split("\n");
  const typed = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2));
  const shown = lines.filter((line) => line.startsWith("< ")).map((line) => line.slice(2));
  assert.equal(typed.length, 5);
  const received = await replay(test, typed, 1 + typed.length);
  if (process.env.UPDATE_PROTOCOL) {
    const rest = [...received];
    const answered = typed.flatMap((line) => [`> ${line}`, `< ${rest.splice(1, 1)}`]);
    const head = lines.slice(0, lines.findIndex((line) => line.startsWith("< ")));
    const written = [...head, `< ${received[0]}`, ...answered].join("\n");
    await writeReadme((await readme()).replace(session, () => `${written}\n`));
    return;
  }
  assert.deepEqual(normalised(received), normalised(shown));
});

test("the README's conversation in lines is what really happens", async (test) => {
  const lines = (await block("lines")).trim().split("\n");
  const of = (mark) => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  // What is wrong is answered at once, the rest when the server has done it.
  const [, ...received] = await replay(test, of("> "), 1 + of("> ").length);
  assert.deepEqual(received.sort(), of("< ").sort());
});
