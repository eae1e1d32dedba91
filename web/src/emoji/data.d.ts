/** Made at build time from emojibase: per group, lines of an emoji, its name and further words to find it by, separated by tabs. */
declare module "emoji-data" {
  export interface EmojiGroup {
    key: "smileys" | "people" | "animals" | "food" | "travel" | "activities" | "objects" | "symbols" | "flags";
    lines: string;
  }
  export const groups: EmojiGroup[];
}
