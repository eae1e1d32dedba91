// The real server on a free port, in a folder of its own, and the README that the tests hold to its word.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
export const binary = join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug", "pichat");

/** Nothing that a test waits for takes this long. */
const PATIENCE_MS = 60_000;
/** What the README's reader has in API_TOKEN. */
export const TOKEN = "administrator-of-the-tests-and-nobody-else";
/** Where the README says the server is. */
const README_HOST = "127.0.0.1:8080";

export const readme = () => readFile(join(root, "README.md"), "utf8");
export const writeReadme = (text) => writeFile(join(root, "README.md"), text);

/** The fenced block that follows `<!-- test: NAME -->`. */
export async function block(name) {
  const found = (await readme()).match(new RegExp(`<!-- test: ${name} -->\\n\`\`\`\\w*\\n([^]*?)\`\`\``));
  if (!found) throw new Error(`the README has no block "${name}"`);
  return found[1];
}

/** Waits for a promise, but not for ever. */
export async function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A server that ends, with its folder, after the test. */
export async function startServer(test) {
  const folder = await mkdtemp(join(tmpdir(), "pichat-"));
  // Packages are looked for beside the file that imports them.
  await symlink(join(here, "node_modules"), join(folder, "node_modules"));
  const database = `sqlite://${join(folder, "pichat.db")}`;
  const settings = { HOST: "127.0.0.1", PORT: "0", DATABASE_URL: database, API_TOKEN: TOKEN };
  const server = start(test, binary, [], { cwd: folder, env: { PATH: process.env.PATH, ...settings } });
  // After the server has ended, for hooks run in their order.
  test.after(() => rm(folder, { recursive: true }));
  const [line] = await soon(once(server.lines, "line"), "the server's address");
  const host = line.match(/listening on ws:\/\/(.*)\/ws$/)[1];
  return { host, folder, url: `ws://${host}/ws`, here: (text) => text.replaceAll(README_HOST, host) };
}

/** A program that ends with the test at the latest; `lines` gives what it prints. */
export function start(test, program, args, options) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
  const ended = once(child, "exit");
  test.after(async () => {
    child.kill();
    await soon(ended, `the end of ${program}`);
  });
  return { child, ended, lines: createInterface(child.stdout) };
}

/** A Node program of the README, run with the server's folder as its own. */
export async function startSnippet(test, server, name, settings = {}) {
  const file = join(server.folder, `${name}.mjs`);
  await writeFile(file, server.here(await block(name)));
  return start(test, process.execPath, [file], { cwd: server.folder, env: { PATH: process.env.PATH, ...settings } });
}

/** One command by POST /command. */
export async function post(server, command) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`http://${server.host}/command`, { method: "POST", headers, body: JSON.stringify(command) });
  return response.json();
}

/** A client that keeps what it hears until somebody asks for it. */
export async function connect(test, server, token) {
  const socket = new WebSocket(server.url, { headers: { authorization: `Bearer ${token}` } });
  const heard = [];
  const waiting = [];
  socket.on("message", (data) => {
    const frame = JSON.parse(data);
    const index = waiting.findIndex(({ fits }) => fits(frame));
    if (index < 0) heard.push(frame);
    else waiting.splice(index, 1)[0].resolve(frame);
  });
  test.after(() => socket.terminate());
  await soon(once(socket, "open"), "a connection");
  return {
    send: (command) => socket.send(JSON.stringify(command)),
    /** The first frame that fits, among those heard and those to come. */
    hears(fits, what) {
      const index = heard.findIndex(fits);
      if (index >= 0) return heard.splice(index, 1)[0];
      return soon(new Promise((resolve) => waiting.push({ fits, resolve })), what);
    },
  };
}
