import type { Chat, Message, Reaction, User } from "pichat-client";
import { attempt } from "./dialog.ts";

/** A change that the user has asked for and the server has not confirmed yet. */
interface Wish {
  chatId: string;
  /** What is to be changed. */
  subject: string;
  isWanted: boolean;
}

const reactionTo = (messageId: string, emoji = "") => `reaction ${messageId} ${emoji}`;
const pinOf = (messageId: string) => `pin ${messageId}`;
const MUTED = "muted";

/** Reactions, pins and mutes that are shown as soon as the user asks for them, and undone if the server refuses. */
export class Wishes {
  readonly #wishes = new Map<string, Wish>();
  readonly #changed: (chats: ReadonlySet<string>) => void;

  constructor(changed: (chats: ReadonlySet<string>) => void) {
    this.#changed = changed;
  }

  /** Shows a reaction, or its removal, while the command runs. */
  react<T>(message: Message, emoji: string, isWanted: boolean, command: Promise<T>): Promise<T | undefined> {
    return this.#show({ chatId: message.chatId, subject: reactionTo(message.id, emoji), isWanted }, command);
  }

  /** Shows a message as pinned, or not, while the command runs. */
  pin<T>(message: Message, isWanted: boolean, command: Promise<T>): Promise<T | undefined> {
    return this.#show({ chatId: message.chatId, subject: pinOf(message.id), isWanted }, command);
  }

  /** Shows a chat as muted, or not, while the command runs. */
  mute<T>(chat: Chat, isWanted: boolean, command: Promise<T>): Promise<T | undefined> {
    return this.#show({ chatId: chat.id, subject: MUTED, isWanted }, command);
  }

  /** The reactions of a message as the user expects them: the server's own list if nothing is on its way. */
  reactionsOf(message: Message, me: User): readonly Reaction[] {
    const known = message.reactions as Reaction[];
    const prefix = reactionTo(message.id);
    const wishes = [...this.#wishes.values()].filter(({ chatId, subject }) => chatId === message.chatId && subject.startsWith(prefix));
    return wishes.reduce((reactions, { subject, isWanted }) => changed(reactions, subject.slice(prefix.length), isWanted, me), known);
  }

  isPinned(chat: Chat, messageId: string): boolean {
    return this.#wanted(chat.id, pinOf(messageId)) ?? chat.object.pinned.includes(messageId);
  }

  isMuted(chat: Chat): boolean {
    return this.#wanted(chat.id, MUTED) ?? Boolean(chat.object.muted);
  }

  #wanted(chatId: string, subject: string): boolean | undefined {
    return this.#wishes.get(`${chatId} ${subject}`)?.isWanted;
  }

  async #show<T>(wish: Wish, command: Promise<T>): Promise<T | undefined> {
    const key = `${wish.chatId} ${wish.subject}`;
    const chats = new Set([wish.chatId]);
    this.#wishes.set(key, wish);
    this.#changed(chats);
    const done = await attempt(command);
    // A later wish for the same thing stays.
    if (this.#wishes.get(key) === wish) this.#wishes.delete(key);
    this.#changed(chats);
    return done;
  }
}

function changed(reactions: Reaction[], emoji: string, isWanted: boolean, me: User): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (Boolean(known?.me) === isWanted) return reactions;
  const userIds = (known?.userIds ?? []).filter((id) => id !== me.id);
  const one: Reaction = { ...known, emoji, me: isWanted, count: (known?.count ?? 0) + (isWanted ? 1 : -1), userIds: isWanted ? [...userIds, me.id] : userIds };
  const all = known ? reactions.map((reaction) => (reaction === known ? one : reaction)) : [...reactions, one];
  return all.filter(({ count }) => count > 0);
}
