/** Made at build time from emojibase: per group, lines of an emoji, a tab, and the words it is found by. */
declare module "emoji-data" {
  export interface EmojiGroup {
    key: "smileys" | "people" | "animals" | "food" | "travel" | "activities" | "objects" | "symbols" | "flags";
    lines: string;
  }
  export const groups: EmojiGroup[];
}
