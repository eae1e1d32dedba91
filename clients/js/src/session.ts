import { parse, StorageLock, type AsyncKeyValueStore, type KeyValueStore } from "./lock.js";

/** Tokens from a log-in: enough to come back without a password. */
export interface Session {
  accessToken?: string;
  accessTokenExpiresAt?: string;
  refreshToken?: string;
  refreshTokenExpiresAt?: string;
  /** The time at which this machine received the tokens, in milliseconds of its own clock. */
  receivedAt?: number;
}

interface Sharing {
  /** Runs `work` while no other window does: a refresh token works once. */
  exclusive?<T>(work: () => Promise<T>): Promise<T>;
  /** Calls back when another window has saved; the returned function ends that. */
  subscribe?(changed: () => void): () => void;
}

/** Keeps a session between visits and shares it with other windows. */
export interface SessionStore extends Sharing {
  load(): Session | undefined;
  save(session: Session | undefined): void;
}

/** The same for storage that answers later. */
export interface AsyncSessionStore extends Sharing {
  load(): Promise<Session | undefined>;
  save(session: Session | undefined): Promise<unknown>;
}

/** The storage of {@link sharedSession}, and the lock between windows. */
export interface SharedSessionOptions<Storage = KeyValueStore> {
  /** Defaults to `localStorage`. */
  storage?: Storage;
  /** Defaults to `navigator.locks`; null uses the storage itself. */
  locks?: Pick<LockManager, "request"> | null;
}

/**
 * A session shared by all windows that use the same storage and key.
 *
 * Windows refresh one at a time, by `navigator.locks` or, on pages without https, by a lock in the storage itself. The
 * others learn of new tokens and use them.
 */
export function sharedSession(key?: string, options?: SharedSessionOptions): SessionStore;
export function sharedSession(key: string, options: SharedSessionOptions<AsyncKeyValueStore>): AsyncSessionStore;
export function sharedSession(
  key = "pichat.session",
  options: SharedSessionOptions<KeyValueStore | AsyncKeyValueStore> = {},
): SessionStore | AsyncSessionStore {
  const storage = options.storage ?? localStorage;
  const locks = options.locks === undefined ? globalThis.navigator?.locks : options.locks;
  const lock = new StorageLock(storage, `${key}.lock`);
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(key);
  // In Node an open channel would keep the program running.
  (channel as { unref?(): void } | undefined)?.unref?.();
  const load = () => {
    const kept = storage.getItem(key);
    return kept instanceof Promise ? kept.then(parse<Session>) : parse<Session>(kept);
  };
  const save = (session: Session | undefined) => {
    const written = session ? storage.setItem(key, JSON.stringify(session)) : storage.removeItem(key);
    const tell = () => channel?.postMessage("saved");
    return written instanceof Promise ? written.then(tell) : tell();
  };
  const exclusive: Sharing["exclusive"] = <T>(work: () => Promise<T>) =>
    locks ? (locks.request(key, work) as Promise<T>) : lock.run(work);
  const subscribe = (changed: () => void) => {
    // A session that was removed is not to be renewed; the server ends its connections.
    const told = async () => (await load()) && changed();
    const stored = (event: Event) => (event as StorageEvent).key === key && told();
    globalThis.addEventListener?.("storage", stored);
    channel?.addEventListener("message", told);
    return () => {
      globalThis.removeEventListener?.("storage", stored);
      channel?.removeEventListener("message", told);
    };
  };
  return { load, save, exclusive, subscribe } as SessionStore | AsyncSessionStore;
}
