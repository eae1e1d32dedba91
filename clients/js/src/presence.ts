import type { Chat } from "./chat.js";
import type { Client } from "./client.js";
import type { PresenceStatus } from "./protocol.js";

/** The presence of a user; undefined until it is known. */
export function presenceOf(client: Client, userId: string): PresenceStatus | undefined {
  const { me, users } = client.state;
  return (me?.id === userId ? me : users.get(userId))?.status;
}

/**
 * Calls back with a user's presence, at once and whenever it changes; the returned function ends this.
 *
 * Users one shares no chat with appear offline.
 */
export function watchPresence(client: Client, userId: string, changed: (presence: PresenceStatus | undefined) => void): () => void {
  let told = presenceOf(client, userId);
  const look = () => {
    const presence = presenceOf(client, userId);
    if (presence !== told) changed((told = presence));
  };
  const ask = () => {
    if (client.status.phase !== "online" || presenceOf(client, userId) !== undefined) return;
    client.command({ type: "GET_USER", userId }).then(look, () => {});
  };
  const offs = [client.on("change", look), client.on("PRESENCE", look), client.on("status", ask)];
  changed(told);
  ask();
  return () => offs.forEach((off) => off());
}

/** The interval between repeated notices; the server forgets them after 10 s. */
const TYPING_EVERY_MS = 4_000;

/** Tells the others in a chat that this user is typing: call the returned function with the text on every key. */
export function typingReporter(chat: Chat | undefined): (text: string) => void {
  let toldAt = 0;
  return (text) => {
    const isTyping = text.trim() !== "";
    if (isTyping && Date.now() - toldAt < TYPING_EVERY_MS) return;
    if (!isTyping && toldAt === 0) return;
    toldAt = isTyping ? Date.now() : 0;
    void chat?.typing(isTyping);
  };
}

/** Options for following the user's activity. */
export interface ActivityOptions {
  /** The time without activity after which the user is away; five minutes by default. */
  awayAfterMs?: number;
  /** The target whose input events count as activity; the page by default. */
  target?: Pick<EventTarget, "addEventListener" | "removeEventListener">;
}

const ACTIVITY = ["keydown", "pointerdown", "pointermove", "wheel", "visibilitychange"];

/** Shows the user as away after a while without a key or a pointer, and as online again; the returned function ends this. */
export function followActivity(client: Client, { awayAfterMs = 300_000, target = document }: ActivityOptions = {}): () => void {
  let isAway = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A connection that is lost, or a rate limit, is no reason to tell anybody: the next one begins anew.
  const tell = () => {
    if (client.status.phase === "online")
      client.command({ type: "SET_PRESENCE", status: isAway ? "away" : "online" }).catch(() => {});
  };
  const become = (away: boolean) => {
    if (away === isAway) return;
    isAway = away;
    tell();
  };
  const active = () => {
    // Showing a page is activity, hiding it is none.
    if ((target as Partial<Document>).visibilityState === "hidden") return;
    clearTimeout(timer);
    timer = setTimeout(become, awayAfterMs, true);
    become(false);
  };
  // A new connection is online, whatever the last one has said.
  const off = client.on("status", ({ phase }) => phase === "online" && isAway && tell());
  for (const name of ACTIVITY) target.addEventListener(name, active, { passive: true });
  active();
  return () => {
    off();
    clearTimeout(timer);
    for (const name of ACTIVITY) target.removeEventListener(name, active);
  };
}
