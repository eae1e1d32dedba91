import { icon, isIcon } from "./icons.ts";
import { parts } from "./text.ts";

export type Child = Node | string | false | null | undefined;
type Listeners = { [E in keyof HTMLElementEventMap as `on${E}`]?: (event: HTMLElementEventMap[E]) => void };
export type Attributes = Listeners & Record<string, unknown>;

const PROPERTIES = new Set(["value", "checked", "open", "selected"]);

/** Makes an element from "tag.class.class", attributes or listeners, and children. Text stays text, never markup. */
export function h<T extends keyof HTMLElementTagNameMap>(
  selector: T | `${T}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag!) as HTMLElementTagNameMap[T];
  if (classes.length) element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (PROPERTIES.has(name)) Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== null && child !== undefined));
  return element;
}

/** A name or other text that people wrote, isolated from the direction of its neighbours. */
export const bdi = (text: string): HTMLElement => h("bdi", {}, text);

/** A sentence as nodes: what `isolate` wrapped becomes `<bdi>`. */
export const sentence = (text: string): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  fragment.append(...parts(text).map(({ text, isolated }) => (isolated ? bdi(text) : text)));
  return fragment;
};

/** A button that shows an icon or a character and is named for assistive technology. */
export function iconButton(sign: string, label: string, onclick: () => void, more: Attributes = {}): HTMLButtonElement {
  return h("button.icon", { type: "button", title: label, "aria-label": label, onclick, ...more }, isIcon(sign) ? icon(sign) : sign);
}

/** A button with a text. */
export function button(label: string, onclick: () => void, style: "" | "primary" | "danger" = ""): HTMLButtonElement {
  return h(style ? `button.${style}` : "button", { type: "button", onclick }, label);
}

export interface Field {
  element: HTMLElement;
  input: HTMLInputElement;
}

let fields = 0;

/** A labelled input, with a hint below it if there is one. */
export function field(label: string, attributes: Attributes = {}, hint?: string): Field {
  const id = `field-${++fields}`;
  const input = h("input", { id, type: "text", autocomplete: "off", dir: "auto", "aria-describedby": hint && `${id}-hint`, ...attributes });
  const below = hint !== undefined && h("small", { id: `${id}-hint` }, hint);
  return { element: h("div.field", {}, h("label", { for: id }, label), input, below), input };
}

/** Submits a form: what it does is done once, however often the user asks before it has finished. */
export const submitting = (work: () => Promise<unknown> | unknown) => async (event: SubmitEvent): Promise<void> => {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  if (form.ariaBusy === "true") return;
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('[type="submit"]')];
  form.ariaBusy = "true";
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } finally {
    form.ariaBusy = null;
    for (const button of buttons) button.disabled = false;
  }
};

export interface Option {
  value: string;
  label: string;
}

/** A labelled choice among a few options. */
export function choice(label: string, options: Option[], chosen: string, onchange: (value: string) => void): HTMLElement {
  const select = h("select", { onchange: () => onchange(select.value) }, ...options.map(({ value, label }) => h("option", { value }, label)));
  select.value = chosen;
  return h("label.field", {}, h("span", {}, label), select);
}

/** A labelled checkbox. */
export function toggle(label: string, checked: boolean, onchange: (checked: boolean) => void): HTMLElement {
  const input = h("input", { type: "checkbox", checked, onchange: () => onchange(input.checked) });
  return h("label.toggle", {}, input, h("span", {}, label));
}
