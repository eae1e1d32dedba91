import type { App } from "./app.ts";
import { attempt, dialog, field, h, toast } from "./dom.ts";
import { theme, type Theme } from "./stores.ts";

/** A choice of a few. */
function choice(label: string, options: [string, string][], chosen: string, onchange: (value: string) => void): HTMLElement {
  const select = h("select", { onchange: () => onchange(select.value) }, ...options.map(([value, text]) => h("option", { value }, text)));
  select.value = chosen;
  return h("label.field", {}, h("span", {}, label), select);
}

/** One's own profile and settings. */
export function settingsDialog(app: App): void {
  const { me } = app.client;
  const setTheme = (value: string) => {
    theme.set(value as Theme);
    app.client.command({ type: "UPDATE_SETTINGS", settings: { theme: value } }).catch(() => {});
  };
  const looks = choice("Appearance", [["system", "As the system"], ["light", "Light"], ["dark", "Dark"]], theme.get(), setTheme);
  const here = me.status === "away" ? "away" : "online";
  const presence = choice("Show me as", [["online", "Online"], ["away", "Away"]], here, (status) =>
    void attempt(app.client.command({ type: "SET_PRESENCE", status: status as "online" | "away" })),
  );
  const out = (everywhere: boolean) => () => void app.logOut(everywhere);
  dialog("Settings", profile(app), looks, presence, password(app),
    h("footer", {}, h("a", { href: "/docs", target: "_blank" }, "Protocol"), h("button", { type: "button", onclick: out(true) }, "Log out everywhere"), h("button.primary", { type: "button", onclick: out(false) }, "Log out")));
}

function profile(app: App): HTMLElement {
  const { me } = app.client;
  const [label, name] = field("Name that others see", { value: me.displayName, required: true, maxlength: 80 });
  const [mail, email] = field("E-mail", { type: "email", value: me.email ?? "" });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const changed = { displayName: name.value.trim(), ...(email.value.trim() ? { email: email.value.trim() } : {}) };
    if (await attempt(app.client.command({ type: "UPDATE_USER", ...changed }))) toast("Your profile was changed.");
  };
  return h("form", { onsubmit: submit }, label, mail, h("button", { type: "submit" }, "Save"));
}

function password(app: App): HTMLElement {
  const [old, oldPassword] = field("Present password", { type: "password", required: true, autocomplete: "current-password" });
  const [fresh, newPassword] = field("New password", { type: "password", required: true, minlength: 8, autocomplete: "new-password" });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const change = { oldPassword: oldPassword.value, newPassword: newPassword.value };
    if (!(await attempt(app.client.command({ type: "CHANGE_PASSWORD", ...change })))) return;
    oldPassword.value = newPassword.value = "";
    toast("Your password was changed.");
  };
  return h("details", {}, h("summary", {}, "Change the password"), h("form", { onsubmit: submit }, old, fresh, h("button", { type: "submit" }, "Change")));
}
