import type { Command, FrameOf } from "./protocol.js";
import type { ServerClock } from "./clock.js";
import { AuthenticationError, type CommandError } from "./errors.js";
import type { AsyncSessionStore, Session, SessionStore } from "./session.js";

/** A user's name or email, and password. */
export type Login = ({ username: string } | { email: string }) & { password: string; deviceId?: string };

/** A new account. */
export interface SignUp {
  username: string;
  password: string;
  email?: string;
  displayName?: string;
}

/** Ways to authenticate, in the order they are tried. */
export interface AuthenticationOptions {
  /** A session kept from an earlier visit. */
  session?: SessionStore | AsyncSessionStore;
  /** An API token or JWT, or a function that fetches a fresh one. */
  token?: string | (() => string | Promise<string>);
  /** Creates the account, once. */
  signUp?: SignUp;
  /** Name and password; kept in memory for when the session has expired. */
  login?: Login;
}

type Method = "access" | "refresh" | "token" | "login" | "signUp";

/** A token is renewed this long before it expires. */
const LEAD_MS = 60_000;
/** An access token that expires sooner than this is not worth a handshake. */
const MIN_LEFT_MS = 5_000;
const MAX_REFUSALS = 3;

/** Chooses what to authenticate with next. */
export class Credentials {
  readonly #options: AuthenticationOptions;
  readonly #clock: ServerClock;
  #session: Session = {};
  #loaded = false;
  #saving: unknown;
  /** Tokens the server no longer accepts, whatever their expiry says. */
  readonly #rejected = new Set<string | undefined>();
  /** The user the client is for, once it has been connected. */
  #userId: string | undefined;
  /** The number of times SIGN_UP was sent; a reply may have been lost. */
  #signUps = 0;
  #signedUp = false;
  #refusals = 0;
  #method: Method = "token";

