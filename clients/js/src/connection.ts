import type { Command, FrameOf, ServerFrame } from "./protocol.js";
import type { Credentials } from "./credentials.js";
import { AuthenticationError, Closed, CommandError, type PichatError } from "./errors.js";
import { jitter, verdict, type Backoff } from "./reconnect.js";
import type { Requests } from "./requests.js";
import { Line, socketClass, type End, type SocketClass } from "./socket.js";

/** How the connection is. */
export type Status =
  | { phase: "connecting" }
  | { phase: "online" }
  /** Tries again at this moment, in milliseconds of `Date.now()`. */
  | { phase: "waiting"; retryAt: number }
  | { phase: "closed"; reason?: PichatError };

/** What a connection works with, and whom it tells. */
export interface Around {
  requests: Requests;
  hear(frame: ServerFrame): void;
  catchUp(): Promise<void>;
  lost(): void;
  status(status: Status): void;
  problem(error: PichatError): void;
}

interface Where {
  url: string;
  WebSocket?: SocketClass;
  backoff?: Partial<Backoff>;
  patienceMs?: number;
}

const BACKOFF: Backoff = { baseMs: 500, maxMs: 30_000 };
/** How long the server may take to say CONNECTED, or to answer a PING. */
const PATIENCE_MS = 10_000;
/** A token that is as fresh as this is not renewed because the server warns. */
const RENEWED_MS = 20_000;
/** Close codes of our own, for what the socket did not say. */
const DEAD: End = { code: 4408, reason: "nothing was heard for too long" };

/** Keeps one connection open: opens, authenticates, catches up, and begins anew. */
export class Connection {
  status: Status = { phase: "connecting" };
  readonly #where: Where;
  readonly #credentials: Credentials;
  readonly #around: Around;
  readonly #backoff: Backoff;
  readonly #patienceMs: number;
  #line: Line | undefined;
  #failures = 0;
  #running = false;
  #closing = false;
  #wake = () => {};
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #heartbeatMs = 30_000;
  #renewing = false;
  #renewedAt = 0;

