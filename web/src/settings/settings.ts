import type { Context } from "../context.ts";
import { attempt, dialog, toast } from "../dialog.ts";
import { button, choice, h, toggle } from "../dom.ts";
import { t } from "../i18n.ts";
import { askForNotifications, canNotify } from "../notifications.ts";
import { contrast, density, language, notifications, theme, type Density, type Theme } from "../storage.ts";
import { accountSection } from "./account.ts";
import { archivedSection } from "./archived.ts";
import { moderationSection } from "./moderation.ts";
import { passwordSection } from "./password.ts";
import { profileSection } from "./profile.ts";
import { sessionsSection } from "./sessions.ts";
import { tokensSection } from "./tokens.ts";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const DENSITIES: readonly Density[] = ["comfortable", "compact"];
const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["ar", "العربية"]] as const;

/** The user's own profile, preferences, sessions, tokens and account. */
export function settingsDialog(context: Context): void {
  const person = context.client.me.kind === "human";
  const look = appearance(context);
  const made = dialog(t.settings, profileSection(context), look.element, notifying(),
    person && passwordSection(context), person && sessionsSection(context), person && tokensSection(context), archivedSection(context), context.client.me.role !== "member" && moderationSection(context), accountSection(context),
    h("footer", {}, h("a", { href: "/docs", target: "_blank" }, t.protocolReference), h("span.spacer"),
      person && button(t.logOutEverywhere, () => void context.logOut(true)), button(t.logOut, () => void context.logOut(false), "primary")));
  made.classList.add("settings");
  made.addEventListener("close", context.client.on("change", look.update));
}

interface Appearance {
  element: HTMLElement;
  /** Shows what was changed elsewhere. */
  update(): void;
}

function appearance(context: Context): Appearance {
  const { client } = context;
  const setTheme = (value: string) => {
    theme.set(value as Theme);
    client.command({ type: "UPDATE_SETTINGS", settings: { theme: value } }).catch(() => {});
  };
  const setLanguage = (value: string) => {
    language.set(value || undefined);
    location.reload();
  };
  const setPresence = (status: string) => void attempt(client.command({ type: "SET_PRESENCE", status: status as "online" | "away" }));
  const status = () => (client.me.status === "away" ? "away" : "online");
  const looks = choice(t.appearance, THEMES.map((value) => ({ value, label: t.themes[value] })), theme.get(), setTheme);
  const presence = choice(t.showMeAs, [{ value: "online", label: t.status.online }, { value: "away", label: t.status.away }], status(), setPresence);
  const update = () => {
    looks.querySelector("select")!.value = theme.get();
    presence.querySelector("select")!.value = status();
  };
  const element = h("div.grid", {},
    looks,
    choice(t.density, DENSITIES.map((value) => ({ value, label: t.densities[value] })), density.get(), (value) => density.set(value as Density)),
    choice(t.language, [{ value: "", label: t.browserLanguage }, ...LANGUAGES.map(([value, label]) => ({ value, label }))], language.get() ?? "", setLanguage),
    presence);
  return { element, update };
}

function notifying(): HTMLElement {
  const enable = async (on: boolean) => {
    if (on && !(await askForNotifications())) return void toast(t.notificationsBlocked);
    notifications.enable(on);
  };
  return h("div", {}, toggle(t.highContrast, contrast.high(), contrast.set), canNotify() && toggle(t.desktopNotifications, notifications.enabled(), (on) => void enable(on)), toggle(t.sound, notifications.sound(), (on) => notifications.setSound(on)));
}
