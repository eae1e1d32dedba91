import { h } from "../dom.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/** The files that are dropped; folders are left out, because they have no bytes of their own. */
function filesOf(transfer: DataTransfer): File[] {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  return items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).flatMap((item) => item.getAsFile() ?? []);
}

/** The files among what is pasted. Programs that copy formatted text add a picture of it, which nobody wants. */
export function pastedFiles({ clipboardData }: ClipboardEvent): File[] {
  if (!clipboardData || (clipboardData.types.includes("text/html") && clipboardData.getData("text/plain").trim() !== "")) return [];
  return [...clipboardData.files];
}

/** Accepts files that are dropped on an element, and shows that it would while they are above it. */
export function acceptDrops(element: HTMLElement, isOpen: () => boolean, accept: (files: File[]) => void): void {
  const veil = h("div.drop-veil", { hidden: true }, h("p", {}, icon("clip"), t.files.dropHere));
  element.append(veil);
  // A file that is dropped beside its target would replace the page.
  for (const name of ["dragover", "drop"] as const) window.addEventListener(name, (event) => hasFiles(event) && event.preventDefault());
  element.addEventListener("dragover", (event) => {
    if (hasFiles(event) && isOpen()) veil.hidden = false;
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) veil.hidden = true;
  });
  element.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!hasFiles(event) || !isOpen()) return;
    event.preventDefault();
    accept(filesOf(event.dataTransfer!));
  });
}
