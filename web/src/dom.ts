import { icon, isIcon } from "./icons.ts";

type Child = Node | string | false | null | undefined;
type Listeners = { [E in keyof HTMLElementEventMap as `on${E}`]?: (event: HTMLElementEventMap[E]) => void };
type Attributes = Listeners & Record<string, unknown>;

/** An element: "tag.class.class", attributes or listeners, children. Text is always text, never markup. */
export function h<T extends keyof HTMLElementTagNameMap>(
  what: T | `${T}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag!) as HTMLElementTagNameMap[T];
  element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "value" || name === "checked" || name === "open") Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== null && child !== undefined));
  return element;
}

/** A button that shows an icon, or a sign, and says in words what it does. */
export function iconButton(sign: string, label: string, onclick: () => void, more: Attributes = {}): HTMLButtonElement {
  return h("button.icon", { type: "button", title: label, "aria-label": label, onclick, ...more }, isIcon(sign) ? icon(sign) : sign);
}

/** A labelled input. */
export function field(label: string, attributes: Attributes): [HTMLLabelElement, HTMLInputElement] {
  const input = h("input", { type: "text", autocomplete: "off", ...attributes });
  return [h("label.field", {}, h("span", {}, label), input), input];
}

/** A dialog that is gone when it is closed. */
export function dialog(title: string, ...children: Child[]): HTMLDialogElement {
  const close = iconButton("close", "Close", () => made.close());
  const made = h("dialog", { "aria-label": title, onclose: () => made.remove() }, h("header", {}, h("h2", {}, title), close), ...children);
  made.addEventListener("mousedown", (event) => event.target === made && made.close());
  document.body.append(made);
  made.showModal();
  return made;
}

/** Says something in passing; also to those who do not see it. */
export function toast(text: string): void {
  let place = document.querySelector(".toasts");
  if (!place) document.body.append((place = h("div.toasts", { role: "status", "aria-live": "polite" })));
  // A dialog covers all but what is in it.
  (document.querySelector("dialog[open]") ?? document.body).append(place);
  const shown = h("div.toast", {}, text);
  place.append(shown);
  setTimeout(() => shown.remove(), 6_000);
}

/** Runs what may be refused, and says so if it is. */
export async function attempt<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    toast((error as Error).message.replace(/^[A-Z_]+: /, ""));
    return undefined;
  }
}
