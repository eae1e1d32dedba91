//! The structure of the crate: which room may use which, and how long files and functions may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src`, each of which may use itself and those after it.
const ROOMS: &[&str] =
    &["main", "cli", "net", "api", "auth", "commit", "realtime", "cluster", "store", "domain", "protocol", "ops"];

/// Arrows that still point up, as (from, to). The list may only shrink.
const UPWARD: &[(&str, &str)] = &[];

/// Lines of a file, tests left out.
const FILE_LINES: usize = 300;
/// Lines of a function.
const FUNCTION_LINES: usize = 60;

/// What is longer, and how long it is. The list may only shrink.
const LONGER: &[(&str, usize)] = &[];

struct Source {
    /// Below `src`.
    path: String,
    /// The lines before the tests.
    lines: Vec<String>,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or(&self.path);
        first.trim_end_matches(".rs")
    }

    fn code(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.split("//").next().unwrap_or(line))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found): (Vec<PathBuf>, _) = (vec![root.clone()], vec![]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").map(str::to_owned).collect();
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
fn rooms_use_only_the_rooms_below_them() {
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
fn every_folder_of_the_crate_is_a_room() {
    let rooms: BTreeSet<_> = sources().iter().map(|source| source.module().to_owned()).collect();
    let expected: BTreeSet<_> = ROOMS.iter().chain(&["lib"]).map(|room| (*room).to_owned()).collect();
    assert_eq!(rooms, expected);
}

#[test]
fn only_the_command_line_chooses_a_backend() {
    let backend =
        |line: &str| ["sqlite", "postgres", "cosmos"].iter().any(|name| line.contains(&format!("store::{name}")));
    for source in sources().iter().filter(|source| !["main", "cli", "store"].contains(&source.module())) {
        assert!(!source.code().any(backend), "{} names a backend", source.path);
    }
}

#[test]
fn files_and_functions_are_short() {
    let mut longer = BTreeMap::new();
    for source in sources() {
        if source.lines.len() > FILE_LINES {
            longer.insert(source.path.clone(), source.lines.len());
        }
        for (name, lines) in functions(&source.lines).into_iter().filter(|(_, lines)| *lines > FUNCTION_LINES) {
            longer.insert(format!("{}: {name}", source.path), lines);
        }
    }
    for (name, lines) in &longer {
        let most = LONGER.iter().find(|(known, _)| known == name).map(|(_, most)| *most);
        assert!(most.is_some_and(|most| *lines <= most), "{name} has {lines} lines; it may have {most:?}");
    }
    for (name, _) in LONGER {
        assert!(longer.contains_key(*name), "{name} is short now: take it off the list");
    }
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
fn functions_are_found_and_measured() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let source =
        lines("pub(super) async fn long<T>(\n    x: T,\n) {\n    inner();\n}\n\nfn short() {}\n    /// fn no\n");
    assert_eq!(functions(&source), [("long".to_owned(), 5), ("short".to_owned(), 1)]);
    assert_eq!(used("use crate::model::{Chat, X}; crate::{wire, error::Code}"), ["model", "wire", "error"]);
}
