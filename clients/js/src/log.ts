/** One line of the client's log. It never contains message text, tokens or passwords. */
export interface LogEntry {
  level: "debug" | "info" | "warn";
  /** Constant text; what varies is in the other fields. */
  message: string;
  [field: string]: unknown;
}

/** Receives the client's log. */
export type Log = (entry: LogEntry) => void;
