// A real browser in front of the real server.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { enter, Server, TOKEN } from "../../clients/js/test/support.mjs";

export { enter, Server, TOKEN };

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Why browser tests are skipped, if they are; with CI=true they fail instead. */
export const skip = !existsSync(executablePath) && process.env.CI !== "true" && "there is no chromium";

let running;
/** One browser for all tests of a file. */
export const browser = () => (running ??= chromium.launch({ executablePath, args }));
export const closeBrowser = async () => (await running)?.close();

/** Settings under which a test may do in a second what people do in an hour. */
export const FAST = { COMMANDS_PER_SECOND: "0", SIGN_UPS_PER_HOUR: "0" };

/** A window of its own user, that must not complain of anything. */
export async function open(test, server, options = {}) {
  const { trouble = true, ...more } = options;
  const context = await (await browser()).newContext({ viewport: { width: 1100, height: 760 }, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (line) => line.type() === "error" && !/net::ERR_|WebSocket connection/.test(line.text()) && page.problems.push(line.text()));
  test.after(async () => {
    await context.close();
    if (trouble && page.problems.length) throw new Error(page.problems.join("\n"));
  });
  await page.goto(address(server));
  return page;
}

export const address = (server, path = "/") => `http://127.0.0.1:${server.port}${path}`;

/** Gets in with a token. */
export async function withToken(page, token) {
  await page.getByRole("tab", { name: "Use a token" }).click();
  await page.getByLabel("API token or JWT").fill(token);
  await page.getByRole("button", { name: "Use a token" }).click();
  await page.locator(".layout").waitFor();
}

/** Makes an account. */
export async function signUp(page, username, displayName) {
  await page.getByRole("tab", { name: "Sign up" }).click();
  await page.getByLabel("Name", { exact: true }).fill(username);
  await page.getByLabel("Name that others see").fill(displayName);
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.locator(".layout").waitFor();
}

export const openChat = (page, name) => page.locator(".chat", { hasText: name }).click();

export async function say(page, text) {
  const box = page.getByRole("textbox", { name: "Message" });
  await box.fill(text);
  await box.press("Enter");
}

export const texts = (page) => page.locator("article .content").allInnerTexts();
/** The message with that text. */
export const said = (page, text) => page.locator("article", { has: page.locator(".content", { hasText: text }) }).last();

/** Fills a chat as fast as it goes. */
export async function fill(server, token, chatId, contents) {
  const { default: WebSocket } = await import("../../clients/js/node_modules/ws/wrapper.mjs");
  const socket = new WebSocket(server.url, { headers: { authorization: `Bearer ${token}` } });
  let answers = -1;
  const done = new Promise((resolve, reject) => {
    socket.on("message", (data) => {
      if (String(data).startsWith('{"type":"ERROR"')) reject(new Error(String(data)));
      if (++answers === contents.length) resolve();
    });
    socket.on("error", reject);
  });
  await new Promise((resolve) => socket.on("open", resolve));
  for (let begin = 0; begin < contents.length; begin += 50) {
    const commands = contents.slice(begin, begin + 50).map((content) => ({ type: "SEND_MESSAGE", chatId, content }));
    socket.send(JSON.stringify(commands));
  }
  await done;
  socket.close();
}

