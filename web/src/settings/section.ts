import { h, type Child } from "../dom.ts";

/** A part of the settings that is folded until it is wanted. */
export function section(title: string, ...children: Child[]): HTMLDetailsElement {
  return h("details", {}, h("summary", {}, title), ...children);
}

/** A section whose list is fetched when it is first unfolded. */
export function listSection(title: string, list: HTMLElement, load: () => Promise<unknown>, ...more: Child[]): HTMLDetailsElement {
  const made = section(title, list, ...more);
  made.addEventListener("toggle", () => made.open && void load());
  return made;
}
