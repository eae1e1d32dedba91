import type { Chat } from "pichat-client";
import type { Context } from "../context.ts";

const fold = (text: string) => text.normalize("NFKC").toLocaleLowerCase();
const activity = ({ object }: Chat) => object.lastMessage?.createdAt ?? object.updatedAt;

/** The chats as they are listed: those whose name contains the text, the latest activity first. */
export function sortedChats(context: Context, filter = ""): Chat[] {
  const wanted = fold(filter.trim().replace(/^#/, ""));
  return context.client.chats
    .filter((chat) => chat.object.active || chat.id === context.chat?.id)
    .filter((chat) => fold(chat.name).includes(wanted))
    .sort((one, other) => activity(other).localeCompare(activity(one)) || one.id.localeCompare(other.id));
}
