import assert from "node:assert/strict";
import { get } from "node:http";
import { after, test } from "node:test";
import { assets, closeBrowser, FAST, fill, open, openChat, said, say, Server, skip, texts, TOKEN, withToken } from "./support.mjs";

after(closeBrowser);

/** A server with ann, ben and a channel that both have joined. */
async function scene(test, settings = FAST) {
  const server = await Server.start(test, settings);
  const tokens = { ann: await server.user("ann"), ben: await server.user("ben") };
  const made = await server.command({ type: "CREATE_CHAT", name: "general", kind: "channel", members: ["ann", "ben"] });
  return { server, tokens, chat: made.chatId };
}

test("two users chat live", { skip }, async (test) => {
  const { server, tokens } = await scene(test);
  const [ann, ben] = [await open(test, server), await open(test, server)];
  await withToken(ann, tokens.ann);
  await withToken(ben, tokens.ben);
  await say(ann, "Hello, Ben!");
  await said(ben, "Hello, Ben!").waitFor();
  await said(ben, "Hello, Ben!").hover();
  await ben.getByRole("button", { name: "Reply" }).click();
  await say(ben, "Hello, Ann, see https://example.org/x?y=1!");
  await said(ann, "Hello, Ann").waitFor();
  assert.equal(await said(ann, "Hello, Ann").locator("a").getAttribute("href"), "https://example.org/x?y=1");
  assert.match(await said(ann, "Hello, Ann").locator(".quote").innerText(), /ann: Hello, Ben!/);
  assert.deepEqual(await texts(ann), await texts(ben));
});

test("chats are created, found, joined and counted", { skip }, async (test) => {
  const { server, tokens } = await scene(test);
  const [ann, ben] = [await open(test, server), await open(test, server)];
  await withToken(ann, tokens.ann);
  await withToken(ben, tokens.ben);
  await ann.getByRole("button", { name: "New chat" }).click();
  await ann.getByRole("tab", { name: "Channel", exact: true }).click();
  await ann.getByLabel("Channel name").fill("random");
  await ann.getByRole("button", { name: "Create" }).click();
  await ann.locator(".heading", { hasText: "#random" }).waitFor();
  await say(ann, "first");
  await ben.getByRole("button", { name: "New chat" }).click();
  await ben.getByRole("tab", { name: "Browse channels" }).click();
  await ben.locator("dialog li", { hasText: "#random" }).getByRole("button", { name: "Join" }).click();
  await ben.locator(".heading", { hasText: "#random" }).waitFor();
  await said(ben, "first").waitFor();
  await openChat(ben, "general");
  await said(ann, "first").waitFor();
  await say(ann, "second");
  await ben.locator(".chat", { hasText: "random" }).locator(".badge", { hasText: "1" }).waitFor();
  await ben.waitForFunction(() => document.title === "(1) PiChat");
  await ben.getByLabel("Filter chats").fill("rand");
  assert.equal(await ben.locator(".chat").count(), 1);
  await openChat(ben, "random");
  await said(ben, "second").waitFor();
});

test("messages written while the server restarts are sent once", { skip }, async (test) => {
  const { server, tokens, chat } = await scene(test);
  const ann = await open(test, server);
  await withToken(ann, tokens.ann);
  await say(ann, "before");
  await said(ann, "before").locator('[aria-label="Sent"]').waitFor();
  await server.end("SIGKILL");
  await ann.locator('.banner:not([hidden])').waitFor();
  await say(ann, "meanwhile");
  await ann.locator("article.pending", { hasText: "meanwhile" }).waitFor();
  // Even closing the window does not lose it.
  const [again] = await Promise.all([ann.context().newPage(), ann.close()]);
  await server.begin();
  await again.goto(`http://127.0.0.1:${server.port}/`);
  await again.locator(".banner").waitFor({ state: "hidden" });
  await said(again, "meanwhile").locator('[aria-label="Sent"]').waitFor();
  assert.equal(await again.locator("article.pending").count(), 0);
  const history = await server.command({ type: "GET_CHAT_HISTORY", chatId: chat });
  assert.deepEqual(history.messages.map(({ content }) => content), ["before", "meanwhile"]);
});

const HOSTILE = [
  "<script>window.hacked = 1</script>",
  '<img src=x onerror="window.hacked = 1">',
  "<b>bold</b> &amp; &lt;i&gt;",
  "javascript:window.hacked=1",
  'https://example.org/"onmouseover="window.hacked=1',
  "\u202Eevil\u202C \u0000 \u200B end".replaceAll("\u0000", ""),
  "Z̸̢͝a̵͇͑l̶̼̚g̷͓̽o̸͎͝ ".repeat(40),
  "👩‍👩‍👧‍👦🏳️‍🌈 مرحبا שלום 你好",
  `${"x".repeat(4_000)}`,
  "line\nline\n\n   indented",
  "@ann @nobody @@ @",
];

