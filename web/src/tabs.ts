import { h } from "./dom.ts";

interface Tabs<Tab extends string> {
  all: readonly Tab[];
  labels: Record<Tab, string>;
  /** What belongs to a tab. */
  content(tab: Tab): HTMLElement;
}

/** Tabs and the panel of the one that is selected. The arrow keys, Home and End select another; Tab leads into the panel. */
export function tabbed<Tab extends string>({ all, labels, content }: Tabs<Tab>): HTMLElement[] {
  const id = (tab: Tab) => `tab-${tab}`;
  const panel = h("div.panel", { role: "tabpanel", id: "tab-panel" });
  const select = (tab: Tab) => {
    for (const [index, button] of buttons.entries()) {
      const isSelected = all[index] === tab;
      button.setAttribute("aria-selected", String(isSelected));
      button.tabIndex = isSelected ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", id(tab));
    panel.replaceChildren(content(tab));
  };
  const onkeydown = (event: KeyboardEvent) => {
    const at = buttons.findIndex((button) => button.tabIndex === 0);
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const steps: Record<string, number> = { [forward]: at + 1, [back]: at - 1, Home: 0, End: -1 };
    const step = steps[event.key];
    if (step === undefined || buttons[at]!.disabled) return;
    event.preventDefault();
    const next = (step + all.length) % all.length;
    select(all[next]!);
    buttons[next]!.focus();
  };
  const choose = (tab: Tab) => {
    select(tab);
    panel.querySelector("input")?.focus();
  };
  const buttons = all.map((tab) => h("button", { type: "button", role: "tab", id: id(tab), "aria-controls": "tab-panel", onclick: () => choose(tab) }, labels[tab]));
  const bar = h("div.tabs", { role: "tablist", onkeydown }, ...buttons);
  select(all[0]!);
  return [bar, panel];
}
