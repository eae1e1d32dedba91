// The hooks in a real React, in front of the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";
import WebSocket from "ws";
import { enter, Proxy, Server, until } from "./support.mjs";

const window = new Window({ url: "http://localhost/" });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
globalThis.navigator ??= window.navigator;
const { act, createElement: h, StrictMode } = await import("react");
const { createRoot } = await import("react-dom/client");
const { PichatProvider, useChat, useChats, useClient, useMessages, usePresence, useStatus, useTyping } = await import("../dist/react.js");

/** Renders a component; `text` is its current text. */
async function draw(test, client, component) {
  const place = window.document.createElement("div");
  const root = createRoot(place);
  test.after(() => act(() => root.unmount()));
  await act(() => root.render(h(StrictMode, null, h(PichatProvider, { client }, h(component)))));
  return {
    text: () => place.textContent,
    /** Waits until a text is shown. */
    async shows(wanted) {
      const end = Date.now() + 20_000;
      while (place.textContent !== wanted) {
        if (Date.now() > end) assert.equal(place.textContent, wanted);
        await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
      }
    },
  };
}

/** Ann's client behind a proxy, and ben. */
async function scene(test) {
  const server = await Server.start(test);
  const proxy = await Proxy.start(test, server);
  const token = await server.user("ann");
  const ann = await enter(test, { url: proxy.url, WebSocket, token });
  const ben = await enter(test, { url: server.url, WebSocket, token: await server.user("ben") });
  return { server, proxy, ann, ben, token };
}

test("useChats lists the chats and rerenders only on changes", async (test) => {
  const { ann, ben } = await scene(test);
  let draws = 0;
  const shown = await draw(test, ann, () => {
    draws++;
    return useChats().map(({ name, object }) => `${name} ${object.unreadCount}`).join(", ");
  });
  await shown.shows("");
  const kitchen = await ben.create({ name: "kitchen", members: ["ann"] });
  await shown.shows("kitchen 0");
  const garden = await ben.create({ name: "garden", members: ["ann"] });
  await shown.shows("garden 0, kitchen 0");
  await kitchen.send("hi");
  await shown.shows("kitchen 1, garden 0");
  await ben.command({ type: "DELETE_CHAT", chatId: garden.id });
  await shown.shows("kitchen 1");
  const before = draws;
  await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.equal(draws, before, "an idle client draws nothing");
});

test("useMessages shows loaded, sent, missed and removed messages", async (test) => {
  const { proxy, ben, token } = await scene(test);
  const chat = await ben.create({ name: "kitchen", members: ["ann"] });
  for (const text of ["one", "two", "three"]) await chat.send(text);
  // Only a client started later has something to load.
  const ann = await enter(test, { url: proxy.url, WebSocket, token });
  let older;
  const shown = await draw(test, ann, () => {
    const found = useMessages(useChat(chat.id), 2);
    older = found.older;
    const { phase } = useStatus();
    return `${phase}: ${found.messages.map(({ content }) => content).join(" ")}${found.hasOlder ? " +" : ""}${found.pending.map(({ message }) => ` (${message.content})`).join("")}`;
  });
  await shown.shows("online: two three +");
  await act(() => older());
  await shown.shows("online: one two three");
  proxy.refusing = true;
  proxy.cut();
  await until(ann, () => ann.status.phase === "waiting", "the cut");
  const waiting = ann.chat(chat.id).send("five");
  await chat.send("four");
  await act(async () => (proxy.refusing = false));
  await act(() => waiting);
  await shown.shows("online: one two three four five");
  await chat.delete(chat.messages[0].id);
  await shown.shows("online:  two three four five");
  await ben.command({ type: "REMOVE_MEMBERS", chatId: chat.id, userIds: [ann.me.id] });
  await shown.shows("online: ");
});

test("useMessages shows a stream while it is written", async (test) => {
  const { ann, ben } = await scene(test);
  const chat = await ben.create({ name: "kitchen", members: ["ann"] });
  const shown = await draw(test, ann, () => {
    const { messages, streams } = useMessages(useChat(chat.id));
    return `${messages.map(({ content }) => content).join(" ")} / ${streams.map(({ content }) => content).join(" ")}`;
  });
  await shown.shows(" / ");
  const stream = await chat.stream();
  await stream.write("Hel");
  await shown.shows(" / Hel");
  await stream.write("lo");
  await shown.shows(" / Hello");
  await stream.end();
  await shown.shows("Hello / ");
});

test("useTyping and usePresence follow the others and report to them", async (test) => {
  const { ann, ben } = await scene(test);
  const chat = await ben.create({ name: "kitchen", members: ["ann"] });
  let typed;
  const shown = await draw(test, ann, () => {
    const typing = useTyping(useChat(chat.id));
    typed = typing.typed;
    return `${usePresence(ben.me.id)} ${usePresence(ann.me.id)} ${typing.users.map(({ username }) => username).join(" ")}`;
  });
  await shown.shows("online online ");
  await chat.typing();
  await shown.shows("online online ben");
  await chat.typing(false);
  await shown.shows("online online ");
  await ben.command({ type: "SET_PRESENCE", status: "away" });
  await shown.shows("away online ");
  let told = 0;
  ben.on("TYPING", ({ typing }) => typing && told++);
  await act(async () => ["h", "he", "hel"].forEach((text) => typed(text)));
  await until(ben, () => chat.typingUsers.length === 1, "the typing");
  await act(async () => typed(""));
  await until(ben, () => chat.typingUsers.length === 0, "its end");
  assert.equal(told, 1, "not for every key");
});

test("useChat follows a name to a chat that is joined later", async (test) => {
  const { ann, ben } = await scene(test);
  const chat = await ben.create({ name: "general", kind: "channel" });
  const shown = await draw(test, ann, () => useChat("#general")?.id ?? "not a member");
  await shown.shows("not a member");
  await ann.join("#general");
  await shown.shows(chat.id);
});

test("a hook without a provider names the missing provider", async (test) => {
  const root = createRoot(window.document.createElement("div"));
  const errors = [];
  const { error } = console;
  console.error = () => {};
  test.after(() => (console.error = error));
  class Boundary extends (await import("react")).Component {
    static getDerivedStateFromError = (error) => (errors.push(error.message), { failed: true });
    state = {};
    render() {
      return this.state.failed ? null : this.props.children;
    }
  }
  const Bare = () => useClient().status.phase;
  await act(() => root.render(h(Boundary, null, h(Bare))));
  assert.match(errors[0], /PichatProvider/);
});
