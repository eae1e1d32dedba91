import type { Status } from "pichat-client";
import { button, h } from "./dom.ts";
import { t } from "./i18n.ts";
import { refusedText } from "./refused.ts";

/** Tells that there is no connection, and what is being done about it. */
export class Banner {
  readonly element = h("div.banner", { role: "status", "aria-live": "polite", hidden: true });
  readonly #retry: () => void;
  readonly #seconds = h("span", {});
  #tick: ReturnType<typeof setInterval> | undefined;
  /** While the page connects for the first time, its skeletons say so; a banner would only push them down. */
  #first = true;

  constructor(retry: () => void) {
    this.#retry = retry;
  }

  show(status: Status): void {
    clearInterval(this.#tick);
    this.element.dataset.phase = status.phase;
    this.element.hidden = status.phase === "online" || (this.#first && status.phase === "connecting");
    if (status.phase !== "connecting") this.#first = false;
    if (status.phase === "connecting") this.element.replaceChildren(t.connecting);
    else if (status.phase === "waiting") this.#showWaiting(status.retryAt);
    else if (status.phase === "closed") this.#showClosed(status.reason);
  }

  #showWaiting(retryAt: number): void {
    const draw = () => (this.#seconds.textContent = t.retryingIn(Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000))));
    this.#tick = setInterval(draw, 1_000);
    draw();
    // Screen readers would read every second.
    this.#seconds.setAttribute("aria-hidden", "true");
    this.element.replaceChildren(`${t.offline} `, this.#seconds, button(t.tryNow, this.#retry));
  }

  #showClosed(reason: Error | undefined): void {
    this.element.replaceChildren(`${t.connectionEnded} ${reason ? refusedText(reason) : ""} `, button(t.reload, () => location.reload()));
  }
}
