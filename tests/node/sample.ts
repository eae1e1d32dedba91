// A client in small: what the types must allow and what they must refuse.

import type { ChatFrame, Command, FrameOf, Message, ReplyTo, ServerFrame } from "../../protocol/pichat.js";

declare function send<C extends Command>(command: C): Promise<ReplyTo<C>>;

/** One reducer per type: the compiler knows each frame by its type. */
export function apply(messages: Map<string, Message>, frame: ServerFrame): string | undefined {
  switch (frame.type) {
    case "NEW_MESSAGE":
      messages.set(frame.message.id, frame.message);
      return frame.message.content;
    case "LAGGED":
      return `${frame.chatId}: ${frame.fromSeq}–${frame.toSeq}`;
    case "ERROR":
      return frame.code === "RATE_LIMITED" ? `${frame.retryAfterMs}` : frame.error;
    default:
      return undefined;
  }
}

export async function talk(): Promise<FrameOf<"NEW_MESSAGE">> {
  const chat: ChatFrame = await send({ type: "GET_CHAT", chatId: "#general" });
  const unread: number | undefined = chat.chat.unreadCount;
  return send({ type: "SEND_MESSAGE", chatId: chat.chat.id, message: { content: `${unread}` }, requestId: 7 });
}

// @ts-expect-error: an unknown field is a mistake
export const typo: Command = { type: "SEND_MESSAGE", chatId: "1", contnet: "?" };
// @ts-expect-error: the chat is missing
export const nowhere: Command = { type: "SEND_MESSAGE", content: "?" };
// @ts-expect-error: there is no such command
export const unknown: Command = { type: "SHOUT" };
