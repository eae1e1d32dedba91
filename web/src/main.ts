import { start } from "./app.ts";
import { applyLanguage } from "./i18n.ts";
import { contrast, density, theme } from "./storage.ts";

theme.apply();
density.apply();
contrast.apply();
applyLanguage();
start(document.querySelector("#app")!);
