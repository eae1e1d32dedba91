import type { Chat, FrameOf } from "pichat-client";
import type { Context } from "../context.ts";
import { attempt, dialog } from "../dialog.ts";
import { bdi, field, h, submitting } from "../dom.ts";
import { t } from "../i18n.ts";
import { peopleField } from "../people.ts";
import { refusedText } from "../refused.ts";
import { tabbed } from "../tabs.ts";

type Kind = "direct" | "group" | "channel";
type Tab = Kind | "browse";
type Listed = FrameOf<"CHAT_LIST">["chats"][number];

const TABS: readonly Tab[] = ["direct", "group", "channel", "browse"];
const MOST_CHANNELS = 50;
const PAUSE_MS = 200;

/** Starts a chat, or joins a channel. */
export function newChat(context: Context): void {
  const finish = (chat: Chat) => {
    made.close();
    context.open(chat.id);
  };
  const content = (tab: Tab) => (tab === "browse" ? browser(context, finish) : form(context, tab, finish));
  const place = h("div", {}, ...tabbed({ all: TABS, labels: t.newChatTabs, content }));
  const made = dialog(t.newChat, place);
  place.querySelector("input")?.focus();
}

function form(context: Context, kind: Kind, finish: (chat: Chat) => void): HTMLElement {
  const person = peopleField(context, t.username, { several: false });
  const name = field(kind === "channel" ? t.channelName : t.name, { required: kind === "channel", maxlength: 80 });
  const description = field(t.descriptionOptional, { maxlength: 500 });
  const people = peopleField(context, t.membersOptional, { several: true });
  const create = async () => {
    if (kind === "direct") return context.client.direct(person.names()[0] ?? "");
    const about = { name: name.input.value.trim().replace(/^#/, "") || undefined, description: description.input.value.trim() || undefined };
    return context.client.create({ kind, ...about, members: people.names() });
  };
  const problem = h("p.problem", { role: "alert", id: "new-chat-problem" });
  const submit = async () => {
    try {
      finish(await create());
    } catch (error) {
      problem.textContent = refusedText(error);
    }
  };
  const fields = kind === "direct" ? [person.element] : [name.element, description.element, people.element];
  for (const field of fields) field.querySelector("input")?.setAttribute("aria-describedby", problem.id);
  const oninput = () => (problem.textContent = "");
  return h("form", { onsubmit: submitting(submit), oninput }, h("p.hint", {}, t.newChatHints[kind]), ...fields, problem, h("button.primary", { type: "submit" }, kind === "direct" ? t.openChat : t.create));
}

function browser(context: Context, finish: (chat: Chat) => void): HTMLElement {
  const list = h("ul.results", { "aria-label": t.channels });
  const status = h("p.empty", { role: "status" });
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = async () => {
    const number = ++asked;
    const page = await attempt(context.client.command({ type: "GET_CHATS", scope: "public", search: input.value.trim() || undefined, limit: MOST_CHANNELS }));
    if (number !== asked || !page) return;
    list.replaceChildren(...page.chats.map((chat) => channelRow(context, chat, finish)));
    status.textContent = page.chats.length ? "" : t.noChannelOfThatName;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), PAUSE_MS);
  };
  const { element, input } = field(t.findChannel, { type: "search", oninput: later });
  void draw();
  return h("div", {}, element, status, list);
}

function channelRow(context: Context, chat: Listed, finish: (chat: Chat) => void): HTMLElement {
  const member = context.client.state.rooms.has(chat.id);
  const enter = async () => {
    const joined = member ? context.client.chat(chat.id) : await attempt(context.client.join(chat.id));
    if (joined) finish(joined);
  };
  return h("li.channel", {},
    h("span.lines", {}, h("strong", {}, bdi(`#${chat.name}`)), h("small", {}, t.members(chat.memberCount), chat.description && " · ", chat.description && bdi(chat.description))),
    h("button", { type: "button", onclick: () => void enter() }, member ? t.open : t.join));
}
