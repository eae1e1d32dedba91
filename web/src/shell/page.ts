import { h, iconButton } from "../dom.ts";
import { growField } from "../grow.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { routeOf } from "../route.ts";
import { BLANK, chatsSkeleton, messagesSkeleton, nameSkeleton } from "../skeletons.ts";
import { drafts, lastChat, type LastChat } from "../storage.ts";
import { isolate } from "../text.ts";
import type { ShellComposer, ShellPage } from "./handover.ts";

/** A button that does nothing before the scripts are loaded. */
const later = (sign: string, label: string, more = {}): HTMLButtonElement => iconButton(sign, label, () => {}, { disabled: true, ...more });

/** Leaves the chat for the list, as the router does once it is there. */
function toList(): void {
  history.replaceState(null, "", location.pathname);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

function backButton(): HTMLButtonElement {
  const back = iconButton("back", t.backToChats, toList);
  back.classList.add("back");
  return back;
}

/** What is typed is kept as the chat's draft; Enter puts it among what is sent as soon as that is possible. */
function composer(chat: LastChat): { parts: ShellComposer; element: HTMLElement } {
  const input = h("textarea", { rows: "1", placeholder: t.messageTo(isolate(chat.title)), "aria-label": t.message, enterkeyhint: "send", autocomplete: "off", dir: "auto" });
  const parts: ShellComposer = { chatId: chat.id, input, sent: [] };
  const keep = () => {
    growField(input);
    drafts.set(chat.id, [...parts.sent, input.value].filter(Boolean).join("\n"));
  };
  const send = () => {
    const text = input.value.trim();
    if (text) parts.sent.push(text);
    input.value = "";
    keep();
  };
  input.value = drafts.get(chat.id);
  input.addEventListener("input", keep);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const buttons = [later("clip", t.attachFiles), later("link", t.attachLink, { class: "icon wide" }), later("smile", t.insertEmoji)];
  const sendButton = h("button.icon.send", { type: "submit", title: t.send, "aria-label": t.send }, icon("send"));
  return { parts, element: h("form.composer", { onsubmit: submit }, h("div.line", {}, ...buttons, input, sendButton)) };
}

function openingChat(chat: LastChat): { element: HTMLElement; composer: ShellComposer } {
  const heading = h("header.heading", {}, backButton(), h("h2", {}, h("button.title", { type: "button", disabled: true }, h("span.bone.disc"), h("span.lines", {}, h("strong", {}, h("bdi", {}, chat.title)), h("small", {}, BLANK)))));
  const stage = h("div.stage", {}, h("div.scroller", {}, h("div.messages", {}, messagesSkeleton())));
  const { parts, element } = composer(chat);
  return { element: h("section.conversation", {}, heading, stage, h("div.typing"), element), composer: parts };
}

const unknownChat = (): HTMLElement =>
  h("section.conversation.closed", {}, h("div.preview", {}, backButton(), h("p.hero", { "aria-busy": "true" }, t.loading)));

/** Draws the page of a user who has a session, before anything is known but the chat that was open last. */
export function shellPage(place: Element): ShellPage {
  const { chatId } = routeOf(location.hash);
  const last = lastChat.get();
  const opening = last && last.id === chatId ? openingChat(last) : undefined;
  const filter = h("input", { type: "search", placeholder: t.filterChats, "aria-label": t.filterChats, dir: "auto" });
  filter.addEventListener("keydown", ({ key }) => (page.isFirstWanted = key === "Enter"));
  const buttons = [later("at", t.mentions), later("search", t.searchMessages), later("plus", t.newChat)];
  const me = h("button.me", { type: "button", title: t.settings, disabled: true }, ...nameSkeleton());
  const sidebar = h("nav.sidebar", { "aria-label": t.chats }, h("header", {}, me, ...buttons), filter, h("ul.chats", { "aria-label": t.chats }, ...chatsSkeleton()));
  const banner = h("div.banner", { role: "status", "aria-live": "polite", hidden: true });
  const conversation = opening?.element ?? unknownChat();
  const layout = h("div.layout", {}, banner, h("main", {}, h("h1.visually-hidden", {}, "PiChat"), sidebar, conversation));
  const page: ShellPage = { layout, banner, sidebar, conversation, filter, isComposing: false, isFirstWanted: false, composer: opening?.composer };
  layout.addEventListener("compositionstart", () => (page.isComposing = true));
  layout.addEventListener("compositionend", () => (page.isComposing = false));
  const showRoute = () => layout.classList.toggle("open", routeOf(location.hash).chatId !== "");
  window.addEventListener("popstate", showRoute);
  showRoute();
  place.replaceChildren(layout);
  if (opening) growField(opening.composer.input);
  if (opening && window.matchMedia("(hover: hover)").matches) opening.composer.input.focus();
  return page;
}
