import type { Options } from "pichat-client";
import { field, h } from "./dom.ts";
import { sessions } from "./stores.ts";

type Enter = (ways: Partial<Options>) => Promise<void>;
type Tab = "login" | "signUp" | "token";

const TABS: [Tab, string][] = [["login", "Log in"], ["signUp", "Sign up"], ["token", "Use a token"]];

/** The way in. */
export function loginPage(place: Element, enter: Enter): void {
  const card = h("div.card", {});
  const show = (tab: Tab) => {
    const tabs = TABS.map(([name, label]) =>
      h("button", { type: "button", role: "tab", "aria-selected": String(name === tab), onclick: () => show(name) }, label),
    );
    card.replaceChildren(h("h1", {}, "PiChat"), h("div.tabs", { role: "tablist" }, ...tabs), form(tab, enter));
    card.querySelector("input")?.focus();
  };
  place.replaceChildren(h("main.entrance", {}, card));
  show("login");
}

function form(tab: Tab, enter: Enter): HTMLFormElement {
  const [name, username] = field("Name or e-mail", { name: "username", required: true, autocomplete: "username", autocapitalize: "none" });
  const [secret, password] = field("Password", {
    name: "password", type: "password", required: true, minlength: tab === "signUp" ? 8 : undefined,
    autocomplete: tab === "signUp" ? "new-password" : "current-password",
  });
  const [shown, displayName] = field("Name that others see (optional)", { name: "displayName", autocomplete: "name" });
  const [pasted, token] = field("API token or JWT", { name: "token", type: "password", required: true });
  if (tab === "signUp") name.firstChild!.textContent = "Name";
  const problem = h("p.problem", { role: "alert" });
  const button = h("button.primary", { type: "submit" }, TABS.find(([name]) => name === tab)![1]);
  const fields = { login: [name, secret], signUp: [name, shown, secret], token: [pasted] }[tab];
  const ways = (): Partial<Options> => {
    if (tab === "token") return (sessions.save({ accessToken: token.value.trim() }), {});
    const who = username.value.trim();
    if (tab === "login") return { login: { ...(who.includes("@") ? { email: who } : { username: who }), password: password.value } };
    return { signUp: { username: who, password: password.value, displayName: displayName.value.trim() || undefined } };
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = "";
    try {
      await enter(ways());
    } catch (error) {
      sessions.save(undefined);
      problem.textContent = (error as Error).message.replace(/^[A-Z_]+: /, "");
    }
    button.disabled = false;
  };
  return h("form", { onsubmit: submit }, ...fields, problem, button);
}
