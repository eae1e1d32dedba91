//! The structure of the crate: dependencies between rooms, and lengths of files and functions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

mod circles;

use circles::circles;

/// The rooms of `src`; each may use itself and those after it.
const ROOMS: &[&str] =
    &["main", "cli", "net", "api", "auth", "commit", "realtime", "cluster", "store", "domain", "protocol", "ops"];

/// Arrows that still point up, as (from, to). The list may only shrink.
const UPWARD: &[(&str, &str)] = &[];

/// Lines that 95 of 100 files do not exceed, without tests.
const FILE_LINES: usize = 350;
/// Lines that 95 of 100 functions do not exceed.
const FUNCTION_LINES: usize = 40;
/// Lines of the longest function.
const LONGEST_FUNCTION: usize = 90;

pub(crate) struct Source {
    /// The path below its folder, by default `src`.
    path: String,
    /// The lines before the tests.
    lines: Vec<String>,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or(&self.path);
        first.trim_end_matches(".rs")
    }

    /// `store::sqlite::commit` for `store/sqlite/commit.rs`.
    fn module_path(&self) -> String {
        self.path.trim_end_matches(".rs").replace('/', "::")
    }

    fn code(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.split("//").next().unwrap_or(line))
    }
}

fn sources() -> Vec<Source> {
    sources_below("src")
}

/// Sources, tests, benchmarks and examples, without this file, whose tests contain bad examples.
fn everything() -> impl Iterator<Item = Source> {
    let all = ["src", "tests", "benches", "examples"].into_iter().flat_map(sources_below);
    all.filter(|source| source.path != "it/architecture.rs")
}

fn sources_below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut found = vec![];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
                let lines = code.lines().map(str::to_owned).collect();
                let path = path.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
                found.push(Source { path, lines });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The modules that a line of code names after `crate::`.
fn used(line: &str) -> Vec<String> {
    let names = |rest: &str| -> Vec<String> {
        let first =
            |part: &str| part.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned);
        match rest.strip_prefix('{') {
            Some(list) => list.split(',').filter_map(first).filter(|name| !name.is_empty()).collect(),
            None => first(rest).into_iter().collect(),
        }
    };
    line.match_indices("crate::").flat_map(|(place, word)| names(&line[place + word.len()..])).collect()
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|known| *known == room).unwrap_or_else(|| panic!("{room} is not a room"))
}

#[test]
fn modules_depend_only_on_lower_modules() {
    let mut upward = BTreeSet::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let own = rank(source.module());
        for used in source.code().flat_map(used).filter(|used| rank(used) < own) {
            upward.insert((source.module().to_owned(), used));
        }
    }
    let known: BTreeSet<_> = UPWARD.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    assert_eq!(upward, known);
}

#[test]
fn every_source_folder_is_a_known_module() {
    let rooms: BTreeSet<_> = sources().iter().map(|source| source.module().to_owned()).collect();
    let expected: BTreeSet<_> = ROOMS.iter().chain(&["lib"]).map(|room| (*room).to_owned()).collect();
    assert_eq!(rooms, expected);
}

#[test]
fn only_the_command_line_selects_a_store() {
    let backend =
        |line: &str| ["sqlite", "postgres", "cosmos"].iter().any(|name| line.contains(&format!("store::{name}")));
    for source in sources().iter().filter(|source| !["main", "cli", "store"].contains(&source.module())) {
        assert!(!source.code().any(backend), "{} names a backend", source.path);
    }
}

