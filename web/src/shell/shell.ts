// The page before its scripts are loaded: the log-in, or the frame of the chats, in which one can type at once.

import { button } from "../dom.ts";
import { language, t, useStrings } from "../i18n.ts";
import { entrance } from "../locales/entrance.ts";
import type { PageStrings } from "../locales/english.ts";
import type { Strings } from "../locales/strings.ts";
import type { Core, ShellPage } from "./handover.ts";
import { loginPage } from "./login.ts";
import { shellPage } from "./page.ts";

/** The addresses of the client's script and of the languages' strings, by the build. */
declare const CORE: string;
declare const LOCALES: Record<string, string>;

async function loadCore(): Promise<Core> {
  const [strings] = await Promise.all([import(LOCALES[language]!) as Promise<{ default: PageStrings }>, import(CORE)]);
  const core = window.pichat.core!;
  core.useStrings({ ...entrance[language], ...strings.default });
  return core;
}

function showFailure({ banner }: ShellPage): void {
  banner.hidden = false;
  banner.replaceChildren(`${t.notLoaded} `, button(t.reload, () => location.reload()));
}

// The shell uses the texts of the entrance only.
useStrings(entrance[language] as Strings);
const place = document.querySelector("#app")!;
let core = loadCore();
core.catch(() => {});

if (window.pichat.hasSession) {
  const page = shellPage(place);
  core.then((loaded) => loaded.open(page), () => showFailure(page));
} else {
  const load = () => (core = core.catch(loadCore).catch(() => Promise.reject(new Error(t.notLoaded))));
  loginPage(place, async (credentials, waiting) => (await load()).enter(place, credentials, waiting));
}
