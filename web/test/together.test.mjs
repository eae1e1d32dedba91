// Two people through every screen at once: one writes German on a desktop, the other Arabic on a phone behind a
// connection that fails. With PICTURES=FOLDER each screen is stored there.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { channel, closeBrowser, enter, eventually, FAST, Front, open, PHONE, picture, said, skip } from "./support.mjs";

after(closeBrowser);

const WORDS = { de: "Tolles Bild, danke! Wann treffen wir uns?", ar: "أهلا وسهلا، كيف الحال؟" };

/** Somebody at a page, who does what the labels of no language are needed for. */
class Person {
  #count = 0;

  constructor(name, page, isPhone) {
    Object.assign(this, { name, page, isPhone });
  }

  /** Nothing is wider than the screen; the picture of it is for people. */
  async look(screen) {
    const [content, width] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(content <= width, `${this.name}, ${screen}: ${content} of ${width} pixels`);
    const number = String(++this.#count).padStart(2, "0");
    if (process.env.PICTURES) await this.page.screenshot({ path: `${process.env.PICTURES}/${this.name}-${number}-${screen}.png` });
  }

  async signUp(username, displayName) {
    const { page } = this;
    await page.getByRole("tab").nth(1).click();
    await page.locator("input[name=username]").fill(username);
    await page.locator("input[name=displayName]").fill(displayName);
    await page.locator("input[name=password]").fill("correct horse");
    await this.look("sign-up");
    await page.locator("form button[type=submit]").click();
    await page.locator(".layout .me strong", { hasText: displayName }).waitFor();
    await this.look("no-chats");
  }

  /** Fills the form of a new chat: 0 a direct chat, 1 a group, 2 a channel. */
  async begin(kind, ...values) {
    const { page } = this;
    if (this.isPhone) await this.toList();
    await page.locator(".sidebar header > button.icon").nth(2).click();
    await page.locator("dialog [role=tab]").nth(kind).click();
    for (const [index, value] of values.entries()) await page.locator("dialog form input").nth(index).fill(value);
    await this.look("new-chat");
    await page.locator("dialog form button[type=submit]").click();
    await page.locator("dialog").waitFor({ state: "detached" });
  }

  async toList() {
    if (await this.page.locator(".layout.open").count()) await this.page.locator(".back:visible").click();
  }

  async enterChat(name) {
    if (this.isPhone) await this.toList();
    await this.page.locator(".chat:not(:has(.square))", { hasText: name }).click();
  }

  async say(text) {
    const field = this.page.locator(".composer textarea");
    await field.fill(text);
    await field.press("Enter");
  }

  /** Does something with a message: on a phone in a sheet, otherwise in the toolbar. */
  async act(text, index) {
    const row = said(this.page, text);
    // A message that waits to be sent has no actions.
    await this.page.locator("article[data-id]", { hasText: text }).waitFor();
    if (this.isPhone) await row.locator("p").first().tap();
    else await row.hover();
    const place = this.page.locator(this.isPhone ? ".sheet .entries" : ".toolbar");
    await place.waitFor();
    await this.look("actions");
    await place.locator("button").nth(index).click();
  }

  async confirm(screen) {
    await this.page.locator("dialog footer button.danger").last().waitFor();
    await this.look(screen);
    await this.page.locator("dialog footer button.danger").last().click();
  }

  async closeDialogs() {
    await this.page.evaluate(() => [...document.querySelectorAll("dialog")].reverse().forEach((dialog) => dialog.close()));
    await this.page.locator("dialog").first().waitFor({ state: "detached" });
  }
}

for (const colorScheme of ["light", "dark"])
  test(`two people use everything at once, in German at 1440 px and in Arabic at 390 px (${colorScheme})`, { skip, timeout: 240_000 }, async (test) => {
    const { server } = await channel(test, FAST);
    const front = await Front.start(test, server);
    const lea = new Person("lea", await open(test, server, { viewport: { width: 1440, height: 900 }, locale: "de-DE", colorScheme }), false);
    const omar = new Person("omar", await open(test, front, { ...PHONE, locale: "ar-EG", colorScheme }), true);
    await lea.signUp("lea", "Lea Schönfeld");
    await omar.signUp("omar", "عمر الفاروق");

    await lea.begin(0, "omar");
    await lea.say(WORDS.de);
    await omar.enterChat("Lea");
    await said(omar.page, WORDS.de).waitFor();
    await omar.look("direct-chat");
    await omar.act(WORDS.de, 1);
    await omar.page.locator(".about:not([hidden])").waitFor();
    await omar.look("reply");
    await omar.say(WORDS.ar);
    await said(lea.page, WORDS.ar).locator(".quote", { hasText: "Tolles Bild" }).waitFor();
    await lea.look("direct-chat");

    await lea.begin(2, "küche", "Was wir kochen, und wer einkauft", "omar");
    await lea.page.locator(".heading", { hasText: "#küche" }).waitFor();
    await lea.say("@omar was kochen wir heute? **Nudeln** oder `Reis`?");
    await omar.toList();
    await omar.page.locator(".chat .badge.mention, .chat .badge").first().waitFor();
    await omar.look("list");
    await omar.page.locator(".sidebar header > button.icon").nth(0).click();
    await omar.page.locator("dialog .hit").first().waitFor();
    await omar.look("mentions");
    await omar.page.locator("dialog .hit").first().click();
    await said(omar.page, "was kochen wir").waitFor();
    await omar.look("channel");

    await lea.page.locator(".composer textarea").press("ArrowUp");
    await lea.page.locator(".about:not([hidden])").waitFor();
    await lea.look("edit");
    await lea.say("@omar was kochen wir morgen? **Nudeln** oder `Reis`?");
    await said(omar.page, "morgen").locator(".edited").waitFor();
    await omar.say("لا أعرف");
    await said(lea.page, "لا أعرف").waitFor();
    await omar.act("لا أعرف", -1);
    await omar.confirm("question");
    await lea.page.locator("article.deleted").waitFor();
    await lea.look("deleted");

    await lea.page.locator("input[type=file]").setInputFiles([
      { name: "Abendessen.png", mimeType: "image/png", buffer: picture(900, 500, [240, 170, 60]) },
      { name: "Einkaufsliste für das ganze Wochenende.txt", mimeType: "text/plain", buffer: Buffer.from("Nudeln") },
    ]);
    await lea.page.locator(".tray canvas").waitFor();
    await lea.look("tray");
    await lea.say("so sieht es aus");
    await omar.page.waitForFunction(() => document.querySelector(".picture img")?.naturalWidth === 900);
    await omar.look("files");
    await omar.page.locator(".picture").tap();
    await omar.page.waitForFunction(() => document.querySelector(".lightbox img")?.naturalWidth === 900);
    await omar.look("picture");
    await omar.closeDialogs();

    const bot = await enter(test, { url: server.url, token: await server.user("helfer") });
    await lea.page.locator(".heading .title").click();
    await lea.page.locator("dialog input[list]").fill("helfer");
    await lea.page.locator("dialog form.inline button[type=submit]").first().click();
    await lea.page.locator("dialog li", { hasText: "@helfer" }).waitFor();
    await lea.look("about");
    await lea.closeDialogs();
    const chat = await eventually(async () => bot.chats.find(({ name }) => name === "küche"), Boolean, "the bot's chat");
    const stream = await chat.stream({ role: "assistant" });
    await stream.write("Zuerst **Wasser** kochen:\n\n1. Topf\n2. Salz\n\n```py\nwater.boil(");
    for (const { page } of [lea, omar]) await said(page, "Wasser").waitFor();
    await lea.look("stream");
    await omar.look("stream");
    await stream.write(")\n```\n");
    await stream.end();
    for (const { page } of [lea, omar]) await page.locator("article.streaming").waitFor({ state: "detached" });

    await front.end();
    await omar.page.locator(".banner:not([hidden])").waitFor();
    await omar.say("هل تسمعني؟");
    await omar.page.locator("article.pending").waitFor();
    await omar.look("offline");
    await lea.say("bist du noch da?");
    await front.begin();
    await said(lea.page, "هل تسمعني؟").waitFor();
    await said(omar.page, "bist du noch da?").waitFor();
    await omar.page.locator("article.pending").waitFor({ state: "detached" });
    await omar.page.locator(".banner").waitFor({ state: "hidden" });
    const order = ({ page }) => page.locator("article").evaluateAll((rows) => rows.map(({ dataset }) => dataset.id));
    await eventually(async () => JSON.stringify([await order(lea), await order(omar)]), (both) => new Set(JSON.parse(both).map(String)).size === 1, "both see the same messages");

    await lea.page.locator(".heading .title").click();
    const member = lea.page.locator("dialog .member", { hasText: "@omar" });
    await member.locator("button.icon").last().click();
    await lea.confirm("remove");
    await member.waitFor({ state: "detached" });
    await omar.page.locator(".preview .hero button.primary").waitFor();
    await omar.look("removed");
    await omar.page.locator(".preview .hero button.primary").tap();
    await said(omar.page, "bist du noch da?").waitFor();
    await member.waitFor();
    await member.locator("button.icon").nth(1).click();
    await lea.confirm("ban");
    await member.waitFor({ state: "detached" });
    await lea.closeDialogs();
    await lea.look("notices");
    await omar.page.locator(".preview .hero[role=alert]").waitFor();
    await omar.look("banned");
    await omar.enterChat("Lea");
    await omar.say("وداعا");
    await lea.enterChat("عمر");
    await said(lea.page, "وداعا").waitFor();
    for (const person of [lea, omar]) {
      if (person.isPhone) await person.toList();
      await person.page.locator(".me").click();
      await person.page.locator("dialog .picture-field").waitFor();
      await person.look("settings");
      await person.closeDialogs();
    }
  });
