/** What is needed of a WebSocket; browsers, Node 22 and the package `ws` have it. */
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

/** Makes a socket. */
export type SocketClass = new (url: string, protocols?: string | string[]) => SocketLike;

/** The WebSocket of the platform, or of the package `ws` where there is none. */
export async function socketClass(given?: SocketClass): Promise<SocketClass> {
  if (given) return given;
  if (globalThis.WebSocket) return globalThis.WebSocket as unknown as SocketClass;
  const name = "ws"; // Not a literal: bundlers for browsers would look for it.
  return (await import(name)).default as SocketClass;
}

/** The end of a socket. */
export interface End {
  code: number;
  reason: string;
}

/** One socket: text in, text out, one end. */
export class Line {
  readonly ended: Promise<End>;
  readonly #socket: SocketLike;
  #finish!: (end: End) => void;

  constructor(socket: SocketLike, hear: (text: string) => void) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => (this.#finish = resolve));
    socket.onmessage = ((event: { data: unknown }) => hear(String(event.data))) as never;
    socket.onclose = ((event: End) => this.#finish({ code: event.code, reason: event.reason })) as never;
    socket.onerror = (() => {}) as never; // The close event that follows says as much.
  }

  send(text: string): void {
    if (this.#socket.readyState === 1) this.#socket.send(text);
  }

  /** Ends now, without waiting for the other side: a dead one would never answer. */
  drop(code: number, reason: string): void {
    const ours = code === 1000;
    this.#finish({ code, reason });
    this.#socket.onmessage = null;
    if (!ours && this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close(ours ? 1000 : undefined);
  }
}
