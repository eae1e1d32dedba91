import { dialog } from "./dialog.ts";
import { h } from "./dom.ts";
import { t } from "./i18n.ts";

/** Shows what the keyboard can do. */
export function shortcutsHelp(): void {
  const rows = t.shortcuts.map(([keys, what]) => h("div", {}, h("dt", {}, ...keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, what)));
  dialog(t.keyboardShortcuts, h("dl.shortcuts", {}, ...rows));
}
