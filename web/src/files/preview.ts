import { h } from "../dom.ts";
import { isPictureType } from "./kinds.ts";

const SIDE_PX = 96;
/** Larger pictures are sent unseen: decoding them would stop the page. */
const MOST_BYTES = 40 << 20;

/** A small picture of a file, and the size of the original. */
export interface Preview {
  width: number;
  height: number;
  canvas: HTMLCanvasElement;
}

/** Looks at a picture; undefined for other files. A canvas needs no address, which the page's policy would refuse. */
export async function previewOf(file: File): Promise<Preview | undefined> {
  if (!isPictureType(file.type) || file.size > MOST_BYTES) return undefined;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const side = Math.min(width, height);
    const canvas = h("canvas", { width: SIDE_PX, height: SIDE_PX, "aria-hidden": "true" });
    canvas.getContext("2d")?.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX);
    bitmap.close();
    return { width, height, canvas };
  } catch {
    // The bytes are no picture, whatever their name says.
    return undefined;
  }
}
