import type { Chat, Member } from "pichat-client";
import { userAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { attempt, confirmed } from "../dialog.ts";
import { bdi, h, iconButton } from "../dom.ts";
import { compareNames } from "../format.ts";
import { t } from "../i18n.ts";
import { openDirectChat, showProfile } from "../profile.ts";
import { isolate } from "../text.ts";

type Role = Member["role"];

const ROLES: readonly Role[] = ["owner", "admin", "member"];
const RANKS = { owner: 0, admin: 1, member: 2 } as const;

export interface MemberList {
  element: HTMLElement;
  /** Ends following the changes of the chat. */
  stop(): void;
}

/** The members of a chat, kept up to date while it is shown. */
export function memberList(context: Context, chat: Chat, manages: boolean, done: () => void): MemberList {
  const element = h("ul.results", { "aria-label": t.membersHeading });
  const draw = async () => {
    const members = await attempt(chat.members());
    if (members) element.replaceChildren(...[...members.values()].sort(byRank).map((member) => memberRow(context, chat, member, manages, done)));
  };
  const stop = context.client.on("change", (chats) => chats.has(chat.id) && context.client.state.rooms.has(chat.id) && void draw());
  void draw();
  return { element, stop };
}

const byRank = (one: Member, other: Member) => RANKS[one.role] - RANKS[other.role] || compareNames(one.user.displayName, other.user.displayName);

function memberRow(context: Context, chat: Chat, { user, role }: Member, manages: boolean, done: () => void): HTMLElement {
  const name = isolate(user.displayName);
  const own = user.id === context.client.me.id;
  const ownsChat = manages && chat.object.myRole === "owner";
  const write = async () => (await openDirectChat(context, user.id)) && done();
  return h("li.member", {},
    h("button.person", { type: "button", onclick: () => showProfile(context, user.id) }, userAvatar(user, user.status),
      h("span.lines", {}, h("strong", {}, bdi(user.displayName)), h("small", {}, bdi(`@${user.username}`)))),
    h("span.actions", {},
      ownsChat && !own ? roleChoice(context, chat, user.id, role, name) : role !== "member" && h("span.chip", {}, t.roles[role]),
      !own && chat.object.kind !== "direct" && iconButton("mail", t.writeTo(name), () => void write()),
      manages && !own && iconButton("ban", t.banMember(name), () => void ban(context, chat, user.id, name)),
      manages && !own && iconButton("close", t.removeMember(name), () => void remove(context, chat, user.id, name))));
}

/** Owners choose roles; making somebody else an owner hands the chat over. */
function roleChoice(context: Context, chat: Chat, userId: string, role: Role, name: string): HTMLElement {
  const change = () => void attempt(context.client.command({ type: "UPDATE_MEMBER", chatId: chat.id, userId, role: select.value as Role }));
  const select = h("select.role", { "aria-label": t.roleOf(name), onchange: change }, ...ROLES.map((value) => h("option", { value }, t.roles[value])));
  select.value = role;
  return select;
}

async function ban(context: Context, chat: Chat, userId: string, name: string): Promise<void> {
  const sure = await confirmed({ title: t.banMemberTitle, text: t.banMemberText(name, isolate(chatTitle(chat))), action: t.ban });
  if (sure) await attempt(context.client.command({ type: "BAN_MEMBER", chatId: chat.id, userId }));
}

async function remove(context: Context, chat: Chat, userId: string, name: string): Promise<void> {
  const sure = await confirmed({ title: t.removeMemberTitle, text: t.removeMemberText(name, isolate(chatTitle(chat))), action: t.remove });
  if (sure) await attempt(context.client.command({ type: "REMOVE_MEMBERS", chatId: chat.id, userIds: [userId] }));
}
