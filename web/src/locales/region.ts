/** The browser's own variant of a language, such as en-GB or ar-EG: it decides how numbers, dates and lists look. */
export const regional = (language: string): string => navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
