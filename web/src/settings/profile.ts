import type { Context } from "../context.ts";
import { attempt, toast } from "../dialog.ts";
import { field, h, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { pictureField } from "./picture.ts";

/** The user's picture, names and email address. */
export function profileSection(context: Context): HTMLElement {
  const { me } = context.client;
  const name = field(t.displayName, { value: me.displayName, required: true, maxlength: 80 });
  const username = field(t.username, { value: me.username, required: true, minlength: 3, maxlength: 32, pattern: "[A-Za-z0-9_.\\-]{3,32}", title: t.usernameRules, dir: "ltr", spellcheck: "false" }, t.usernameRules);
  const email = field(t.emailOptional, { type: "email", value: me.email ?? "", dir: "ltr" });
  const picture = pictureField(context);
  const submit = async () => {
    const changes = {
      ...(name.input.value.trim() !== me.displayName ? { displayName: name.input.value.trim() } : {}),
      ...(username.input.value.trim() !== me.username ? { username: username.input.value.trim() } : {}),
      ...(email.input.value.trim() && email.input.value.trim() !== me.email ? { email: email.input.value.trim() } : {}),
    };
    if (picture.isChanged() && !(await picture.save())) return;
    if (Object.keys(changes).length === 0) return toast(t.saved);
    if (await attempt(context.client.command({ type: "UPDATE_USER", ...changes }))) toast(t.saved);
  };
  return h("form", { onsubmit: submitting(submit) }, picture.element, name.element, username.element, email.element, h("button", { type: "submit" }, t.save));
}
