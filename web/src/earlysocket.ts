import type { EarlyConnection, EarlyRequest } from "./shell/handover.ts";

/** An older connection is not taken over: its frames tell the client a time that has passed. */
const MOST_AGE_MS = 15_000;
/** A frame waits this long for the client to ask for what it answers. */
const PATIENCE_MS = 1_000;

type Handler<Event> = ((event: Event) => void) | null;
type Frame = { type: string; requestId?: string };

/** The parts of a command that the answer does not depend on: a page of history is the newest, and SYNC is the first. */
const keyOf = ({ requestId: _id, before: _before, cursor: _cursor, ...command }: EarlyRequest["command"]): string => JSON.stringify(command);

/**
 * The connection that was opened before the client was loaded, as a WebSocket.
 *
 * Commands that were sent early are answered from the frames that have arrived. Frames keep their order: one that
 * answers an early command waits until the client asks for it, and so does everything after it.
 */
export class EarlySocket {
  onopen: Handler<Event> = null;
  onmessage: Handler<{ data: string }> = null;
  onclose: Handler<CloseEvent> = null;
  onerror: Handler<Event> = null;
  readonly #socket: WebSocket;
  readonly #frames: string[];
  /** Early requests by their id; those that the client has asked for have its id too. */
  readonly #requests: Map<string, { key: string; asked?: string }>;
  readonly #turns = new MessageChannel();
  #isDelivering = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor({ socket, frames, requests }: EarlyConnection) {
    this.#socket = socket;
    this.#frames = frames;
    this.#requests = new Map(requests.map(({ id, command }) => [id, { key: keyOf(command) }]));
    socket.onmessage = ({ data }) => {
      frames.push(String(data));
      this.#deliver();
    };
    socket.onclose = (event) => this.onclose?.(event);
    socket.onerror = (event) => this.onerror?.(event);
    this.#turns.port1.onmessage = () => this.#deliverOne();
    this.#deliver();
  }

  /** The connection if it can still be used; another one is closed. */
  static of(early: EarlyConnection): EarlySocket | undefined {
    const { socket, openedAt } = early;
    const isUsable = socket.readyState <= WebSocket.OPEN && performance.now() - openedAt < MOST_AGE_MS;
    if (isUsable) return new EarlySocket(early);
    socket.onmessage = null;
    socket.close();
    return undefined;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  send(text: string): void {
    const command = JSON.parse(text) as EarlyRequest["command"];
    const key = keyOf(command);
    const early = [...this.#requests.values()].find((request) => request.asked === undefined && request.key === key);
    if (!early) return this.#socket.send(text);
    early.asked = String(command.requestId);
    this.#deliver();
  }

  close(code?: number, reason?: string): void {
    this.#requests.clear();
    this.#socket.close(code, reason);
  }

  /** Hands on the frames up to an answer that the client has not asked for. */
  #deliver(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    this.#turns.port2.postMessage(undefined);
  }

  /** One frame in each turn, as a socket does: the client has used one before the next arrives. */
  #deliverOne(): void {
    this.#isDelivering = false;
    const [frame] = this.#frames;
    const data = frame !== undefined && this.onmessage ? this.#next(frame) : undefined;
    if (data === undefined) return;
    this.#frames.shift();
    this.#deliver();
    if (data !== "") this.onmessage!({ data });
  }

  /** The frame as the client is to see it; empty if it answers nothing any more, undefined if it has to wait. */
  #next(text: string): string | undefined {
    const frame = JSON.parse(text) as Frame;
    if (!frame.requestId?.startsWith("early-")) return text;
    const request = this.#requests.get(frame.requestId);
    if (!request) return "";
    if (request.asked === undefined) {
      this.#patience ??= setTimeout(() => this.#giveUp(), PATIENCE_MS);
      return undefined;
    }
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#requests.delete(frame.requestId);
    // Without a log-in the answers to everything else are refusals, which the client must not see.
    if (frame.type === "ERROR") this.#forget();
    return JSON.stringify({ ...frame, requestId: request.asked });
  }

  /** The client does not want the remaining answers. */
  #giveUp(): void {
    this.#patience = undefined;
    this.#forget();
    this.#deliver();
  }

  #forget(): void {
    for (const [id, { asked }] of this.#requests) if (asked === undefined) this.#requests.delete(id);
  }
}
