import type { Context } from "../context.ts";
import { attempt, confirmed } from "../dialog.ts";
import { bdi, button, field, h, submitting } from "../dom.ts";
import { formatMoment } from "../format.ts";
import { t } from "../i18n.ts";
import { isolate } from "../text.ts";
import { listSection } from "./section.ts";

/** The user's API tokens, for programs and bots. */
export function tokensSection(context: Context): HTMLElement {
  const { client } = context;
  const list = h("ul.results", { "aria-label": t.tokens });
  const made = h("div.secret", { hidden: true, role: "status" });
  const load = async () => {
    const found = await attempt(client.command({ type: "GET_API_TOKENS" }));
    void bots.load();
    list.replaceChildren(...(found?.tokens ?? []).map(({ id, name, scopes, lastUsedAt }) => {
      const revoke = async () => {
        const sure = await confirmed({ title: t.revokeTitle, text: t.revokeText(isolate(name)), action: t.revoke });
        if (sure && (await attempt(client.command({ type: "REVOKE_API_TOKEN", tokenId: id })))) await load();
      };
      const use = lastUsedAt ? t.lastUsed(formatMoment(lastUsedAt)) : t.neverUsed;
      return h("li", {}, h("span.lines", {}, h("strong", {}, bdi(name)), h("small", {}, `${scopes.join(", ")} · ${use}`)), button(t.revoke, () => void revoke(), "danger"));
    }));
  };
  const name = field(t.tokenName, { required: true, maxlength: 80 });
  const bot = field(t.botUsernameOptional, { maxlength: 32, dir: "ltr", spellcheck: "false" }, t.botUsernameHint);
  const submit = async () => {
    const created = await attempt(client.command({ type: "CREATE_API_TOKEN", name: name.input.value.trim(), botUsername: bot.input.value.trim() || undefined }));
    if (!created) return;
    made.hidden = false;
    made.replaceChildren(h("p", {}, t.secretOnce), h("code", { dir: "ltr" }, created.secret));
    name.input.value = bot.input.value = "";
    await load();
  };
  const bots = botList(context, load);
  const form = h("form", { onsubmit: submitting(submit) }, name.element, bot.element, h("button", { type: "submit" }, t.createToken));
  return listSection(t.tokens, list, load, made, form, bots.element);
}

interface BotList {
  element: HTMLElement;
  load(): Promise<void>;
}

/** The bots that the user has made. */
function botList({ client }: Context, changed: () => Promise<void>): BotList {
  const list = h("ul.results", { "aria-label": t.bots.title });
  const element = h("section", { hidden: true }, h("h3", {}, t.bots.title), list);
  const load = async () => {
    const found = await attempt(client.command({ type: "GET_BOTS" }));
    element.hidden = !found?.bots.length;
    list.replaceChildren(...(found?.bots ?? []).map(({ id, username, displayName }) => {
      const remove = async () => {
        const sure = await confirmed({ title: t.bots.deleteTitle, text: t.bots.deleteText(isolate(displayName)), action: t.delete });
        if (sure && (await attempt(client.command({ type: "DELETE_BOT", userId: id })))) await changed();
      };
      return h("li", {}, h("span.lines", {}, h("strong", {}, bdi(displayName)), h("small", {}, bdi(`@${username}`))), button(t.delete, () => void remove(), "danger"));
    }));
  };
  return { element, load };
}
