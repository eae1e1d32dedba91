/** Makes a UUIDv7. It sorts by time and needs no `crypto.randomUUID`, which pages without https lack. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = 0x70 | (bytes[0]! & 0x0f);
  bytes[2] = 0x80 | (bytes[2]! & 0x3f);
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const digits = hex(now, 12) + [...bytes].map((byte) => hex(byte, 2)).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const MAX_ID_CHARS = 128;

/** Derives the id of a reply from the message it answers, so that answering twice sends one message. */
export function replyId(messageId: string, count: number): string {
  const prefix = count === 1 ? "answer-" : `answer${count}-`;
  // An id near the limit gives up its beginning, which differs least between ids.
  return prefix + messageId.slice(-(MAX_ID_CHARS - prefix.length));
}
