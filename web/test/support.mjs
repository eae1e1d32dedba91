// A real browser in front of the real server.

import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "playwright-core";
import { firefox } from "playwright-for-firefox";
import { enter, Server, TOKEN } from "../../clients/js/test/support.mjs";

export { enter, Server, TOKEN };

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** The reason why browser tests are skipped, if they are; with CI=true they fail instead. */
export const skip = !existsSync(executablePath) && process.env.CI !== "true" && "there is no chromium";

// A page that was not fetched from loopback may not connect to it.
if (process.env.PAGE_FROM_DIST) args.push("--disable-features=LocalNetworkAccessChecks");

/** With LATENCY_MS=300 each frame between page and server is delayed by that in every test, so a test that queries the server for a message still being sent fails. */
const LATENCY = Number(process.env.LATENCY_MS ?? 0);

async function delayFrames(context, latency) {
  await context.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => setTimeout(() => server.send(frame), latency));
    server.onMessage((frame) => setTimeout(() => socket.send(frame), latency));
  });
}

const firefoxPath = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => path && existsSync(path));

/** The reason why tests in Firefox are skipped, if they are; with CI=true they fail instead. */
export const skipFirefox = !firefoxPath && process.env.CI !== "true" && "there is no Firefox";

/** A pointer that is fine (2) and hovers (4): without a screen there would be none. */
const MOUSE = { "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6 };

/** Firefox as its distribution builds it, driven by WebDriver BiDi. Playwright from 1.62 on sends a command that the ESR does not know. */
const launchFirefox = () => firefox.launch({ channel: "moz-firefox", executablePath: firefoxPath ?? "/usr/bin/firefox-esr", firefoxUserPrefs: MOUSE });

const running = {};
/** One browser of each kind for all tests of a file. */
export const browser = (name = "chromium") => (running[name] ??= name === "firefox" ? launchFirefox() : chromium.launch({ executablePath, args }));
export const closeBrowser = async () => {
  for (const launched of Object.values(running)) await (await launched).close();
};

/** Limits off: a test does in a second what users do in an hour. */
export const FAST = { COMMANDS_PER_SECOND: "0", SIGN_UPS_PER_HOUR: "0" };

const distribution = process.env.PAGE_FROM_DIST?.startsWith("/") ? new URL(`file://${process.env.PAGE_FROM_DIST}/`) : new URL("../dist/", import.meta.url);

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", webmanifest: "application/manifest+json" };

/** The path at which the server serves a file of dist/. */
function pathOf(name) {
  if (name === "index.html") return "/";
  if (name === "sw.js") return "/sw.js";
  return name.endsWith(".html") ? `/docs/${name.slice(0, -".html".length)}` : `/assets/${name}`;
}

/** The files of the page, by path. */
export async function assets() {
  const names = (await readdir(distribution, { recursive: true })).filter((name) => name !== "chunks");
  return new Map(names.map((name) => [pathOf(name), { file: new URL(name, distribution), type: TYPES[name.split(".").at(-1)] }]));
}

/** The policy of a page, which allows its inline scripts and styles. */
function policyOf(body) {
  const hashes = (tag) => [...body.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, text]) => ` 'sha256-${createHash("sha256").update(text).digest("base64")}'`).join("");
  return `default-src 'none'; script-src 'self'${hashes("script")}; style-src 'self'${hashes("style")}; img-src 'self'; connect-src 'self'; manifest-src 'self'`;
}

/** With PAGE_FROM_DIST=1 (or a folder) the browser gets web/dist as it is on disk, so that the page can be worked on without building the server again. */
async function serveDist(context) {
  for (const [path, { file, type }] of await assets()) {
    await context.route((url) => url.pathname === path, async (route) => {
      const body = await readFile(file, "utf8");
      // A server that is down, or a page that is being closed.
      const served = await route.fetch().catch(() => undefined);
      if (!served) return void route.abort().catch(() => {});
      await route.fulfill({ body, headers: { "content-security-policy": policyOf(body), "content-type": type } }).catch(() => {});
    });
  }
}

