import { REPEATABLE, REPEATABLE_WITH_ID, WITHOUT_OP_ID } from "./generated.js";
import { newId } from "./ids.js";
import type { Command, ServerFrame } from "./protocol.js";
import { CommandError, ConnectionLost, TimedOut, type PichatError } from "./errors.js";

/** Options for sending a command. */
export interface CommandOptions {
  /** Send it before the connection is synchronized; for authentication, SYNC and PING. */
  urgent?: boolean;
  /** Send it again if the connection ends before the reply; the default depends on the command. */
  repeatable?: boolean;
  /** Give up after this long, whether or not it was sent. */
  timeoutMs?: number;
}

interface Request extends CommandOptions {
  id: string;
  command: Command;
  attempts: number;
  resolve(frame: ServerFrame): void;
  reject(error: PichatError): void;
}

/** Limits the server announced. */
export interface RequestLimits {
  frameBytes: number;
  commandsPerSecond: number;
  commandBurst: number;
}

/** Commands whose positions only move forward: repeating them changes nothing. */
const FORWARD = new Set<string>(["MARK_READ", "MARK_DELIVERED"]);
const MAX_ATTEMPTS = 8;
const PAUSE_MS = 250;
const MAX_PAUSE_MS = 30_000;

/** True if the command names the id of the object it creates. */
function hasOwnId(command: Command): boolean {
  const { id, message } = command as { id?: string; message?: { id?: string } };
  return REPEATABLE_WITH_ID.has(command.type) && !!(id ?? message?.id);
}

/** True if the command only reads, or is a no-op the second time. */
const isHarmlessType = (type: Command["type"]) => type.startsWith("GET_") || REPEATABLE.has(type);

/** Adds the `opId` by which the server runs a command once, unless it is harmless to repeat without one. */
function withOpId(command: Command): Command {
  const { opId, seq } = command as { opId?: string; seq?: number };
  const isHarmless = isHarmlessType(command.type) || hasOwnId(command) || (FORWARD.has(command.type) && seq !== undefined);
  if (opId !== undefined || isHarmless || WITHOUT_OP_ID.has(command.type)) return command;
  return { ...command, opId: newId() } as Command;
}

function isRepeatable(command: Command): boolean {
  const { type, opId } = command as { type: Command["type"]; opId?: string };
  // It ends the session that would ask again.
  if (type === "DELETE_ACCOUNT") return false;
  return isHarmlessType(type) || FORWARD.has(type) || hasOwnId(command) || opId !== undefined;
}

/** In the order they were asked for. */
const inOrder = (queue: Request[]) => queue.sort((one, other) => Number(one.id) - Number(other.id));

/** Sends commands in order, no faster than the server allows, and settles each exactly once. */
export class Requests {
  #send: ((text: string) => void) | undefined;
  #isReady = false;
  #limits: RequestLimits = { frameBytes: 4096, commandsPerSecond: 0, commandBurst: 0 };
  #tokens = 0;
  #refilledAt = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  #ended: PichatError | undefined;
  /** Not sent yet. */
  #queue: Request[] = [];
  /** Sent and unanswered, by `requestId`. */
  readonly #sent = new Map<string, Request>();

  /** A connection is open: urgent commands may be sent. */
  open(send: (text: string) => void, limits: RequestLimits): void {
    this.#send = send;
    this.#limits = limits;
    this.#tokens = limits.commandBurst;
    this.#refilledAt = Date.now();
    this.#flush();
  }

  /** The connection is synchronized: everything may be sent. */
  ready(): void {
    this.#isReady = true;
    this.#flush();
  }

