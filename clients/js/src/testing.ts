// A server in memory, for tests of programs that use this package. It keeps its state as long as it exists and needs no
// port; connections are cut and commands refused on demand.

import type { ErrorFrame, Limits, ServerFrame, User } from "./protocol.js";
import { CommandError } from "./errors.js";
import { newId } from "./ids.js";
import type { SocketClass } from "./socket.js";
import { asFrame, HANDLERS } from "./testing/commands.js";
import { refuse, World, type Receiver } from "./testing/world.js";

/** A user of the fake server. */
export interface FakeUser {
  displayName?: string;
  kind?: User["kind"];
  role?: User["role"];
}

const OFF = 0;
const LIMITS: Limits = {
  frameBytes: 262_144, contentChars: 4_096, nameChars: 80, descriptionChars: 500, batch: 50, commandsPerSecond: OFF, commandBurst: OFF,
  commandsPerSecondPerUser: OFF, loginAttemptsPerMinute: OFF, signUpsPerHour: OFF, connectionsPerUser: OFF, botsPerUser: OFF,
  tokensPerUser: OFF, sessionsPerUser: OFF, chatsPerUser: OFF,
} as Limits;

type Fields = Record<string, any> & { type: string };

/** A server in memory that speaks what the client uses: chats, messages, marks, presence, typing and streams. */
export class FakeServer {
  /** Pass it as `url`; the address means nothing. */
  readonly url = "ws://fake/ws";
  /** Pass it as `WebSocket`: its connections lead here. */
  readonly WebSocket: SocketClass;
  /** Every command that arrived, in order, without passwords and tokens. */
  readonly commands: Fields[] = [];
  /** While false, connections are refused. */
  isReachable = true;
  readonly #world = new World();
  readonly #tokens = new Map<string, string>();
  readonly #passwords = new Map<string, string>();
  readonly #sockets = new Set<FakeSocket>();
  readonly #refusals: { type: string; error: Omit<ErrorFrame, "type" | "command"> }[] = [];

  constructor() {
    const open = (socket: FakeSocket) => this.#open(socket);
    this.WebSocket = class extends FakeSocket {
      constructor(_url: string, _protocols?: string | string[]) {
        super(open);
      }
    };
  }

  /** Adds a user and returns a token for it. */
  addUser(username: string, { displayName = username, kind = "human", role = "member" }: FakeUser = {}): string {
    const user: User = { id: newId(), username, displayName, kind, role, status: "offline", version: 1, createdAt: new Date().toISOString() };
    this.#world.users.set(user.id, user);
    return this.#newToken(user.id);
  }

  /** Runs a command as a user, as POST /command does; every connection of that user hears of what it changed. */
  command(command: Fields, token: string): ServerFrame {
    try {
      return this.#run(this.#userOf(token), undefined, command);
    } catch (error) {
      return asFrame(errorFrame(error, command));
    }
  }

