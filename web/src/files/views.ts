import type { Attachment, Client } from "pichat-client";
import { attempt } from "../dialog.ts";
import { bdi, h } from "../dom.ts";
import { formatBytes } from "../format.ts";
import { t } from "../i18n.ts";
import { icon } from "../icons.ts";
import { FileAddresses, type StoredFile } from "./addresses.ts";
import { isPicture, isStored, type Picture } from "./kinds.ts";

/** The largest picture among messages, in pixels. */
const MOST_WIDTH_PX = 360;
const MOST_HEIGHT_PX = 280;
/** The place of a picture whose size is not known. */
const UNKNOWN_SIZE = { width: 280, height: 210 };
/** Pictures are loaded when they are this close to being seen. */
const AHEAD_PX = 800;

/** Shows the files of messages. Pictures are loaded when they come near, into a place that is reserved for them. */
export class FileViews {
  readonly addresses: FileAddresses;
  readonly #near: IntersectionObserver;
  /** Kept while a chat is open, so that a row that is drawn again does not load its pictures again. */
  readonly #pictures = new Map<string, HTMLElement>();
  readonly #loaders = new WeakMap<Element, () => void>();

  constructor(client: Client, scroller: HTMLElement) {
    this.addresses = new FileAddresses(client);
    const look = (entries: IntersectionObserverEntry[]) => entries.forEach(({ isIntersecting, target }) => isIntersecting && this.#load(target));
    this.#near = new IntersectionObserver(look, { root: scroller, rootMargin: `${AHEAD_PX}px 0px` });
  }

  /** Forgets the pictures of a chat that is left. */
  clear(): void {
    this.#near.disconnect();
    this.#pictures.clear();
  }

  /** The files of a message: pictures first, then the others. */
  of(chatId: string, files: readonly Attachment[]): HTMLElement[] {
    const pictures = files.filter(isPicture).map((file) => this.#picture(chatId, file));
    const others = files.filter((file) => !isPicture(file)).flatMap((file) => this.#card(chatId, file) ?? []);
    return [pictures.length > 0 && h("div.pictures", {}, ...pictures), others.length > 0 && h("div.cards", {}, ...others)].filter((row) => row !== false);
  }

  /** Downloads a file. */
  async download(file: StoredFile & { name: string }): Promise<void> {
    // The link in hand may be about to expire, and a download that fails tells nobody why.
    const href = await attempt(this.addresses.of(file, { renew: true }));
    if (href !== undefined) h("a", { href, download: file.name }).click();
  }

  #picture(chatId: string, file: Picture): HTMLElement {
    const known = this.#pictures.get(file.id);
    if (known) return known;
    const place = h("div.picture-place", { "aria-busy": "true" });
    const { width, height } = fitted(file);
    place.style.width = `${width}px`;
    place.style.aspectRatio = `${width} / ${height}`;
    const image = h("img", { alt: file.name, decoding: "async", draggable: "false" });
    place.append(h("button.picture", { type: "button", "data-picture": file.id, "aria-label": t.files.openPicture(file.name) }, image));
    this.#pictures.set(file.id, place);
    this.#loaders.set(place, () => void this.#show(place, image, chatId, file));
    this.#near.observe(place);
    return place;
  }

  #load(place: Element): void {
    this.#near.unobserve(place);
    this.#loaders.get(place)?.();
    this.#loaders.delete(place);
  }

  /** Loads a picture; an address that has expired is fetched anew. What is no picture after all becomes a card. */
  async #show(place: HTMLElement, image: HTMLImageElement, chatId: string, file: Picture): Promise<void> {
    const where = { chatId, id: file.id };
    for (const renew of [false, true]) {
      const url = await this.addresses.of(where, { renew }).catch(() => undefined);
      if (url === undefined) break;
      image.src = url;
      if (await image.decode().then(() => true, () => false)) return void place.removeAttribute("aria-busy");
    }
    place.removeAttribute("aria-busy");
    place.classList.add("failed");
    // As high as before, so that nothing moves, and as wide as a card needs.
    Object.assign(place.style, { minHeight: `${place.offsetHeight}px`, width: "", aspectRatio: "" });
    place.replaceChildren(this.#storedCard(chatId, file));
  }

  #card(chatId: string, file: Attachment): HTMLElement | undefined {
    if (isStored(file)) return this.#storedCard(chatId, file);
    return /^https?:\/\//.test(file.url) ? h("a.file", { href: file.url, target: "_blank", rel: "noopener noreferrer nofollow" }, ...describe(file, "link")) : undefined;
  }

  #storedCard(chatId: string, file: Picture): HTMLElement {
    const download = () => void this.download({ chatId, id: file.id, name: file.name });
    return h("button.file", { type: "button", "aria-label": t.files.download(file.name), title: file.name, onclick: download }, ...describe(file, "file"), icon("download"));
  }
}

/** The size at which a picture is shown. */
function fitted({ width, height }: Attachment): { width: number; height: number } {
  if (!width || !height) return UNKNOWN_SIZE;
  const scale = Math.min(1, MOST_WIDTH_PX / width, MOST_HEIGHT_PX / height);
  return { width: Math.max(Math.round(width * scale), 1), height: Math.max(Math.round(height * scale), 1) };
}

/** The icon, name, type and size of a file. */
function describe({ name, size, mimeType }: Attachment, sign: "file" | "link"): HTMLElement[] {
  const kind = name.match(/\.([A-Za-z0-9]{1,5})$/)?.[1]?.toUpperCase() ?? mimeType;
  return [h("span.kind", {}, icon(sign)), h("span.lines", {}, h("strong", {}, bdi(name)), h("small", {}, [kind, size > 0 && formatBytes(size)].filter(Boolean).join(" · ")))];
}