test("hostile texts are shown and have no effect", { skip }, async (test) => {
  const { server, tokens, chat } = await scene(test);
  const ann = await open(test, server);
  await withToken(ann, tokens.ann);
  await fill(server, tokens.ben, chat, HOSTILE);
  await server.command({ type: "UPDATE_CHAT", chatId: chat, description: "<img src=x onerror='window.hacked=1'>" });
  await said(ann, "@nobody").waitFor();
  // Markdown trims blanks at the ends of lines; everything else is shown.
  const shown = await ann.locator("article .content").evaluateAll((all) => all.map((one) => one.textContent));
  const dense = (text) => text.replace(/\s+/g, "");
  assert.deepEqual(shown.map(dense), HOSTILE.map(dense));
  assert.equal(await ann.evaluate(() => window.hacked), undefined);
  assert.equal(await ann.locator("article :is(script, img, b, iframe)").count(), 0);
  const links = await ann.locator("article a").evaluateAll((all) => all.map(({ href, rel }) => [href, rel]));
  assert.ok(links.every(([href, rel]) => href.startsWith("https://example.org/") && rel === "noopener noreferrer nofollow"), JSON.stringify(links));
  assert.ok(await ann.evaluate(() => document.querySelector(".scroller").scrollWidth <= document.querySelector(".scroller").clientWidth));
});

test("a chat of 10,000 messages is read back to its beginning", { skip, timeout: 180_000 }, async (test) => {
  const { server, tokens, chat } = await scene(test);
  const most = 10_000;
  await fill(server, tokens.ben, chat, Array.from({ length: most }, (_, number) => `message ${number} ${"and more ".repeat(number % 9)}`));
  await server.command({ type: "MARK_READ", chatId: chat }, tokens.ann);
  const ann = await open(test, server);
  await withToken(ann, tokens.ann);
  await said(ann, `message ${most - 1} `).waitFor();
  // Visible messages do not move when older ones are inserted before them.
  const scroller = ann.locator(".scroller");
  const seen = await scroller.evaluate(async (place) => {
    place.scrollTop = 0;
    const first = [...place.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > place.getBoundingClientRect().top);
    const before = first.getBoundingClientRect().top;
    const top = place.querySelector("article");
    while (place.querySelector("article") === top) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return Math.abs(first.getBoundingClientRect().top - before);
  });
  assert.ok(seen < 200, `it moved by ${seen} pixels`);
  const { count, first, last, drawn } = await scroller.evaluate(async (place) => {
    const numbers = new Set();
    let drawn = 0;
    const look = () => {
      const shown = [...place.querySelectorAll("article .content")].map((one) => Number(one.textContent.split(" ")[1]));
      if (shown.some((number, index) => number !== shown[0] + index)) throw new Error(`out of order: ${shown}`);
      shown.forEach((number) => numbers.add(number));
      drawn = Math.max(drawn, shown.length);
    };
    while (!place.querySelector(".beginning")) {
      place.scrollTop = 0;
      await new Promise(requestAnimationFrame);
      look();
    }
    look();
    return { count: numbers.size, first: Math.min(...numbers), last: Math.max(...numbers), drawn };
  });
  // The newest were visible before and need not be drawn any more.
  assert.deepEqual([first, count], [0, last + 1]);
  assert.ok(last >= most - 200, `the newest that was seen on the way is ${last}`);
  assert.ok(drawn <= 500, `${drawn} messages were drawn at the same time`);
  await say(ann, "the end");
  await said(ann, "the end").locator('[aria-label="Sent"]').waitFor();
});

test("a first visit transfers at most 150 KiB", async (test) => {
  const { server } = await scene(test);
  let bytes = 0;
  const languages = /(german|arabic)-/;
  for (const path of [...(await assets()).keys()].filter((path) => !path.includes("docs") && !languages.test(path))) {
    const size = await new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port: server.port, path, headers: { "accept-encoding": "gzip" } }, (response) => {
        let size = 0;
        response.on("data", (piece) => (size += piece.length)).on("end", () => resolve(size));
      }).on("error", reject);
    });
    assert.ok(size > 0, path);
    bytes += size;
  }
  assert.ok(bytes <= 150 * 1024, `${bytes} bytes`);
});

