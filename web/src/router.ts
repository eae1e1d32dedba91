import { routeOf, type Route } from "./route.ts";

export type { Route };

const hashOf = ({ chatId, messageId }: Route): string =>
  chatId ? `#${[chatId, messageId].filter((part) => part !== undefined).map(encodeURIComponent).join("/")}` : "";

/** The full address of a message. */
export const permalink = (route: Route): string => `${location.origin}${location.pathname}${hashOf(route)}`;

/** Keeps the address bar and the open chat in step, so that Back and Forward work. */
export class Router {
  readonly #onRoute: (route: Route) => void;

  constructor(onRoute: (route: Route) => void) {
    this.#onRoute = onRoute;
    window.addEventListener("popstate", () => onRoute(this.route));
  }

  get route(): Route {
    return routeOf(location.hash);
  }

  /** Goes to a place; Back returns from it unless it replaces the present one. */
  go(route: Route, { replace = false } = {}): void {
    const from = this.route;
    if (from.chatId !== route.chatId || from.messageId !== route.messageId) {
      const address = location.pathname + hashOf(route);
      if (replace) history.replaceState(history.state, "", address);
      else history.pushState({ fromList: from.chatId === "" }, "", address);
    }
    this.#onRoute(route);
  }

  /** Returns to the list of chats: by Back where it lies there, so that the history does not grow. */
  toList(): void {
    if ((history.state as { fromList?: boolean } | null)?.fromList) history.back();
    else this.go({ chatId: "" }, { replace: true });
  }
}
