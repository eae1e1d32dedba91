import { groups, type EmojiGroup } from "emoji-data";
import { dialog } from "../dialog.ts";
import { h } from "../dom.ts";
import { t } from "../i18n.ts";
import { recentEmoji } from "../storage.ts";

interface Emoji {
  emoji: string;
  words: string;
}

const MOST_FOUND = 80;
let known: Map<EmojiGroup["key"], Emoji[]> | undefined;

function emojiByGroup(): Map<EmojiGroup["key"], Emoji[]> {
  const entry = (line: string): Emoji => {
    const [emoji = "", words = ""] = line.split("\t");
    return { emoji, words };
  };
  known ??= new Map(groups.map(({ key, lines }) => [key, lines.split("\n").map(entry)]));
  return known;
}

/** Emoji whose words begin with every word of a query. */
export function findEmoji(query: string): Emoji[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) => wanted.every((word) => words.startsWith(word) || words.includes(` ${word}`));
  return [...emojiByGroup().values()].flat().filter(fits).slice(0, MOST_FOUND);
}

/** Lets the user choose an emoji, by group or by search. */
export function pickEmoji(chosen: (emoji: string) => void): void {
  const byGroup = emojiByGroup();
  const named = new Map([...byGroup.values()].flat().map(({ emoji, words }) => [emoji, words]));
  const choose = (emoji: string) => {
    recentEmoji.add(emoji);
    made.close();
    chosen(emoji);
  };
  const grid = h("div.emoji-grid", { onclick: (event) => pick(event.target as Element) });
  const pick = (target: Element) => {
    const emoji = target.closest<HTMLElement>("[data-pick]")?.dataset.pick;
    if (emoji) choose(emoji);
  };
  const cell = (emoji: string, words = "") => h("button.emoji", { type: "button", "data-pick": emoji, "aria-label": words ? `${emoji} ${words.split(" ").slice(0, 4).join(" ")}` : emoji, title: words }, emoji);
  const showGroup = (key: EmojiGroup["key"] | "recent") => {
    const shown = key === "recent" ? recentEmoji.get().map((emoji) => ({ emoji, words: named.get(emoji) ?? "" })) : (byGroup.get(key) ?? []);
    grid.replaceChildren(...shown.map(({ emoji, words }) => cell(emoji, words)));
    grid.scrollTop = 0;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String((tab as HTMLElement).dataset.group === key));
  };
  const search = () => {
    if (!input.value.trim()) return showGroup(first);
    const found = findEmoji(input.value);
    grid.replaceChildren(...found.map(({ emoji, words }) => cell(emoji, words)));
    if (found.length === 0) grid.append(h("p.empty", {}, t.nothingFound));
  };
  const key = (event: KeyboardEvent) => {
    const emoji = grid.querySelector<HTMLElement>("[data-pick]")?.dataset.pick;
    if (event.key !== "Enter" || !emoji) return;
    event.preventDefault();
    choose(emoji);
  };
  const input = h("input", { type: "search", placeholder: t.searchEmoji, "aria-label": t.searchEmoji, oninput: search, onkeydown: key });
  const first = recentEmoji.get().length ? "recent" : "smileys";
  const keys = [...(recentEmoji.get().length ? (["recent"] as const) : []), ...groups.map(({ key }) => key)];
  const face = (key: EmojiGroup["key"] | "recent") => (key === "recent" ? "🕘" : byGroup.get(key)![0]!.emoji);
  const tabs = h("div.emoji-groups", { role: "group", "aria-label": t.emojiGroups.title },
    ...keys.map((key) => h("button.emoji", { type: "button", "data-group": key, title: t.emojiGroups[key], "aria-label": t.emojiGroups[key], "aria-pressed": "false", onclick: () => showGroup(key) }, face(key))));
  const made = dialog(t.chooseEmoji, input, tabs, grid);
  made.classList.add("emoji-picker");
  showGroup(first);
  input.focus();
}
