// The focus in a page.

import assert from "node:assert/strict";

/** What has the focus, as a person would name it. */
export const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return at === document.body ? "nothing" : at.getAttribute("aria-label") ?? at.textContent.trim().slice(0, 40) ?? at.nodeName;
});

/** The controls of the dialog on top that Tab does not reach, and how often the focus left it. */
export async function unreached(page) {
  const count = await page.evaluate(() => {
    const dialog = [...document.querySelectorAll("dialog")].at(-1);
    const controls = dialog.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex="0"]');
    window.unreached = new Set([...controls].filter((control) => control.tabIndex >= 0 && !control.disabled && control.checkVisibility({ visibilityProperty: true })));
    window.strayed = 0;
    return window.unreached.size;
  });
  // Once around, wherever it begins; the browser's own controls come in between.
  for (let step = 0; step < count * 2 + 6; step++) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => {
      const { activeElement: at } = document;
      window.unreached.delete(at);
      if (at !== document.body && ![...document.querySelectorAll("dialog")].at(-1).contains(at)) window.strayed++;
    });
  }
  assert.ok(count > 0, "the dialog has controls");
  return page.evaluate(() => ({ left: [...window.unreached].map((control) => control.outerHTML.slice(0, 90)), strayed: window.strayed }));
}
