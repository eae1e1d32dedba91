/** Strokes on a 24 × 24 grid, so that no icon font is needed. */
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
  unread: "M4 6h9M4 12h16M4 18h10M18.500 8.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
  mail: "M3 6h18v12H3ZM3 7l9 6 9-6",
  at: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 12v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",
  hash: "M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.300.7 3.500 2.500 3.500 5.500",
  copy: "M9 9h11v11H9ZM5 15H4V4h11v1",
  ban: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.700 5.700l12.600 12.600",
  file: "M6 3h8l4 4v14H6ZM14 3v4h4",
  download: "M12 4v11M7 10l5 5 5-5M5 20h14",
  retry: "M20 12a8 8 0 1 1-2.500-5.800M20 4v5h-5",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  check: "M5 13l4.500 4.500L19 7",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500",
  gear: "M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.500h4",
  muted: "M6.500 8A6 6 0 0 1 18 10c0 2 .3 3.300.7 4.300M17 17H4c0-1 2-2 2-7M10 20.500h4M3 3l18 18",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 21c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500",
} as const;

export type Icon = keyof typeof STROKES;

const SPACE = "http://www.w3.org/2000/svg";

/** An icon, hidden from assistive technology. */
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
