import { start } from "./app.ts";
import { applyLanguage } from "./i18n.ts";
import { theme } from "./storage.ts";

theme.apply();
applyLanguage();
start(document.querySelector("#app")!);
