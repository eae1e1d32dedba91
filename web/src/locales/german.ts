import { english, type Strings } from "./english.ts";
export const german: Strings = english;
