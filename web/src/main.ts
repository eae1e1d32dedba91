import { start } from "./app.ts";
import { applyLanguage } from "./i18n.ts";
import { density, theme } from "./storage.ts";

theme.apply();
density.apply();
applyLanguage();
start(document.querySelector("#app")!);
