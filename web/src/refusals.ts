import { t } from "./i18n.ts";
import { errorText } from "./text.ts";

/** The part of an error that says what was refused; errors of the connection have none of it. */
export interface Refusal {
  code?: string;
  command?: string;
  field?: string;
}

/** A refusal that people meet often at the entrance, in the language of the page. */
export function knownRefusal({ code, field = "" }: Refusal): string | undefined {
  if (code === "RATE_LIMITED") return t.refusals.tooOften;
  if (code === "NOT_FOUND" && /^(userId|members)/.test(field)) return t.refusals.noSuchUser;
  if (code === "CONFLICT" && field === "name") return t.refusals.channelTaken;
  if (code === "CONFLICT" && (field === "username" || field === "email")) return t.refusals.usernameTaken;
  return undefined;
}

/** The same, or the server's sentence. */
export const refusalText = (error: unknown): string => knownRefusal(error as Refusal) ?? errorText(error);