// The browser logs these when a server is stopped under a page, which may still be fetching its service worker.
const CONNECTION_LOST = /net::ERR_|WebSocket connection|Firefox can’t establish a connection|The connection to ws:\S+ was interrupted|An unknown error occurred when fetching the script/;

/** Opens the page in a new browser context, logged in if there is a `token`; the test fails if the page logs an error. `in` names the browser, `latency` delays every frame, in milliseconds. */
export async function open(test, server, options = {}) {
  const { trouble = true, path = "/", token, gate, latency = LATENCY, in: name, ...more } = options;
  // What a service worker fetches cannot be replaced by the files on disk.
  const workers = process.env.PAGE_FROM_DIST ? { serviceWorkers: "block" } : {};
  const context = await (await browser(name)).newContext({ viewport: { width: 1100, height: 760 }, ...workers, ...more });
  if (process.env.PAGE_FROM_DIST) await serveDist(context);
  if (latency) await delayFrames(context, latency);
  const session = JSON.stringify({ accessToken: token });
  // The empty page before the first one has no storage in Firefox.
  if (token) await context.addInitScript((session) => location.protocol === "http:" && localStorage.setItem("pichat.session", session), session);
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env.PATIENCE_MS ?? 60_000));
  page.problems = [];
  page.on("pageerror", ({ message }) => !CONNECTION_LOST.test(message) && page.problems.push(message));
  page.on("console", (line) => line.type() === "error" && !CONNECTION_LOST.test(line.text()) && page.problems.push(line.text()));
  test.after(async () => {
    await context.close();
    if (trouble && page.problems.length) throw new Error(page.problems.join("\n"));
  });
  await gate?.install(page);
  await page.goto(address(server, path));
  return page;
}

/** A proxy in front of a server that serves the page from disk and can go down without the server. */
export class Front {
  #listener;
  port = 0;

  static async start(test, server) {
    const front = new Front();
    front.server = server;
    await front.begin();
    test.after(() => front.end());
    return front;
  }

