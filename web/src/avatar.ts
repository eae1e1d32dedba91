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

/** A user's picture on this server. Those elsewhere are not loaded: their server would learn who looks. */
export const pictureOf = (user: Pick<User, "avatarUrl"> | undefined): string | undefined =>
  user?.avatarUrl?.startsWith("/avatars/") ? user.avatarUrl : undefined;

/** A disc with initials, and over them the user's picture once it is loaded. */
export function userAvatar(user: Pick<User, "id" | "displayName" | "avatarUrl">, status?: User["status"]): HTMLElement {
  const dot = status && h(`span.dot.${status}` as "span", { role: "img", "aria-label": t.status[status] });
  return h(`span.avatar.hue-${hue(user.id)}` as "span", {}, h("bdi", { "aria-hidden": "true" }, initials(user.displayName)), picture(pictureOf(user)), dot);
}

/** Hidden until it is loaded: a broken picture shows the initials, and so does one that is on its way. */
function picture(src: string | undefined): HTMLElement | undefined {
  if (src === undefined) return undefined;
  const image = h("img", { alt: "", hidden: true, onload: () => (image.hidden = false) });
  image.src = src;
  image.hidden = !image.complete || image.naturalWidth === 0;
  return image;
}

/** The picture of a chat: people are round, channels and groups are square. */
export function chatAvatar(chat: Chat): HTMLElement {
  const { kind, peer } = chat.object;
  if (kind === "direct") return userAvatar(peer ?? { id: chat.id, displayName: chat.name }, peer?.status);
  return h(`span.avatar.square.hue-${hue(chat.id)}` as "span", {}, icon(kind === "channel" ? "hash" : "people"));
}
