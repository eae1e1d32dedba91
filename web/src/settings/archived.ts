import type { Context } from "../context.ts";
import { attempt } from "../dialog.ts";
import { bdi, button, h } from "../dom.ts";
import { t } from "../i18n.ts";
import { listSection } from "./section.ts";

const MOST = 100;

/** The archived chats of the user, and the way to bring one back. */
export function archivedSection(context: Context): HTMLElement {
  const { client } = context;
  const list = h("ul.results", { "aria-label": t.archivedChats });
  const status = h("p.empty", { role: "status" });
  const load = async () => {
    const page = await attempt(client.command({ type: "GET_CHATS", scope: "archived", limit: MOST }));
    if (!page) return;
    list.replaceChildren(...page.chats.map((chat) => {
      const restore = async () => (await attempt(client.command({ type: "UPDATE_CHAT", chatId: chat.id, active: true }))) && load();
      const manages = chat.myRole === "owner" || chat.myRole === "admin";
      return h("li", {}, h("span.lines", {}, h("strong", {}, bdi(chat.name)), h("small", {}, t.members(chat.memberCount))), manages && button(t.restore, () => void restore()));
    }));
    status.textContent = page.chats.length ? "" : t.noArchivedChats;
  };
  return listSection(t.archivedChats, list, load, status);
}
