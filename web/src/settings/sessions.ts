import type { Context } from "../context.ts";
import { attempt } from "../dialog.ts";
import { bdi, button, h } from "../dom.ts";
import { formatMoment } from "../format.ts";
import { t } from "../i18n.ts";
import { listSection } from "./section.ts";

/** The user's sessions, each of which can be ended. */
export function sessionsSection(context: Context): HTMLElement {
  const { client } = context;
  const list = h("ul.results", { "aria-label": t.sessions });
  const load = async () => {
    const found = await attempt(client.command({ type: "GET_SESSIONS" }));
    list.replaceChildren(...(found?.sessions ?? []).map(({ id, deviceId, lastSeenAt, current }) => {
      const revoke = async () => (await attempt(client.command({ type: "REVOKE_SESSION", sessionId: id }))) && load();
      return h("li", {}, h("span.lines", {}, h("strong", {}, deviceId ? bdi(deviceId) : t.unnamedDevice), h("small", {}, t.lastUsed(formatMoment(lastSeenAt)))),
        current ? h("span.chip", {}, t.thisDevice) : button(t.logOut, () => void revoke()));
    }));
  };
  return listSection(t.sessions, list, load);
}
