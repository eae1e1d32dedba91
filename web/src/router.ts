/** The chat that the address names, and possibly a message in it. */
export interface Route {
  chatId: string;
  messageId?: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parse(hash: string): Route {
  const [chatId = "", messageId] = hash.slice(1).split("/").map(decode);
  return { chatId, messageId: messageId || undefined };
}

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
    return parse(location.hash);
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
