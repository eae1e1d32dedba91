/** What an address answers instead of opening a WebSocket. */
export interface Finding {
  /** Why there is no connection. */
  detail: string;
  /** No later attempt at this address can succeed. */
  isFinal: boolean;
}

const ASKED_WITHIN_MS = 5_000;
/** Refusals that say "later": a time-out, too early, too many requests. */
const TEMPORARY = new Set([408, 425, 429]);

/**
 * Finds out why a handshake failed, from the platform's error. WebSockets that are built in report none, so the address is
 * then asked over HTTP.
 */
export async function examine(url: string, cause: unknown): Promise<Finding> {
  const { code, message = "" } = (cause ?? {}) as { code?: string; message?: string };
  // The package ws: "Unexpected server response: 404".
  const status = /response: (\d{3})/.exec(message)?.[1];
  if (status) return refused(Number(status));
  return code ? failed(code, message) : ask(url);
}

async function ask(url: string): Promise<Finding> {
  try {
    const { status } = await fetch(url.replace(/^ws/, "http"), { redirect: "manual", signal: AbortSignal.timeout(ASKED_WITHIN_MS) });
    // What a WebSocket answers to a request that is none.
    return status === 426 ? { detail: "the connection failed", isFinal: false } : refused(status);
  } catch (error) {
    const { cause = error } = error as { cause?: unknown };
    const { code = "", message = "" } = cause as { code?: string; message?: string };
    return failed(code, message);
  }
}

function refused(status: number): Finding {
  const isFinal = status < 500 && !TEMPORARY.has(status);
  if (status === 403) return { detail: "the server refuses this client (HTTP 403)", isFinal };
  const detail = isFinal ? `there is no WebSocket (HTTP ${status}); the URL should end in /ws` : `HTTP ${status}`;
  return { detail, isFinal };
}

function failed(code: string, message: string): Finding {
  if (/wrong.version.number|packet.length.too.long/i.test(code + message))
    return { detail: "the port does not speak TLS; the URL should begin with ws://", isFinal: true };
  return { detail: message || code, isFinal: false };
}
