import type { Ask } from "./commands.js";
import type { CommandError, ConnectionFailed, PichatError } from "./errors.js";
import type { Draft } from "./outbox.js";
import type { Message, UploadCreatedFrame } from "./protocol.js";

/** A file that the server stores. */
export type UploadedFile = UploadCreatedFrame["file"];

/** Options of an upload. */
export interface UploadOptions {
  /** The name; by default that of the `File`. */
  name?: string;
  /** The media type; by default that of the `Blob`. */
  mimeType?: string;
  /** Width and height of an image in pixels. */
  width?: number;
  height?: number;
  /** Called with the number of stored bytes and of all bytes. */
  onProgress?(sent: number, total: number): void;
  /** Cancels the upload; nothing of it is kept. */
  signal?: AbortSignal;
}

/** The errors that are thrown. They are passed on, because a value imported here would split the core of the package. */
interface Errors {
  Refused: typeof CommandError;
  Interrupted: typeof ConnectionFailed;
}

/** The result of one request: the stored size, or the reason to try again. */
interface Answer {
  isComplete?: boolean;
  received?: number;
  error?: PichatError;
  waitMs?: number;
}

/** A chat as far as sending files needs it. */
interface Sender {
  upload(file: Blob): Promise<UploadedFile>;
  send(message: Draft): Promise<Message>;
}

/** Bytes of one request: lost connections cost no more than this. */
const PART = 1 << 20;
const MAX_FAILURES = 8;
const PAUSE_MS = 250;
/** Refusals that may not last. */
const PASSING = new Set<string>(["CONFLICT", "RATE_LIMITED", "UNAVAILABLE"]);

/** Uploads files and sends a message with them. */
export async function sendFiles(chat: Sender, draft: Draft & { id: string }, files: readonly Blob[]): Promise<Message> {
  const uploads = await Promise.all(files.map((file) => chat.upload(file)));
  return chat.send({ ...draft, attachments: [...(draft.attachments ?? []), ...uploads.map(({ id }) => ({ id }))] });
}

/** Uploads a file to a chat. */
export function uploadFile(
  ask: Ask, chatId: string, file: Blob, options: UploadOptions = {}, Refused: typeof CommandError, Interrupted: typeof ConnectionFailed,
): Promise<UploadedFile> {
  return uploadTo(ask, { chatId }, file, options, { Refused, Interrupted });
}

/** Uploads a file, part by part. A part that fails is sent again from where the server has got to. */
export async function uploadTo(
  ask: Ask, target: { chatId: string } | { purpose: "avatar" }, file: Blob, options: UploadOptions, errors: Errors,
): Promise<UploadedFile> {
  const { width, height, onProgress, signal } = options;
  signal?.throwIfAborted();
  const name = options.name ?? ((file as File).name || "file");
  const mimeType = options.mimeType ?? (file.type || "application/octet-stream");
  const created = await ask({ type: "CREATE_UPLOAD", ...target, name, size: file.size, mimeType, width, height });
  const url = reachable(created.uploadUrl);
  try {
    await sendParts(url, file, errors, onProgress, signal);
    return created.file;
  } catch (error) {
    // Best effort: what is not cancelled expires.
    void fetch(url, { method: "DELETE" }).catch(() => {});
    throw error;
  }
}

async function sendParts(url: string, file: Blob, errors: Errors, onProgress: UploadOptions["onProgress"], signal?: AbortSignal): Promise<void> {
  const { size } = file;
  let at = 0;
  let failures = 0;
  let isLost = false;
  for (;;) {
    onProgress?.(at, size);
    // Nobody knows how much of a part that failed has arrived: ask.
    const end = isLost ? at : Math.min(at + PART, size);
    const range = isLost ? `bytes */${size}` : `bytes ${at}-${end - 1}/${size}`;
    const { isComplete, received = at, error, waitMs } = await put(url, range, file.slice(at, end), errors, signal);
    if (isComplete) return onProgress?.(size, size);
    isLost = error !== undefined;
    if (error) {
      if (++failures > MAX_FAILURES) throw error;
      await pause(waitMs ?? PAUSE_MS * 2 ** failures * Math.random(), signal);
    } else if (received > at) failures = 0;
    at = received;
  }
}

async function put(url: string, range: string, body: Blob, { Refused, Interrupted }: Errors, signal?: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { method: "PUT", headers: { "content-range": range }, body, signal });
    const answer = await response.json();
    if (response.status === 201) return { isComplete: true };
    if (response.status === 308) return { received: answer.received };
    const error = new Refused(answer);
    if (!PASSING.has(error.code)) throw error;
    return { error, waitMs: error.retryAfterMs };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof Refused) throw cause;
    return { error: new Interrupted("the upload was interrupted", undefined, cause) };
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** A proxy may hide from the server that its pages are secure; a secure page reaches no other addresses. */
const reachable = (url: string) =>
  globalThis.location?.protocol === "https:" ? url.replace(/^http:/, "https:") : url;
