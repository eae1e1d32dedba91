import { language, t } from "./i18n.ts";
import type { Strings } from "./locales/strings.ts";
import { knownRefusal, type Refusal } from "./refusals.ts";
import { errorText } from "./text.ts";

/** Refusals of one code: those of these commands and fields, or of all. */
interface Known {
  code: string;
  commands?: RegExp;
  fields?: RegExp;
  text: keyof Strings["refused"];
}

const KNOWN: readonly Known[] = [
  { code: "UNAUTHENTICATED", fields: /assword$/, text: "wrongPassword" },
  { code: "INVALID_ARGUMENT", fields: /assword$/, text: "badPassword" },
  { code: "INVALID_ARGUMENT", fields: /^(name|displayName|username)$/, text: "badName" },
  { code: "INVALID_ARGUMENT", fields: /^email$/, text: "badEmail" },
  { code: "FORBIDDEN", fields: /^displayName$/, text: "reservedName" },
  { code: "CONFLICT", commands: /^(LEAVE_CHAT|UPDATE_MEMBER)$/, text: "lastOwner" },
  { code: "CONFLICT", commands: /^(SEND_MESSAGE|EDIT_MESSAGE|ADD_MEMBERS|BAN_MEMBER|CREATE_UPLOAD)$/, fields: /^(chatId)?$/, text: "archived" },
  { code: "TOO_LARGE", fields: /content$/, text: "tooLong" },
  { code: "UNAVAILABLE", text: "serverFailed" },
  { code: "INTERNAL", text: "serverFailed" },
];

/** The server's own sentence tells more than these, such as the reason of a ban, to those who read English. */
const GENERAL: readonly Known[] = [
  { code: "FORBIDDEN", commands: /^(SEND_MESSAGE|CREATE_UPLOAD)$/, text: "mayNotWrite" },
  { code: "FORBIDDEN", commands: /^JOIN_CHAT$/, text: "mayNotJoin" },
  { code: "FORBIDDEN", text: "notAllowed" },
  { code: "NOT_FOUND", text: "gone" },
];

const LOST = /^(ConnectionLost|ConnectionFailed|TimedOut)$/;

/** A refusal in the language of the page, if people meet it often; of others the server's sentence. */
export function refusedText(error: unknown): string {
  const { code, command = "", field = "", name } = error as Refusal & { name: string };
  const textOf = (all: readonly Known[]) => {
    const known = all.find((one) => one.code === code && (one.commands?.test(command) ?? true) && (one.fields?.test(field) ?? true));
    return known && t.refused[known.text];
  };
  if (LOST.test(name)) return t.refused.noAnswer;
  const entrance = knownRefusal(error as Refusal);
  return textOf(KNOWN) ?? entrance ?? (language === "en" ? undefined : textOf(GENERAL)) ?? errorText(error);
}