  /** The connection is gone: repeatable commands wait for the next one, the others are rejected. */
  lost(): void {
    this.#send = undefined;
    this.#isReady = false;
    clearTimeout(this.#pause);
    this.#pause = undefined;
    const sent = [...this.#sent.values()];
    const all = [...sent, ...this.#queue];
    const isLost = (request: Request) => request.urgent || (!request.repeatable && sent.includes(request));
    this.#sent.clear();
    this.#queue = inOrder(all.filter((request) => !isLost(request)));
    for (const request of all.filter(isLost)) {
      const error = new ConnectionLost(`the connection ended before ${request.command.type} was answered`);
      request.reject(error);
    }
  }

  /** Nothing is sent any more. */
  end(error: PichatError): void {
    this.#ended = error;
    this.lost();
    for (const request of this.#queue.splice(0)) request.reject(error);
  }

  /** Sends a command and waits for its reply. */
  ask(command: Command, options: CommandOptions = {}): Promise<ServerFrame> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { timeoutMs } = options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reply = new Promise<ServerFrame>((resolve, reject) => {
      const id = String(++this.#count);
      const sent = withOpId(command);
      const request: Request = { repeatable: isRepeatable(sent), ...options, id, command: sent, attempts: 0, resolve, reject };
      if (timeoutMs !== undefined) timer = setTimeout(() => this.#expire(request, timeoutMs), timeoutMs);
      if (options.urgent) this.#queue.unshift(request);
      else this.#queue.push(request);
      this.#flush();
    });
    return reply.finally(() => clearTimeout(timer));
  }

  /** The command a frame replies to; undefined for events. */
  commandOf(frame: ServerFrame): Command | undefined {
    return this.#sent.get(requestIdOf(frame))?.command;
  }

  /** Settles the command a frame replies to; false if there is none. */
  answer(frame: ServerFrame): boolean {
    const request = this.#sent.get(requestIdOf(frame));
    if (!request) return false;
    this.#sent.delete(request.id);
    if (frame.type !== "ERROR") request.resolve(frame);
    else if (this.#isWorthRetrying(request, frame.code)) this.#retryLater(request, frame.retryAfterMs);
    else request.reject(new CommandError(frame));
    return true;
  }

  /** A refused command did not run, so it can be sent again; an interrupted one only if it is repeatable. */
  #isWorthRetrying(request: Request, code: string): boolean {
    if (request.urgent && request.command.type !== "SYNC") return false;
    if (code === "RATE_LIMITED") return true;
    return code === "UNAVAILABLE" && request.attempts < MAX_ATTEMPTS && !!request.repeatable;
  }

  /** The whole queue waits too, so that nothing overtakes. */
  #retryLater(request: Request, retryAfterMs = PAUSE_MS): void {
    this.#queue = inOrder([request, ...this.#queue]);
    const backoffMs = request.attempts > 1 ? Math.min(PAUSE_MS * 2 ** request.attempts, MAX_PAUSE_MS) * Math.random() : 0;
    clearTimeout(this.#pause);
    this.#resumeAfter(Math.max(retryAfterMs, backoffMs));
  }

  #resumeAfter(ms: number): void {
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#flush();
    }, ms);
  }

  #flush(): void {
    while (this.#send && !this.#pause) {
      const index = this.#queue.findIndex((request) => this.#isReady || request.urgent);
      if (index < 0 || !this.#takeToken()) return;
      this.#write(this.#queue.splice(index, 1)[0]!);
    }
  }

  #takeToken(): boolean {
    const { commandsPerSecond: rate, commandBurst: burst } = this.#limits;
    if (!rate) return true;
    const now = Date.now();
    // The clock may have been set back.
    const seconds = Math.max(0, now - this.#refilledAt) / 1_000;
    this.#tokens = Math.min(Math.max(burst, 1), this.#tokens + seconds * rate);
    this.#refilledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens--;
      return true;
    }
    this.#resumeAfter(Math.ceil(((1 - this.#tokens) / rate) * 1_000));
    return false;
  }

  #write(request: Request): void {
    const text = JSON.stringify({ ...request.command, requestId: request.id });
    const limit = this.#limits.frameBytes;
    if (text.length * 3 > limit && new TextEncoder().encode(text).length > limit) {
      const error = `more than ${limit} bytes`;
      const refusal = new CommandError({ code: "TOO_LARGE", error, command: request.command.type });
      return request.reject(refusal);
    }
    request.attempts++;
    this.#sent.set(request.id, request);
    this.#send?.(text);
  }

  #expire(request: Request, timeoutMs: number): void {
    this.#queue = this.#queue.filter((other) => other !== request);
    this.#sent.delete(request.id);
    request.reject(new TimedOut(`${request.command.type} was not answered within ${timeoutMs} ms`));
  }
}

const requestIdOf = (frame: ServerFrame) => String((frame as { requestId?: string | number }).requestId);
