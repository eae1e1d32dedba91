import type { App } from "./app.ts";
import { attempt, dialog, field, h } from "./dom.ts";
import { peopleField } from "./people.ts";

type Kind = "direct" | "group" | "channel";
const KINDS: [Kind, string, string][] = [
  ["direct", "Message somebody", "Between the two of you"],
  ["group", "New group", "Private, by invitation"],
  ["channel", "New channel", "Public: everybody can find and join it"],
];

/** Begins a chat, or goes into a channel. */
export function newChat(app: App): void {
  const place = h("div", {});
  const show = (kind: Kind | "browse") => {
    const buttons = [...KINDS.map(([name, label]) => [name, label] as const), ["browse", "Find a channel"] as const].map(([name, label]) =>
      h("button", { type: "button", role: "tab", "aria-selected": String(name === kind), onclick: () => show(name) }, label),
    );
    place.replaceChildren(h("div.tabs", { role: "tablist" }, ...buttons), kind === "browse" ? browse(app, () => made.close()) : form(app, kind, () => made.close()));
    place.querySelector("input")?.focus();
  };
  const made = dialog("New chat", place);
  show("direct");
}

function form(app: App, kind: Kind, done: () => void): HTMLElement {
  const [who, whom] = peopleField(app, "Username", false);
  const [label, name] = field(kind === "channel" ? "Name, without #" : "Name", { required: kind === "channel", maxlength: 80 });
  const [text, description] = field("What it is about (optional)", { maxlength: 500 });
  const [people, members] = peopleField(app, "Members (optional)", true);
  const create = async () => {
    if (kind === "direct") return app.client.direct(whom()[0] ?? "");
    const about = { name: name.value.trim() || undefined, description: description.value.trim() || undefined };
    return app.client.create({ kind, ...about, members: members() });
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const chat = await attempt(create());
    if (!chat) return;
    done();
    app.open(chat.id);
  };
  const fields = kind === "direct" ? [who] : [label, text, people];
  return h("form", { onsubmit: submit }, h("p.hint", {}, KINDS.find(([one]) => one === kind)![2]), ...fields, h("button.primary", { type: "submit" }, "Create"));
}

function browse(app: App, done: () => void): HTMLElement {
  const list = h("ul.found", { "aria-label": "Channels" });
  const draw = async () => {
    const page = await attempt(app.client.command({ type: "GET_CHATS", scope: "public", search: input.value.trim() || undefined, limit: 50 }));
    list.replaceChildren(
      ...(page?.chats ?? []).map((chat) => {
        const enter = async () => {
          const joined = chat.myRole ? app.client.chat(chat.id) : await attempt(app.client.join(chat.id));
          if (!joined) return;
          done();
          app.open(joined.id);
        };
        const about = [`${chat.memberCount} members`, chat.description].filter(Boolean).join(" · ");
        return h("li", {}, h("span", {}, h("strong", {}, `# ${chat.name}`), h("small", {}, about)), h("button", { type: "button", onclick: enter }, chat.myRole ? "Open" : "Join"));
      }),
    );
    if (list.children.length === 0) list.append(h("li.empty", {}, "No channel of that name."));
  };
  const [element, input] = field("Find", { type: "search", oninput: () => void draw() });
  void draw();
  return h("div", {}, element, list);
}
