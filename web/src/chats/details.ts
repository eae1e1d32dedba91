import type { Chat } from "pichat-client";
import type { Context } from "../context.ts";
import { chatTitle } from "../context.ts";
import { attempt, confirmed, dialog, toast } from "../dialog.ts";
import { button, choice, field, h, sentence, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { messageSnippet } from "../markdown/plain.ts";
import { peopleField } from "../people.ts";
import { notifyLevel, type NotifyLevel } from "../storage.ts";
import { isolate } from "../text.ts";
import { memberList } from "./members.ts";

/** A chat: what it is about, what is pinned, who is in it, and what may be done with it. */
export function chatDetails(context: Context, chat: Chat): void {
  const { kind, myRole } = chat.object;
  const manages = kind !== "direct" && (myRole === "owner" || myRole === "admin");
  const done = () => made.close();
  const { element: members, stop } = memberList(context, chat, manages, done);
  const made = dialog(isolate(chatTitle(chat)), chat.object.description && !manages && h("p", { dir: "auto" }, chat.object.description), pins(context, chat, done),
    notifying(chat), h("h3", {}, t.membersHeading), members, manages && addMembers(context, chat), manages && editChat(context, chat), manages && liftBan(context, chat), actions(context, chat, done));
  made.addEventListener("close", stop);
}

type Posting = Chat["object"]["posting"];

const LEVELS: readonly NotifyLevel[] = ["all", "mentions", "nothing"];

function notifying(chat: Chat): HTMLElement {
  const options = [{ value: "", label: t.notify.usual }, ...LEVELS.map((value) => ({ value, label: t.notify[value] }))];
  return choice(t.notify.title, options, notifyLevel.get(chat.id) ?? "", (value) => notifyLevel.set(chat.id, (value || undefined) as NotifyLevel | undefined));
}

function editChat(context: Context, chat: Chat): HTMLElement {
  const name = field(t.name, { value: chat.object.name, required: true, maxlength: 80 });
  const description = field(t.description, { value: chat.object.description ?? "", maxlength: 500 });
  let posting: Posting = chat.object.posting;
  const options = (["everyone", "admins"] as const).map((value) => ({ value, label: t.posting[value] }));
  const who = choice(t.posting.title, options, posting, (value) => (posting = value as Posting));
  const submit = async () => {
    const changes = { name: name.input.value.trim(), description: description.input.value.trim(), posting };
    if (await attempt(context.client.command({ type: "UPDATE_CHAT", chatId: chat.id, ...changes }))) toast(t.saved);
  };
  return h("details", {}, h("summary", {}, t.editChat), h("form", { onsubmit: submitting(submit) }, name.element, description.element, who, h("button", { type: "submit" }, t.save)));
}

/** The protocol has no list of those who are banned, so that their name is asked for. */
function liftBan(context: Context, chat: Chat): HTMLElement {
  const user = field(t.username, { required: true, maxlength: 32, dir: "ltr", spellcheck: "false" });
  const submit = async () => {
    const userId = user.input.value.trim();
    if (!(await attempt(context.client.command({ type: "UNBAN_MEMBER", chatId: chat.id, userId })))) return;
    toast(t.banLifted(isolate(userId)));
    user.input.value = "";
  };
  return h("details", {}, h("summary", {}, t.liftBan), h("form.inline", { onsubmit: submitting(submit) }, user.element, h("button", { type: "submit" }, t.moderation.unban)));
}

function addMembers(context: Context, chat: Chat): HTMLElement {
  const people = peopleField(context, t.addMembers, { several: true });
  const submit = async () => {
    const members = people.names();
    if (members.length && (await attempt(context.client.command({ type: "ADD_MEMBERS", chatId: chat.id, members })))) people.clear();
  };
  return h("form.inline", { onsubmit: submitting(submit) }, people.element, h("button", { type: "submit" }, t.add));
}

function pins(context: Context, chat: Chat, done: () => void): HTMLElement | false {
  const { pinned } = chat.object;
  if (pinned.length === 0) return false;
  const row = (id: string) => {
    const message = chat.message(id);
    const text = message ? t.says(isolate(message.sender.displayName), isolate(messageSnippet(message))) : t.earlierMessage;
    const open = () => {
      done();
      context.showMessage({ chatId: chat.id, id });
    };
    return h("li", {}, h("button.hit.pin", { type: "button", onclick: open }, icon("pin"), h("span", {}, sentence(text))));
  };
  return h("div", {}, h("h3", {}, t.pinnedMessages), h("ul.results", { "aria-label": t.pinnedMessages }, ...pinned.map(row)));
}

function actions(context: Context, chat: Chat, done: () => void): HTMLElement {
  const { kind, myRole, active } = chat.object;
  const { client, wishes } = context;
  const muted = wishes.isMuted(chat);
  const mute = () => {
    void wishes.mute(chat, !muted, client.command({ type: "MUTE_CHAT", chatId: chat.id, ...(muted ? { until: null } : {}) }));
    done();
  };
  const leave = async () => {
    const sure = await confirmed({ title: t.leaveTitle, text: t.leaveText(isolate(chatTitle(chat))), action: t.leave });
    if (sure && (await attempt(chat.leave()))) done();
  };
  const remove = async () => {
    const sure = await confirmed({ title: t.deleteChatTitle, text: t.deleteChatText(isolate(chatTitle(chat))), action: t.deleteChat });
    if (sure && (await attempt(client.command({ type: "DELETE_CHAT", chatId: chat.id })))) done();
  };
  const archive = async () => {
    const sure = !active || (await confirmed({ title: t.archiveTitle, text: t.archiveText(isolate(chatTitle(chat))), action: t.archive, danger: false }));
    if (sure && (await attempt(client.command({ type: "UPDATE_CHAT", chatId: chat.id, active: !active })))) done();
  };
  const owns = kind === "direct" || myRole === "owner";
  const manages = kind !== "direct" && (myRole === "owner" || myRole === "admin");
  return h("footer", {}, button(muted ? t.unmute : t.mute, mute), manages && button(active ? t.archive : t.restore, () => void archive()), kind !== "direct" && button(t.leave, () => void leave(), "danger"),
    owns && button(t.deleteChat, () => void remove(), "danger"));
}

