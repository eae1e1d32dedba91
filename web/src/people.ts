import type { Context } from "./context.ts";
import { field, h } from "./dom.ts";

const SUGGESTIONS = 8;
const LEAST_CHARACTERS = 2;

/** An input for usernames that suggests them. */
export interface PeopleField {
  element: HTMLElement;
  /** The usernames, without `@`. */
  names(): string[];
  clear(): void;
}

let fields = 0;

export interface PeopleOptions {
  /** Several names, separated by commas; otherwise exactly one is required. */
  several: boolean;
}

/** Makes an input for usernames. */
export function peopleField(context: Context, label: string, { several }: PeopleOptions): PeopleField {
  const id = `people-${++fields}`;
  const list = h("datalist", { id });
  const { element, input } = field(label, { list: id, placeholder: several ? "ann, ben" : "ann", autocapitalize: "none", spellcheck: "false", dir: "ltr", required: !several });
  let asked = 0;
  const suggest = async () => {
    const number = ++asked;
    const parts = input.value.split(",");
    const search = parts.pop()!.trim().replace(/^@/, "");
    if (search.length < LEAST_CHARACTERS) return;
    const before = parts.length ? `${parts.join(",")}, ` : "";
    const found = await context.client.command({ type: "GET_USERS", search, limit: SUGGESTIONS }).catch(() => undefined);
    // A slow answer must not replace that to a later question.
    if (number === asked) list.replaceChildren(...(found?.users ?? []).map((user) => h("option", { value: before + user.username }, user.displayName)));
  };
  input.addEventListener("input", () => void suggest());
  element.append(list);
  const names = () => input.value.split(",").map((name) => name.trim().replace(/^@/, "")).filter(Boolean);
  return { element, names, clear: () => (input.value = "") };
}
