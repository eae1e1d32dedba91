import { english, type Strings } from "./english.ts";
export const arabic: Strings = english;
