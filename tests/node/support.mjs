// The real server on a free port and in a separate folder, and the snippets of the docs that the tests run.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
export const binary = join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug", "pichat");

/** Longer than any wait of a test. */
const PATIENCE_MS = 60_000;
/** The reader's API_TOKEN. */
export const TOKEN = "administrator-of-the-tests-and-nobody-else";
/** The server's address in the pages. */
const WRITTEN_HOST = "127.0.0.1:8080";

export const readme = () => readFile(join(root, "README.md"), "utf8");
export const writeReadme = (text) => writeFile(join(root, "README.md"), text);

/** Every page whose snippets are run: its name and its text. */
export async function pages() {
  const below = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
  const names = ["README.md", "CONTRIBUTING.md", ...below.sort()];
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(root, name), "utf8") })));
}

/** The blocks of a page that follow `<!-- test: NAME -->`, in order. */
export function blocks(text) {
  const found = text.matchAll(/<!-- test: ([\w-]+) -->\n```\w*\n([^]*?)```/g);
  return [...found].map(([, name, snippet]) => ({ name, snippet }));
}

/** The block of that name, on whichever page it is. */
export async function block(name) {
  const found = (await pages()).flatMap(({ text }) => blocks(text)).filter((block) => block.name === name);
  if (found.length !== 1) throw new Error(`${found.length} blocks are called "${name}"`);
  return found[0].snippet;
}

/** Waits for a promise, but not forever. */
export async function soon(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A server that is stopped after the test, and its folder deleted. */
export async function startServer(test) {
  const folder = await mkdtemp(join(tmpdir(), "pichat-"));
  // Packages are looked for beside the file that imports them.
  await symlink(join(here, "node_modules"), join(folder, "node_modules"));
  return serveIn(test, folder);
}

/** A server whose data is in this folder, which is deleted after the test. */
export async function serveIn(test, folder) {
  const settings = { HOST: "127.0.0.1", PORT: "0", API_TOKEN: TOKEN };
  const server = start(test, binary, [], { cwd: folder, env: { PATH: process.env.PATH, ...settings } });
  // Hooks run in order: the server has stopped by then.
  test.after(() => rm(folder, { recursive: true }));
  const [line] = await soon(once(server.lines, "line"), "the server's address");
  const host = line.match(/listening on ws:\/\/(.*)\/ws$/)[1];
  return { host, folder, url: `ws://${host}/ws`, here: (text) => text.replaceAll(WRITTEN_HOST, host) };
}

/** A program that is stopped after the test at the latest; `lines` yields its output. */
export function start(test, program, args, options) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
  const ended = once(child, "exit");
  test.after(async () => {
    child.kill();
    await soon(ended, `the end of ${program}`);
  });
  return { child, ended, lines: createInterface(child.stdout) };
}

/** A Node program of the pages, run in the server's folder. */
export async function startSnippet(test, server, name, settings = {}) {
  const file = join(server.folder, `${name}.mjs`);
  await writeFile(file, server.here(await block(name)));
  return start(test, process.execPath, [file], { cwd: server.folder, env: { PATH: process.env.PATH, ...settings } });
}

/** A Python program of the pages, run with the package of this project. */
export async function startPython(test, server, name, settings = {}) {
  const env = { ...process.env, PYTHONPATH: join(root, "clients/python/src"), ...settings };
  return start(test, "python3", ["-c", server.here(await block(name))], { cwd: server.folder, env });
}

/** One command by POST /command. */
export async function post(server, command) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`http://${server.host}/command`, { method: "POST", headers, body: JSON.stringify(command) });
  return response.json();
}

/** A client that keeps the frames it receives until a test asks for them. */
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
    /** The first matching frame, among those received and those to come. */
    hears(fits, what) {
      const index = heard.findIndex(fits);
      if (index >= 0) return heard.splice(index, 1)[0];
      return soon(new Promise((resolve) => waiting.push({ fits, resolve })), what);
    },
  };
}
