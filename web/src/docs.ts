import { h } from "./dom.ts";
import { sessions } from "./sessions.ts";
import { contrast, theme } from "./storage.ts";

theme.apply();
contrast.apply();

const COPIED_MS = 2_000;
const CODE = /`([^`]+)`/g;

const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];
const status = h("p.hint", { role: "status" });

/** Shows only the entries that contain every word, and no heading above nothing. */
function search(words: string): void {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (element: HTMLElement) => wanted.every((word) => element.textContent!.toLowerCase().includes(word));
  const entries = all<HTMLElement>("section.entry");
  for (const entry of entries) entry.hidden = !matches(entry);
  for (const heading of all<HTMLElement>("main > h2")) {
    const below = followers(heading);
    const inside = below.filter((element) => element.matches("section.entry"));
    // A heading that only introduces what stands below other headings says nothing about a search.
    heading.hidden = inside.length > 0 ? inside.every(({ hidden }) => hidden) : wanted.length > 0;
    for (const element of below) if (!inside.includes(element)) element.hidden = heading.hidden;
  }
  for (const link of all<HTMLAnchorElement>("nav a[href^='#']")) link.hidden = document.getElementById(link.hash.slice(1))?.hidden ?? false;
  // Other pages are not searched.
  for (const link of all<HTMLAnchorElement>("nav a:not([href^='#'])")) link.hidden = wanted.length > 0;
  for (const heading of all<HTMLElement>("nav > h2")) heading.hidden = followers(heading).every(({ hidden }) => hidden);
  const found = entries.filter(({ hidden }) => !hidden).length;
  status.textContent = wanted.length === 0 ? "" : found === 0 ? "Nothing matches." : `${found} ${found === 1 ? "entry matches" : "entries match"}.`;
}

/** The elements between a heading and the next one. */
function followers(heading: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let next = heading.nextElementSibling; next && next.tagName !== heading.tagName; next = next.nextElementSibling) found.push(next as HTMLElement);
  return found;
}

/** Texts from the protocol's documentation carry backticks; they become code. */
function renderBackticks(element: Element): void {
  for (const node of [...element.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent!.includes("`")) continue;
    const text = node.textContent!;
    const nodes: (Node | string)[] = [];
    let end = 0;
    for (const match of text.matchAll(CODE)) {
      nodes.push(text.slice(end, match.index), h("code", {}, match[1]!));
      end = match.index + match[0].length;
    }
    (node as ChildNode).replaceWith(...nodes, text.slice(end));
  }
}

function copyButton(block: HTMLElement): HTMLElement {
  const text = block.textContent!;
  const button = h("button.copy", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(text).then(() => "Copied", () => "Not allowed");
    button.textContent = done;
    setTimeout(() => (button.textContent = "Copy"), COPIED_MS);
  });
  return button;
}

/** A console for trying commands: a socket, what is sent, and what arrives. */
class Console {
  readonly #frames = h("div.frames", { role: "log", "aria-label": "Frames", tabindex: "0" });
  readonly #token = h("input", { type: "password", placeholder: "Token (not needed for open commands)", "aria-label": "Token", autocomplete: "off" });
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
    // Before every heading, so that no search hides it.
    document.querySelector("main h1")!.after(this.#box);
  }

  /** Puts a command into the console. */
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
    socket.onmessage = ({ data }) => this.#show(`← ${data}`, String(data).startsWith('{"type":"ERROR"') ? "refused" : "received");
    socket.onclose = ({ code, reason }) => this.#show(`closed: ${code} ${reason}`, "refused");
    this.#socket = socket;
  }

  #write(text: string): void {
    this.#socket?.send(text);
    this.#show(`→ ${text}`, "sent");
  }

  #show(text: string, kind: "sent" | "received" | "refused"): void {
    this.#frames.append(h(`pre.${kind}`, {}, text));
    this.#frames.lastElementChild!.scrollIntoView({ block: "nearest" });
  }
}

const AREAS: Record<string, string> = {
  session: "Connection and session", users: "Users and settings", tokens: "Tokens and bots", chats: "Chats and members",
  messages: "Messages", streams: "Streamed answers", presence: "Presence and typing", moderation: "Moderation",
};

/** Puts the commands of an area under a heading of their own, on the page and in the contents. */
function groupByArea(): void {
  const commands = all<HTMLElement>("section.entry[data-area]");
  const last = commands.at(-1);
  // Of a command and an event of the same name, the command's link comes first.
  const links = new Map(all<HTMLAnchorElement>("nav a[href^='#']").reverse().map((link) => [link.hash.slice(1), link]));
  if (!last) return;
  const end = h("span", { hidden: true });
  last.after(end);
  const linkEnd = h("span", { hidden: true });
  links.get(last.id)!.after(linkEnd);
  for (const [area, title] of Object.entries(AREAS)) {
    const inside = commands.filter(({ dataset }) => dataset.area === area);
    if (inside.length === 0) continue;
    end.before(h("h2", { id: `area-${area}` }, title), ...inside);
    linkEnd.before(h("h2", {}, title), ...inside.map(({ id }) => links.get(id)!));
  }
  end.remove();
  linkEnd.remove();
  // The contents had one heading for all commands; nothing is left below it.
  for (const heading of all<HTMLElement>("nav > h2")) if (followers(heading).length === 0) heading.remove();
}

groupByArea();
const examples = all<HTMLElement>("main pre");
const box = new Console();
const input = document.querySelector<HTMLInputElement>("#search")!;
document.querySelector("main h1")!.after(status);
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
for (const block of examples) {
  const frame = h("div.example");
  block.replaceWith(frame);
  frame.append(block, copyButton(block));
}
all("main p, main td, main li").forEach(renderBackticks);