  async begin() {
    this.#listener = createServer((request, response) => void this.#serve(request, response));
    this.#listener.on("upgrade", (request, near, head) => this.#join(request, near, head));
    this.#listener.listen(this.port, "127.0.0.1");
    await once(this.#listener, "listening");
    this.port = this.#listener.address().port;
  }

  async end() {
    this.#listener.closeAllConnections();
    for (const socket of this.sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  sockets = [];
  /** The path of which every request is cut. */
  cut = undefined;

  async #serve({ method, url, headers }, response) {
    const path = new URL(url, "http://front").pathname;
    if (path === this.cut) return response.destroy();
    const asset = (await assets()).get(path);
    if (asset) {
      const body = await readFile(asset.file, "utf8");
      response.writeHead(200, { "content-type": asset.type, "cache-control": "no-cache", "content-security-policy": policyOf(body) });
      return response.end(body);
    }
    const answer = await fetch(`http://127.0.0.1:${this.server.port}${url}`, { method, headers: { accept: headers.accept ?? "*/*" } });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  #join(request, near, head) {
    const far = connect(this.server.port, "127.0.0.1");
    this.sockets.push(near, far);
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    far.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  }
}

/** A slow server: holds back its frames, in order, from the first match until it is opened. */
export class Gate {
  #pattern;
  #held = [];
  #isHolding = false;

  constructor(pattern) {
    this.#pattern = pattern;
  }

  async install(page) {
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((frame) => server.send(frame));
      server.onMessage((frame) => this.#pass(socket, frame));
    });
  }

  /** Holds back everything from the next frame that matches. */
  close(pattern) {
    this.#pattern = pattern;
  }

  /** Waits until a frame is held back. */
  async isHolding() {
    await eventually(async () => this.#isHolding, Boolean, "a frame that is held back");
  }

  open() {
    this.#pattern = undefined;
    this.#isHolding = false;
    for (const pass of this.#held.splice(0)) pass();
  }

  #pass(socket, frame) {
    this.#isHolding ||= this.#pattern?.test(String(frame)) ?? false;
    if (this.#isHolding) this.#held.push(() => socket.send(frame));
    else socket.send(frame);
  }
}

export const address = (server, path = "/") => `http://127.0.0.1:${server.port}${path}`;

/** Logs in with a token. */
export async function withToken(page, token) {
  await page.getByRole("tab", { name: "Use a token" }).click();
  await page.getByLabel("API token or JWT").fill(token);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator(".layout .me strong").waitFor();
}

/** Creates an account. */
export async function signUp(page, username, displayName) {
  await page.getByRole("tab", { name: "Sign up" }).click();
  await page.getByLabel("Username", { exact: true }).fill(username);
  await page.getByLabel("Display name (optional)").fill(displayName);
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.locator(".layout .me strong").waitFor();
}

export const openChat = (page, name) => page.locator(".chat", { hasText: name }).click();

export async function say(page, text) {
  const box = page.getByRole("textbox", { name: "Message" });
  await box.fill(text);
  await box.press("Enter");
}

/** Makes a page connect again at once, unless it already did so by itself. */
export const reconnect = (page) => page.locator(".banner button").evaluateAll(([tryNow]) => tryNow?.click());

export const texts = (page) => page.locator("article .content").allInnerTexts();
/** The last message with a text. */
export const said = (page, text) => page.locator("article", { has: page.locator(".content", { hasText: text }) }).last();

/** Sends many messages over one socket. */
export const fill = (server, token, chatId, contents) => sendAll(server, token, contents.map((content) => ({ type: "SEND_MESSAGE", chatId, content })));

/** Sends many commands over one socket; fails if one is refused. */
export async function sendAll(server, token, commands) {
  const { default: WebSocket } = await import("../../clients/js/node_modules/ws/wrapper.mjs");
  const socket = new WebSocket(server.url, { headers: { authorization: `Bearer ${token}` } });
  let answers = -1;
  const done = new Promise((resolve, reject) => {
    socket.on("message", (data) => {
      if (String(data).startsWith('{"type":"ERROR"')) reject(new Error(String(data)));
      if (++answers === commands.length) resolve();
    });
    socket.on("error", reject);
  });
  await new Promise((resolve) => socket.on("open", resolve));
  for (let begin = 0; begin < commands.length; begin += 50) socket.send(JSON.stringify(commands.slice(begin, begin + 50)));
  await done;
  socket.close();
}


/** A server with the users ann and ben, and a channel "general" that both are members of. */
export async function channel(test, settings = FAST) {
  const server = await Server.start(test, settings);
  const ann = await server.user("ann");
  const ben = await server.user("ben");
  const { chatId } = await server.command({ type: "CREATE_CHAT", name: "general", kind: "channel", members: ["ann", "ben"] });
  return { server, ann, ben, chatId };
}

/** A phone with a touch screen. */
export const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** Sends an open command, such as LOG_IN, without a token. */
export async function anonymously(server, command) {
  const response = await fetch(address(server, "/command"), { method: "POST", body: JSON.stringify(command) });
  return response.json();
}

/** A user's view of a chat according to the server. */
export async function viewOf(server, token, chatId) {
  const { chat } = await server.command({ type: "GET_CHAT", chatId }, token);
  return chat;
}

/** Polls until a reply matches. */
export async function eventually(ask, fits, what) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A PNG picture of one colour. */
export function picture(width, height, colour = [200, 60, 60]) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const line = Buffer.from([0, ...Array.from({ length: width }, () => colour).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** Uploads a file to a chat, without a browser. */
export async function upload(server, token, chatId, { name, mimeType, bytes, ...size }) {
  const { file, uploadUrl } = await server.command({ type: "CREATE_UPLOAD", chatId, name, mimeType, size: bytes.length, ...size }, token);
  const { status } = await fetch(uploadUrl, { method: "PUT", body: bytes });
  if (status !== 201) throw new Error(`the upload answered ${status}`);
  return file;
}
