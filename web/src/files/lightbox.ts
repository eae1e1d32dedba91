import { bdi, h, iconButton } from "../dom.ts";
import { formatBytes, formatNumber } from "../format.ts";
import { t } from "../i18n.ts";
import type { Picture } from "./kinds.ts";
import type { FileViews } from "./views.ts";

/** The pictures of a chat, and the one to begin with. */
export interface Album {
  chatId: string;
  pictures: readonly Picture[];
  first: string;
}

/** Shows pictures in full size, one at a time. */
export function lightbox(files: FileViews, { chatId, pictures, first }: Album, closed: (shown: string) => void): void {
  let index = Math.max(pictures.findIndex(({ id }) => id === first), 0);
  const image = h("img", { alt: "" });
  const stage = h("div.stage", {}, image);
  const problem = h("p.problem", { role: "alert" });
  const name = h("h2", {});
  const facts = h("small", { role: "status" });
  const current = () => pictures[index]!;
  const download = () => void files.download({ chatId, id: current().id, name: current().name });
  const previous = iconButton("previous", t.files.previousPicture, () => show(index - 1));
  const next = iconButton("next", t.files.nextPicture, () => show(index + 1));
  const close = iconButton("close", t.close, () => made.close());
  const header = h("header", {}, h("div.lines", {}, name, facts), iconButton("download", t.files.downloadThis, download), close);
  const made = h("dialog.lightbox", { onclose: () => finish(), onkeydown: (event) => key(event) }, header, stage, problem, previous, next);
  stage.addEventListener("click", (event) => event.target === stage && made.close());

  async function load(renew: boolean): Promise<boolean> {
    const { id } = current();
    const url = await files.addresses.of({ chatId, id }, { renew }).catch(() => undefined);
    if (current().id !== id || url === undefined) return current().id !== id;
    image.src = url;
    return image.decode().then(() => true, () => current().id !== id);
  }

  async function show(at: number): Promise<void> {
    if (at < 0 || at >= pictures.length) return;
    index = at;
    const { name: title, size, id } = current();
    name.replaceChildren(bdi(title));
    facts.textContent = [formatBytes(size), pictures.length > 1 && t.files.position(formatNumber(index + 1), formatNumber(pictures.length))].filter(Boolean).join(" · ");
    made.setAttribute("aria-label", title);
    image.removeAttribute("src");
    image.alt = title;
    problem.textContent = "";
    previous.hidden = index === 0;
    next.hidden = index === pictures.length - 1;
    // What is hidden loses the focus only with the next frame, and keys that are pressed until then.
    const focused = document.activeElement as HTMLElement | null;
    if (!made.contains(focused) || focused === made || focused?.hidden) close.focus();
    if (!(await load(false)) && !(await load(true)) && current().id === id) problem.textContent = t.files.pictureNotLoaded;
  }

  function key(event: KeyboardEvent): void {
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowLeft: -forward, ArrowRight: forward, Home: -index, End: pictures.length - 1 - index };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    void show(index + step);
  }

  function finish(): void {
    made.remove();
    closed(current().id);
  }

  document.body.append(made);
  made.showModal();
  void show(index);
}
