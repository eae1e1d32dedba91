import { sharedSession, type KeyValueStore, type SessionStore } from "pichat-client";
import { SESSION } from "./storage.ts";

/** Storage that may be full or forbidden: the page works without it. */
const tolerant: KeyValueStore = {
  getItem: (key) => quietly(() => localStorage.getItem(key)) ?? null,
  setItem: (key, value) => quietly(() => localStorage.setItem(key, value)),
  removeItem: (key) => quietly(() => localStorage.removeItem(key)),
};

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The session, shared by all windows. */
export const sessions: SessionStore = sharedSession(SESSION, { storage: tolerant });
