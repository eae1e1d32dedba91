import { setAvatar } from "pichat-client/avatar";
import { pictureOf, userAvatar } from "../avatar.ts";
import type { Context } from "../context.ts";
import { attempt, toast } from "../dialog.ts";
import { button, h } from "../dom.ts";
import { t } from "../i18n.ts";

/** Four times the largest disc, for dense screens; with any content fewer bytes than the server accepts. */
const SIDE_PX = 256;
/** Larger files are refused unseen: decoding them would stop the page. */
const MOST_BYTES = 40 << 20;
const QUALITY = 0.9;

/** The choice of the user's picture, as a part of the profile. */
export interface PictureField {
  element: HTMLElement;
  /** True if there is something to save. */
  isChanged(): boolean;
  /** Uploads or removes the picture; false if the server refused it. */
  save(): Promise<boolean>;
}

/** Makes the choice of a picture: it is shown at once and uploaded when it is saved. */
export function pictureField(context: Context): PictureField {
  /** The picture to save: null removes the one there is. */
  let wanted: HTMLCanvasElement | null | undefined;
  const shown = h("span.chosen");
  const hint = h("small", { role: "status" });
  const input = h("input", { type: "file", accept: "image/*", hidden: true, onchange: () => void choose() });
  const remove = button(t.picture.remove, () => draw(null));
  const pick = button(t.picture.choose, () => input.click());
  const draw = (wish: typeof wanted) => {
    const { me } = context.client;
    const hasPicture = pictureOf(me) !== undefined;
    wanted = wish === null && !hasPicture ? undefined : wish;
    const disc = userAvatar(wanted === undefined ? me : { ...me, avatarUrl: undefined });
    if (wanted) disc.append(wanted);
    shown.replaceChildren(disc);
    hint.textContent = wanted === undefined ? "" : wanted ? t.picture.unsaved : t.picture.unsavedRemoval;
    const hadFocus = document.activeElement === remove;
    remove.hidden = wanted === null || (wanted === undefined && !hasPicture);
    if (hadFocus && remove.hidden) pick.focus();
  };
  const choose = async () => {
    const [file] = input.files ?? [];
    // The same file can be chosen again.
    input.value = "";
    const canvas = file && (await squareOf(file));
    if (canvas) draw(canvas);
    else if (file) toast(t.picture.unreadable);
  };
  const save = async () => {
    const picture = wanted ? await encoded(wanted) : null;
    const isSaved = (await attempt(setAvatar(context.client, picture))) !== undefined;
    if (isSaved) draw(undefined);
    return isSaved;
  };
  draw(undefined);
  const element = h("div.picture-field.profile", {}, shown, h("div.choices", {}, pick, remove, input, hint));
  return { element, isChanged: () => wanted !== undefined, save };
}

/** The middle of a picture; undefined if the browser cannot read the file. */
async function squareOf(file: File): Promise<HTMLCanvasElement | undefined> {
  if (file.size > MOST_BYTES) return undefined;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const side = Math.min(width, height);
    const canvas = h("canvas", { width: SIDE_PX, height: SIDE_PX, "aria-hidden": "true" });
    const drawing = canvas.getContext("2d")!;
    drawing.imageSmoothingQuality = "high";
    drawing.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX);
    bitmap.close();
    return canvas;
  } catch {
    return undefined;
  }
}

/** The bytes to upload; a browser that cannot write WebP gives PNG. Nothing else of the file is kept, such as the place where a photo was taken. */
const encoded = (canvas: HTMLCanvasElement): Promise<File> =>
  new Promise((resolve, reject) => {
    const done = (blob: Blob | null) => (blob ? resolve(new File([blob], blob.type.replace("image/", "avatar."), { type: blob.type })) : reject(new Error("the picture cannot be encoded")));
    canvas.toBlob(done, "image/webp", QUALITY);
  });
