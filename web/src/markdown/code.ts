import type { Code } from "mdast";
import { h } from "../dom.ts";
import { t } from "../i18n.ts";
import { highlight } from "./parser.ts";

const COPIED_MS = 2_000;

/** A fenced block of code with its language and a copy button. Code is never mirrored. */
export function codeBlock({ lang, value }: Code): HTMLElement {
  const copy = h("button.copy", { type: "button" }, t.copy);
  copy.addEventListener("click", () => void copyText(value, copy));
  return h("figure.code", { dir: "ltr" },
    h("figcaption", {}, h("span", {}, lang ?? ""), copy),
    h("pre", { tabindex: "0", role: "region", "aria-label": lang ? `${t.code} (${lang})` : t.code }, h("code", {}, ...highlight(value, lang ?? ""))));
}

async function copyText(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = t.copied;
  } catch {
    button.textContent = t.copyFailed;
  }
  setTimeout(() => (button.textContent = t.copy), COPIED_MS);
}
