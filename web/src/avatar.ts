import type { Chat, User } from "pichat-client";
import { h } from "./dom.ts";
import { t } from "./i18n.ts";
import { icon } from "./icons.ts";

const HUES = 10;

const initials = (name: string): string =>
  name.split(/[\s_.-]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]!.toUpperCase()).join("") || "?";

function hue(id: string): number {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)!) % 9973;
  return sum % HUES;
}

/** A disc with initials. Remote pictures are not loaded: their server would learn who looks. */
export function userAvatar(user: Pick<User, "id" | "displayName">, status?: User["status"]): HTMLElement {
  const dot = status && h(`span.dot.${status}` as "span", { role: "img", "aria-label": t.status[status] });
  return h(`span.avatar.hue-${hue(user.id)}` as "span", {}, h("bdi", { "aria-hidden": "true" }, initials(user.displayName)), dot);
}

/** The picture of a chat: people are round, channels and groups are square. */
export function chatAvatar(chat: Chat): HTMLElement {
  const { kind, peer } = chat.object;
  if (kind === "direct") return userAvatar(peer ?? { id: chat.id, displayName: chat.name }, peer?.status);
  return h(`span.avatar.square.hue-${hue(chat.id)}` as "span", {}, icon(kind === "channel" ? "hash" : "people"));
}
