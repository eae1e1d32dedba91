const ISOLATE = "\u2068";
const END_ISOLATE = "\u2069";
const ISOLATES = /[\u2066-\u2069]/g;
const ISOLATED = /\u2068([^\u2069]*)\u2069/g;

/** Wraps somebody's words so that their writing direction cannot reorder the sentence around them. */
export const isolate = (text: string): string => ISOLATE + text.replace(ISOLATES, "") + END_ISOLATE;

/** A part of a sentence; isolated parts go into `<bdi>` elements. */
export interface Part {
  text: string;
  isolated: boolean;
}

/** Splits a sentence at the texts that `isolate` wrapped. */
export function parts(sentence: string): Part[] {
  const found: Part[] = [];
  let end = 0;
  for (const match of sentence.matchAll(ISOLATED)) {
    if (match.index > end) found.push({ text: sentence.slice(end, match.index), isolated: false });
    found.push({ text: match[1]!, isolated: true });
    end = match.index + match[0].length;
  }
  if (end < sentence.length) found.push({ text: sentence.slice(end), isolated: false });
  return found;
}

/** The text on one line, cut to a length. */
export function snippet(text: string, most = 90): string {
  // Cutting first bounds the work for long texts; cutting by code points keeps surrogate pairs whole.
  const line = text.slice(0, most * 8).replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : line;
}

/** The length as the server counts it: in Unicode scalar values. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The server's sentence, without the code in front of it. */
export const errorText = (error: unknown): string => (error as Error).message.replace(/^[A-Z_]+: /, "");
