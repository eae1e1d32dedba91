/** The next step after a connection has ended. */
export type NextStep =
  /** Reconnect after this many milliseconds. */
  | { retryMs: number }
  /** Get other credentials, then reconnect. */
  | { renew: true }
  /** Do not reconnect. */
  | { stop: string };

/** Bounds of the wait between attempts. */
export interface Backoff {
  /** Upper bound of the first wait in milliseconds; it doubles with each failure. */
  baseMs: number;
  /** Upper bound of every wait in milliseconds. */
  maxMs: number;
}

const RESTART_MS = 5_000;
const CROWDED_MS = 10_000;

/** Full jitter: a random wait below a doubling bound, so that clients do not reconnect in step. */
export function jitter(backoff: Backoff, failures: number, random: () => number = Math.random): number {
  return random() * Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(failures, 30));
}

/** Interprets a close code as the protocol defines it. */
export function nextStep(code: number, failures: number, backoff: Backoff, random: () => number = Math.random): NextStep {
  switch (code) {
    case 4400:
      return { stop: "the server does not know this client" };
    case 4403:
      return { stop: "this user may not connect" };
    case 4401:
      return { renew: true };
    case 1012:
      return { retryMs: random() * Math.min(RESTART_MS, backoff.maxMs) };
    case 4429:
      return { retryMs: Math.min(CROWDED_MS, backoff.maxMs) + jitter({ ...backoff, baseMs: CROWDED_MS }, failures, random) };
    default:
      return { retryMs: jitter(backoff, failures, random) };
  }
}
