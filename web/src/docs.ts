import { h } from "./dom.ts";
import { sessions, theme } from "./storage.ts";

theme.apply();

const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];

/** Shows only what has the words in it. */
function search(words: string): void {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of all<HTMLElement>("section.entry")) {
    const text = entry.textContent!.toLowerCase();
    entry.hidden = !wanted.every((word) => text.includes(word));
    const link = document.querySelector<HTMLElement>(`nav a[href="#${entry.id}"]`);
    if (link) link.hidden = entry.hidden;
  }
}

/** A box to try commands in: a socket, what is sent, what comes. */
class TryIt {
  readonly #frames = h("div.frames", { role: "log", "aria-label": "Frames" });
  readonly #token = h("input", { type: "password", placeholder: "Token; not needed for open commands", "aria-label": "Token", autocomplete: "off" });
  readonly #text = h("textarea.code", { "aria-label": "Command", spellcheck: "false" });
  readonly #box: HTMLDetailsElement;
  #socket: WebSocket | undefined;
  #waiting: string[] = [];

  constructor() {
    this.#token.value = sessions.load()?.accessToken ?? "";
    this.#text.value = '{"type":"HELP"}';
    this.#token.addEventListener("change", () => this.#socket?.close());
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      this.#send(this.#text.value);
    };
    const form = h("form", { onsubmit: submit }, this.#frames, this.#token, this.#text, h("div.row", {}, h("button.primary", { type: "submit" }, "Send (Ctrl Enter)")));
    this.#text.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.requestSubmit());
    this.#box = h("details.console", {}, h("summary", {}, "Try it"), form);
    document.body.append(this.#box);
  }

  /** Puts a command into the box. */
  fill(command: string): void {
    this.#text.value = command;
    this.#box.open = true;
    this.#text.focus();
  }

  #send(text: string): void {
    const state = this.#socket?.readyState;
    if (state === WebSocket.OPEN) return this.#write(text);
    this.#waiting.push(text);
    if (state !== WebSocket.CONNECTING) this.#open();
  }

  #open(): void {
    const token = this.#token.value.trim();
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
    const socket = new WebSocket(url, ["pichat.v1", ...(token ? [`bearer.${token}`] : [])]);
    socket.onopen = () => this.#waiting.splice(0).forEach((text) => this.#write(text));
    socket.onmessage = ({ data }) => this.#show(`← ${data}`, String(data).startsWith('{"type":"ERROR"') ? "refused" : "got");
    socket.onclose = ({ code, reason }) => this.#show(`closed: ${code} ${reason}`, "refused");
    this.#socket = socket;
  }

  #write(text: string): void {
    this.#socket?.send(text);
    this.#show(`→ ${text}`, "sent");
  }

  #show(text: string, kind: "sent" | "got" | "refused"): void {
    this.#frames.append(h(`pre.${kind}`, {}, text));
    this.#frames.lastElementChild!.scrollIntoView({ block: "nearest" });
  }
}

const box = new TryIt();
const input = document.querySelector<HTMLInputElement>("#search")!;
input.addEventListener("input", () => search(input.value));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || (event.target as Element).matches("input, textarea")) return;
  event.preventDefault();
  input.focus();
});
for (const entry of all<HTMLElement>("section.entry[data-command]")) {
  const example = entry.querySelector("pre")!.textContent!;
  entry.prepend(h("button.try", { type: "button", onclick: () => box.fill(example) }, "Try it"));
}
