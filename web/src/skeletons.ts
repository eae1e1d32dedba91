import { h } from "./dom.ts";
import { t } from "./i18n.ts";

const ROWS = 6;
/** Keeps the height of a line. */
export const BLANK = "\u00a0";

const bone = (width: number): HTMLElement => h(`span.bone.width-${width}` as "span");

const rowSkeleton = (): HTMLElement => h("li.skeleton-row", { "aria-hidden": "true" }, h("span.bone.disc"), h("span.lines", {}, bone(2), bone(4)));

/** The list of chats while it is loading. */
export const chatsSkeleton = (): HTMLElement[] => Array.from({ length: ROWS }, rowSkeleton);

/** The user's own name while it is loading, as high as its two lines. */
export const nameSkeleton = (): HTMLElement[] => [h("span.bone.disc"), h("span.lines", {}, h("span.bone-line.width-2", {}, BLANK), h("small", {}, BLANK))];

/** The messages of a chat while they are loading. */
export const messagesSkeleton = (): HTMLElement =>
  h("div.skeleton", { role: "status", "aria-busy": "true", "aria-label": t.loading }, ...[3, 5, 2, 4, 5, 3].map((width) => h("div", {}, h("span.bone.disc"), h("div", {}, bone(1), bone(width)))));
