import type { Command, FrameOf, ServerFrame } from "./protocol.js";
import { Deadlines, monotonicMs, type ServerClock } from "./clock.js";
import type { Credentials } from "./credentials.js";
import { AuthenticationError, Closed, CommandError, ConnectionFailed, PichatError, TimedOut } from "./errors.js";
import type { Log } from "./log.js";
import { jitter, nextStep, type Backoff } from "./reconnect.js";
import type { Requests } from "./requests.js";
import { socketClass, Transport, type SocketClass, type SocketEnd } from "./socket.js";

/** The state of the connection; `error` is why the previous attempt failed. */
export type Status =
  | { phase: "connecting"; error?: PichatError }
  | { phase: "online" }
  /** The next attempt is at `retryAt`, in milliseconds of `Date.now()`. */
  | { phase: "waiting"; retryAt: number; error?: PichatError }
  | { phase: "closed"; reason?: PichatError };

/** The part of the client that the connection uses. */
export interface ConnectionHost {
  requests: Requests;
  clock: ServerClock;
  log: Log;
  receive(frame: ServerFrame, command: Command | undefined): void;
  catchUp(): Promise<void>;
  lost(): void;
  status(status: Status): void;
  problem(error: PichatError): void;
}

/** The server's address and the parameters of a connection. */
export interface ConnectionOptions {
  /** For example `ws://127.0.0.1:8080/ws`. */
  url: string;
  /** A WebSocket class to use instead of the platform's. */
  WebSocket?: SocketClass;
  /** Bounds of the wait between attempts; 500 ms to 30 s by default. */
  backoff?: Partial<Backoff>;
  /** The time that the server has to answer a PING; 10 s by default. */
  patienceMs?: number;
}

const BACKOFF: Backoff = { baseMs: 500, maxMs: 30_000 };
const PATIENCE_MS = 10_000;
/** The least time between two renewals of a session. */
const RENEWAL_FLOOR_MS = 20_000;
/** The time-out of a renewal; shorter than the lease of the lock it holds. */
const RENEWAL_TIMEOUT_MS = 10_000;
const NO_ANSWER = 4408;

/**
 * Keeps one connection open.
 *
 * connecting → (CONNECTED, authenticate, SYNC) → online → (socket ends) → waiting → connecting …, until it is closed.
 */
export class Connection {
  status: Status = { phase: "connecting" };
  readonly #options: ConnectionOptions;
  readonly #credentials: Credentials;
  readonly #host: ConnectionHost;
  readonly #backoff: Backoff;
  readonly #patienceMs: number;
  #transport: Transport | undefined;
  #lastError: PichatError | undefined;
  #failures = 0;
  #running: Promise<void> | undefined;
  #isClosing = false;
  /** A server has answered at this address. */
  #isRight = false;
  #endPause = () => {};
  /** Timers: a late greeting, a silence, the renewal, the end of a pause. */
  readonly #deadlines = new Deadlines();
  #heartbeatMs = 30_000;
  #renewing: Promise<void> | undefined;
  #renewedAt = -Infinity;

