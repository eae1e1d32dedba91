import type { Chat, Client, Message, User } from "pichat-client";

const DATABASE = "pichat";
const STORE = "snapshot";
const KEY = "latest";
/** The shape of a snapshot; others are ignored. */
const VERSION = 1;
const MOST_CHATS = 40;
const MOST_MESSAGES = 60;
const SAVE_AFTER_MS = 2_000;

type ChatObject = Chat["object"];

interface KeptChat {
  chat: ChatObject;
  position: number;
  /** Every message from this `seq` on is in `messages`. */
  from: number;
  messages: Message[];
}

/** The latest chats as they were when the page was last used. */
export interface Snapshot {
  version: number;
  me: User;
  chats: KeptChat[];
}

/** Starts the service worker, so that the page opens without a network, and can be installed. */
export function keepPage(): void {
  // Pages without https have no service workers, and browsers may forbid them.
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = opening.onblocked = () => reject(opening.error);
  });
}

/** Runs one request; undefined if the browser has no storage for this page. */
async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const opened = await database();
    const request = work(opened.transaction(STORE, mode).objectStore(STORE));
    return await new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }).finally(() => opened.close());
  } catch {
    return undefined;
  }
}

/** The snapshot of the last visit, if there is one. */
export async function loadSnapshot(): Promise<Snapshot | undefined> {
  const found = await run<Snapshot | undefined>("readonly", (store) => store.get(KEY));
  return found?.version === VERSION ? found : undefined;
}

/** Forgets the snapshot: the user logs out. */
export const forgetSnapshot = (): Promise<unknown> => run("readwrite", (store) => store.delete(KEY));

const activity = ({ chat }: KeptChat) => chat.lastMessage?.createdAt ?? chat.updatedAt;

function snapshotOf(client: Client): Snapshot {
  const kept = [...client.state.rooms.values()].map(({ chat, position, from, messages }): KeptChat => {
    const newest = messages.slice(-MOST_MESSAGES);
    return { chat, position, from: newest.length < messages.length ? newest[0]!.seq : from, messages: newest };
  });
  const chats = kept.sort((one, other) => activity(other).localeCompare(activity(one))).slice(0, MOST_CHATS);
  return { version: VERSION, me: client.me, chats };
}

/** Shows the chats of the last visit until the first connection, and keeps those of this one. */
export class OfflineChats {
  readonly #client: Client;
  #snapshot: Snapshot | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOnline = false;
  #isDropped = false;

  constructor(client: Client) {
    this.#client = client;
    // From here on only the server's word counts: SYNC then answers as it does to a page that knows nothing.
    client.on("AUTHENTICATED", () => this.#snapshot && !this.#isOnline && this.#drop());
    client.on("change", () => this.#isOnline && this.#saveSoon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#isOnline && this.#save());
  }

  /** The chats of the last visit are gone, and those of this one have not arrived. */
  get isBetween(): boolean {
    return this.#isDropped && !this.#isOnline;
  }

  /** Puts the chats of the last visit into the client; false if there are none. */
  async show(): Promise<boolean> {
    const snapshot = await loadSnapshot();
    // A connection may have been faster.
    if (!snapshot || this.#client.state.me) return false;
    this.#snapshot = snapshot;
    this.#client.state.me = snapshot.me;
    for (const kept of snapshot.chats) this.#put(kept);
    return true;
  }

  /** The first connection is up: messages of chats that have not changed since need not be loaded again. */
  online(): void {
    const { state } = this.#client;
    this.#isOnline = true;
    const isSame = state.me?.id === this.#snapshot?.me.id;
    for (const kept of isSame ? (this.#snapshot?.chats ?? []) : []) {
      const room = state.rooms.get(kept.chat.id);
      if (room && room.position === kept.position && room.messages.length === 0) this.#fill(room, kept);
    }
    this.#snapshot = undefined;
    this.#saveSoon();
  }

  #put(kept: KeptChat): void {
    this.#fill(this.#client.state.add(kept.chat, kept.position), kept);
  }

  #fill(room: Chat["room"], { from, messages }: KeptChat): void {
    room.from = from;
    room.messages = messages;
    this.#client.state.showSenders(messages);
  }

  #drop(): void {
    this.#isDropped = true;
    for (const id of [...this.#client.state.rooms.keys()]) this.#client.state.remove(id);
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#client.status.phase !== "closed") void run("readwrite", (store) => store.put(snapshotOf(this.#client), KEY));
  }
}
