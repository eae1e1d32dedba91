import type { OutboxStore, Pending, Session } from "pichat-client";

/** The name of the stored session. */
export const SESSION = "pichat.session";
const LAST_CHAT = "pichat.chat";
const OUTBOX = "pichat.outbox.";
const DRAFT = "pichat.draft.";
const THEME = "pichat.theme";
const DENSITY = "pichat.density";
const LANGUAGE = "pichat.language";
const NOTIFICATIONS = "pichat.notifications";
const SOUND = "pichat.sound";
const NOTIFY = "pichat.notify.";
const CONTRAST = "pichat.contrast";
const EMOJI = "pichat.emoji";

function read<T>(key: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden; the page works without it.
  }
}

const keysOf = (prefix: string) => Object.keys(localStorage).filter((key) => key.startsWith(prefix));

/** The session as it is stored, for scripts that run before the client is there. */
export const storedSession = (): Session | undefined => read<Session>(SESSION);

/** Unsent messages. */
export const outbox: OutboxStore = {
  load: () =>
    keysOf(OUTBOX)
      .flatMap((key) => read<Pending>(key) ?? [])
      .sort((one, other) => one.createdAt.localeCompare(other.createdAt)),
  put: (pending) => write(OUTBOX + pending.id, pending),
  remove: (id) => write(OUTBOX + id, undefined),
};

/** Texts that were begun and not sent, by chat. */
export const drafts = {
  get: (chatId: string): string => read<string>(DRAFT + chatId) ?? "",
  set: (chatId: string, text: string): void => write(DRAFT + chatId, text || undefined),
};

/** The chat that was opened last: its field is there before anything is known of it. */
export interface LastChat {
  id: string;
  title: string;
}

export const lastChat = {
  get: (): LastChat | undefined => read<LastChat>(LAST_CHAT),
  set: (chat: LastChat): void => write(LAST_CHAT, chat),
};

/** Removes everything that belongs to the user who logs out, beside the session. */
export function forgetUser(): void {
  for (const key of [LAST_CHAT, ...keysOf(OUTBOX), ...keysOf(DRAFT), ...keysOf(NOTIFY)]) write(key, undefined);
}

export type Theme = "system" | "light" | "dark";
const THEMES: readonly string[] = ["system", "light", "dark"];
export const isTheme = (value: unknown): value is Theme => THEMES.includes(String(value));

export const theme = {
  get: (): Theme => read<Theme>(THEME) ?? "system",
  set(value: Theme): void {
    write(THEME, value);
    theme.apply();
  },
  apply(): void {
    document.documentElement.dataset.theme = theme.get();
  },
};

export type Density = "comfortable" | "compact";

export const density = {
  get: (): Density => read<Density>(DENSITY) ?? "comfortable",
  set(value: Density): void {
    write(DENSITY, value);
    density.apply();
  },
  apply(): void {
    document.documentElement.dataset.density = density.get();
  },
};

export const language = {
  get: (): string | undefined => read<string>(LANGUAGE),
  set: (value: string | undefined): void => write(LANGUAGE, value),
};

/** Desktop notifications and sound, per browser. */
export const notifications = {
  enabled: (): boolean => read<boolean>(NOTIFICATIONS) ?? false,
  enable: (on: boolean): void => write(NOTIFICATIONS, on || undefined),
  sound: (): boolean => read<boolean>(SOUND) ?? false,
  setSound: (on: boolean): void => write(SOUND, on || undefined),
};

export type NotifyLevel = "all" | "mentions" | "nothing";

/** The messages of a chat that cause notifications, per browser. Undefined: all of them, or only mentions if the chat is muted. */
export const notifyLevel = {
  get: (chatId: string): NotifyLevel | undefined => read<NotifyLevel>(NOTIFY + chatId),
  set: (chatId: string, level: NotifyLevel | undefined): void => write(NOTIFY + chatId, level),
};

export const contrast = {
  high: (): boolean => read<boolean>(CONTRAST) ?? false,
  set(high: boolean): void {
    write(CONTRAST, high || undefined);
    contrast.apply();
  },
  apply(): void {
    document.documentElement.dataset.contrast = contrast.high() ? "more" : "normal";
  },
};

const RECENT_EMOJI = 24;

/** Emoji the user chose lately, newest first. */
export const recentEmoji = {
  get: (): string[] => read<string[]>(EMOJI) ?? [],
  add: (emoji: string): void => write(EMOJI, [emoji, ...recentEmoji.get().filter((other) => other !== emoji)].slice(0, RECENT_EMOJI)),
};