  constructor(options: ConnectionOptions, credentials: Credentials, host: ConnectionHost) {
    this.#options = options;
    this.#credentials = credentials;
    this.#host = host;
    this.#backoff = { ...BACKOFF, ...options.backoff };
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  /** The failure of the latest attempt; undefined while the connection is online. */
  get lastError(): PichatError | undefined {
    return this.#lastError;
  }

  start(): void {
    if (!this.#isClosing) this.#running ??= this.#run();
  }

  /** Reconnects at once, or checks that the connection is alive. */
  wake(): void {
    this.#endPause();
    if (this.status.phase === "online") this.#probe();
  }

  /** Resolves once it is closed. */
  close(): Promise<void> | undefined {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#transport?.drop(1000, "goodbye");
      this.#endPause();
      if (!this.#running) this.#become({ phase: "closed" });
    }
    return this.#running;
  }

  /** Drops the connection and opens another. */
  restart(cause: unknown): void {
    this.#transport?.drop(1006, messageOf(cause), cause);
  }

  /** Another window has renewed the session: this connection must use its tokens before its own expire. */
  sessionChanged(): void {
    if (this.status.phase === "online") void this.#renew();
  }

  async #run(): Promise<void> {
    let reason: PichatError | undefined;
    while (!this.#isClosing) {
      this.#become({ phase: "connecting", error: this.#lastError });
      try {
        await this.#pause(await this.#connectOnce());
      } catch (error) {
        reason = error instanceof PichatError ? error : new PichatError(messageOf(error), { cause: error });
        break;
      }
    }
    this.#running = undefined;
    this.#become({ phase: "closed", reason });
  }

  /** One connection from beginning to end; returns the milliseconds to wait before the next. */
  async #connectOnce(): Promise<number> {
    const Socket = await socketClass(this.#options.WebSocket);
    if (this.#isClosing) return 0;
    const url = this.#options.url;
    this.#host.log({ level: "debug", message: "connecting", url });
    let greet: (frame: FrameOf<"CONNECTED">) => void;
    const greeting = new Promise<FrameOf<"CONNECTED">>((resolve) => (greet = resolve));
    const transport = new Transport(new Socket(url, ["pichat.v1"]), (text) => this.#receive(text, greet));
    this.#transport = transport;
    this.#deadlines.set("late", this.#patienceMs, () => transport.drop(NO_ANSWER, `no CONNECTED in ${this.#patienceMs} ms`));
    const work = this.#open(transport, greeting);
    const end = await Promise.race([transport.ended, work.then(() => transport.ended)]).catch((error) => {
      transport.drop(1000, "goodbye");
      this.#cleanUp();
      throw error;
    });
    work.catch(() => {});
    this.#cleanUp();
    return this.#isClosing ? 0 : this.#afterEnd(end);
  }

  async #open(transport: Transport, greeting: Promise<FrameOf<"CONNECTED">>): Promise<void> {
    const connected = await greeting;
    this.#isRight = true;
    this.#deadlines.clear("late");
    this.#heartbeatMs = connected.heartbeatMs || this.#heartbeatMs;
    this.#host.requests.open((text) => transport.send(text), connected.limits);
    try {
      // The answer, which arrives before that to the log-in, tells the server's time.
      this.#host.requests.ask({ type: "PING" }, { urgent: true }).catch(() => {});
      while (!(await this.#credentials.authenticate((command) => this.#authenticate(command))));
      await this.#host.catchUp();
    } catch (error) {
      if (error instanceof Closed) throw error;
      // UNAVAILABLE and the like: try again later.
      if (error instanceof CommandError) return transport.drop(1013, error.message, error);
      if (error instanceof PichatError) return;
      // A token function of the caller failed.
      return transport.drop(1006, messageOf(error), error);
    }
    if (this.#transport !== transport || this.#isClosing) return;
    this.#failures = 0;
    this.#lastError = undefined;
    this.#host.log({ level: "info", message: "online", url: this.#options.url, server: connected.server });
    this.#become({ phase: "online" });
    this.#host.requests.ready();
    this.#scheduleRenewal();
  }

  /** Tries one way to authenticate; false if the server refused it and another is left. */
  async #authenticate(command: Command): Promise<boolean> {
    try {
      await this.#host.requests.ask(command, { urgent: true });
      if (command.type === "REFRESH_TOKEN") this.#renewedAt = monotonicMs();
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (this.#credentials.isTransient(error)) throw error;
      this.#host.log({ level: "warn", message: "authentication refused", command: command.type, code: error.code });
      await this.#credentials.refused(error);
      return false;
    }
  }

  async #afterEnd(end: SocketEnd): Promise<number> {
    const { url } = this.#options;
    // Browsers tell scripts nothing of a refused handshake.
    const found = this.#isRight || globalThis.document ? undefined : await (await import("./address.js")).examine(url, end.cause);
    const detail = `${end.reason || (found?.detail ?? messageOf(end.cause ?? ""))} (${end.code})`.trim();
    this.#lastError = new ConnectionFailed(`${url}: ${detail}`, end.code, end.cause);
    if (found?.isFinal) throw new Closed(this.#lastError.message, end.code, end.cause);
    const next = nextStep(end.code, this.#failures++, this.#backoff);
    this.#host.log({ level: "warn", message: "connection ended", code: end.code, reason: detail, failures: this.#failures });
    if ("stop" in next) throw new Closed(`${next.stop}: ${detail}`, end.code);
    if ("retryMs" in next) return next.retryMs;
    await this.#credentials.revoked(end.reason || "credentials are no longer valid (4401)");
    return jitter(this.#backoff, this.#failures);
  }

  #receive(text: string, greet: (frame: FrameOf<"CONNECTED">) => void): void {
    this.#restartSilence();
    const frame = JSON.parse(text) as ServerFrame;
    const { serverTime } = frame as { serverTime?: string };
    if (serverTime !== undefined) this.#host.clock.learn(serverTime);
    if (frame.type === "CONNECTED") return greet(frame);
    // A token that lives for less than a minute is always about to expire.
    if (frame.type === "TOKEN_EXPIRING") this.#scheduleRenewal(0);
    // The state first: whoever waits for the reply finds it applied.
    if (frame.type !== "ERROR") this.#host.receive(frame, this.#host.requests.commandOf(frame));
    const isReply = this.#host.requests.answer(frame);
    if (frame.type === "ERROR" && !isReply) this.#host.problem(new CommandError(frame));
  }

  /** Any frame is a sign of life; after a silence, one is asked for. */
  #restartSilence(): void {
    this.#deadlines.set("silence", this.#heartbeatMs, () => this.#probe());
  }

  #probe(): void {
    const transport = this.#transport;
    const probe = this.#host.requests.ask({ type: "PING" }, { urgent: true, timeoutMs: this.#patienceMs });
    probe.catch((error) => error instanceof TimedOut && transport?.drop(NO_ANSWER, "the server does not answer", error));
  }

  /** Renews after `ms`, but never sooner than the floor after the previous renewal: no clock can cause a loop. */
  #scheduleRenewal(ms = this.#credentials.renewInMs()): void {
    this.#deadlines.clear("renewal");
    if (ms === undefined || !this.#transport) return;
    const floorMs = this.#renewedAt + RENEWAL_FLOOR_MS - monotonicMs();
    this.#deadlines.set("renewal", Math.max(ms, floorMs), () => void this.#renew());
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renewOnce(): Promise<void> {
    try {
      await this.#credentials.renew((command) => {
        this.#renewedAt = monotonicMs();
        this.#host.log({ level: "debug", message: "renewing the session", command: command.type });
        return this.#host.requests.ask(command, { urgent: true, timeoutMs: RENEWAL_TIMEOUT_MS });
      });
      this.#scheduleRenewal();
    } catch (error) {
      // After a cut, the next connection authenticates anew; after a refusal too, once the server closes with 4401.
      const isRefusal = error instanceof CommandError && !this.#credentials.isTransient(error);
      if (isRefusal) this.#host.problem(new AuthenticationError(error.message, error.code));
      else this.#scheduleRenewal(RENEWAL_FLOOR_MS);
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isClosing) return;
    this.#become({ phase: "waiting", retryAt: Date.now() + ms, error: this.#lastError });
    await new Promise<void>((resolve) => {
      this.#deadlines.set("pause", ms, resolve);
      this.#endPause = resolve;
    });
    this.#deadlines.clear("pause");
    this.#endPause = () => {};
  }

  #become(status: Status): void {
    this.status = status;
    this.#host.status(status);
  }

  #cleanUp(): void {
    this.#transport = undefined;
    this.#deadlines.clearAll();
    this.#host.lost();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