#[test]
fn files_of_a_module_have_no_dependency_cycles() {
    let found = circles(&sources());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn dependency_cycles_are_detected() {
    let source =
        |path: &str, text: &str| Source { path: path.to_owned(), lines: text.lines().map(str::to_owned).collect() };
    let sources = [
        source("room.rs", "mod one;\nmod two;\nmod three;\npub use two::{Two, Other};"),
        source("room/one.rs", "use super::Two;\npub struct One;"),
        source("room/two.rs", "use crate::room::three::Three;\npub struct Two;\npub struct Other;"),
        source("room/three.rs", "pub struct Three(super::one::One);"),
    ];
    let circle = ["room::one", "room::three", "room::two"].map(str::to_owned).to_vec();
    assert_eq!(circles(&sources), [circle]);
}

/// The value that 95 of 100 values do not exceed.
fn percentile_95(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    values[values.len() * 95 / 100]
}

#[test]
fn files_and_functions_stay_within_their_length_limits() {
    let sources = sources();
    let lengths = percentile_95(sources.iter().map(|source| source.lines.len()).collect());
    assert!(lengths <= FILE_LINES, "95 of 100 files have up to {lengths} lines");
    let functions: Vec<_> = sources
        .iter()
        .flat_map(|source| functions(&source.lines).into_iter().map(move |(name, lines)| (&source.path, name, lines)))
        .collect();
    let lengths = percentile_95(functions.iter().map(|(.., lines)| *lines).collect());
    assert!(lengths <= FUNCTION_LINES, "95 of 100 functions have up to {lengths} lines");
    let long: Vec<_> = functions.iter().filter(|(.., lines)| *lines > LONGEST_FUNCTION).collect();
    assert!(long.is_empty(), "too long: {long:?}");
}

/// Names that several traits, or the same idea behind a trait, share on purpose.
/// `Result` is an alias of the standard type with the error of its place, `$name` the parameter of a macro.
const SHARED_NAMES: &[&str] = &["$name", "Err", "Error", "Item", "Output", "Reply", "Result", "Target", "Value"];

#[test]
fn type_names_are_unique_in_the_crate() {
    let mut declared: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in source.code().filter_map(declared_type).filter(|name| !SHARED_NAMES.contains(name)) {
            declared.entry(name.to_owned()).or_default().push(source.path.clone());
        }
    }
    declared.retain(|_, places| places.len() > 1);
    assert!(declared.is_empty(), "{declared:#?}");
}

/// The type that a line declares.
fn declared_type(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split([' ', '<', '(', '{', ';', '=', ':']).filter(|word| !word.is_empty()).collect();
    let kind = words.iter().position(|word| ["struct", "enum", "trait", "type"].contains(word))?;
    let is_declaration = words[..kind].iter().all(|word| word.starts_with("pub") || word.ends_with(')'));
    words.get(kind + 1).copied().filter(|_| is_declaration)
}

