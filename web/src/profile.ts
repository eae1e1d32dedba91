import type { Chat, User } from "pichat-client";
import { userAvatar } from "./avatar.ts";
import type { Context } from "./context.ts";
import { attempt, dialog } from "./dialog.ts";
import { bdi, button, h } from "./dom.ts";
import { formatMoment } from "./format.ts";
import { t } from "./i18n.ts";

/** Shows who a user is, and the way to a direct chat. */
export function showProfile(context: Context, userId: string): void {
  const place = h("div.profile-place", { "aria-busy": "true" }, h("p.empty", {}, t.loading));
  const made = dialog(t.profile.title, place);
  const show = async () => {
    const found = await attempt(context.client.command({ type: "GET_USER", userId }));
    if (!found) return made.close();
    place.replaceChildren(...profile(context, found.user, () => made.close()));
    place.removeAttribute("aria-busy");
  };
  void show();
}

/** Shows the profile of a mentioned member. */
export function showProfileOf(context: Context, chat: Chat, username: string): void {
  const member = [...(chat.room.members?.values() ?? [])].find(({ user }) => user.username.toLowerCase() === username.toLowerCase());
  if (member) showProfile(context, member.user.id);
}

/** Opens the direct chat with a user. */
export async function openDirectChat(context: Context, userId: string): Promise<boolean> {
  const chat = await attempt(context.client.direct(userId));
  if (chat) context.open(chat.id);
  return chat !== undefined;
}

function profile(context: Context, user: User, done: () => void): HTMLElement[] {
  const facts = [
    [t.profile.status, t.status[user.status]],
    user.lastSeenAt && user.status === "offline" && [t.profile.lastSeen, formatMoment(user.lastSeenAt)],
    [t.profile.role, t.serverRoles[user.role]],
    [t.profile.since, formatMoment(user.createdAt)],
  ].filter((fact): fact is [string, string] => Boolean(fact));
  const write = async () => (await openDirectChat(context, user.id)) && done();
  const own = user.id === context.client.me.id;
  const card = h("div.profile", {}, userAvatar(user, user.status),
    h("div.lines", {}, h("strong", {}, bdi(user.displayName)), h("small", {}, bdi(`@${user.username}`), user.kind === "bot" && h("span.bot", {}, t.bot))));
  const list = h("dl", {}, ...facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  return own ? [card, list] : [card, list, h("footer", {}, button(t.profile.write, () => void write(), "primary"))];
}
