// Sessions with wscat, replayed against a real server.

import { fileURLToPath } from "node:url";
import { soon, start, TOKEN } from "./support.mjs";

const wscat = fileURLToPath(import.meta.resolve("wscat/bin/wscat"));
const GENERATED = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<="cursor":")[^"]+|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** The lines of a session that were typed (">") or shown ("<"). */
export const withMark = (session, mark) =>
  session.split("\n").filter((line) => line.startsWith(`${mark} `)).map((line) => line.slice(2));

/** The same lines with ids numbered in order of appearance, and without times. */
export function normalised(lines) {
  const seen = [];
  return lines.map((line) =>
    line.replace(GENERATED, (value) => {
      // Two times may or may not fall into one millisecond.
      if (value.endsWith("Z")) return "TIME";
      if (value.startsWith("s1-")) return "CURSOR";
      if (!seen.includes(value)) seen.push(value);
      return `ID-${seen.indexOf(value) + 1}`;
    }),
  );
}

/** Types these lines and returns what is received, one line per frame, until there are this many. */
export async function replay(test, server, typed, frames) {
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
