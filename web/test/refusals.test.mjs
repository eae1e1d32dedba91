// What the server refuses, told in the language of the page.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { anonymously, closeBrowser, FAST, open, Server, skip } from "./support.mjs";

after(closeBrowser);

/** What a page says about names that are taken, reserved and impossible, a wrong password, and the last owner who leaves. */
const TOLD = {
  "en-US": ["This username or email is taken.", "This display name is reserved for admins.", "This is not an email address.", "Wrong password.", "You are the last owner. Make another member an owner first."],
  "de-DE": ["Dieser Benutzername oder diese E-Mail-Adresse ist vergeben.", "Dieser Anzeigename ist Administratoren vorbehalten.", "Das ist keine E-Mail-Adresse.", "Das Passwort ist falsch.", "Du bist der letzte Inhaber. Mache zuerst ein anderes Mitglied zum Inhaber."],
  "ar-EG": ["اسم المستخدم أو البريد الإلكتروني هذا مستخدم.", "هذا الاسم الظاهر محجوز للمشرفين.", "هذا ليس عنوان بريد إلكتروني.", "كلمة المرور غير صحيحة.", "أنت المالك الأخير. اجعل عضوًا آخر مالكًا أولًا."],
};

for (const [locale, told] of Object.entries(TOLD))
  test(`refusals are told in the language of the page (${locale})`, { skip }, async (test) => {
    const server = await Server.start(test, FAST);
    await server.user("ben");
    const { accessToken } = await anonymously(server, { type: "SIGN_UP", username: "ann", password: "correct horse" });
    await server.command({ type: "CREATE_CHAT", name: "ours", kind: "group", members: ["ben"] }, accessToken);
    const page = await open(test, server, { locale, token: accessToken });
    const heard = [];
    const toast = async () => {
      const last = page.locator(".toast").nth(heard.length);
      heard.push(await last.textContent());
    };
    await page.locator(".me").click();
    const profile = page.locator("dialog form").first();
    const [displayName, username, email] = [0, 1, 2].map((index) => profile.locator("input:not([type=file])").nth(index));
    await username.fill("ben");
    await profile.locator("[type=submit]").click();
    await toast();
    await username.fill("ann");
    await displayName.fill("Administrator");
    await profile.locator("[type=submit]").click();
    await toast();
    await displayName.fill("ann");
    // The browser's own check lets it pass.
    await email.fill("ann..s@example.org");
    await profile.locator("[type=submit]").click();
    await toast();
    await page.locator("dialog details summary").first().click();
    const change = page.locator("dialog details form").first();
    for (const [index, text] of ["wrong horse", "another horse"].entries()) await change.locator("input").nth(index).fill(text);
    await change.locator("button[type=submit]").click();
    await toast();
    await page.locator("dialog").press("Escape");
    heard.length = 4;
    await page.locator(".chat", { hasText: "ours" }).click();
    await page.locator(".heading .title").click();
    await page.locator("dialog footer button.danger").first().click();
    await page.locator("dialog").last().locator("footer button.danger").click();
    const last = page.locator(".toast").last();
    await page.waitForFunction((known) => !known.includes([...document.querySelectorAll(".toast")].at(-1)?.textContent ?? known[0]), heard);
    assert.deepEqual([...heard, await last.textContent()], told);
  });
