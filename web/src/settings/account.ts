import type { Context } from "../context.ts";
import { attempt, confirmed, toast } from "../dialog.ts";
import { button, h, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { passwordField } from "../passwords.ts";
import { section } from "./section.ts";

/** Takes the user's data along, or deletes the account. */
export function accountSection(context: Context): HTMLElement {
  const { client } = context;
  const download = async () => {
    const ready = await attempt(client.command({ type: "EXPORT_MY_DATA" }));
    if (ready) location.assign(ready.url);
  };
  const password = passwordField(t.currentPassword, { autocomplete: "current-password" });
  const submit = async () => {
    const sure = await confirmed({ title: t.deleteAccount, text: t.deleteAccountText, action: t.deleteAccount });
    if (!sure || !(await attempt(client.command({ type: "DELETE_ACCOUNT", password: password.input.value })))) return;
    toast(t.accountDeleted);
    await context.logOut(false);
  };
  const person = client.me.kind === "human";
  return section(t.account, h("p", {}, button(t.downloadMyData, () => void download())),
    person && h("form", { onsubmit: submitting(submit) }, h("p.hint", {}, t.deleteAccountText), password.element, h("button.danger", { type: "submit" }, t.deleteAccount)));
}
