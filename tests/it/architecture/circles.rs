//! Detects dependency cycles between the files of a room.
//!
//! A file's node is its module path. An arrow goes to the file that declares a name, through re-exports of the door;
//! arrows between a door and the files behind it are left out, since they are how a module tree is written.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;

/// Every set of files of one room that form a dependency cycle.
pub(super) fn circles(sources: &[Source]) -> Vec<Vec<String>> {
    let codes: BTreeMap<String, String> = sources.iter().map(|source| (source.module_path(), code(source))).collect();
    let files: Files = codes.iter().map(|(module, code)| (module.clone(), File::new(module, code, &codes))).collect();
    let graph: BTreeMap<&str, BTreeSet<String>> =
        files.keys().map(|module| (module.as_str(), arrows(&files, module))).collect();
    let reaches: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|from| (*from, reachable(&graph, from))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (from, targets) in &reaches {
        let circle: Vec<String> =
            targets.iter().filter(|to| reaches[**to].contains(from)).map(|to| (*to).to_owned()).collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

/// A file's code, and every path of the crate that it names, in full.
struct File {
    code: String,
    paths: BTreeSet<String>,
}

type Files = BTreeMap<String, File>;

impl File {
    fn new(module: &str, code: &str, codes: &BTreeMap<String, String>) -> Self {
        File { code: code.to_owned(), paths: paths(module, code, codes) }
    }
}

fn code(source: &Source) -> String {
    source.code().collect::<Vec<_>>().join("\n")
}

fn reachable<'a>(graph: &'a BTreeMap<&'a str, BTreeSet<String>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&str> = graph[from].iter().map(String::as_str).collect();
    while let Some(next) = waiting.pop() {
        if let Some((known, targets)) = graph.get_key_value(next).filter(|(known, _)| !seen.contains(**known)) {
            seen.insert(*known);
            waiting.extend(targets.iter().map(String::as_str));
        }
    }
    seen
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

fn is_door(outer: &str, inner: &str) -> bool {
    inner.starts_with(&format!("{outer}::"))
}

fn arrows(files: &Files, module: &str) -> BTreeSet<String> {
    let targets = files[module].paths.iter().filter_map(|path| declared_in(files, path, 0));
    targets
        .filter(|to| to != module && room(to) == room(module) && !is_door(to, module) && !is_door(module, to))
        .collect()
}

fn paths(module: &str, code: &str, modules: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        match statement.rfind("use ").filter(|at| starts_use(&statement[..*at])) {
            Some(at) => {
                rest.push_str(&statement[..at]);
                expand("", statement[at + 4..].trim_end_matches(';'), &mut named);
            }
            None => rest.push_str(statement),
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    named.extend(rest.split(|c: char| !is_part(c)).filter(|word| word.contains("::")).map(str::to_owned));
    named.iter().filter_map(|path| in_full(module, path, modules)).collect()
}

/// True if `use` begins an item here and is not inside a text.
fn starts_use(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim();
    line.is_empty() || line == "pub" || line.starts_with("pub(")
}

fn expand(prefix: &str, tree: &str, named: &mut BTreeSet<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree).trim();
        named.insert(format!("{prefix}{path}"));
        return;
    };
    let inner = tree[open + 1..].trim_end().trim_end_matches('}');
    let mut depth = 0;
    let mut start = 0;
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[start..at].trim().is_empty() {
                    expand(&format!("{prefix}{}", &tree[..open]), &inner[start..at], named);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

fn in_full(module: &str, path: &str, modules: &BTreeMap<String, String>) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut base: Vec<&str> = module.split("::").collect();
    match parts[0] {
        "crate" => return Some(parts[1..].join("::")),
        "self" => parts.remove(0),
        "super" => {
            while parts.first() == Some(&"super") {
                parts.remove(0);
                base.pop();
            }
            ""
        }
        first if modules.contains_key(&format!("{module}::{first}")) => "",
        _ => return None,
    };
    base.extend(parts);
    Some(base.join("::"))
}

/// The file that declares what a path names.
fn declared_in(files: &Files, path: &str, depth: usize) -> Option<String> {
    let parts: Vec<&str> = path.split("::").collect();
    for length in (1..=parts.len()).rev() {
        let module = parts[..length].join("::");
        let Some(file) = files.get(&module) else { continue };
        let Some(name) = parts.get(length).filter(|name| depth < 8 && !declares(&file.code, name)) else {
            return Some(module);
        };
        let through = file.paths.iter().find(|other| {
            *other != path && other.rsplit("::").next() == Some(name) && !other.starts_with(&format!("{path}::"))
        });
        return match through {
            Some(other) => declared_in(files, other, depth + 1),
            None => Some(module),
        };
    }
    None
}

fn declares(code: &str, name: &str) -> bool {
    ["struct", "enum", "trait", "type", "fn", "const", "static", "macro_rules!", "mod"].iter().any(|kind| {
        code.match_indices(&format!("{kind} {name}"))
            .any(|(at, found)| !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}
