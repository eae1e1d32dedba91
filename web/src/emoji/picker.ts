import { groups, type EmojiGroup } from "emoji-data";
import { dialog } from "../dialog.ts";
import { h } from "../dom.ts";
import { t } from "../i18n.ts";
import { recentEmoji } from "../storage.ts";
import { GridKeys } from "./arrows.ts";

interface Emoji {
  emoji: string;
  name: string;
  /** The name and further words it is found by, in small letters. */
  words: string;
}

const MOST_FOUND = 80;
let known: Map<EmojiGroup["key"], Emoji[]> | undefined;

function emojiByGroup(): Map<EmojiGroup["key"], Emoji[]> {
  const entry = (line: string): Emoji => {
    const [emoji = "", name = "", others = ""] = line.split("\t");
    return { emoji, name, words: `${name} ${others}`.toLowerCase() };
  };
  known ??= new Map(groups.map(({ key, lines }) => [key, lines.split("\n").map(entry)]));
  return known;
}

/** Emoji with a word that begins with each word of a query; those whose name begins with it come first. */
function findEmoji(query: string): Emoji[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) => wanted.every((word) => words.startsWith(word) || words.includes(` ${word}`));
  const rank = ({ words }: Emoji) => (words.startsWith(wanted[0] ?? "") ? 0 : 1);
  const found = [...emojiByGroup().values()].flat().filter(fits);
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, MOST_FOUND);
}

/** Lets the user choose an emoji, by group or by search. */
export function pickEmoji(chosen: (emoji: string) => void): void {
  const byGroup = emojiByGroup();
  const names = new Map([...byGroup.values()].flat().map(({ emoji, name }) => [emoji, name]));
  const choose = (emoji: string) => {
    recentEmoji.add(emoji);
    made.close();
    chosen(emoji);
  };
  const grid = h("div.emoji-grid", { role: "group", "aria-label": t.chooseEmoji, onclick: (event) => pick(event.target as Element) });
  const pick = (target: Element) => {
    const emoji = target.closest<HTMLElement>("[data-pick]")?.dataset.pick;
    if (emoji) choose(emoji);
  };
  const cell = (emoji: string) => h("button.emoji", { type: "button", "data-pick": emoji, "aria-label": names.get(emoji) ?? emoji, title: names.get(emoji) }, emoji);
  const show = (emoji: readonly string[]) => {
    grid.replaceChildren(...emoji.map(cell));
    keys.reset();
  };
  const showGroup = (key: EmojiGroup["key"] | "recent") => {
    const shown = key === "recent" ? recentEmoji.get() : (byGroup.get(key) ?? []).map(({ emoji }) => emoji);
    show(shown);
    grid.scrollTop = 0;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String((tab as HTMLElement).dataset.group === key));
  };
  const search = () => {
    if (!input.value.trim()) return showGroup(first);
    const found = findEmoji(input.value);
    show(found.map(({ emoji }) => emoji));
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
  const keys = new GridKeys(grid, input);
  const shownGroups = [...(recentEmoji.get().length ? (["recent"] as const) : []), ...groups.map(({ key }) => key)];
  const face = (key: EmojiGroup["key"] | "recent") => (key === "recent" ? "🕘" : byGroup.get(key)![0]!.emoji);
  const tabs = h("div.emoji-groups", { role: "group", "aria-label": t.emojiGroups.title },
    ...shownGroups.map((key) => h("button.emoji", { type: "button", "data-group": key, title: t.emojiGroups[key], "aria-label": t.emojiGroups[key], "aria-pressed": "false", onclick: () => showGroup(key) }, face(key))));
  const made = dialog(t.chooseEmoji, input, tabs, grid);
  made.classList.add("emoji-picker");
  showGroup(first);
  input.focus();
}
