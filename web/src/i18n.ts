import { arabic } from "./locales/arabic.ts";
import { english, type Strings } from "./locales/english.ts";
import { german } from "./locales/german.ts";
import { regional } from "./locales/region.ts";
import { language as stored } from "./storage.ts";

export type Language = "en" | "de" | "ar";

interface Locale {
  strings: Strings;
  direction: "ltr" | "rtl";
}

const LOCALES: Record<Language, Locale> = {
  en: { strings: english, direction: "ltr" },
  de: { strings: german, direction: "ltr" },
  ar: { strings: arabic, direction: "rtl" },
};

const isLanguage = (name: string | undefined): name is Language => name !== undefined && name in LOCALES;
const base = (tag: string) => tag.split("-")[0]!;

/** The language of the page: the user's choice, else the first of the browser's that there is. */
function chosen(): Language {
  const preferred = [stored.get(), ...navigator.languages.map(base)];
  return preferred.find(isLanguage) ?? "en";
}

export const language: Language = chosen();

/** Every text of the page, in the language of the page. */
export const t: Strings = LOCALES[language].strings;

/** The locale for dates and numbers. */
export const locale: string = regional(language);

/** Tells the document its language and direction. */
export function applyLanguage(): void {
  document.documentElement.lang = language;
  document.documentElement.dir = LOCALES[language].direction;
}
