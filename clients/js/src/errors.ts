import type { Code, ErrorFrame } from "./protocol.js";

/** Everything that this package throws. */
export class PichatError extends Error {
  override name = "PichatError";
}

/** The server's answer to a command that it refused; decide by `code`. */
export class CommandError extends PichatError {
  override name = "CommandError";
  readonly code: Code;
  readonly command?: string;
  /** The path of the field at fault, for instance `message.content`. */
  readonly field?: string;
  readonly retryAfterMs?: number;

  constructor(frame: Omit<ErrorFrame, "type">) {
    super(`${frame.code}: ${frame.error}`);
    this.code = frame.code;
    this.command = frame.command;
    this.field = frame.field;
    this.retryAfterMs = frame.retryAfterMs;
  }
}

/** The connection ended before the answer came: the command may have taken effect or not. */
export class ConnectionLost extends PichatError {
  override name = "ConnectionLost";
}

/** The client was closed, or will not connect again; `closeCode` says why where the server ended it. */
export class Closed extends PichatError {
  override name = "Closed";
  readonly closeCode?: number;

  constructor(message: string, closeCode?: number) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** There are no credentials left to try: log in again. */
export class AuthenticationError extends Closed {
  override name = "AuthenticationError";
  readonly code?: Code;

  constructor(message: string, code?: Code, closeCode?: number) {
    super(message, closeCode);
    this.code = code;
  }
}

/** Nothing happened within the time that the caller allowed. */
export class TimedOut extends PichatError {
  override name = "TimedOut";
}
