// React hooks. They subscribe to the client's `change` event and draw again only if their part of the state changed.

import {
  createContext, createElement, useCallback, useContext, useEffect, useMemo, useSyncExternalStore,
  type ReactElement, type ReactNode,
} from "react";
import type { Chat } from "./chat.js";
import type { Client } from "./client.js";
import type { Status } from "./connection.js";
import type { Pending } from "./outbox.js";
import { presenceOf, typingReporter } from "./presence.js";
import type { Message, PresenceStatus, User } from "./protocol.js";
import type { Room } from "./room.js";

const ClientContext = createContext<Client | undefined>(undefined);

/** Properties of {@link PichatProvider}. */
export interface PichatProviderProps {
  client: Client;
  children?: ReactNode;
}

/** Gives a client to the components below it. The client stays yours: start it before and close it after. */
export function PichatProvider({ client, children }: PichatProviderProps): ReactElement {
  return createElement(ClientContext.Provider, { value: client }, children);
}

/** The client of the nearest {@link PichatProvider}. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useClient needs a PichatProvider above it");
  return client;
}

/** Counts the changes of each chat, so that a hook can tell whether its part of the state is still the same. */
class Versions {
  readonly #client: Client;
  readonly #versions = new Map<string, number>();
  #total = 0;

  constructor(client: Client) {
    this.#client = client;
    client.on("change", (chats) => {
      this.#total++;
      for (const id of chats) this.#versions.set(id, (this.#versions.get(id) ?? 0) + 1);
    });
  }

  /** The number of changes of a chat, or of anything if none is given. */
  of(chatId: string | undefined): number {
    return chatId === undefined ? this.#total : (this.#versions.get(chatId) ?? 0);
  }

  /** Calls back after a change of a chat, or of anything if none is given. */
  watch(chatId: string | undefined, changed: () => void): () => void {
    return this.#client.on("change", (chats) => (chatId === undefined || chats.has(chatId)) && changed());
  }
}

const known = new WeakMap<Client, Versions>();

function versionsOf(client: Client): Versions {
  const found = known.get(client) ?? new Versions(client);
  known.set(client, found);
  return found;
}

/** Draws the component again when a chat, or anything at all, changes; returns the version. */
function useVersion(chatId?: string): number {
  const versions = versionsOf(useClient());
  const subscribe = useCallback((changed: () => void) => versions.watch(chatId, changed), [versions, chatId]);
  const version = () => versions.of(chatId);
  return useSyncExternalStore(subscribe, version, version);
}

/** The state of the connection. */
export function useStatus(): Status {
  const client = useClient();
  const subscribe = useCallback((changed: () => void) => client.on("status", changed), [client]);
  const status = () => client.status;
  return useSyncExternalStore(subscribe, status, status);
}

const activityOf = ({ object }: Chat) => object.lastMessage?.createdAt ?? object.updatedAt;

/** The user's chats, those with the latest message first. */
export function useChats(): Chat[] {
  const client = useClient();
  const version = useVersion();
  return useMemo(
    () => client.chats.sort((one, other) => activityOf(other).localeCompare(activityOf(one)) || one.id.localeCompare(other.id)),
    [client, version],
  );
}

/** A chat by id or `#name`; undefined while the user is not in it. */
export function useChat(reference: string): Chat | undefined {
  const client = useClient();
  // A channel may be renamed, and the user may join: neither is known to belong to this chat.
  useVersion();
  try {
    return client.chat(reference);
  } catch {
    return undefined;
  }
}

/** The result of {@link useMessages}. */
export interface Messages {
  /** The loaded messages, oldest first. */
  messages: readonly Message[];
  /** Answers that are being written, with their text so far. */
  streams: readonly Message[];
  /** Messages on their way, and those that the server refused. */
  pending: readonly Pending[];
  /** True if there are older messages to load. */
  hasOlder: boolean;
  /** Loads the page before. */
  older(limit?: number): Promise<boolean>;
}

/** Chats whose newest page is being loaded: several components may show the same chat. */
const opening = new WeakSet<Room>();
const NO_MESSAGES: Messages = { messages: [], streams: [], pending: [], hasOlder: false, older: async () => false };

/** The messages of a chat. The first component that shows them has the newest page loaded. */
export function useMessages(chat: Chat | undefined, firstPage = 50): Messages {
  const client = useClient();
  const id = chat?.id ?? "";
  const version = useVersion(id);
  const room = client.state.rooms.get(id);
  const isEmpty = room !== undefined && room.messages.length === 0 && room.from > 1;
  useEffect(() => {
    if (!chat || !room || !isEmpty || opening.has(room)) return;
    opening.add(room);
    // A refusal means that the user has just left the chat.
    chat.older(firstPage).catch(() => {}).finally(() => opening.delete(room));
  }, [chat, room, isEmpty, firstPage]);
  return useMemo(() => {
    const room = client.state.rooms.get(id);
    if (!chat || !room) return NO_MESSAGES;
    const { pending } = chat;
    const older = (limit?: number) => chat.older(limit);
    return { messages: [...room.messages], streams: [...room.streams.values()], pending, hasOlder: room.from > 1, older };
  }, [client, chat, id, version]);
}

/** The presence of a user; undefined until it is known. */
export function usePresence(userId: string): PresenceStatus | undefined {
  const client = useClient();
  useVersion();
  const isOnline = useStatus().phase === "online";
  const presence = presenceOf(client, userId);
  const isUnknown = presence === undefined;
  useEffect(() => {
    // Users one shares no chat with stay unknown.
    if (isOnline && isUnknown) client.command({ type: "GET_USER", userId }).catch(() => {});
  }, [client, userId, isOnline, isUnknown]);
  return presence;
}

/** The result of {@link useTyping}. */
export interface Typing {
  /** The others who are typing. */
  users: readonly User[];
  /** Tell the others that this user is typing; call it on every key. */
  typed(text: string): void;
}

/** The users who are typing in a chat, and a function that reports this user's typing. */
export function useTyping(chat: Chat | undefined): Typing {
  const client = useClient();
  const id = chat?.id ?? "";
  const version = useVersion(id);
  const typed = useMemo(() => typingReporter(chat), [chat]);
  return useMemo(() => ({ users: [...(client.state.rooms.get(id)?.typing.values() ?? [])], typed }), [client, id, version, typed]);
}