  constructor(options: AuthenticationOptions, clock: ServerClock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Sends the next command by `send`. A refresh token works once, so windows exchange theirs one at a time. */
  async authenticate(send: (command: Command) => Promise<boolean>): Promise<boolean> {
    await this.#reload();
    const attempt = async () => send(await this.#next());
    return this.#nextMethod() === "refresh" ? this.#exclusive(attempt) : attempt();
  }

  /** Renews the running session by `send`, if it can be renewed. */
  async renew(send: (command: Command) => Promise<unknown>): Promise<void> {
    if (await this.#reload()) return void (await send({ type: "AUTHENTICATE", token: this.#session.accessToken! }));
    if (!this.#session.refreshToken) {
      if (typeof this.#options.token === "function") await send({ type: "AUTHENTICATE", token: await this.#token() });
      return;
    }
    await this.#exclusive(async () => {
      // While this window waited for the lock, another may have refreshed.
      const fresh = await this.#reload();
      const { accessToken, refreshToken } = this.#session;
      if (fresh) await send({ type: "AUTHENTICATE", token: accessToken! });
      else if (refreshToken) await send({ type: "REFRESH_TOKEN", refreshToken });
    });
  }

  /** True if the error says nothing about the credentials, so that the same ones can be tried again later. */
  isTransient(error: CommandError): boolean {
    // People who have just typed a password want to know; a program that was connected before can wait.
    if (error.code === "RATE_LIMITED") return this.#userId !== undefined || !["login", "signUp"].includes(this.#method);
    return error.code === "UNAVAILABLE" || error.code === "INTERNAL";
  }

  /** Takes what the server granted. */
  accepted(frame: FrameOf<"AUTHENTICATED">): void {
    this.#userId = frame.user.id;
    this.#refusals = 0;
    if (this.#method === "signUp") this.#signedUp = true;
    if (!frame.accessToken) return;
    const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt } = frame;
    const receivedAt = Date.now();
    this.#session = { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt, receivedAt };
    this.#save(this.#session);
  }

  /** Drops what the server refused; throws if nothing else is left to try. */
  async refused(error: CommandError): Promise<void> {
    this.#refusals++;
    const method = this.#method;
    this.#rejected.add(this.#session[method === "access" ? "accessToken" : "refreshToken"]);
    // Another window may have exchanged the token a moment earlier; its new tokens are in the store.
    if (method === "refresh" && !(await this.#reload())) this.forget();
    else if (method === "signUp" && error.code === "CONFLICT" && this.#signUps > 1) return void (this.#signedUp = true);
    const hasNext = method === "token" && typeof this.#options.token === "function" && this.#refusals < MAX_REFUSALS;
    if (error.code === "FORBIDDEN" || !(hasNext || method === "access" || method === "refresh"))
      throw new AuthenticationError(error.message, error.code);
  }

  /** The server ended the connection because its credentials are no longer valid; throws if there are no others. */
  async revoked(reason: string): Promise<void> {
    const used = this.#session.accessToken;
    const renewed = await this.#reload();
    if (!renewed) this.#rejected.add(used);
    const hasSession = this.#session.accessToken ?? this.#session.refreshToken;
    const onlyToken = !hasSession && typeof this.#options.token === "string" && !this.#login();
    if (onlyToken || ++this.#refusals > MAX_REFUSALS) throw new AuthenticationError(reason, undefined, 4401);
  }

  /** Forgets the session, here and in the store. */
  forget(): void {
    this.#session = {};
    this.#save(undefined);
  }

  /** Milliseconds until the access token should be renewed; undefined if that is unknown or impossible. */
  renewInMs(random: () => number = Math.random): number | undefined {
    const leftMs = this.#session.refreshToken ? this.#leftMs() : undefined;
    if (leftMs === undefined) return undefined;
    const leadMs = Math.min(LEAD_MS, leftMs / 3);
    // Windows that share a session would otherwise renew in the same moment.
    return Math.max(0, leftMs - leadMs - random() * (leadMs / 4));
  }

  /**
   * The remaining lifetime of the access token: by the server's clock once it is known, else by the time since it was
   * received. Neither compares the server's clock with this machine's, which may be wrong by any amount.
   */
  #leftMs(): number | undefined {
    const { accessToken, accessTokenExpiresAt, receivedAt } = this.#session;
    const claims = accessToken === undefined ? {} : claimsOf(accessToken);
    const expiresAt = accessTokenExpiresAt ?? (claims.exp ? new Date(claims.exp * 1_000).toISOString() : undefined);
    const known = expiresAt === undefined ? undefined : this.#clock.until(expiresAt);
    if (known !== undefined) return Math.max(0, known);
    if (!claims.exp || !claims.iat) return undefined;
    const lifetimeMs = (claims.exp - claims.iat) * 1_000;
    const age = receivedAt === undefined ? 0 : Date.now() - receivedAt;
    // An impossible age means that the clock was set meanwhile; the server will say if the token has expired.
    return age < 0 ? lifetimeMs : Math.max(0, lifetimeMs - age);
  }

  async #next(): Promise<Command> {
    await this.#reload();
    this.#method = this.#nextMethod();
    switch (this.#method) {
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
        return { type: "SIGN_UP", ...this.#options.signUp! };
    }
  }

  #nextMethod(): Method {
    const { accessToken, refreshToken } = this.#session;
    const isUsable = accessToken !== undefined && !this.#rejected.has(accessToken);
    if (isUsable && (!refreshToken || (this.#leftMs() ?? Infinity) > MIN_LEFT_MS)) return "access";
    if (refreshToken) return "refresh";
    if (this.#options.token !== undefined) return "token";
    if (this.#options.signUp && !this.#signedUp) return "signUp";
    if (this.#login()) return "login";
    const problem = this.#options.session ? "the session has ended: log in again" : "pass token, login, signUp or session";
    throw new AuthenticationError(problem);
  }

  async #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const { session } = this.#options;
    if (!session?.exclusive) return work();
    return session.exclusive(async () => {
      const result = await work();
      // The next window must find the new tokens.
      await this.#saving;
      return result;
    });
  }

  /**
   * Takes the stored session; true if another window has renewed it, or has logged in again, since. Throws if it belongs
   * to another user: the state of this client does not.
   */
  async #reload(): Promise<boolean> {
    await this.#saving;
    const kept = await this.#options.session?.load();
    const isFirst = !this.#loaded;
    this.#loaded = true;
    if (isFirst) this.#session = { ...kept };
    if (isFirst || !kept?.accessToken || kept.accessToken === this.#session.accessToken) return false;
    if (kept.refreshToken === this.#session.refreshToken || this.#rejected.has(kept.refreshToken)) return false;
    if (this.#userId && claimsOf(kept.accessToken).sub !== this.#userId)
      throw new AuthenticationError("another user has logged in", "CONFLICT");
    this.#session = { ...kept };
    return true;
  }

  #save(session: Session | undefined): void {
    this.#saving = this.#options.session?.save(session);
  }

  /** The log-in as given, or with what the account was created with. */
  #login(): Login | undefined {
    const { login, signUp } = this.#options;
    return login ?? (signUp && this.#signedUp ? { username: signUp.username, password: signUp.password } : undefined);
  }

  async #token(): Promise<string> {
    const { token } = this.#options;
    return typeof token === "function" ? token() : token!;
  }
}

interface Claims {
  sub?: string;
  iat?: number;
  exp?: number;
}

/** The user and the times in a JWT, in seconds of its issuer's clock; empty for other tokens. */
function claimsOf(token: string): Claims {
  try {
    return JSON.parse(atob(token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
  } catch {
    return {};
  }
}
