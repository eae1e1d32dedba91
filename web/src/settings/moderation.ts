import type { FrameOf, User } from "pichat-client";
import { userAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { attempt, confirmed, toast } from "../dialog.ts";
import { bdi, button, choice, field, h, sentence, submitting } from "../dom.ts";
import { formatMoment, formatNumber } from "../format.ts";
import { t } from "../i18n.ts";
import { isolate } from "../text.ts";
import { section } from "./section.ts";

type Entry = FrameOf<"AUDIT_LOG">["entries"][number];
type Role = User["role"];

const PAGE = 30;
const RANKS: Record<Role, number> = { member: 0, moderator: 1, admin: 2 };
const ROLES: readonly Role[] = ["member", "moderator", "admin"];

/** Tools for moderators: numbers, users and the audit log. */
export function moderationSection(context: Context): HTMLElement {
  const stats = h("dl", {});
  const log = auditLog(context);
  const made = section(t.moderation.title, stats, userSearch(context), h("h3", {}, t.moderation.log), log.element);
  made.addEventListener("toggle", () => {
    if (!made.open) return;
    void showStats(context, stats);
    void log.load();
  });
  return made;
}

async function showStats(context: Context, place: HTMLElement): Promise<void> {
  const found = await attempt(context.client.command({ type: "GET_STATS" }));
  const numbers = (["connections", "users", "chats", "messages"] as const).map((name) => [t.moderation.stats[name], found?.[name] ?? 0] as const);
  place.replaceChildren(...numbers.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, formatNumber(value))]));
}

function userSearch(context: Context): HTMLElement {
  const list = h("ul.results", { "aria-label": t.moderation.users });
  const { element, input } = field(t.moderation.findUser, { type: "search", required: true });
  const submit = async () => {
    const page = await attempt(context.client.command({ type: "GET_USERS", search: input.value.trim(), limit: PAGE }));
    list.replaceChildren(...(page?.users ?? []).map((user) => userRow(context, user)));
    if (list.children.length === 0) list.append(h("li.empty", {}, t.nothingFound));
  };
  return h("div", {}, h("form.inline", { onsubmit: submitting(submit) }, element, h("button", { type: "submit" }, t.search)), list);
}

function userRow(context: Context, user: User): HTMLElement {
  const { client } = context;
  const name = isolate(user.displayName);
  const ban = async () => {
    const sure = await confirmed({ title: t.moderation.banTitle, text: t.moderation.banText(name), action: t.moderation.ban });
    if (sure && (await attempt(client.command({ type: "BAN_USER", userId: user.id })))) toast(t.moderation.banned(name));
  };
  const unban = async () => (await attempt(client.command({ type: "UNBAN_USER", userId: user.id }))) && toast(t.moderation.unbanned(name));
  const disconnect = async () => (await attempt(client.command({ type: "DISCONNECT_USER", userId: user.id }))) && toast(t.moderation.disconnected(name));
  const setRole = (role: string) => void attempt(client.command({ type: "SET_USER_ROLE", userId: user.id, role: role as Role }));
  // Nobody may act on those of the same or a higher role; the server refuses it anyhow.
  const below = RANKS[user.role] < RANKS[client.me.role];
  return h("li.moderated", {}, userAvatar(user, user.status), h("span.lines", {}, h("strong", {}, bdi(user.displayName)), h("small", {}, bdi(`@${user.username}`), ` · ${t.serverRoles[user.role]}`)),
    below && h("span.actions", {}, button(t.moderation.disconnect, () => void disconnect()), button(t.moderation.ban, () => void ban(), "danger"), button(t.moderation.unban, () => void unban()),
      client.me.role === "admin" && choice(t.profile.role, ROLES.map((value) => ({ value, label: t.serverRoles[value] })), user.role, setRole)));
}

interface AuditLog {
  element: HTMLElement;
  load(): Promise<void>;
}

function auditLog(context: Context): AuditLog {
  const list = h("ul.results", { "aria-label": t.moderation.log });
  const more = button(t.loadMore, () => void load(cursor));
  more.hidden = true;
  let cursor: string | undefined;
  let asked = 0;
  const load = async (from?: string) => {
    const number = ++asked;
    more.hidden = true;
    const page = await attempt(context.client.command({ type: "GET_AUDIT_LOG", limit: PAGE, cursor: from }));
    // Only the answer to the latest question: two answers to the same one would be listed twice.
    if (number !== asked) return;
    more.hidden = (page ? page.nextCursor : from) === undefined;
    if (!page) return;
    if (from === undefined) list.replaceChildren();
    list.append(...page.entries.map((entry) => auditRow(context, entry)));
    cursor = page.nextCursor;
  };
  return { element: h("div", {}, list, more), load: () => load() };
}

function auditRow(context: Context, { at, actorId, command, targetId, reason }: Entry): HTMLElement {
  const { me, users } = context.client.state;
  const name = (id: string) => isolate((id === me?.id ? me : users.get(id))?.displayName ?? id);
  const arrow = document.documentElement.dir === "rtl" ? "←" : "→";
  const who = targetId ? `${name(actorId)} ${arrow} ${name(targetId)}` : name(actorId);
  return h("li", {}, h("span.lines", {}, h("strong", {}, h("bdi", { dir: "ltr" }, command)), h("small", {}, sentence(who), reason ? " · " : "", reason ? bdi(reason) : "")), h("time", { datetime: at }, formatMoment(at)));
}
