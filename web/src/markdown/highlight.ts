import { h } from "../dom.ts";

const PLAIN = new Set(["", "text", "txt", "plain", "log", "output"]);
const HASH_COMMENTS = new Set(["py", "python", "sh", "bash", "shell", "zsh", "console", "yaml", "yml", "toml", "rb", "ruby", "r", "perl", "dockerfile", "make", "makefile", "ini", "elixir"]);
const DASH_COMMENTS = new Set(["sql", "lua", "haskell", "hs"]);

const STRING = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` + "`(?:\\\\.|[^`\\\\])*`";
const NUMBER = String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`;
const WORD = String.raw`[A-Za-z_$][\w$]*`;

const KEYWORDS = new Set(
  `abstract and as async await begin bool boolean break case catch char class const constexpr continue crate def default defer del delete do done
  double elif else elsif end enum except export extends extern false fi final finally float fn for foreach from func function global go goto if impl
  implements import in include instanceof int interface is lambda let local long loop match mod module move mut namespace new nil none None not null of
  or override package pass print private protected pub public raise readonly record ref return self Self short signed static struct super switch
  template then this throw throws trait true True False try type typeof typedef union unless unsafe unsigned until use using var virtual void volatile
  when where while with yield select SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT INNER ON AND OR NOT NULL
  ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY echo export fi esac sudo`.split(/\s+/),
);

function comments(language: string): string {
  if (HASH_COMMENTS.has(language)) return "#[^\\n]*";
  if (DASH_COMMENTS.has(language)) return "--[^\\n]*";
  return String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
}

/** Code as nodes in which comments, strings, numbers and keywords are marked; the same few rules serve all languages. */
export function highlight(code: string, lang: string): Node[] {
  const language = lang.toLowerCase();
  if (PLAIN.has(language)) return [document.createTextNode(code)];
  const pattern = new RegExp(`(${comments(language)})|(${STRING})|(${NUMBER})|(${WORD})`, "g");
  const nodes: Node[] = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    const [text, comment, string, number, word] = match;
    const style = comment !== undefined ? "comment" : string !== undefined ? "string" : number !== undefined ? "number" : KEYWORDS.has(word!) ? "keyword" : "";
    if (!style) continue;
    nodes.push(document.createTextNode(code.slice(end, match.index)), h(`span.${style}`, {}, text));
    end = match.index + text.length;
  }
  nodes.push(document.createTextNode(code.slice(end)));
  return nodes;
}
