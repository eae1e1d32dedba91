import { newId } from "./ids.js";

/** String storage such as `localStorage`. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** String storage such as AsyncStorage, or a few lines around IndexedDB. */
export interface AsyncKeyValueStore {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
}

/** The record that stands for the lock while a window holds it. */
interface Lease {
  owner: string;
  /** Rises with each owner. */
  fence: number;
  /** By the clock of this machine, which all windows share. */
  expiresAt: number;
}

/** The duration of a lease unless it is extended: a window that was closed or suspended blocks the others this long. */
const LEASE_MS = 15_000;
/** A claim counts after this long, which is longer than a write takes to become visible in other windows. */
const SETTLE_MS = 50;
const POLL_MS = 50;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * A lock between windows that needs nothing but shared storage; pages without https have no `navigator.locks`.
 *
 * Storage has no compare-and-swap. A window writes a claim, waits until a concurrent claim would have become visible,
 * and holds the lock only if its own claim is still there. The last writer wins, and every other contender notices.
 */
export class StorageLock {
  readonly #storage: KeyValueStore | AsyncKeyValueStore;
  readonly #key: string;
  readonly #owner = newId();
  /** Contenders in this window queue here and never compete through the storage. */
  #previous: Promise<unknown> = Promise.resolve();

  constructor(storage: KeyValueStore | AsyncKeyValueStore, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  /** Runs `work` while no other window runs any under the same key. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#previous.then(() => this.#exclusively(work));
    this.#previous = turn.catch(() => {});
    return turn;
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const fence = await this.#acquire();
    const extension = setInterval(() => void this.#extend(fence), LEASE_MS / 3);
    try {
      return await work();
    } finally {
      clearInterval(extension);
      if (await this.#holds(fence)) await this.#storage.removeItem(this.#key);
    }
  }

  async #acquire(): Promise<number> {
    for (;;) {
      const lease = await this.#read();
      if (lease && lease.owner !== this.#owner) {
        await sleep(POLL_MS * (1 + Math.random()));
        continue;
      }
      const fence = (lease?.fence ?? 0) + 1;
      await this.#write(fence);
      await sleep(SETTLE_MS * (1 + Math.random()));
      if (!(await this.#holds(fence))) continue;
      // A contender that read the storage before the claim and wrote late has overwritten it by now.
      await sleep(SETTLE_MS);
      if (await this.#holds(fence)) return fence;
    }
  }

  async #extend(fence: number): Promise<void> {
    if (await this.#holds(fence)) await this.#write(fence);
  }

  async #holds(fence: number): Promise<boolean> {
    const lease = await this.#read();
    return lease?.owner === this.#owner && lease.fence === fence;
  }

  /** The lease in force. One that ends later than any lease can was written before the clock was set back. */
  async #read(): Promise<Lease | undefined> {
    const lease = parse<Lease>(await this.#storage.getItem(this.#key));
    const left = (lease?.expiresAt ?? 0) - Date.now();
    return left > 0 && left <= LEASE_MS ? lease : undefined;
  }

  async #write(fence: number): Promise<void> {
    const lease: Lease = { owner: this.#owner, fence, expiresAt: Date.now() + LEASE_MS };
    await this.#storage.setItem(this.#key, JSON.stringify(lease));
  }
}

/** Parses JSON that another program may have written. */
export function parse<T>(text: string | null): T | undefined {
  try {
    return (JSON.parse(text ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}