  /** Cuts all connections, as a lost network does. */
  cut(closeCode = 1006): void {
    for (const socket of [...this.#sockets]) socket.end(closeCode, "");
  }

  /** Refuses the next command of that type instead of running it. */
  refuseNext(type: string, error: Omit<ErrorFrame, "type" | "command">): void {
    this.#refusals.push({ type, error });
  }

  #open(socket: FakeSocket): void {
    if (!this.isReachable) return socket.end(1006, "");
    this.#sockets.add(socket);
    socket.onText = (text) => this.#receive(socket, JSON.parse(text) as Fields);
    socket.onEnd = () => this.#closed(socket);
    this.#world.receivers.add(socket);
    socket.deliver({ type: "CONNECTED", protocol: 1, server: "pichat/fake", connectionId: newId(), authenticated: false, heartbeatMs: 30_000, limits: LIMITS });
  }

  #closed(socket: FakeSocket): void {
    this.#sockets.delete(socket);
    this.#world.receivers.delete(socket);
    const isLast = ![...this.#sockets].some(({ userId }) => userId === socket.userId);
    if (socket.userId !== undefined && isLast && this.#world.users.has(socket.userId)) this.#world.setPresence(socket.userId, "offline");
  }

  #receive(socket: FakeSocket, command: Fields): void {
    const { requestId } = command;
    const echo = requestId === undefined ? {} : { requestId };
    let frame: object;
    try {
      frame = this.#answer(socket, command);
    } catch (error) {
      frame = errorFrame(error, command);
    }
    socket.deliver({ ...frame, ...echo });
  }

  #answer(socket: FakeSocket, command: Fields): object {
    switch (command.type) {
      case "AUTHENTICATE":
        return this.#enter(socket, this.#userOf(command.token));
      case "SIGN_UP":
        return this.#signUp(socket, command);
      case "LOG_IN":
        return this.#logIn(socket, command);
      case "PING":
        return HANDLERS.PING!(this.#world, undefined as never, command);
      case "LOG_OUT":
        queueMicrotask(() => socket.end(4401, "logged out"));
        return { type: "LOGGED_OUT" };
    }
    if (socket.userId === undefined) throw refuse("UNAUTHENTICATED", "log in first");
    return this.#run(this.#world.user(socket.userId), socket, command);
  }

  #run(user: User, connection: Receiver | undefined, command: Fields): ServerFrame {
    this.commands.push(command);
    const refusal = this.#refusals.findIndex(({ type }) => type === command.type);
    if (refusal >= 0) throw new CommandError(this.#refusals.splice(refusal, 1)[0]!.error);
    const handler = HANDLERS[command.type as keyof typeof HANDLERS];
    if (!handler) throw refuse("UNKNOWN_COMMAND", `the fake server does not know ${command.type}`);
    return asFrame(handler(this.#world, { user, connection }, command));
  }

  #signUp(socket: FakeSocket, { username, password, displayName }: Fields): object {
    if ([...this.#world.users.values()].some((user) => user.username.toLowerCase() === username.toLowerCase())) throw refuse("CONFLICT", "this username is taken", "username");
    const token = this.addUser(username, { displayName });
    const user = this.#userOf(token);
    this.#passwords.set(user.id, password);
    return this.#enter(socket, user, token);
  }

  #logIn(socket: FakeSocket, { username, password }: Fields): object {
    const user = [...this.#world.users.values()].find((user) => user.username === username);
    if (!user || this.#passwords.get(user.id) !== password) throw refuse("UNAUTHENTICATED", "wrong username or password");
    return this.#enter(socket, user, this.#newToken(user.id));
  }

  #enter(socket: FakeSocket, { id }: User, accessToken?: string): object {
    socket.userId = id;
    if (this.#world.user(id).status !== "online") this.#world.setPresence(id, "online", socket);
    return { type: "AUTHENTICATED", user: this.#world.user(id), cursor: String(this.#world.version), ...(accessToken && { accessToken }) };
  }

  #newToken(userId: string): string {
    const token = `fake-${newId()}`;
    this.#tokens.set(token, userId);
    return token;
  }

  #userOf(token: string): User {
    const id = this.#tokens.get(token);
    if (id === undefined) throw refuse("UNAUTHENTICATED", "this token is not valid");
    return this.#world.user(id);
  }
}

function errorFrame(error: unknown, { type }: Fields): { type: "ERROR" } & Fields {
  const code = error instanceof CommandError ? error.code : "INTERNAL";
  const { field, retryAfterMs, message } = error as CommandError;
  return { type: "ERROR", command: type, code, error: message.replace(/^[A-Z_]+: /, ""), ...(field !== undefined && { field }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** One end of a connection in memory; like a real one it delivers later, and in order. */
class FakeSocket implements Receiver {
  userId: string | undefined;
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onText = (_text: string): void => {};
  onEnd = (): void => {};

  constructor(open: (socket: FakeSocket) => void) {
    setTimeout(() => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.onopen?.({} as never);
      open(this);
    });
  }

  send(text: string): void {
    setTimeout(() => this.readyState === 1 && this.onText(text));
  }

  deliver(frame: object): void {
    // The text is fixed now: the objects of the world go on changing.
    const data = JSON.stringify(frame);
    setTimeout(() => this.readyState === 1 && this.onmessage?.({ data } as never));
  }

  close(code = 1000, reason = ""): void {
    this.end(code, reason);
  }

  terminate(): void {
    this.end(1006, "");
  }

  end(code: number, reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onEnd();
    setTimeout(() => this.onclose?.({ code, reason } as never));
  }
}
