import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import { connect } from "../dist/index.js";
import { enter, quick, Server, soon, until } from "./support.mjs";

const password = "correct horse";
const ann = { username: "ann", password };

/** A session store shared by several windows. */
function store() {
  const kept = { session: undefined, saves: 0 };
  let before = Promise.resolve();
  return {
    kept,
    load: () => kept.session,
    save: (session) => ((kept.session = session), kept.saves++),
    exclusive: (work) => (before = before.then(work, work)),
  };
}

test("an account is created, logged out of and logged in to again", async (test) => {
  const server = await Server.start(test);
  const created = await enter(test, { url: server.url, signUp: { ...ann, displayName: "Ann" } });
  assert.equal(created.me.displayName, "Ann");
  const taken = connect({ url: server.url, WebSocket, backoff: quick, signUp: ann });
  await assert.rejects(soon(taken, "the refusal"), { name: "AuthenticationError", code: "CONFLICT" });
  const wrong = connect({ url: server.url, WebSocket, backoff: quick, login: { ...ann, password: "wrong horse" } });
  await assert.rejects(soon(wrong, "the refusal"), { name: "AuthenticationError", code: "UNAUTHENTICATED" });
  const session = store();
  await enter(test, { url: server.url, login: ann, session });
  const again = await enter(test, { url: server.url, session });
  assert.equal(again.me.username, "ann");
  await again.logOut();
  assert.equal(session.kept.session, undefined);
  assert.equal(again.status.phase, "closed");
});

test("an expiring access token is renewed by one window for all", async (test) => {
  const server = await Server.start(test, { ACCESS_TOKEN_EXPIRE_MINUTES: "1" });
  await enter(test, { url: server.url, signUp: ann });
  const session = store();
  const first = await enter(test, { url: server.url, login: ann, session });
  const begun = session.kept.session.refreshToken;
  const second = await enter(test, { url: server.url, session });
  // With a lifetime of a minute the server warns immediately.
  await until(first, () => session.kept.session.refreshToken !== begun, "the renewal");
  const chat = await second.create({ name: "still here" });
  await until(first, () => first.state.rooms.has(chat.id), "the chat in the first window");
  assert.deepEqual([first.status.phase, second.status.phase], ["online", "online"]);
});

test("a session that ends before the reply to LOG_OUT is logged out", async (test) => {
  const server = await Server.start(test);
  const session = store();
  /** A socket that drops the reply. */
  class Losing extends WebSocket {
    set onmessage(handler) {
      super.onmessage = handler && ((event) => event.data.includes('"LOGGED_OUT"') || handler(event));
    }
  }
  const client = await enter(test, { url: server.url, signUp: ann, session, WebSocket: Losing });
  await soon(client.logOut(), "the log-out");
  assert.equal(session.kept.session, undefined);
  assert.equal(client.status.phase, "closed");
});

/** A session store used by one client; after loading, it does not see what others save. */
const copyOf = ({ kept }) => {
  const session = { ...kept.session };
  return { load: () => session, save: () => {} };
};

/** A client without a password that is logged out everywhere and cannot reconnect before it is woken. */
async function loggedOut(test, server, session) {
  const alone = await enter(test, { url: server.url, session, backoff: { baseMs: 1e9, maxMs: 1e9 } });
  const waiting = alone.once("status", ({ phase }) => phase === "waiting");
  const other = await enter(test, { url: server.url, login: ann });
  await other.logOut(true);
  await soon(waiting, "the end of the connection");
  return alone;
}

test("an expired session ends the client, unless there is a password", async (test) => {
  const server = await Server.start(test);
  const created = await enter(test, { url: server.url, signUp: ann });
  const session = store();
  const window = await enter(test, { url: server.url, login: ann, session });
  const begun = session.kept.session.refreshToken;
  const alone = await enter(test, { url: server.url, session: copyOf(session) });
  const ended = alone.once("status", ({ phase }) => phase === "closed");
  await created.logOut(true);
  assert.equal((await soon(ended, "the end")).reason.name, "AuthenticationError");
  const isBack = () => window.status.phase === "online" && session.kept.session?.refreshToken !== begun;
  await until(window, isBack, "the other window by its password");
  assert.equal(window.me.username, "ann");
});

test("a window whose session has ended adopts another window's new session", async (test) => {
  const server = await Server.start(test);
  await enter(test, { url: server.url, signUp: ann });
  const session = store();
  session.save({ ...(await server.command({ type: "LOG_IN", ...ann })) });
  const alone = await loggedOut(test, server, session);
  await enter(test, { url: server.url, login: ann, session: { ...session, load: () => undefined } });
  alone.wake();
  await until(alone, () => alone.status.phase === "online", "the session of the other window");
  assert.equal(alone.me.username, "ann");
});

test("a window never takes over the session of another user", async (test) => {
  const server = await Server.start(test);
  await enter(test, { url: server.url, signUp: ann });
  const session = store();
  session.save({ ...(await server.command({ type: "LOG_IN", ...ann })) });
  const alone = await loggedOut(test, server, session);
  await enter(test, { url: server.url, signUp: { username: "ben", password }, session: { ...session, load: () => undefined } });
  const bens = session.kept.session;
  const ended = alone.once("status", ({ phase }) => phase === "closed" || phase === "online");
  alone.wake();
  const { phase, reason } = await soon(ended, "the end");
  assert.deepEqual([phase, reason?.name, reason?.code], ["closed", "AuthenticationError", "CONFLICT"]);
  assert.equal(alone.me.username, "ann");
  assert.equal(session.kept.session, bens, "the session of the other user stays");
});
