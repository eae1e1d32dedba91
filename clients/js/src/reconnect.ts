/** What to do about a connection that ended. */
export type Verdict =
  /** Try again after this many milliseconds. */
  | { retry: number }
  /** Get other credentials first, then try again. */
  | { renew: true }
  /** Do not try again. */
  | { stop: string };

/** How long to wait between attempts. */
export interface Backoff {
  /** The most that is waited after the first failure; doubles with each. */
  baseMs: number;
  /** The most that is ever waited. */
  maxMs: number;
}

const RESTART_MS = 5_000;
const CROWDED_MS = 10_000;

/** Full jitter: anything from nothing to a bound that doubles, so that clients do not come back together. */
export function jitter(backoff: Backoff, failures: number, random: () => number = Math.random): number {
  return random() * Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(failures, 30));
}

/** Reads a close code as the protocol means it. */
export function verdict(code: number, failures: number, backoff: Backoff, random: () => number = Math.random): Verdict {
  switch (code) {
    case 4400:
      return { stop: "the server does not understand this client (4400)" };
    case 4403:
      return { stop: "this user may not connect (4403)" };
    case 4401:
      return { renew: true };
    case 1012:
      return { retry: random() * Math.min(RESTART_MS, backoff.maxMs) };
    case 4429:
      return { retry: Math.min(CROWDED_MS, backoff.maxMs) + jitter({ ...backoff, baseMs: CROWDED_MS }, failures, random) };
    default:
      return { retry: jitter(backoff, failures, random) };
  }
}
