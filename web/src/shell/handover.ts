import type { Login, SignUp } from "pichat-client";
import type { Strings } from "../locales/strings.ts";

/** What somebody entered to get in. */
export type Credentials = { login: Login } | { signUp: SignUp } | { accessToken: string };

/** A command that was sent before the client was there. */
export interface EarlyRequest {
  id: string;
  command: { type: string; [field: string]: unknown };
}

/** The connection that was opened while the scripts were loading. */
export interface EarlyConnection {
  socket: WebSocket;
  requests: EarlyRequest[];
  /** The frames of the server, in the order of their arrival. */
  frames: string[];
  /** In milliseconds of `performance.now()`. */
  openedAt: number;
}

/** The page as the shell draws it: a field in which a message can be written, if it is known whose chat is opening. */
export interface ShellPage {
  layout: HTMLElement;
  banner: HTMLElement;
  sidebar: HTMLElement;
  conversation: HTMLElement;
  filter: HTMLInputElement;
  /** A character is being composed, for example by an input method. */
  isComposing: boolean;
  /** Enter was pressed in the filter. */
  isFirstWanted: boolean;
  composer?: ShellComposer;
}

/** The field of the chat that is opening. */
export interface ShellComposer {
  chatId: string;
  input: HTMLTextAreaElement;
  /** Messages that are to be sent, oldest first. */
  sent: string[];
}

/** The client and everything that is drawn with it, once they are loaded. */
export interface Core {
  useStrings(strings: Strings): void;
  /** Goes on with the page of a user who has a session. */
  open(shell: ShellPage): void;
  /** Logs in and shows the chats; tells whether it waits for the server, and rejects if the server refuses. */
  enter(place: Element, credentials: Credentials, waiting: (isWaiting: boolean) => void): Promise<void>;
}

/** What the scripts of the page leave for each other. */
export interface Handover {
  early?: EarlyConnection;
  /** True if there is a session to go on with. */
  hasSession: boolean;
  core?: Core;
}

declare global {
  interface Window {
    pichat: Handover;
  }
}
