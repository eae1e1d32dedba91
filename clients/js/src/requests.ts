import type { Command, ServerFrame } from "./protocol.js";
import { CommandError, ConnectionLost, TimedOut, type PichatError } from "./errors.js";

/** How a command is treated. */
export interface Asking {
  /** Goes out before the connection is synchronised: what authenticates, and SYNC itself. */
  urgent?: boolean;
  /** Sent again where the connection ended before its answer; known by itself for most commands. */
  repeatable?: boolean;
  /** Gives up after this long, wherever the command is then. */
  timeoutMs?: number;
}

interface Waiting extends Asking {
  id: string;
  command: Command;
  attempts: number;
  timer?: ReturnType<typeof setTimeout>;
  resolve(frame: ServerFrame): void;
  reject(error: PichatError): void;
}

/** Bounds that the server announced. */
export interface Bounds {
  frameBytes: number;
  commandsPerSecond: number;
  commandBurst: number;
}

const READING = /^(GET_|SEARCH_|SYNC$|PING$|HELP$)/;
/** Commands that find their wish fulfilled the second time. */
const SETTLED = new Set([
  "MARK_READ", "MARK_DELIVERED", "ADD_REACTION", "REMOVE_REACTION", "JOIN_CHAT", "LEAVE_CHAT", "ADD_MEMBERS",
  "REMOVE_MEMBERS", "PIN_MESSAGE", "UNPIN_MESSAGE", "MUTE_CHAT", "UPDATE_SETTINGS", "SET_PRESENCE", "AUTHENTICATE",
]);
const ATTEMPTS = 8;
const PAUSE_MS = 250;

function isRepeatable(command: Command): boolean {
  if (READING.test(command.type) || SETTLED.has(command.type)) return true;
  const { id, message } = command as { id?: string; message?: { id?: string } };
  return command.type === "CREATE_CHAT" ? id !== undefined : command.type === "SEND_MESSAGE" && (id ?? message?.id) !== undefined;
}

/** As they were asked for. */
const inOrder = (queue: Waiting[]) => queue.sort((one, other) => Number(one.id) - Number(other.id));

/** Commands on their way: each is answered once, goes out in its turn and no faster than the server allows. */
export class Requests {
  #send: ((text: string) => void) | undefined;
  #ready = false;
  #bounds: Bounds = { frameBytes: 4096, commandsPerSecond: 0, commandBurst: 0 };
  #tokens = 0;
  #filledAt = 0;
  #pace: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  #ended: PichatError | undefined;
  /** Not sent yet, in their order. */
  #queue: Waiting[] = [];
  /** Sent and not answered, by their `requestId`. */
  readonly #sent = new Map<string, Waiting>();

  /** A connection is there; urgent commands may go. */
  open(send: (text: string) => void, bounds: Bounds): void {
    this.#send = send;
    this.#bounds = bounds;
    [this.#tokens, this.#filledAt] = [bounds.commandBurst, Date.now()];
    this.#flush();
  }

  /** The connection is synchronised; everything may go. */
  ready(): void {
    this.#ready = true;
    this.#flush();
  }

  /** The connection is gone: what can be repeated waits for the next one, the rest is told. */
  lost(): void {
    this.#send = undefined;
    this.#ready = false;
    clearTimeout(this.#pace);
    this.#pace = undefined;
    const sent = [...this.#sent.values()];
    this.#sent.clear();
    const again = sent.filter((one) => one.repeatable && !one.urgent);
    this.#queue = inOrder([...again, ...this.#queue.filter((one) => !one.urgent || this.#tellLost(one))]);
    for (const one of sent) if (!again.includes(one)) this.#tellLost(one);
  }

  /** Nothing will be sent any more. */
  end(error: PichatError): void {
    this.#ended = error;
    this.lost();
    for (const one of this.#queue.splice(0)) this.#settle(one, () => one.reject(error));
  }

  /** Sends a command and waits for its answer. */
  ask(command: Command, asking: Asking = {}): Promise<ServerFrame> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = String(++this.#count);
      const one: Waiting = { repeatable: isRepeatable(command), ...asking, id, command, attempts: 0, resolve, reject };
      if (asking.timeoutMs !== undefined) one.timer = setTimeout(() => this.#expire(one), asking.timeoutMs);
      if (asking.urgent) this.#queue.unshift(one);
      else this.#queue.push(one);
      this.#flush();
    });
  }

  /** Takes the answer to a command; says false where nobody waits for it. */
  answer(frame: ServerFrame): boolean {
    const one = this.#sent.get(String((frame as { requestId?: string | number }).requestId));
    if (!one) return false;
    this.#sent.delete(one.id);
    if (frame.type !== "ERROR") this.#settle(one, () => one.resolve(frame));
    else if (this.#passes(one, frame.code)) this.#later(one, frame.retryAfterMs ?? PAUSE_MS * one.attempts);
    else this.#settle(one, () => one.reject(new CommandError(frame)));
    return true;
  }

  /** Whether the same command is worth another attempt: one that was refused did not run. */
  #passes(one: Waiting, code: string): boolean {
    if (one.attempts >= ATTEMPTS || (one.urgent && one.command.type !== "SYNC")) return false;
    return code === "RATE_LIMITED" || (code === "UNAVAILABLE" && one.repeatable === true);
  }

  #later(one: Waiting, ms: number): void {
    // The whole queue waits with it, so that nothing overtakes.
    this.#queue = inOrder([one, ...this.#queue]);
    clearTimeout(this.#pace);
    this.#pace = setTimeout(() => {
      this.#pace = undefined;
      this.#flush();
    }, ms);
  }

  #flush(): void {
    while (this.#send && !this.#pace) {
      const index = this.#queue.findIndex((one) => this.#ready || one.urgent);
      if (index < 0 || !this.#mayGo()) return;
      this.#write(this.#queue.splice(index, 1)[0]!);
    }
  }

  #mayGo(): boolean {
    const { commandsPerSecond: rate, commandBurst: burst } = this.#bounds;
    if (!rate) return true;
    const now = Date.now();
    this.#tokens = Math.min(Math.max(burst, 1), this.#tokens + ((now - this.#filledAt) / 1000) * rate);
    this.#filledAt = now;
    if (this.#tokens >= 1) return this.#tokens--, true;
    this.#pace = setTimeout(
      () => {
        this.#pace = undefined;
        this.#flush();
      },
      Math.ceil(((1 - this.#tokens) / rate) * 1000),
    );
    return false;
  }

  #write(one: Waiting): void {
    const text = JSON.stringify({ ...one.command, requestId: one.id });
    const most = this.#bounds.frameBytes;
    if (text.length * 3 > most && new TextEncoder().encode(text).length > most) {
      const error = `the command has more than ${most} bytes`;
      return this.#settle(one, () => one.reject(new CommandError({ code: "TOO_LARGE", error, command: one.command.type })));
    }
    one.attempts++;
    this.#sent.set(one.id, one);
    this.#send?.(text);
  }

  #expire(one: Waiting): void {
    this.#queue = this.#queue.filter((other) => other !== one);
    this.#sent.delete(one.id);
    one.reject(new TimedOut(`${one.command.type} was not answered within ${one.timeoutMs} ms`));
  }

  #tellLost(one: Waiting): false {
    this.#settle(one, () => one.reject(new ConnectionLost(`the connection ended before ${one.command.type} was answered`)));
    return false;
  }

  #settle(one: Waiting, tell: () => void): void {
    clearTimeout(one.timer);
    tell();
  }
}