test("pages are cached and can load nothing from other origins", async (test) => {
  const { server } = await scene(test);
  const get = (path, headers = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers, redirect: "manual" });
  for (const path of [...(await assets()).keys(), "/docs"]) {
    const response = await get(path, { "accept-encoding": "gzip" });
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("content-encoding"), "gzip");
    const policy = response.headers.get("content-security-policy");
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    const text = await response.text();
    assert.equal(text, await (await get(path, { "accept-encoding": "identity" })).text());
    if (path === "/") assert.equal(text.match(/<(script|style)>/g).length, policy.match(/'sha256-/g).length);
    else if (path.startsWith("/docs")) assert.doesNotMatch(text, /<script(?! src="\/)|<style| style=| on[a-z]+=|src="http/);
    assert.match(response.headers.get("cache-control"), path.startsWith("/assets/chunks/") ? /immutable/ : /no-cache/);
    assert.equal((await get(path, { "if-none-match": response.headers.get("etag") })).status, 304);
  }
  const moved = await get("/test");
  assert.deepEqual([moved.status, moved.headers.get("location")], [302, "/"]);
  assert.equal((await fetch(`http://127.0.0.1:${server.port}/`, { method: "POST" })).status, 405);
});

test("every control has a name and works with the keyboard", { skip }, async (test) => {
  const { server, tokens } = await scene(test);
  const ann = await open(test, server);
  await withToken(ann, tokens.ann);
  await say(ann, "one");
  await said(ann, "one").waitFor();
  const box = ann.getByRole("textbox", { name: "Message" });
  await box.fill("");
  await box.pressSequentially("hi @be");
  await ann.getByRole("option", { name: /ben/ }).waitFor();
  await box.press("Tab");
  assert.equal(await box.inputValue(), "hi @ben ");
  await box.press("Enter");
  await said(ann, "hi @ben").locator(".mention").waitFor();
  await ann.keyboard.press("Control+k");
  await ann.keyboard.type("general");
  await ann.keyboard.press("Enter");
  await ann.locator("dialog").waitFor({ state: "detached" });
  await ann.getByRole("log", { name: "Messages" }).focus();
  await ann.keyboard.press("ArrowUp");
  await ann.keyboard.press("ArrowUp");
  await ann.keyboard.press("Tab");
  assert.equal(await ann.evaluate(() => document.activeElement.getAttribute("aria-label")), "React with 👍");
  const nameless = await ann.evaluate(() =>
    [...document.querySelectorAll("button, input, textarea, select, a")]
      .filter((one) => one.checkVisibility())
      .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length))
      .map((one) => one.outerHTML),
  );
  assert.deepEqual(nameless, []);
});

test("names are suggested even if the members load after the text is typed", { skip }, async (test) => {
  const { server, tokens } = await scene(test);
  const page = await open(test, server, { token: tokens.ann, latency: 400 });
  await openChat(page, "general");
  const box = page.getByRole("textbox", { name: "Message" });
  await box.pressSequentially("hi @be");
  await page.getByRole("option", { name: /ben/ }).waitFor();
  await box.press("Tab");
  assert.equal(await box.inputValue(), "hi @ben ");
});

