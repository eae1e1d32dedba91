/** Makes a UUIDv7. It sorts by time and needs no `crypto.randomUUID`, which pages without https lack. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const MAX_ID_CHARS = 128;

/** Derives the id of a reply from the message it answers, so that answering twice sends one message. */
export function replyId(messageId: string, count: number): string {
  const prefix = count === 1 ? "answer-" : `answer${count}-`;
  // An id near the limit gives up its beginning, which differs least between ids.
  return prefix + messageId.slice(-(MAX_ID_CHARS - prefix.length));
}
