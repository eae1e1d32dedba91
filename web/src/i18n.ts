import type { Strings } from "./locales/strings.ts";
import { regional } from "./locales/region.ts";
import { language as stored } from "./storage.ts";

export type Language = "en" | "de" | "ar";

const DIRECTIONS: Record<Language, "ltr" | "rtl"> = { en: "ltr", de: "ltr", ar: "rtl" };

const isLanguage = (name: string | undefined): name is Language => name !== undefined && name in DIRECTIONS;
const base = (tag: string) => tag.split("-")[0]!;

/** The language of the page: the user's choice, else the first of the browser's that there is. */
function chosen(): Language {
  const preferred = [stored.get(), ...navigator.languages.map(base)];
  return preferred.find(isLanguage) ?? "en";
}

export const language: Language = chosen();

/** Every text of the page, in the language of the page; the shell has only those of the entrance. */
export let t: Strings;

/** Sets the texts, before anything is drawn. */
export function useStrings(strings: Strings): void {
  t = strings;
}

/** The locale for dates and numbers. */
export const locale: string = regional(language);

/** Tells the document its language and direction. */
export function applyLanguage(): void {
  document.documentElement.lang = language;
  document.documentElement.dir = DIRECTIONS[language];
}
