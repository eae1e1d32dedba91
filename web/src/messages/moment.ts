import type { Message } from "pichat-client";

/** Messages of one sender within this time are grouped under one name. */
const GROUPED_WITHIN_MS = 300_000;

interface Moment {
  ms: number;
  day: string;
}

const moments = new WeakMap<Message, Moment>();

/** Parsing dates is slow, and every draw looks at hundreds. */
function momentOf(message: Message): Moment {
  let known = moments.get(message);
  if (!known) {
    const date = new Date(message.createdAt);
    known = { ms: date.getTime(), day: date.toDateString() };
    moments.set(message, known);
  }
  return known;
}

/** The local day on which a message was sent. */
export const dayOf = (message: Message): string => momentOf(message).day;

/** True if a message is grouped with the previous one under the same name. */
export function follows(message: Message, previous: Message): boolean {
  const soon = momentOf(message).ms - momentOf(previous).ms < GROUPED_WITHIN_MS && dayOf(message) === dayOf(previous);
  return soon && message.sender.id === previous.sender.id && !message.replyTo;
}
