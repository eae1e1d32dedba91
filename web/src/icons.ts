/** Drawn with a pen on a square of 24: no font has to have them. */
const STROKES = {
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  down: "M12 5v14M6 13l6 6 6-6",
  send: "M4 12l16-8-6 16-3-7-7-1Z",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",
  reply: "M9 6L3 12l6 6M3 12h11a7 7 0 0 1 7 7",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  pin: "M12 15v6M8 3h8l-1 7 3 4H6l3-4-1-7Z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14q4 4 8 0M9 9.500v.1M15 9.500v.1",
  mail: "M3 6h18v12H3ZM3 7l9 6 9-6",
} as const;

export type Icon = keyof typeof STROKES;

const SPACE = "http://www.w3.org/2000/svg";

export function icon(name: Icon): SVGSVGElement {
  const picture = document.createElementNS(SPACE, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SPACE, "path");
  path.setAttribute("d", STROKES[name]);
  picture.append(path);
  return picture;
}

export const isIcon = (name: string): name is Icon => name in STROKES;
