import type { PageStrings } from "./english.ts";
import type { EntranceStrings } from "./entrance.ts";

/** Every text of the page. */
export type Strings = EntranceStrings & PageStrings;
