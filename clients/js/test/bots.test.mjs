// Guarantees for bots: no message is missed or handled twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, Proxy, Server, soon, until } from "./support.mjs";

/** A server, ann, and the token of a bot. */
async function scene(test, settings) {
  const server = await Server.start(test, settings);
  const ann = await enter(test, { url: server.url, token: await server.user("ann") });
  return { server, ann, token: await server.user("bot") };
}

/** Disconnects a bot while an action runs. */
async function whileCutOff(bot, proxy, work) {
  proxy.refusing = true;
  proxy.cut();
  await until(bot, () => bot.status.phase !== "online", "the cut");
  await work();
  proxy.refusing = false;
  await until(bot, () => bot.status.phase === "online", "the connection");
}

test("a first direct message sent during a disconnect arrives", async (test) => {
  const { server, ann, token } = await scene(test);
  const proxy = await Proxy.start(test, server);
  const bot = await enter(test, { url: proxy.url, token });
  const heard = [];
  bot.on("message", ({ message, missed }) => heard.push([message.content, missed]));
  await whileCutOff(bot, proxy, async () => {
    await ann.command({ type: "SEND_PERSONAL_MESSAGE", to: "bot", content: "are you there?" });
    await ann.command({ type: "SEND_PERSONAL_MESSAGE", to: "bot", content: "hello?" });
    const group = await ann.create({ name: "work", members: ["bot"] });
    await group.send("welcome");
  });
  await until(bot, () => heard.length >= 3, "the messages");
  assert.deepEqual(heard.sort(), [["are you there?", true], ["hello?", true], ["welcome", true]]);
});

test("a message deleted while offline is not reported", async (test) => {
  const { server, ann, token } = await scene(test);
  const proxy = await Proxy.start(test, server);
  const bot = await enter(test, { url: proxy.url, token });
  const { id } = await ann.create({ name: "work", members: ["bot"] });
  await until(bot, () => bot.state.rooms.has(id), "the chat");
  const heard = [];
  bot.on("message", ({ message }) => heard.push(message.content));
  await whileCutOff(bot, proxy, async () => {
    const gone = await ann.chat(id).send("never mind");
    await ann.chat(id).send("this counts");
    await ann.chat(id).delete(gone.id);
  });
  await until(bot, () => heard.length >= 1, "the message");
  assert.deepEqual(heard, ["this counts"]);
  assert.equal(bot.chat(id).messages[0].content, "");
});

test("changes beyond one SYNC are reported in order", async (test) => {
  const { server, ann, token } = await scene(test, { COMMANDS_PER_SECOND: "0" });
  const proxy = await Proxy.start(test, server);
  const bot = await enter(test, { url: proxy.url, token });
  const { id } = await ann.create({ name: "work", members: ["bot"] });
  await until(bot, () => bot.state.rooms.has(id), "the chat");
  const heard = [];
  bot.on("message", ({ message }) => heard.push(message.content));
  await whileCutOff(bot, proxy, async () => {
    const sent = [];
    for (let count = 0; count < 450; count++) sent.push(ann.chat(id).send(`${count}`));
    const [first, second] = await Promise.all(sent);
    // Ordered by their latest change, these are last.
    await ann.chat(id).edit(first.id, "0 edited");
    await ann.chat(id).delete(second.id);
  });
  await until(bot, () => heard.length >= 449, "the messages");
  assert.deepEqual(heard, ["0 edited", ...Array.from({ length: 448 }, (_, index) => `${index + 2}`)]);
});

test("questions asked while a bot was down and bursts are each answered once", async (test) => {
  const { server, ann, token } = await scene(test, { COMMANDS_PER_SECOND: "100", COMMAND_BURST: "20" });
  const chat = await ann.create({ name: "work", members: ["bot"] });
  const handled = [];
  const start = async () => {
    const bot = await enter(test, { url: server.url, token, replayUnread: true });
    bot.use(async ({ message }, next) => {
      handled.push(message.content);
      await next();
    });
    bot.onMessage(/^ask (\d+)/, ({ match, reply }) => reply(`answer ${match[1]}`));
    return bot;
  };
  const answers = () => chat.messages.filter(({ content }) => content.startsWith("answer")).map(({ content }) => content);
  await Promise.all([1, 2].map((number) => chat.send(`ask ${number}`)));
  const first = await start();
  await until(ann, () => answers().length === 2, "the answers to what was asked before");
  await Promise.all(Array.from({ length: 160 }, (_, index) => chat.send(`ask ${index + 3}`)));
  await until(ann, () => answers().length === 162, "an answer to every question");
  first.close();
  await chat.send("ask 163");
  const before = handled.length;
  await start();
  await until(ann, () => answers().length === 163, "the answer to what was asked meanwhile");
  assert.deepEqual(answers(), Array.from({ length: 163 }, (_, index) => `answer ${index + 1}`));
  // The mark is stored in the background, so the last question may be handled again; its answer is stored once.
  assert.ok(handled.length - before <= 2, `${handled.length - before} messages are handled again`);
});

test("handlers run sequentially per chat, and a failing one stops nothing", async (test) => {
  const { server, ann, token } = await scene(test);
  const bot = await enter(test, { url: server.url, token });
  const chat = await ann.create({ name: "work", members: ["bot"] });
  await until(bot, () => bot.state.rooms.has(chat.id), "the chat");
  const steps = [];
  const problems = [];
  bot.on("problem", (error) => problems.push(error.cause.message));
  bot.use(({ message }, next) => (message.content.startsWith("secret") ? undefined : next()));
  bot.onMessage(async ({ message }) => {
    steps.push(`begin ${message.content}`);
    await new Promise((resolve) => setTimeout(resolve, 30 * Math.random()));
    steps.push(`end ${message.content}`);
    if (message.content === "2") throw new Error("two is too much");
  });
  const off = bot.onMessage(/3/g, ({ match }) => steps.push(`found ${match[0]}`));
  for (const text of ["1", "secret", "2", "3"]) await chat.send(text);
  await bot.chat(chat.id).send("own messages are not handled");
  const handled = async (count) => {
    while (steps.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await soon(handled(7), "the handlers");
  off();
  await chat.send("3 again");
  await soon(handled(9), "the handlers");
  assert.deepEqual(steps, ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3", "found 3", "begin 3 again", "end 3 again"]);
  assert.deepEqual(problems, ["two is too much"]);
});
