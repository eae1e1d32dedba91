// The client and everything that is drawn with it. The shell, which is there before, calls it when it is loaded.

import { App } from "./app.ts";
import { useStrings } from "./i18n.ts";
import { loadParser } from "./markdown/parser.ts";
import { sessions } from "./sessions.ts";

window.pichat.core = {
  useStrings,
  open(shell) {
    const { early } = window.pichat;
    new App(shell.layout.parentElement!, {}, { shell, early }).show();
  },
  async enter(place, credentials, waiting) {
    if ("accessToken" in credentials) sessions.save(credentials);
    const app = new App(place, "accessToken" in credentials ? {} : credentials);
    app.client.on("status", ({ phase }) => waiting(phase === "waiting"));
    await app.entered.catch((error) => {
      sessions.save(undefined);
      throw error;
    });
  },
};

void loadParser();
