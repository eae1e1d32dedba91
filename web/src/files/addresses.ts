import type { Client } from "pichat-client";

/** A file that the server stores, and the chat it belongs to. */
export interface StoredFile {
  chatId: string;
  id: string;
}

interface Address {
  url: Promise<string>;
  /** Milliseconds since 1970; until they are known, the address is being fetched. */
  expiresAt: number;
}

/** An address this close to its end is not used any more. */
const MARGIN_MS = 60_000;

/** The signed addresses at which files can be read for a while. */
export class FileAddresses {
  readonly #client: Client;
  readonly #known = new Map<string, Address>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** An address at which a file can be read now; a new one if the known one failed. */
  of(file: StoredFile, { renew = false } = {}): Promise<string> {
    const known = this.#known.get(file.id);
    if (known && !renew && known.expiresAt - MARGIN_MS > Date.now()) return known.url;
    const address: Address = { url: this.#fetch(file), expiresAt: Infinity };
    this.#known.set(file.id, address);
    address.url.catch(() => this.#known.get(file.id) === address && this.#known.delete(file.id));
    return address.url;
  }

  async #fetch({ chatId, id }: StoredFile): Promise<string> {
    const { url, expiresAt } = await this.#client.command({ type: "GET_FILE", chatId, fileId: id });
    const address = this.#known.get(id);
    if (address) address.expiresAt = Date.parse(expiresAt);
    // Behind a proxy the server may not know the name or scheme under which the page reached it.
    const { pathname, search } = new URL(url, location.origin);
    return pathname + search;
  }
}
