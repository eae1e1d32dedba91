import type { Command, CommandType, Replies } from "./protocol.js";
import type { CommandOptions } from "./requests.js";

/** The command of that type. */
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/**
 * Sends a command and resolves with its reply.
 *
 * The type is inferred from `type` alone, so that the compiler checks the other fields exactly: a misspelt optional field
 * is an error.
 */
export type Ask = <T extends CommandType>(command: { type: T } & CommandOf<T>, options?: CommandOptions) => Promise<Replies[T]>;