test("the page fits on a phone", { skip }, async (test) => {
  const { server, tokens } = await scene(test);
  const ann = await open(test, server, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  await withToken(ann, tokens.ann);
  await openChat(ann, "general");
  assert.equal(await ann.locator(".sidebar").isVisible(), false);
  await say(ann, "from a phone");
  await said(ann, "from a phone").waitFor();
  assert.ok(await ann.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await ann.getByRole("button", { name: "Back to chats" }).click();
  await ann.locator(".chat").first().waitFor();
});

test("an invalid token is refused, and a revoked one returns to the log-in", { skip }, async (test) => {
  const { server } = await scene(test);
  const page = await open(test, server);
  await page.getByRole("tab", { name: "Use a token" }).click();
  await page.getByLabel("API token or JWT").fill("wrong");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
  const { secret, token } = await server.command({ type: "CREATE_API_TOKEN", name: "t", botUsername: "cleo" });
  await withToken(page, secret);
  await server.command({ type: "REVOKE_API_TOKEN", tokenId: token.id });
  await page.getByRole("tab", { name: "Log in" }).waitFor();
});

test("the reference groups the commands by area and explains errors and close codes", { skip }, async (test) => {
  const { server } = await scene(test);
  const page = await open(test, server);
  await page.goto(`http://127.0.0.1:${server.port}/docs`);
  await page.locator("main h2", { hasText: "Messages" }).first().waitFor();
  const groups = await page.evaluate(() => {
    const found = {};
    for (const heading of document.querySelectorAll("main > h2"))
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling)
        if (next.matches("section[data-command]")) (found[heading.textContent] ??= []).push(next.id);
    return found;
  });
  assert.ok(groups["Chats and members"].includes("CREATE_CHAT") && groups["Messages"].includes("SEND_MESSAGE"), JSON.stringify(groups));
  const commands = await page.locator("section[data-command]").count();
  assert.equal(Object.values(groups).flat().length, commands, "every command has a group");
  assert.equal(await page.locator("nav a").evaluateAll((links) => links.filter((link) => link.hash && !document.getElementById(link.hash.slice(1))).length), 0);
  assert.equal(await page.locator("#errors tr").count(), 13);
  await page.locator("#close-codes", { hasText: "4408" }).waitFor();
  // A search shows entries under their headings only.
  await page.getByLabel("Search").fill("unpins");
  await page.locator("#UNPIN_MESSAGE").waitFor();
  assert.equal(await page.locator("main > h2:visible", { hasText: "Moderation" }).count(), 0);
});

test("the guides for writing a client and for other backends are served, and lead to the reference", { skip }, async (test) => {
  const { server } = await scene(test);
  const page = await open(test, server);
  await page.goto(`http://127.0.0.1:${server.port}/docs`);
  await page.locator("nav").getByRole("link", { name: "Writing a client" }).click();
  await page.getByRole("heading", { name: "Writing a client", level: 1 }).waitFor();
  await page.locator("#close-codes", { hasText: "4408" }).waitFor();
  await page.getByLabel("Search").fill("uploadUrl");
  assert.equal(await page.locator("#close-codes").isVisible(), false);
  assert.equal(await page.locator("#files").isVisible(), true);
  await page.getByLabel("Search").fill("");
  await page.getByRole("link", { name: "coming-from.md" }).click();
  await page.getByRole("heading", { name: "Coming from other chat backends", level: 1 }).waitFor();
  assert.equal(await page.locator("main", { hasText: "`" }).count(), 0);
  await page.locator("main").getByRole("link", { name: "SIGN_UP" }).first().click();
  await page.locator("#SIGN_UP h3").waitFor();
  // Every name links to an entry of the reference.
  const names = async (path) => (await (await fetch(`http://127.0.0.1:${server.port}${path}`)).text()).matchAll(/href="\/docs#(\w+)"/g);
  const linked = new Set([...(await names("/docs/client")), ...(await names("/docs/coming-from"))].map(([, name]) => name));
  assert.ok(linked.size > 50);
  assert.deepEqual(await page.evaluate((all) => all.filter((name) => !document.getElementById(name)), [...linked]), []);
});

test("the reference can be searched and tried", { skip }, async (test) => {
  const { server } = await scene(test);
  const page = await open(test, server);
  await page.goto(`http://127.0.0.1:${server.port}/docs`);
  await page.getByLabel("Search").fill("send_message pipelined-nothing");
  assert.equal(await page.locator("section.entry:visible").count(), 0);
  assert.equal(await page.locator("main h2:visible, nav h2:visible, main table:visible").count(), 0);
  await page.getByText("Nothing matches.").waitFor();
  await page.getByLabel("Search").fill("PING");
  assert.ok((await page.locator("main h2:visible").count()) > 0);
  const empty = await page.locator("main h2:visible").evaluateAll((all) =>
    all.filter((heading) => {
      let next = heading.nextElementSibling;
      while (next && next.tagName !== "H2" && !(next.matches("section, table") && next.checkVisibility())) next = next.nextElementSibling;
      return !next || next.tagName === "H2";
    }).map((heading) => heading.textContent),
  );
  assert.deepEqual(empty, []);
  await page.locator("#PING").getByRole("button", { name: "Copy" }).waitFor({ state: "attached" });
  assert.deepEqual(await page.locator("main :is(p, td)").evaluateAll((all) => all.map((one) => [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.split("`").length > 2).map((node) => node.data)).flat()), []);
  await page.locator("#PING").getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: /Send/ }).click();
  await page.locator(".frames pre", { hasText: '"type":"PONG"' }).waitFor();
  await page.getByLabel("Token").fill(TOKEN);
  await page.getByLabel("Command").fill('{"type":"GET_ME"}');
  await page.getByRole("button", { name: /Send/ }).click();
  await page.locator(".frames pre", { hasText: '"type":"USER"' }).waitFor();
});

