import assert from "node:assert/strict";
import { test } from "node:test";
import { block, readme, startServer, writeReadme } from "./support.mjs";
import { normalised, replay, withMark } from "./wscat.mjs";

test("the README's wscat session matches the server", async (test) => {
  const session = await block("wscat");
  const typed = withMark(session, ">");
  assert.equal(typed.length, 5);
  const received = await replay(test, await startServer(test), typed, 1 + typed.length);
  if (process.env.UPDATE_PROTOCOL) {
    const [connected, ...replies] = received;
    const answered = typed.flatMap((line, index) => [`> ${line}`, `< ${replies[index]}`]);
    const [command] = session.split("\n");
    const written = [command, `< ${connected}`, ...answered].join("\n");
    await writeReadme((await readme()).replace(session, () => `${written}\n`));
    return;
  }
  assert.deepEqual(normalised(received), normalised(withMark(session, "<")));
});

test("the README's text mode conversation matches the server", async (test) => {
  const session = await block("lines");
  const typed = withMark(session, ">");
  // Errors are answered immediately, the rest once the server is done.
  const [, ...received] = await replay(test, await startServer(test), typed, 1 + typed.length);
  assert.deepEqual(received.sort(), withMark(session, "<").sort());
});