#[test]
fn no_parameter_has_a_tuple_type() {
    let mut found = vec![];
    for source in everything() {
        let code = source.code().collect::<Vec<_>>().join("\n");
        for (name, parameter) in parameters(&code).filter(|(_, parameter)| is_tuple(parameter)) {
            found.push(format!("{}: {name}({parameter})", source.path));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The parameters of every function, with its name.
fn parameters(code: &str) -> impl Iterator<Item = (&str, String)> {
    code.match_indices("fn ").filter(|(at, _)| *at == 0 || code[..*at].ends_with([' ', '\n'])).flat_map(|(at, word)| {
        let rest = &code[at + word.len()..];
        let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0)];
        let mut depth = 0;
        let mut all = vec![];
        let mut one = String::new();
        let mut last = ' ';
        for c in rest[rest.find('(').unwrap_or(0)..].chars() {
            let before = depth;
            match c {
                '(' | '[' | '<' | '{' => depth += 1,
                '>' if last == '-' => {}
                ')' | ']' | '>' | '}' => depth -= 1,
                _ => {}
            }
            last = c;
            match c {
                _ if depth == 0 => break,
                ',' if depth == 1 => all.push(std::mem::take(&mut one)),
                _ if before == 0 => {}
                c => one.push(c),
            }
        }
        all.push(one);
        all.into_iter().map(move |one| (name, one.split_whitespace().collect::<Vec<_>>().join(" ")))
    })
}

fn is_tuple(parameter: &str) -> bool {
    let kind = parameter.split_once(": ").map_or("", |(_, kind)| kind.trim_start_matches(['&', ' ']));
    parameter.starts_with('(') || kind.starts_with('(') && kind != "()"
}

#[test]
fn tuple_parameters_are_detected() {
    let code = "fn one(a: u8, (b, c): (u8, u8)) {}\nfn two<T>(f: impl Fn(u8, u8) -> (u8, u8), d: &(u8, u8)) {}\n";
    let found: Vec<_> =
        parameters(code).filter(|(_, one)| is_tuple(one)).map(|(name, one)| format!("{name} {one}")).collect();
    assert_eq!(found, ["one (b, c): (u8, u8)", "two d: &(u8, u8)"]);
}

#[test]
fn no_binding_destructures_a_tuple_literal() {
    let mut found = vec![];
    for source in everything() {
        let code = source.code().collect::<Vec<_>>().join("\n");
        found.extend(bound_together(&code).map(|line| format!("{}: {line}", source.path)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Every `let (a, b) = (x, y);`, which hides two bindings in a needless tuple.
fn bound_together(code: &str) -> impl Iterator<Item = String> + '_ {
    code.match_indices("let (").filter_map(|(at, word)| {
        let pattern = &code[at + word.len() - 1..];
        let rest = &pattern[group(pattern)?..];
        let value = rest.split_once('=')?.1.trim_start();
        let is_pair = value.starts_with('(') && value[group(value)?..].starts_with(';');
        is_pair.then(|| code[at..].lines().next().unwrap_or_default().to_owned())
    })
}

/// The length of the group in parentheses that a text begins with.
fn group(text: &str) -> Option<usize> {
    let mut depth = 0;
    let end = text.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    end.map(|last| last + 1)
}

#[test]
fn tuple_literal_bindings_are_detected() {
    let code = "let (a, mut b) = (1, f(2));\nlet (c, d): (u8, u8) =\n    (3, 4);\nlet (e, f) = (5, 6).max((7, 8));\n\
        let (g, h) = pair();\nlet (i, j) = list.iter().map(|x| (x, 1)).unzip();\n";
    let found: Vec<_> = bound_together(code).collect();
    assert_eq!(found, ["let (a, mut b) = (1, f(2));", "let (c, d): (u8, u8) ="]);
}

#[test]
fn doc_comments_start_with_a_noun_or_verb() {
    let questions = ["What", "Who", "Whom", "Whose", "Why", "How", "Whether", "Which"];
    let mut all = 0;
    let mut found = vec![];
    for source in sources() {
        let mut in_block = false;
        for line in &source.lines {
            let text = line.trim_start().strip_prefix("///").or_else(|| line.strip_prefix("//!"));
            let Some(text) = text.filter(|_| !in_block) else {
                in_block = text.is_some();
                continue;
            };
            in_block = true;
            all += 1;
            let first = text.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if questions.contains(&first) {
                found.push(format!("{}: {text}", source.path));
            }
        }
    }
    assert!(found.len() * 50 <= all, "{} of {all} doc comments begin with a question word: {found:#?}", found.len());
}

/// Every function and its number of lines, from its name to the brace that ends it.
fn functions(lines: &[String]) -> Vec<(String, usize)> {
    let mut found = vec![];
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        let length = lines[start..].iter().position(|line| *line == end).map_or(1, |last| last + 1);
        let one_line = line.ends_with(';') || line.ends_with('}');
        found.push((name.to_owned(), if one_line { 1 } else { length }));
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let (before, after) = words.split_once("fn ")?;
    let is_start = before.split_whitespace().all(|word| {
        word.starts_with("pub") || word.starts_with("in") || ["async", "const", "unsafe", "super)"].contains(&word)
    });
    is_start.then(|| after.split(['(', '<']).next()).flatten()
}

#[test]
fn functions_are_parsed_and_measured() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let source =
        lines("pub(super) async fn long<T>(\n    x: T,\n) {\n    inner();\n}\n\nfn short() {}\n    /// fn no\n");
    assert_eq!(functions(&source), [("long".to_owned(), 5), ("short".to_owned(), 1)]);
    assert_eq!(used("use crate::model::{Chat, X}; crate::{wire, error::Code}"), ["model", "wire", "error"]);
}
