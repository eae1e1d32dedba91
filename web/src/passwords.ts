import { field, h, type Attributes, type Field } from "./dom.ts";
import { t } from "./i18n.ts";

const MOST_CHARACTERS = 128;

/** A password input with a button that shows what was typed. */
export function passwordField(label: string, attributes: Attributes = {}, hint?: string): Field {
  const made = field(label, { type: "password", required: true, maxlength: MOST_CHARACTERS, dir: "ltr", ...attributes }, hint);
  const show = h("button.show", { type: "button", "aria-pressed": "false", "aria-label": t.showPassword(label) }, t.show);
  show.addEventListener("click", () => {
    const shown = made.input.type === "password";
    made.input.type = shown ? "text" : "password";
    show.setAttribute("aria-pressed", String(shown));
    show.textContent = shown ? t.hide : t.show;
  });
  // The text runs from left to right in every language, and the button stands at its end.
  const line = h("span.with-button", { dir: "ltr" });
  made.input.replaceWith(line);
  line.append(made.input, show);
  return made;
}