  constructor(where: Where, credentials: Credentials, around: Around) {
    [this.#where, this.#credentials, this.#around] = [where, credentials, around];
    this.#backoff = { ...BACKOFF, ...where.backoff };
    this.#patienceMs = where.patienceMs ?? PATIENCE_MS;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const tell = this.#around.status;
      this.#around.status = (status) => {
        if (status.phase === "online") resolve();
        if (status.phase === "closed") reject(status.reason ?? new Closed("the client was closed"));
        tell(status);
      };
      if (!this.#running) void this.#run();
    });
  }

  wake(): void {
    this.#wake();
    if (this.status.phase === "online") this.#probe();
  }

  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#line?.drop(1000, "goodbye");
    this.#wake();
    if (!this.#running) this.#become({ phase: "closed" });
  }

  async #run(): Promise<void> {
    this.#running = true;
    let reason: PichatError | undefined;
    while (!this.#closing) {
      this.#become({ phase: "connecting" });
      try {
        await this.#pause(await this.#once());
      } catch (error) {
        reason = error as PichatError;
        break;
      }
    }
    this.#running = false;
    this.#become({ phase: "closed", reason });
  }

  /** One connection from its beginning to its end; gives how long to wait before the next. */
  async #once(): Promise<number> {
    const frames: { hello?: (frame: FrameOf<"CONNECTED">) => void } = {};
    const Socket = await socketClass(this.#where.WebSocket);
    if (this.#closing) return 0;
    const line = new Line(new Socket(this.#where.url, ["pichat.v1"]), (text) => this.#hear(text, frames));
    this.#line = line;
    const hello = new Promise<FrameOf<"CONNECTED">>((resolve) => (frames.hello = resolve));
    const late = this.#timer(() => line.drop(DEAD.code, "no CONNECTED in time"), this.#patienceMs);
    const work = this.#begin(line, hello, late);
    const end = await Promise.race([line.ended, work.then(() => line.ended)]).catch(async (error) => {
      line.drop(1000, "giving up");
      this.#clean();
      throw error;
    });
    work.catch(() => {});
    this.#clean();
    return this.#closing ? 0 : this.#judge(end);
  }

  async #begin(line: Line, hello: Promise<FrameOf<"CONNECTED">>, late: ReturnType<typeof setTimeout>): Promise<void> {
    const connected = await hello;
    this.#forget(late);
    this.#heartbeatMs = connected.heartbeatMs || this.#heartbeatMs;
    this.#around.requests.open((text) => line.send(text), connected.limits);
    try {
      await this.#authenticate();
      await this.#around.catchUp();
    } catch (error) {
      if (error instanceof Closed) throw error;
      // UNAVAILABLE and the like: another attempt, later.
      if (error instanceof CommandError) return line.drop(1013, error.message);
      return;
    }
    if (this.#line !== line || this.#closing) return;
    this.#failures = 0;
    this.#become({ phase: "online" });
    this.#around.requests.ready();
    this.#scheduleRenewal();
  }

  async #authenticate(): Promise<void> {
    for (;;) {
      const done = await this.#credentials.alone(async () => this.#try(await this.#credentials.next()));
      if (done) return;
    }
  }

  async #try(command: Command): Promise<boolean> {
    try {
      await this.#around.requests.ask(command, { urgent: true });
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (this.#credentials.isPassing(error)) throw error;
      this.#credentials.refused(error);
      return false;
    }
  }

  #judge(end: End): number {
    const found = verdict(end.code, this.#failures++, this.#backoff);
    if ("stop" in found) throw new Closed(end.reason ? `${found.stop}: ${end.reason}` : found.stop, end.code);
    if ("retry" in found) return found.retry;
    this.#credentials.spent(end.reason || "the credentials are no longer good (4401)");
    return jitter(this.#backoff, this.#failures);
  }

  #hear(text: string, frames: { hello?: (frame: FrameOf<"CONNECTED">) => void }): void {
    this.#heard();
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === "CONNECTED") return frames.hello?.(frame);
    // A token that lives for less than a minute is always about to expire.
    if (frame.type === "TOKEN_EXPIRING" && Date.now() - this.#renewedAt > RENEWED_MS) void this.#renew();
    // The state first: whoever waits for the answer finds it there.
    if (frame.type !== "ERROR") this.#around.hear(frame);
    const asked = this.#around.requests.answer(frame);
    if (frame.type === "ERROR" && !asked) this.#around.problem(new CommandError(frame));
  }

  /** Any frame is a sign of life; without one for a while, one is asked for. */
  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#probe(), this.#heartbeatMs);
  }

  #probe(): void {
    const line = this.#line;
    const asked = this.#around.requests.ask({ type: "PING" }, { urgent: true, timeoutMs: this.#patienceMs });
    asked.catch((error) => error.name === "TimedOut" && line?.drop(DEAD.code, DEAD.reason));
  }

  #scheduleRenewal(): void {
    const ms = this.#credentials.renewIn();
    if (ms !== undefined) this.#timer(() => void this.#renew(), Math.min(ms, 2 ** 31 - 1));
  }

  async #renew(): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    this.#renewedAt = Date.now();
    try {
      await this.#credentials.alone(async () => {
        const command = await this.#credentials.renewal();
        if (command) await this.#around.requests.ask(command, { urgent: true });
      });
      this.#scheduleRenewal();
    } catch (error) {
      // A cut is followed by another log-in; a refusal by 4401, and then there is another way or none.
      if (error instanceof CommandError) this.#around.problem(new AuthenticationError(error.message, error.code));
    } finally {
      this.#renewing = false;
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.#closing) return;
    this.#become({ phase: "waiting", retryAt: Date.now() + ms });
    await new Promise<void>((resolve) => {
      const timer = this.#timer(resolve, ms);
      this.#wake = () => {
        this.#forget(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }

  #become(status: Status): void {
    this.status = status;
    this.#around.status(status);
  }

  #clean(): void {
    this.#line = undefined;
    clearTimeout(this.#silence);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#around.lost();
  }

  #timer(work: () => void, ms: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: ReturnType<typeof setTimeout>): void {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }
}
