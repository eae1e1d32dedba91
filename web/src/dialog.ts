import { button, h, iconButton, sentence, type Child } from "./dom.ts";
import { t } from "./i18n.ts";
import { refusedText } from "./refused.ts";

const TOAST_MS = 6_000;

/** Opens a modal dialog, which is removed when it closes. */
export function dialog(title: string, ...children: Child[]): HTMLDialogElement {
  const heading = h("h2", { dir: "auto" }, sentence(title));
  const close = iconButton("close", t.close, () => made.close());
  const opener = document.activeElement;
  const message = opener?.closest<HTMLElement>("[data-id]")?.dataset.id;
  const closed = () => {
    made.remove();
    giveBack(opener?.isConnected ? opener : drawnAgain(message));
  };
  const made = h("dialog", { onclose: closed, "aria-label": title }, h("header", {}, heading, close), ...children);
  // Only a press that begins outside closes: selecting text may end there.
  made.addEventListener("mousedown", (event) => event.target === made && isOutside(made, event) && made.close());
  document.body.append(made);
  made.showModal();
  return made;
}

/** The browser gives the focus back only to what can be seen: the toolbar of a message is hidden meanwhile, its message is not. */
function giveBack(opener: Element | null): void {
  for (let at = opener; at instanceof HTMLElement && document.activeElement === document.body; at = at.parentElement) at.focus({ preventScroll: true });
}

/** A message that has changed meanwhile is another element. */
const drawnAgain = (message: string | undefined): Element | null => (message === undefined ? null : document.querySelector(`[data-id="${CSS.escape(message)}"]`));

function isOutside(element: Element, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

export interface Question {
  title: string;
  text: string;
  /** A quotation of what is at stake. */
  quote?: string;
  action: string;
  danger?: boolean;
}

/** Asks before something that cannot be undone; true if the user confirms. */
export function confirmed({ title, text, quote, action, danger = true }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (answer: boolean) => () => {
      resolve(answer);
      made.close();
    };
    const cancel = button(t.cancel, finish(false));
    const made = dialog(title, h("p", {}, sentence(text)), quote !== undefined && h("blockquote", { dir: "auto" }, quote),
      h("footer", {}, cancel, button(action, finish(true), danger ? "danger" : "primary")));
    made.addEventListener("close", () => resolve(false));
    cancel.focus();
  });
}

/** Shows a short notice that disappears by itself; screen readers announce it. */
export function toast(text: string): void {
  const place = document.querySelector(".toasts") ?? h("div.toasts", { role: "status", "aria-live": "polite" });
  // A modal dialog makes everything outside it inert.
  ([...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body).append(place);
  const shown = h("div.toast", { dir: "auto" }, sentence(text));
  place.append(shown);
  setTimeout(() => shown.remove(), TOAST_MS);
}

/** Runs a command that the server may refuse; shows the refusal and returns undefined then. */
export async function attempt<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    toast(refusedText(error));
    return undefined;
  }
}
