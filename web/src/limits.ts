import type { Limits } from "pichat-client";
import { EarlySocket } from "./earlysocket.ts";
import type { EarlyConnection } from "./shell/handover.ts";

/** The limits that the server announces in the first frame of each connection. */
export class ServerLimits {
  /** Undefined before the first connection. */
  current: Limits | undefined;
  /** A WebSocket that takes note of them; the first takes over the connection that was opened early, if there is one. */
  readonly Socket: typeof WebSocket;
  #early: EarlyConnection | undefined;

  constructor(early?: EarlyConnection) {
    this.#early = early;
    const open = (url: string | URL, protocols?: string | string[]) => this.#takeEarly() ?? this.#noting(new WebSocket(url, protocols));
    // A constructor that returns an object gives that one.
    this.Socket = function (url: string | URL, protocols?: string | string[]) {
      return open(url, protocols);
    } as unknown as typeof WebSocket;
  }

  #takeEarly(): EarlySocket | undefined {
    const early = this.#early;
    this.#early = undefined;
    if (!early) return undefined;
    const [greeting] = early.frames;
    if (greeting !== undefined) this.#greeted(greeting);
    else this.#noting(early.socket);
    return EarlySocket.of(early);
  }

  #noting(socket: WebSocket): WebSocket {
    socket.addEventListener("message", ({ data }) => this.#greeted(data), { once: true });
    return socket;
  }

  #greeted(text: unknown): void {
    const frame = JSON.parse(String(text)) as { type?: string; limits?: Limits };
    if (frame.type === "CONNECTED") this.current = frame.limits;
  }
}
