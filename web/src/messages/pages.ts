/** Messages that are asked for when a chat is opened. */
export const FIRST_PAGE = 60;
/** Messages that are asked for when the user scrolls back. */
export const NEXT_PAGE = 200;
