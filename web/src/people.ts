import type { App } from "./app.ts";
import { field, h } from "./dom.ts";

/** An input for usernames, which suggests them. */
export function peopleField(app: App, label: string, many: boolean): [HTMLElement, () => string[]] {
  const id = `people-${label.replace(/\W/g, "-")}`;
  const list = h("datalist", { id });
  const [element, input] = field(label, { list: id, placeholder: many ? "ann, ben" : "ann", autocapitalize: "none", required: !many });
  const suggest = async () => {
    const parts = input.value.split(",");
    const search = parts.pop()!.trim().replace(/^@/, "");
    if (search.length < 2) return;
    const before = parts.length ? `${parts.join(",")}, ` : "";
    const found = await app.client.command({ type: "GET_USERS", search, limit: 8 }).catch(() => undefined);
    list.replaceChildren(...(found?.users ?? []).map((user) => h("option", { value: before + user.username }, user.displayName)));
  };
  input.addEventListener("input", () => void suggest());
  element.append(list);
  return [element, () => input.value.split(",").map((name) => name.trim().replace(/^@/, "")).filter(Boolean)];
}
