// The real server, which can be killed and restarted, and a proxy in front of it that cuts connections.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect as dial, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";
import { connect } from "../dist/index.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const binary = join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug", "pichat");
const PATIENCE_MS = 60_000;

export const TOKEN = "administrator-of-the-tests-and-nobody-else";

/** Waits for a promise, but not forever. */
export async function soon(promise, what, patienceMs = PATIENCE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out waiting for ${what}`)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A server with its own port and folder that ends with the test. */
export class Server {
  #child;
  #ended;
  port = 0;

  static async start(test, settings = {}) {
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), "pichat-js-"));
    server.settings = settings;
    test.after(async () => {
      await server.end("SIGKILL");
      await rm(server.folder, { recursive: true });
    });
    await server.begin();
    return server;
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  async begin() {
    const database = `sqlite://${join(this.folder, "pichat.db")}`;
    const settings = { HOST: "127.0.0.1", PORT: String(this.port), DATABASE_URL: database, API_TOKEN: TOKEN, LOG_LEVEL: "error" };
    const env = { PATH: process.env.PATH, ...settings, AUTHENTICATE_WITHIN_SECONDS: "60", ...this.settings };
    this.#child = spawn(binary, [], { cwd: this.folder, env, stdio: ["ignore", "pipe", "inherit"] });
    this.#ended = once(this.#child, "exit");
    const [line] = await soon(once(createInterface(this.#child.stdout), "line"), "the server's address");
    this.port = Number(line.match(/:(\d+)\/ws$/)[1]);
  }

  async end(signal = "SIGTERM") {
    this.#child.kill(signal);
    await soon(this.#ended, "the server's end");
  }

  async command(command, token = TOKEN) {
    const headers = { authorization: `Bearer ${token}` };
    const address = `http://127.0.0.1:${this.port}/command`;
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(command) });
    return response.json();
  }

  async metrics() {
    return (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
  }

  /** Creates a bot user and returns its token. */
  async user(name) {
    return (await this.command({ type: "CREATE_API_TOKEN", name, botUsername: name })).secret;
  }
}

/** Forwards bytes, and cuts connections on demand. */
export class Proxy {
  connections = [];
  /** Gets the number of bytes forwarded in each direction so far; returns true to cut the connection. */
  cutWhen = () => false;
  refusing = false;

  static async start(test, server) {
    const proxy = new Proxy();
    // Pieces are small, so each would wait for the acknowledgement of the one before.
    const listener = createServer({ noDelay: true }, (near) => proxy.#join(near, server.port));
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    proxy.url = `ws://127.0.0.1:${listener.address().port}/ws`;
    test.after(() => {
      proxy.cut();
      listener.close();
    });
    return proxy;
  }

  cut() {
    for (const [near, far] of this.connections.splice(0)) {
      near.destroy();
      far.destroy();
    }
  }

  /** Reads on but forwards nothing, as if the peer had died silently. */
  freeze() {
    for (const [near, far] of this.connections) for (const side of [near, far]) side.removeAllListeners("data").resume();
  }

  #join(near, port) {
    if (this.refusing) return near.destroy();
    const far = dial({ port, host: "127.0.0.1", noDelay: true });
    const pair = [near, far];
    this.connections.push(pair);
    const passed = { up: 0, down: 0 };
    const pass = (from, to, way) =>
      from.on("data", (bytes) => {
        for (let begin = 0; begin < bytes.length; begin += 64) {
          const piece = bytes.subarray(begin, begin + 64);
          passed[way] += piece.length;
          to.write(piece);
          if (!this.cutWhen(passed)) continue;
          // Forwarded bytes arrive; later ones do not.
          near.end();
          far.end();
          from.removeAllListeners("data").resume();
          return;
        }
      });
    pass(near, far, "up");
    pass(far, near, "down");
    for (const [one, other] of [pair, [far, near]]) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  }
}

export const quick = { baseMs: 20, maxMs: 200 };

/** A client that is closed after the test. */
export async function enter(test, options) {
  const client = await soon(connect({ WebSocket, backoff: quick, ...options }), "the connection");
  test.after(() => client.close());
  return client;
}

/** Waits until a condition holds, checked whenever the client changes. */
export async function until(client, holds, what, patienceMs) {
  if (holds()) return;
  await soon(
    new Promise((resolve) => {
      const off = client.on("change", () => {
        if (!holds()) return;
        off();
        resolve();
      });
    }),
    what,
    patienceMs,
  );
}

/** A client's chats in a form that can be compared. */
export async function picture(client) {
  const rooms = [];
  for (const chat of client.chats.sort((one, other) => one.id.localeCompare(other.id))) {
    while (await chat.older(200));
    await until(client, () => !chat.room.stale, "the refreshed state");
    const { position, messages, members } = { ...chat.room, members: await chat.members() };
    const ranked = [...members.values()].map(({ user, role }) => [user.username, role]).sort();
    rooms.push({ chat: chat.object, position, messages, members: ranked });
  }
  return JSON.parse(JSON.stringify(rooms));
}
