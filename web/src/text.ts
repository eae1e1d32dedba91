import type { User } from "pichat-client";
import { h } from "./dom.ts";

const PIECES = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|(^|[^\w@])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g;

/** Message text as nodes: addresses become links, mentions stand out, all else is text as it is. */
export function rich(text: string, me: string): Node[] {
  const nodes: Node[] = [];
  let done = 0;
  for (const match of text.matchAll(PIECES)) {
    const [whole, address, before = "", mention] = match;
    nodes.push(document.createTextNode(text.slice(done, match.index) + before));
    if (address) nodes.push(h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address));
    else nodes.push(h(mention!.slice(1).toLowerCase() === me.toLowerCase() ? "span.mention.own" : "span.mention", {}, mention!));
    done = match.index + whole.length;
  }
  nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

export const timeOf = (at: string) => clock.format(new Date(at));

/** A day for a heading. */
export function dayOf(at: string): string {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return "Today";
  if (day === new Date(Date.now() - 86_400_000).toDateString()) return "Yesterday";
  return date.format(new Date(at));
}

/** A time for a list: of today the clock, else the day. */
export function briefly(at: string): string {
  const then = new Date(at);
  return then.toDateString() === new Date().toDateString() ? clock.format(then) : short.format(then);
}

const initials = (name: string) =>
  name.split(/[\s_.-]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]!.toUpperCase()).join("") || "?";

function hue(id: string): number {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return sum % 10;
}

/** A disc with initials; a picture from elsewhere would tell its server who looks. */
export function avatar(id: string, name: string, status?: User["status"]): HTMLElement {
  const dot = status && h(`span.dot.${status}` as "span", { role: "img", "aria-label": status });
  return h(`span.avatar.hue-${hue(id)}` as "span", {}, h("span", { "aria-hidden": "true" }, initials(name)), dot);
}

/** One line of what was said. */
export const snippet = (text: string, most = 90) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
};
