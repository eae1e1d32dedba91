// A bot that repeats what it is asked: "@echo-bot are you there?" Uses the package pichat-client.
//
//   npm install ws ../clients/js && PICHAT_URL=ws://127.0.0.1:8080/ws BOT_TOKEN=pichat_… node echo.mjs '#general'

import { connect } from "pichat-client";

const fail = (error) => {
  console.error(error.message);
  process.exit(1);
};

const client = await connect({
  url: process.env.PICHAT_URL ?? "ws://127.0.0.1:8080/ws",
  token: process.env.BOT_TOKEN,
  replayUnread: true, // What was asked while the bot was down is answered, once.
  timeoutMs: Infinity,
  log: ({ level, message, ...fields }) => level === "warn" && console.error(message, fields),
}).catch(fail);
client.on("status", ({ phase, reason }) => phase === "closed" && reason && fail(reason));
client.on("problem", (error) => console.error(error.message, error.cause ?? ""));

const question = new RegExp(`^@${client.me.username.replaceAll(".", "\\.")}\\s+(.*)`, "is");
client.onMessage(question, ({ match, reply }) => reply(`You said: ${match[1]}`));
for (const channel of process.argv.slice(2)) await client.join(channel).catch(fail);
console.log(`${client.me.username} is here`);
