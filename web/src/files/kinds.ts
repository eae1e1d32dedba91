import type { Attachment } from "pichat-client";

/** Pictures that the server lets browsers show. */
const PICTURES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/** A picture that this server stores. */
export type Picture = Attachment & { id: string };

export const isPictureType = (mimeType: string): boolean => PICTURES.includes(mimeType);

/** True for a file that this server stores; others are links. */
export const isStored = (file: Attachment): file is Picture => file.id !== undefined && file.url.startsWith("/files/");

/** True for a file of this server that is shown as a picture. */
export const isPicture = (file: Attachment): file is Picture => isStored(file) && isPictureType(file.mimeType);

/** Characters that are not shown, or that turn the direction of what follows. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;
const MOST_NAME_CHARACTERS = 255;

/** A file's name as the server accepts it: without a path and without hidden characters. */
export function cleanName(name: string): string {
  const characters = [...name.replace(HIDDEN, "").replace(/[/\\]/g, "_").trim()];
  const extension = [...(characters.join("").match(/\.[^.]{1,16}$/)?.[0] ?? "")];
  const cut = characters.length > MOST_NAME_CHARACTERS ? [...characters.slice(0, MOST_NAME_CHARACTERS - extension.length), ...extension] : characters;
  const cleaned = cut.join("");
  return cleaned === "" || cleaned === "." || cleaned === ".." ? "file" : cleaned;
}

/** The media type that the browser knows, if it is one. */
export const typeOf = (file: File): string => (/^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : "application/octet-stream");
