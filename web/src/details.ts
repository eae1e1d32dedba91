import type { Chat, Member } from "pichat-client";
import type { App } from "./app.ts";
import { attempt, dialog, field, h, iconButton } from "./dom.ts";
import { icon } from "./icons.ts";
import { peopleField } from "./people.ts";
import { avatar, snippet } from "./text.ts";

/** A chat: who is in it, what is pinned, and what may be done with it. */
export function chatDetails(app: App, chat: Chat): void {
  const { kind, myRole } = chat.object;
  const keeper = kind !== "direct" && (myRole === "owner" || myRole === "admin");
  const members = h("ul.found", { "aria-label": "Members" });
  const draw = async () => {
    const found = await attempt(chat.members());
    members.replaceChildren(...[...(found?.values() ?? [])].sort(byRank).map((member) => memberRow(app, chat, member, keeper)));
  };
  const off = app.client.on("change", (chats) => chats.has(chat.id) && app.client.state.rooms.has(chat.id) && void draw());
  const made = dialog(kind === "channel" ? `# ${chat.name}` : chat.name,
    keeper && editing(app, chat), pins(app, chat, () => made.close()), h("h3", {}, "Members"), members, keeper && adding(app, chat), actions(app, chat, () => made.close()));
  made.addEventListener("close", off);
  void draw();
}

const RANK = { owner: 0, admin: 1, member: 2 };
const byRank = (one: Member, other: Member) => RANK[one.role] - RANK[other.role] || one.user.displayName.localeCompare(other.user.displayName);

function memberRow(app: App, chat: Chat, { user, role }: Member, keeper: boolean): HTMLElement {
  const remove = () => void attempt(app.client.command({ type: "REMOVE_MEMBERS", chatId: chat.id, userIds: [user.id] }));
  const talk = async () => {
    const direct = await attempt(app.client.direct(user.id));
    if (direct) app.open(direct.id);
    document.querySelector("dialog")?.close();
  };
  const own = user.id === app.client.me.id;
  return h("li", {}, avatar(user.id, user.displayName, user.status),
    h("span", {}, h("strong", {}, user.displayName), h("small", {}, ` @${user.username}${role === "member" ? "" : ` · ${role}`}`)),
    !own && chat.object.kind !== "direct" && iconButton("mail", `Message ${user.displayName}`, () => void talk()),
    keeper && !own && iconButton("close", `Remove ${user.displayName}`, remove));
}

function editing(app: App, chat: Chat): HTMLElement {
  const [label, name] = field("Name", { value: chat.object.name, required: true, maxlength: 80 });
  const [text, description] = field("What it is about", { value: chat.object.description ?? "", maxlength: 500 });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(app.client.command({ type: "UPDATE_CHAT", chatId: chat.id, name: name.value.trim(), description: description.value.trim() }));
  };
  return h("form", { onsubmit: submit }, label, text, h("button", { type: "submit" }, "Save"));
}

function adding(app: App, chat: Chat): HTMLElement {
  const [element, names] = peopleField(app, "Add members", true);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const members = names();
    if (members.length && (await attempt(app.client.command({ type: "ADD_MEMBERS", chatId: chat.id, members })))) element.querySelector("input")!.value = "";
  };
  return h("form.inline", { onsubmit: submit }, element, h("button", { type: "submit" }, "Add"));
}

function pins(app: App, chat: Chat, done: () => void): HTMLElement | false {
  const { pinned } = chat.object;
  if (pinned.length === 0) return false;
  const open = (id: string) => () => {
    done();
    app.show({ chatId: chat.id, id });
  };
  const row = (id: string) => {
    const message = chat.message(id);
    return h("li", {}, h("button.hit", { type: "button", onclick: open(id) }, icon("pin"), message ? `${message.sender.displayName}: ${snippet(message.content)}` : "An earlier message"));
  };
  return h("ul.found", { "aria-label": "Pinned" }, ...pinned.map(row));
}

function actions(app: App, chat: Chat, done: () => void): HTMLElement {
  const { kind, myRole, muted } = chat.object;
  const mute = async () => {
    await attempt(app.client.command({ type: "MUTE_CHAT", chatId: chat.id, ...(muted ? { until: null } : {}) }));
    done();
  };
  const leave = async () => (await attempt(chat.leave())) && done();
  const remove = async () => {
    if (confirm(`Delete ${chat.name} and all its messages, for everybody?`) && (await attempt(app.client.command({ type: "DELETE_CHAT", chatId: chat.id })))) done();
  };
  return h("footer", {}, h("button", { type: "button", onclick: mute }, muted ? "Unmute" : "Mute"),
    kind !== "direct" && h("button", { type: "button", onclick: leave }, "Leave"),
    (kind === "direct" || myRole === "owner") && h("button.danger", { type: "button", onclick: remove }, "Delete"));
}
