import { field, h, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { passwordField } from "../passwords.ts";
import { refusalText } from "../refusals.ts";
import { tabbed } from "../tabs.ts";
import type { Credentials } from "./handover.ts";

/** Connects with what was entered, telling whether it waits for the server; rejects if the server refuses it. */
type Enter = (credentials: Credentials, waiting: (isWaiting: boolean) => void) => Promise<void>;
type Tab = "logIn" | "signUp" | "token";

const TABS: readonly Tab[] = ["logIn", "signUp", "token"];
const USERNAME = "[A-Za-z0-9_.\\-]{3,32}";
const LEAST_PASSWORD = 8;

interface Form {
  fields: HTMLElement[];
  credentials(): Credentials;
}

/** The page for those who are not logged in. */
export function loginPage(place: Element, enter: Enter): void {
  const tabs = tabbed({ all: TABS, labels: t.logInTabs, content: (tab) => form(tab, enter) });
  const card = h("div.card", {}, h("h1", {}, "PiChat"), ...tabs);
  place.replaceChildren(h("main.entrance", {}, card));
  card.querySelector("input")?.focus();
}

const FORMS: Record<Tab, () => Form> = {
  logIn() {
    const name = field(t.usernameOrEmail, { name: "username", required: true, autocomplete: "username", autocapitalize: "none", spellcheck: "false", dir: "ltr" });
    const password = passwordField(t.password, { name: "password", autocomplete: "current-password" });
    const credentials = () => {
      const who = name.input.value.trim();
      return { login: { ...(who.includes("@") ? { email: who } : { username: who }), password: password.input.value } };
    };
    return { fields: [name.element, password.element], credentials };
  },
  signUp() {
    const rules = { required: true, minlength: 3, maxlength: 32, pattern: USERNAME, title: t.usernameRules };
    const name = field(t.username, { name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", dir: "ltr", ...rules }, t.usernameRules);
    const displayName = field(t.displayNameOptional, { name: "displayName", autocomplete: "name", maxlength: 80 }, t.displayNameHint);
    const password = passwordField(t.password, { name: "password", minlength: LEAST_PASSWORD, autocomplete: "new-password" }, t.passwordRules);
    const credentials = () => ({
      signUp: { username: name.input.value.trim(), password: password.input.value, displayName: displayName.input.value.trim() || undefined },
    });
    return { fields: [name.element, displayName.element, password.element], credentials };
  },
  token() {
    const token = field(t.tokenLabel, { name: "token", type: "password", required: true, dir: "ltr" }, t.tokenHint);
    return { fields: [token.element], credentials: () => ({ accessToken: token.input.value.trim() }) };
  },
};

function refusal(tab: Tab, error: unknown): string {
  const { code } = error as { code?: string };
  if (code === "UNAUTHENTICATED") return tab === "token" ? t.refusals.wrongToken : t.refusals.wrongPassword;
  if (code === "CONFLICT" && tab === "signUp") return t.refusals.usernameTaken;
  return refusalText(error);
}

function form(tab: Tab, enter: Enter): HTMLFormElement {
  const { fields, credentials } = FORMS[tab]();
  const problem = h("p.problem", { role: "alert" });
  const button = h("button.primary", { type: "submit" }, t.logInButtons[tab]);
  const submit = async () => {
    // Another form would hide the answer to this one.
    const tabs = [...made.closest(".card")!.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
    for (const tab of tabs) tab.disabled = true;
    problem.textContent = "";
    try {
      await enter(credentials(), (isWaiting) => (problem.textContent = isWaiting ? t.cannotReach : ""));
    } catch (error) {
      problem.textContent = refusal(tab, error);
    }
    for (const tab of tabs) tab.disabled = false;
  };
  const made = h("form", { onsubmit: submitting(submit) }, ...fields, problem, button);
  return made;
}
