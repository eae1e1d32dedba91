import type { Message } from "pichat-client";
import type { Context } from "../context.ts";
import { dialog } from "../dialog.ts";
import { button, h } from "../dom.ts";
import { t } from "../i18n.ts";
import { refusedText } from "../refused.ts";
import { messageHit } from "./hit.ts";

const PAGE = 30;

/** Messages that mention the user, newest first; those not read yet are marked. */
export function mentionsInbox(context: Context): void {
  const list = h("ul.results", { "aria-label": t.mentions });
  const status = h("p.empty", { role: "status" }, t.loading);
  const more = button(t.loadMore, () => void load());
  more.hidden = true;
  let cursor: string | undefined;
  const load = async () => {
    more.hidden = true;
    try {
      const page = await context.client.command({ type: "GET_MENTIONS", limit: PAGE, cursor });
      list.append(...page.messages.map((message) => entry(context, message, () => made.close())));
      cursor = page.nextCursor;
      more.hidden = cursor === undefined;
      status.textContent = list.children.length ? "" : t.noMentions;
    } catch (error) {
      status.textContent = refusedText(error);
    }
  };
  const made = dialog(t.mentions, status, list, more);
  void load();
}

function entry(context: Context, message: Message, chosen: () => void): HTMLElement {
  const readSeq = context.client.state.rooms.get(message.chatId)?.chat.readSeq ?? Infinity;
  const unread = message.seq > readSeq;
  return h(unread ? "li.unread" : "li", {}, messageHit(context, message, chosen), unread && h("span.unread-dot", { role: "img", "aria-label": t.unread }));
}
