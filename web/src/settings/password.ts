import type { Context } from "../context.ts";
import { attempt, toast } from "../dialog.ts";
import { h, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { passwordField } from "../passwords.ts";
import { section } from "./section.ts";

/** Changes the password. */
export function passwordSection(context: Context): HTMLElement {
  const current = passwordField(t.currentPassword, { autocomplete: "current-password" });
  const fresh = passwordField(t.newPassword, { minlength: 8, autocomplete: "new-password" }, t.passwordRules);
  const submit = async () => {
    const change = { oldPassword: current.input.value, newPassword: fresh.input.value };
    if (!(await attempt(context.client.command({ type: "CHANGE_PASSWORD", ...change })))) return;
    current.input.value = fresh.input.value = "";
    toast(t.passwordChanged);
  };
  return section(t.changePassword, h("form", { onsubmit: submitting(submit) }, current.element, fresh.element, h("button", { type: "submit" }, t.changePassword)));
}
