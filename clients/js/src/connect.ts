import { Client, type Options } from "./client.js";
import { TimedOut } from "./errors.js";

/** Limits of `connect`. */
export interface ConnectLimits {
  /** Gives up when aborted, with the signal's reason. */
  signal?: AbortSignal;
  /** Gives up after this long, with the last error as the cause; 30 s by default, `Infinity` for never. */
  timeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Connects, and resolves once the client is online.
 *
 * Rejects if that is pointless (wrong credentials, banned), takes too long, or is aborted; the client is then closed.
 */
export async function connect({ signal, timeoutMs = CONNECT_TIMEOUT_MS, ...options }: Options & ConnectLimits): Promise<Client> {
  signal?.throwIfAborted();
  const client = new Client(options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = () => {};
  const limit = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort);
    const expire = () => {
      const cause = client.lastError;
      const detail = cause ? `: ${cause.message}` : "";
      reject(new TimedOut(`not connected within ${timeoutMs} ms${detail}`, { cause }));
    };
    if (timeoutMs !== Infinity) timer = setTimeout(expire, timeoutMs);
  });
  try {
    await Promise.race([client.start(), limit]);
    return client;
  } catch (error) {
    void client.close();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
