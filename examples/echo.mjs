// A bot that repeats what it is asked: "@echo-bot are you there?" It uses the package pichat-client, which has to be
// built first: `npm ci && npm run build` in clients/js.
//
//   npm install ws ../clients/js && PICHAT_URL=ws://127.0.0.1:8080/ws BOT_TOKEN=pichat_… node echo.mjs '#general'

import { connect } from "pichat-client";

const url = process.env.PICHAT_URL ?? "ws://127.0.0.1:8080/ws";
const client = await connect({ url, token: process.env.BOT_TOKEN });
client.on("status", ({ phase }) => console.error(phase));
for (const channel of process.argv.slice(2)) await client.join(channel);
console.log(`${client.me.username} is here`);

const spokenTo = new RegExp(`^@${client.me.username}\\s+(.*)`, "is");
for await (const { chat, message } of client.events("message")) {
  const question = message.content.match(spokenTo)?.[1];
  if (question === undefined || message.sender.id === client.me.id) continue;
  // The id is derived from the question's, so restarting the bot never answers a question twice.
  const answer = { id: `answer-${message.id}`, content: `You said: ${question}`, replyTo: message.id };
  chat.send(answer).catch((error) => console.error(error.message));
}
