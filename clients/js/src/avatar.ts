// The user's picture: `import { setAvatar } from "pichat-client/avatar"`.

import type { Client } from "./client.js";
import { CommandError, ConnectionFailed } from "./errors.js";
import type { User } from "./protocol.js";
import { uploadTo, type UploadOptions } from "./upload.js";

/**
 * Uploads a picture (PNG, JPEG, GIF, WebP or AVIF, at most 1 MiB) and makes it the user's avatar; null removes the avatar.
 * Throws CommandError if the server refuses the picture.
 */
export async function setAvatar(client: Client, picture: Blob | null, options: UploadOptions = {}): Promise<User> {
  const file = picture && (await uploadTo(client.command, { purpose: "avatar" }, picture, options, { Refused: CommandError, Interrupted: ConnectionFailed }));
  const { user } = await client.command({ type: "UPDATE_USER", avatarUrl: file ? file.url : null });
  return user;
}
