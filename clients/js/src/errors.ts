import type { Code, ErrorFrame } from "./protocol.js";

/** The base class of every error this package throws. */
export class PichatError extends Error {
  override name = "PichatError";
}

/** The server refused a command; decide by `code`. */
export class CommandError extends PichatError {
  override name = "CommandError";
  declare readonly code: Code;
  declare readonly command?: string;
  /** The path of the invalid field, for example `message.content`. */
  declare readonly field?: string;
  declare readonly retryAfterMs?: number;

  constructor(frame: Omit<ErrorFrame, "type">) {
    super(`${frame.code}: ${frame.error}`);
    const { code, command, field, retryAfterMs } = frame;
    Object.assign(this, { code, command, field, retryAfterMs });
  }
}

/** The connection ended before the reply arrived; the command may or may not have taken effect. */
export class ConnectionLost extends PichatError {
  override name = "ConnectionLost";
}

/** A connection could not be opened, or it ended; the client tries again. `cause` is the platform's error, if any. */
export class ConnectionFailed extends PichatError {
  override name = "ConnectionFailed";
  declare readonly closeCode?: number;

  constructor(message: string, closeCode?: number, cause?: unknown) {
    super(message, { cause });
    this.closeCode = closeCode;
  }
}

/** The client was closed or will not reconnect; `closeCode` is set if the server ended the connection. */
export class Closed extends PichatError {
  override name = "Closed";
  declare readonly closeCode?: number;

  constructor(message: string, closeCode?: number, cause?: unknown) {
    super(message, { cause });
    this.closeCode = closeCode;
  }
}

/** No valid credentials are left: log in again. */
export class AuthenticationError extends Closed {
  override name = "AuthenticationError";
  declare readonly code?: Code;

  constructor(message: string, code?: Code, closeCode?: number) {
    super(message, closeCode);
    this.code = code;
  }
}

/** The time the caller allowed has passed; `cause` is the last error before that, if any. */
export class TimedOut extends PichatError {
  override name = "TimedOut";
}
