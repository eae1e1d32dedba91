import type { Command, FrameOf } from "./protocol.js";
import { AuthenticationError, type CommandError } from "./errors.js";

/** What a log-in gave: enough to come back without a password. */
export interface Session {
  accessToken?: string;
  accessTokenExpiresAt?: string;
  refreshToken?: string;
  refreshTokenExpiresAt?: string;
}

/** Where a session is kept between visits, and shared with other windows. */
export interface SessionStore {
  load(): Session | undefined;
  save(session: Session | undefined): void;
  /** Runs alone among all windows: a refresh token works once. */
  exclusive?<T>(work: () => Promise<T>): Promise<T>;
}

/** Who somebody is. */
export type Login = ({ username: string } | { email: string }) & { password: string; deviceId?: string };

/** A new account. */
export interface SignUp {
  username: string;
  password: string;
  email?: string;
  displayName?: string;
}

/** Ways to authenticate; what is given first counts as long as it is good. */
export interface Ways {
  /** A session kept from an earlier visit. */
  session?: SessionStore;
  /** An API token or JWT, or a function that fetches a fresh one. */
  token?: string | (() => string | Promise<string>);
  /** Name and password; kept in memory for when the session has run out. */
  login?: Login;
  /** Makes the account, once. */
  signUp?: SignUp;
}

type Way = "access" | "refresh" | "token" | "login" | "signUp";

/** How early a token is renewed, and how long it must still live to be tried. */
const LEAD_MS = 60_000;
const LEAST_MS = 5_000;

/** Knows what to authenticate with next. */
export class Credentials {
  readonly #ways: Ways;
  #session: Session;
  /** How often the account was asked for; an answer may have been lost on its way. */
  #signUps = 0;
  #signedUp = false;
  #refusals = 0;
  #known = false;
  #last: Way = "token";

  constructor(ways: Ways) {
    this.#ways = ways;
    this.#session = { ...ways.session?.load() };
  }

  /** Runs a renewal alone among all windows of the same user. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#ways.session?.exclusive ? this.#ways.session.exclusive(work) : work();
  }

  /** The command to authenticate with now; throws where nothing is left to try. */
  async next(): Promise<Command> {
    this.#reload();
    this.#last = this.#way();
    switch (this.#last) {
      case "access":
        return { type: "AUTHENTICATE", token: this.#session.accessToken! };
      case "refresh":
        return { type: "REFRESH_TOKEN", refreshToken: this.#session.refreshToken! };
      case "token":
        return { type: "AUTHENTICATE", token: await this.#token() };
      case "login":
        return { type: "LOG_IN", ...this.#login()! };
      case "signUp":
        this.#signUps++;
        return { type: "SIGN_UP", ...this.#ways.signUp! };
    }
  }

  /** A command that renews the running session, if there is one. */
  async renewal(): Promise<Command | undefined> {
    const fresh = this.#reload();
    if (fresh) return { type: "AUTHENTICATE", token: this.#session.accessToken! };
    if (this.#session.refreshToken) return { type: "REFRESH_TOKEN", refreshToken: this.#session.refreshToken };
    return typeof this.#ways.token === "function" ? { type: "AUTHENTICATE", token: await this.#token() } : undefined;
  }

  /** Whether an error says nothing against the credentials: the same will do later. */
  isPassing(error: CommandError): boolean {
    // Whoever has just typed a password wants to know; a program that has been on before can wait.
    if (error.code === "RATE_LIMITED") return this.#known || (this.#last !== "login" && this.#last !== "signUp");
    return error.code === "UNAVAILABLE" || error.code === "INTERNAL";
  }

  /** Takes what the server gave. */
  accepted(frame: FrameOf<"AUTHENTICATED">): void {
    this.#known = true;
    this.#refusals = 0;
    if (this.#last === "signUp") this.#signedUp = true;
    if (!frame.accessToken) return;
    const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt } = frame;
    this.#session = { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt };
    this.#ways.session?.save(this.#session);
  }

  /** Drops what the server refused; throws where it was the last. */
  refused(error: CommandError): void {
    this.#refusals++;
    const last = this.#last;
    if (last === "access") this.#session = { ...this.#session, accessToken: undefined };
    else if (last === "refresh") this.forget();
    else if (last === "signUp" && error.code === "CONFLICT" && this.#signUps > 1) return void (this.#signedUp = true);
    const again = last === "token" && typeof this.#ways.token === "function" && this.#refusals < 3;
    if (error.code === "FORBIDDEN" || !(again || last === "access" || last === "refresh"))
      throw new AuthenticationError(error.message, error.code);
  }

  /** The access token is no longer good, whatever its date says; throws where there is no other way. */
  spent(reason: string): void {
    if (this.#session.accessToken || this.#session.refreshToken) {
      this.#session = { ...this.#session, accessToken: undefined };
      this.#ways.session?.save(this.#session);
    } else if (typeof this.#ways.token === "string" && !this.#login()) {
      throw new AuthenticationError(reason, undefined, 4401);
    }
    if (++this.#refusals > 3) throw new AuthenticationError(reason, undefined, 4401);
  }

  /** Forgets the session, here and where it is kept. */
  forget(): void {
    this.#session = {};
    this.#ways.session?.save(undefined);
  }

  /** When to renew, in milliseconds from now; nothing where that is not known or not possible. */
  renewIn(now: number = Date.now()): number | undefined {
    const { accessTokenExpiresAt, refreshToken } = this.#session;
    if (!accessTokenExpiresAt || !refreshToken) return undefined;
    const left = Date.parse(accessTokenExpiresAt) - now;
    return Math.max(0, left - Math.min(LEAD_MS, left / 3));
  }

  #way(): Way {
    const { accessToken, accessTokenExpiresAt, refreshToken } = this.#session;
    const left = accessTokenExpiresAt ? Date.parse(accessTokenExpiresAt) - Date.now() : Infinity;
    if (accessToken && (left > LEAST_MS || !refreshToken)) return "access";
    if (refreshToken) return "refresh";
    if (this.#ways.token !== undefined) return "token";
    if (this.#ways.signUp && !this.#signedUp) return "signUp";
    if (this.#login()) return "login";
    if (this.#ways.session) throw new AuthenticationError("the session has ended: log in again");
    throw new AuthenticationError("there is nothing to authenticate with: give token, login, signUp or session");
  }

  /** Whether another window has renewed the session since. */
  #reload(): boolean {
    const kept = this.#ways.session?.load();
    if (!kept?.accessToken || kept.accessToken === this.#session.accessToken) return false;
    if (kept.refreshToken === this.#session.refreshToken) return false;
    this.#session = { ...kept };
    return true;
  }

  /** How to log in: as told, or with what the account was made with. */
  #login(): Login | undefined {
    const { login, signUp } = this.#ways;
    return login ?? (signUp && this.#signedUp ? { username: signUp.username, password: signUp.password } : undefined);
  }

  async #token(): Promise<string> {
    const { token } = this.#ways;
    return typeof token === "function" ? token() : token!;
  }
}
