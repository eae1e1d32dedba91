import { begin } from "./app.ts";
import { theme } from "./stores.ts";

theme.show();
begin(document.querySelector("#app")!);
