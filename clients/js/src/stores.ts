import type { AsyncKeyValueStore } from "./lock.js";
import type { AsyncOutboxStore, Pending } from "./outbox.js";

/** Keeps unsent messages in one item of string storage, such as React Native's AsyncStorage. */
export function storageOutbox(storage: AsyncKeyValueStore, key = "pichat.outbox"): AsyncOutboxStore {
  const read = async () => JSON.parse((await storage.getItem(key)) ?? "[]") as Pending[];
  // One after the other: each replaces the whole item.
  let last: Promise<unknown> = Promise.resolve();
  const change = (of: (pending: Pending[]) => Pending[]) => {
    const work = async () => storage.setItem(key, JSON.stringify(of(await read())));
    return (last = last.then(work, work));
  };
  return {
    load: read,
    put: (one) => change((pending) => [...pending.filter(({ id }) => id !== one.id), one]),
    remove: (gone) => change((pending) => pending.filter(({ id }) => id !== gone)),
  };
}

const MESSAGES = "outbox";
const ID = "id";
const ITEMS = "items";

/** The stores of a program, in one database of IndexedDB. */
export interface IndexedDbStores {
  /** For the option `outbox`. */
  outbox: AsyncOutboxStore;
  /** For `sharedSession(key, { storage })`, and anything else that is text. */
  storage: AsyncKeyValueStore;
}

/** Keeps unsent messages and a session in IndexedDB. The database is opened by the first use. */
export function indexedDbStores(name = "pichat"): IndexedDbStores {
  let opening: Promise<IDBDatabase> | undefined;
  const run = async <T>(store: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    opening ??= open(name, () => (opening = undefined));
    const transaction = (await opening).transaction(store, mode);
    const request = work(transaction.objectStore(store));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  };
  /** Does something with a message's place in the order, which is undefined for a new one. */
  const at = (id: string, work: (store: IDBObjectStore, place: IDBValidKey | undefined) => void) =>
    run(MESSAGES, "readwrite", (store) => {
      const place = store.index(ID).getKey(id);
      place.onsuccess = () => work(store, place.result);
      return place;
    });
  return {
    outbox: {
      load: () => run<Pending[]>(MESSAGES, "readonly", (store) => store.getAll()),
      put: (pending) => at(pending.id, (store, place) => store.put(pending, place)),
      remove: (id) => at(id, (store, place) => place !== undefined && store.delete(place)),
    },
    storage: {
      getItem: async (key) => (await run<string | undefined>(ITEMS, "readonly", (store) => store.get(key))) ?? null,
      setItem: (key, value) => run(ITEMS, "readwrite", (store) => store.put(value, key)),
      removeItem: (key) => run(ITEMS, "readwrite", (store) => store.delete(key)),
    },
  };
}

function open(name: string, ended: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(MESSAGES, { autoIncrement: true }).createIndex(ID, ID, { unique: true });
      request.result.createObjectStore(ITEMS);
    };
    request.onsuccess = () => {
      const database = request.result;
      // Another window deletes the database, or the browser has lost it: the next use opens it again.
      database.onversionchange = () => {
        database.close();
        ended();
      };
      database.onclose = ended;
      resolve(database);
    };
    request.onerror = () => {
      ended();
      reject(request.error);
    };
  });
}
