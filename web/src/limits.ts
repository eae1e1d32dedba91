import type { Limits } from "pichat-client";

/** The limits that the server announces in the first frame of each connection. */
export class ServerLimits {
  /** Undefined before the first connection. */
  current: Limits | undefined;
  /** A WebSocket that takes note of them. */
  readonly Socket: typeof WebSocket;

  constructor() {
    const greeted = (text: unknown) => {
      const frame = JSON.parse(String(text)) as { type?: string; limits?: Limits };
      if (frame.type === "CONNECTED") this.current = frame.limits;
    };
    this.Socket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener("message", ({ data }) => greeted(data), { once: true });
      }
    };
  }
}
