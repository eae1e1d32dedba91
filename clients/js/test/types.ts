// Code that must or must not compile: an expected error that does not occur is an error.

import { connect, type Chat, type Client, type CommandOf, type Message, type Options } from "../dist/index.js";

export async function allowed(client: Client, chat: Chat): Promise<void> {
  const { chats } = await client.command({ type: "GET_CHATS", scope: "mine" });
  const unread: number | undefined = chats[0]?.unreadCount;
  const sent: { message: Message; seq: number } = await client.command({
    type: "SEND_MESSAGE",
    chatId: chat.id,
    message: { id: "m1", content: `${unread}`, metadata: { sure: true } },
    requestId: 7,
  });
  const prepared: CommandOf<"PIN_MESSAGE"> = { type: "PIN_MESSAGE", chatId: chat.id, messageId: sent.message.id };
  await client.command(prepared, { timeoutMs: 1_000 });
  await chat.send({ content: "hi", replyTo: sent.message.id });
  client.on("CHAT_UPDATED", (frame) => frame.chat.name.trim());
  client.onMessage(/^hi/, ({ match, reply }) => reply(match[0]));
  client.use(async ({ missed }, next) => (missed ? undefined : next()));
  const asynchronous: Options = {
    url: "ws://127.0.0.1:8080/ws",
    session: { load: async () => undefined, save: async () => {} },
    outbox: { load: async () => [], put: async () => {}, remove: async () => {} },
    log: ({ level, message }) => console.log(level, message),
  };
  await connect({ ...asynchronous, signal: AbortSignal.timeout(1_000), timeoutMs: 500 });
}

export function refused(client: Client, chat: Chat): void {
  // @ts-expect-error: a misspelled optional field
  client.command({ type: "GET_CHATS", scop: "mine" });
  // @ts-expect-error: a misspelled nested field
  client.command({ type: "SEND_MESSAGE", chatId: "1", message: { contnet: "hi" } });
  // @ts-expect-error: a field of another command
  client.command({ type: "PING", chatId: "1" });
  // @ts-expect-error: a required field is missing
  client.command({ type: "GET_MESSAGE", chatId: "1" });
  // @ts-expect-error: a value that is not one of the choices
  client.command({ type: "GET_CHATS", scope: "all" });
  // @ts-expect-error: an unknown command
  client.command({ type: "SHOUT" });
  // @ts-expect-error: a misspelled option
  client.command({ type: "PING" }, { timeout: 5 });
  // @ts-expect-error: a misspelled field of a message
  chat.send({ contnet: "hi" });
  // @ts-expect-error: an unknown event
  client.on("CHAT_UPDATE", () => {});
  // @ts-expect-error: a misspelled field of a frame
  client.on("CHAT_UPDATED", (frame) => frame.chat.nam);
  // @ts-expect-error: a misspelled option
  void connect({ url: "ws://127.0.0.1:8080/ws", tokne: "t" });
}
