import type { OutboxStore, Pending, Session, SessionStore } from "pichat-client";

const SESSION = "pichat.session";
const OUTBOX = "pichat.outbox.";
const THEME = "pichat.theme";

function read<T>(key: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(value));
}

/** The log-in, shared by all windows. */
export const sessions: SessionStore = {
  load: () => read<Session>(SESSION),
  save: (session) => write(SESSION, session),
  async exclusive(work) {
    return navigator.locks ? navigator.locks.request(SESSION, work) : work();
  },
};

/** Unsent messages; those of another user stay where they are. */
export const outbox: OutboxStore = {
  load: () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(OUTBOX))
      .flatMap((key) => read<Pending>(key) ?? [])
      .sort((one, other) => one.createdAt.localeCompare(other.createdAt)),
  put: (pending) => write(OUTBOX + pending.id, pending),
  remove: (id) => write(OUTBOX + id, undefined),
};

/** Forgets what was not sent: whoever logs in next is somebody else. */
export function forgetUnsent(): void {
  outbox.load().forEach(({ id }) => outbox.remove(id));
}

export type Theme = "system" | "light" | "dark";

export const theme = {
  get: () => read<Theme>(THEME) ?? "system",
  set(value: Theme) {
    write(THEME, value);
    theme.show();
  },
  show() {
    document.documentElement.dataset.theme = theme.get();
  },
};
