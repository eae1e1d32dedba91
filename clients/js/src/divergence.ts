import type { Chat } from "./chat.js";

/** A chat that was held differently from the server; it has been repaired. */
export interface Divergence {
  chat: Chat;
  /** The position that both belong to. */
  seq: number;
  /** Items that the server has and the client lacked, in canonical form. */
  missing: string[];
  /** Items that the client had and the server does not. */
  unexpected: string[];
}
