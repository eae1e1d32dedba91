// The first visit over a slow network, measured.

import { SlowNetwork } from "./slow.mjs";
import { address, browser } from "./support.mjs";

/** 400 kbit/s each way, and 400 ms per round trip. */
const SLOW = { bytesPerSecond: 50_000, roundTripMs: 400 };

/** Records, in the page, when typing is possible and when the first message is shown. */
function watch() {
  window.cold = {};
  const isUsable = (field) => field !== null && !field.disabled && field.checkVisibility();
  const look = () => {
    const { cold } = window;
    const now = performance.now();
    if (isUsable(document.querySelector("input[name=username], .composer textarea"))) cold.interactive ??= now;
    if (document.querySelector("article .content")) cold.message ??= now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** What a page requests and sends, in milliseconds since the navigation began. */
async function record(session) {
  const requests = new Map();
  const commands = [];
  let origin;
  const ms = (timestamp) => (timestamp - origin) * 1_000;
  session.on("Network.requestWillBeSent", ({ requestId, request: { url }, timestamp }) => {
    origin ??= timestamp;
    requests.set(requestId, { path: new URL(url).pathname, begin: ms(timestamp), end: Infinity, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => Object.assign(requests.get(requestId) ?? {}, { end: ms(timestamp), bytes: encodedDataLength }));
  session.on("Network.webSocketFrameSent", ({ timestamp, response }) => commands.push({ ...JSON.parse(response.payloadData), at: ms(timestamp) }));
  await session.send("Network.enable");
  return { requests, commands };
}

/** The longest chain of requests, each started after the previous one had ended. */
function longestChain(requests) {
  const chain = [];
  for (const request of [...requests].sort((one, other) => one.begin - other.begin)) {
    const before = chain.filter(({ end }) => end <= request.begin).map(({ length }) => length);
    chain.push({ end: request.end, length: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...chain.map(({ length }) => length));
}

/** The load up to a moment: finished requests, their bytes on the wire, and the length of their longest chain. */
function loadedUntil({ requests, commands }, moment) {
  const done = [...requests.values()].filter(({ end }) => end <= moment);
  const bytes = done.reduce((sum, request) => sum + request.bytes, 0);
  return { ms: Math.round(moment), bytes, requests: done.map(({ path }) => path), sequential: longestChain(done), commands: commands.filter(({ at }) => at <= moment) };
}

/** Opens the page over a slow network with an empty cache; `storage` is the localStorage of an earlier visit. */
export async function coldVisit(test, server, { path = "/", storage = {} } = {}) {
  const network = await SlowNetwork.start(test, server, SLOW);
  const context = await (await browser()).newContext({ viewport: { width: 1100, height: 760 }, serviceWorkers: "block" });
  test.after(() => context.close());
  await context.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => (localStorage[key] ??= value)), storage);
  await context.addInitScript(watch);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const recorded = await record(await context.newCDPSession(page));
  await page.goto(address(network, path), { waitUntil: "commit" });
  /** Waits for `interactive` or `message`; returns the load up to then. */
  const until = async (what) => {
    await page.waitForFunction((what) => window.cold?.[what] !== undefined, what);
    return loadedUntil(recorded, (await page.evaluate(() => window.cold))[what]);
  };
  return { page, until };
}

/** The localStorage of an earlier visit to a chat. */
export const visitedBefore = (token, chatId, title = "#general") => ({
  "pichat.session": JSON.stringify({ accessToken: token }),
  "pichat.chat": JSON.stringify({ id: chatId, title }),
});
