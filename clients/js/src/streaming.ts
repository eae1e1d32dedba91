import type { Chat } from "./chat.js";
import type { Client } from "./client.js";
import type { Message } from "./protocol.js";

/** An answer as far as it is written. */
export interface StreamedText {
  /** The whole text so far. */
  content: string;
  /** The text added since the last step. It can be appended if `restarted` is false. */
  added: string;
  /** The text so far does not continue the last one: the client missed something, or the author replaced the text. */
  restarted: boolean;
  /** The stored message, with the last step; absent if the author gave up. */
  message?: Message;
}

/**
 * Follows an answer while it is being written: one step for each change, the last one when it is stored or given up.
 *
 * Steps that nobody has awaited are merged, so a slow display skips intermediate texts instead of falling behind. A lost
 * connection pauses the loop; it goes on with whatever was missed.
 */
export async function* followStream(client: Client, chat: Chat, messageId: string): AsyncGenerator<StreamedText, void> {
  let shown = "";
  let wake = () => {};
  let isChanged = true;
  const notify = () => {
    isChanged = true;
    wake();
  };
  const offs = [client.on("change", (chats) => chats.has(chat.id) && notify()), client.on("status", notify)];
  const step = (content: string, message?: Message): StreamedText => {
    const restarted = !content.startsWith(shown);
    const added = restarted ? content : content.slice(shown.length);
    shown = content;
    return { content, added, restarted, ...(message && { message }) };
  };
  try {
    for (;;) {
      while (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
      isChanged = false;
      const room = client.state.rooms.get(chat.id);
      const stored = room && chat.message(messageId);
      if (stored) return void (yield step(stored.content, stored));
      const stream = room?.streams.get(messageId);
      if (stream && (stream.content !== shown || shown === "")) yield step(stream.content);
      // A stream that is missing while the client is away may still run.
      else if (!stream && (client.status.phase === "online" || client.status.phase === "closed")) return;
    }
  } finally {
    for (const off of offs) off();
  }
}
