import { t } from "./i18n.ts";
import { errorText } from "./text.ts";

/** A refusal that people meet often, in the language of the page; of others the server's sentence. */
export function refusalText(error: unknown): string {
  const { code, field = "" } = error as { code?: string; field?: string };
  if (code === "RATE_LIMITED") return t.refusals.tooOften;
  if (code === "NOT_FOUND" && /^(userId|members)/.test(field)) return t.refusals.noSuchUser;
  if (code === "CONFLICT" && field === "name") return t.refusals.channelTaken;
  return errorText(error);
}
