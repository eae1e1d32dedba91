import type { Chat, Client, Limits } from "pichat-client";
import type { Profiles } from "./profiles.ts";
import type { Wishes } from "./wishes.ts";

/** A message that can be shown. */
export interface MessageAddress {
  chatId: string;
  id: string;
}

/** The running page, as its parts see it. */
export interface Context {
  readonly client: Client;
  /** What the server allows; undefined before the first connection. */
  readonly limits: Limits | undefined;
  /** The list of chats is known; until then nothing can be said about a chat that is not in it. */
  readonly isLoaded: boolean;
  /** The open chat, if the user is a member. */
  readonly chat: Chat | undefined;
  /** What the user has asked for and the server has not confirmed yet. */
  readonly wishes: Wishes;
  /** Users whom the client does not know. */
  readonly profiles: Profiles;
  open(chatId: string): void;
  showMessage(message: MessageAddress): void;
  logOut(everywhere: boolean): Promise<void>;
}

const DEFAULT_CONTENT_CHARACTERS = 4_096;

/** The most characters a message may have. */
export const contentLimit = ({ limits }: Context): number => limits?.contentChars ?? DEFAULT_CONTENT_CHARACTERS;

/** True if the user may write to a chat. */
export const mayPost = ({ object }: Chat): boolean => object.active && (object.posting === "everyone" || object.myRole !== "member");

/** The position after which messages are unread: that of the latest read message, or the one before a message that was marked as unread. */
export const unreadAfter = ({ object: { readSeq = 0, unreadFromSeq = Infinity } }: Chat): number => Math.min(readSeq, unreadFromSeq - 1);

/** A chat's name for a sentence: channels carry their `#`. */
export const chatTitle = (chat: Chat): string => (chat.object.kind === "channel" ? `#${chat.name}` : chat.name);
