import { PichatError } from "./errors.js";

/** The part of a WebSocket this package uses; browsers, Node 22 and the package `ws` provide it. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  terminate?(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** A WebSocket constructor. */
export type SocketClass = new (url: string, protocols?: string | string[]) => SocketLike;

/** Returns the platform's WebSocket, or that of the package `ws` if there is none. */
export async function socketClass(given?: SocketClass): Promise<SocketClass> {
  if (given) return given;
  if (globalThis.WebSocket) return globalThis.WebSocket as unknown as SocketClass;
  const name = "ws"; // Not a literal: bundlers for browsers would try to include it.
  try {
    return (await import(name)).default as SocketClass;
  } catch (cause) {
    throw new PichatError("no WebSocket: install ws, or pass WebSocket", { cause });
  }
}

/** The end of a socket. */
export interface SocketEnd {
  code: number;
  reason: string;
  /** The platform's error before it closed the socket; browsers report none. */
  cause?: unknown;
}

/** One socket that carries text and ends once. */
export class Transport {
  readonly ended: Promise<SocketEnd>;
  readonly #socket: SocketLike;
  #finish!: (end: SocketEnd) => void;
  #cause: unknown;

  constructor(socket: SocketLike, receive: (text: string) => void) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => (this.#finish = resolve));
    socket.onmessage = ((event: { data: unknown }) => receive(String(event.data))) as never;
    socket.onclose = (({ code, reason }: SocketEnd) => this.#finish({ code, reason, cause: this.#cause })) as never;
    // The close event that follows has no details (code 1006, no reason).
    socket.onerror = ((event: { error?: unknown; message?: string }) => {
      this.#cause = event.error ?? (event.message ? new Error(event.message) : undefined);
    }) as never;
  }

  send(text: string): void {
    if (this.#socket.readyState === 1) this.#socket.send(text);
  }

  /** Ends at once without waiting for the peer, which may be dead. */
  drop(code: number, reason: string, cause?: unknown): void {
    const isGoodbye = code === 1000;
    this.#finish({ code, reason, cause });
    this.#socket.onmessage = null;
    if (!isGoodbye && this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close(isGoodbye ? 1000 : undefined);
  }
}
