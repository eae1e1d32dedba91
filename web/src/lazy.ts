import { toast } from "./dialog.ts";
import { t } from "./i18n.ts";

/** A part of the page that is loaded when it is needed, or when nothing else is. */
class Part<Module> {
  readonly #load: () => Promise<Module>;
  #module: Module | undefined;
  #loading: Promise<void> | undefined;
  /** What is to be done once it is there: the last wish counts. */
  #wanted: ((module: Module) => void) | undefined;

  constructor(load: () => Promise<Module>) {
    this.#load = load;
  }

  /** Runs `work` with the part, at once if it is there. */
  use(work: (module: Module) => void): void {
    if (this.#module) return work(this.#module);
    this.#wanted = work;
    this.prefetch().catch(() => {
      this.#wanted = undefined;
      toast(t.notLoaded);
    });
  }

  prefetch(): Promise<void> {
    this.#loading ??= this.#fetch().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    this.#module ??= await this.#load();
    const work = this.#wanted;
    this.#wanted = undefined;
    work?.(this.#module);
  }
}

export const dialogs = new Part(() => import("./dialogs.ts"));
const picker = new Part(() => import("./emoji/picker.ts"));

/** Lets the user choose an emoji. */
export const pickEmoji = (chosen: (emoji: string) => void): void => picker.use((part) => part.pickEmoji(chosen));

/** Loads what is not there yet, once the page has nothing else to do. */
export function prefetchParts(): void {
  const whenIdle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000));
  whenIdle(() => void Promise.allSettled([dialogs.prefetch(), picker.prefetch()]));
}
