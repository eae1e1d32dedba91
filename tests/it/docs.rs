//! The documentation: generated parts match the code, links resolve, commands exist.
//!
//! `./run.sh update-protocol` regenerates the tables. The snippets are run by `tests/node`.

use std::fs;
use std::path::Path;

use pichat::ops::config::{Config, SETTINGS, Setting};

use crate::protocol::{listing, project};

/// Every page whose links are checked, besides `docs/*.md` and `protocol/*.md`.
const PAGES: [&str; 6] =
    ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "clients/js/README.md", "clients/python/README.md"];

fn read(name: &str) -> String {
    fs::read_to_string(project(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn pages() -> Vec<String> {
    let below = |folder: &str| -> Vec<String> {
        let names = listing(&project(folder)).into_iter().filter(|name| name.ends_with(".md"));
        names.map(|name| format!("{folder}/{name}")).collect()
    };
    let pages = [PAGES.map(str::to_owned).to_vec(), below("docs"), below("protocol")].concat();
    assert!(pages.len() >= 14, "{pages:?}");
    pages
}

/// Asserts that a file has this text, or writes it if UPDATE_PROTOCOL is set.
fn must_be(name: &str, right: &str) {
    if read(name) == right {
        return;
    }
    assert!(std::env::var_os("UPDATE_PROTOCOL").is_some(), "{name} is out of date: run ./run.sh update-protocol");
    fs::write(project(name), right).expect("the file can be written");
}

/// The text with the part between `<!-- name -->` and `<!-- /name -->` replaced.
fn with_section(text: &str, name: &str, section: &str) -> String {
    let start = format!("<!-- {name} -->\n");
    let end = format!("<!-- /{name} -->");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no {start}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{before}{start}{section}{end}{after}")
}

fn settings_table() -> String {
    let row = |setting: &Setting| {
        let name = match setting.other_name {
            Some(other) => format!("`{}` (or `{other}`)", setting.name),
            None => format!("`{}`", setting.name),
        };
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        format!("| {name} | {default} | {} |\n", setting.help)
    };
    let rows: String = SETTINGS.iter().map(row).collect();
    format!("| name | default | meaning |\n|---|---|---|\n{rows}")
}

/// Every Rust source of the server.
fn sources() -> Vec<String> {
    let source = |path: &String| path.ends_with(".rs").then(|| read(&format!("src/{path}")));
    listing(&project("src")).iter().filter_map(source).collect()
}

/// The rows of `describe_counter!("name", "description")` and similar macros.
fn metrics_table() -> String {
    let row = |call: &str| {
        let (kind, rest) = call.split_once("!(").expect("a macro's call");
        let mut texts = rest.split('"').skip(1).step_by(2);
        let name = texts.next().expect("a name");
        format!("| `{name}` | {kind} | {} |\n", texts.next().expect("a description"))
    };
    let described = sources().concat();
    let rows: String = described.split("metrics::describe_").skip(1).map(row).collect();
    assert!(rows.contains("| `pichat_connections` | gauge |"), "{rows}");
    format!("| name | kind | meaning |\n|---|---|---|\n{rows}")
}

#[test]
fn settings_and_metrics_tables_match_the_code() {
    let page = "docs/operations.md";
    let text = with_section(&read(page), "settings", &settings_table());
    must_be(page, &with_section(&text, "metrics", &metrics_table()));
}

#[test]
fn documented_defaults_match_the_servers() {
    let given = |name: &str| {
        let setting = SETTINGS.iter().find(|setting| setting.name == name)?;
        Some(setting.default.to_owned())
    };
    Config::from_lookup(&given).expect("the defaults are good");
}

#[test]
fn the_docs_name_the_minimum_rust_version() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("README.md").contains(&format!("[Rust](https://rustup.rs) {version} or newer")));
    assert!(read("CONTRIBUTING.md").contains(&format!("Rust {version} or newer")));
}

#[test]
fn documented_run_sh_commands_exist() {
    let text: String = pages().iter().map(|page| read(page)).collect();
    let script = read("run.sh");
    let named = text.split("`./run.sh ").skip(1);
    let words: Vec<&str> = named.map(|rest| rest.split(['`', ' ']).next().unwrap_or_default()).collect();
    assert!(words.len() >= 4, "only {words:?}");
    let missing: Vec<&&str> = words.iter().filter(|word| !script.contains(&format!("\n    {word})"))).collect();
    assert!(missing.is_empty(), "not a command of run.sh: {missing:?}");
}

/// The lines of a page that are neither inside a code block nor indented code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_fence && !is_code
    })
}

/// A line without its inline code.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// The targets of all links and pictures of a page.
fn links(text: &str) -> Vec<String> {
    let target = |rest: &str| rest.split(')').next().unwrap_or_default().to_owned();
    let prose: String = prose(text).map(|line| without_code(line) + " ").collect();
    prose.split("](").skip(1).map(target).collect()
}

/// The anchors of a page's headings in GitHub's form.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = vec![];
    for heading in prose(text).filter(|line| line.starts_with('#')) {
        let title = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter));
        let anchor: String = kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect();
        let earlier = anchors.iter().filter(|known| **known == anchor).count();
        anchors.push(if earlier == 0 { anchor } else { format!("{anchor}-{earlier}") });
    }
    anchors
}

/// The reason why a link of a page is broken, if it is.
fn broken(page: &str, link: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let target = if path.is_empty() { Path::new(page).to_owned() } else { folder.join(path) };
    let target = target.to_string_lossy();
    if !project(&target).exists() {
        return Some(format!("{page}: {link}: there is no {target}"));
    }
    let is_missing = !anchor.is_empty() && !anchors(&read(&target)).iter().any(|known| known == anchor);
    is_missing.then(|| format!("{page}: {link}: {target} has no such heading"))
}

#[test]
fn links_between_pages_resolve() {
    let mut checked = 0;
    let mut wrong = vec![];
    for page in pages() {
        let links = links(&read(&page));
        checked += links.len();
        wrong.extend(links.iter().filter_map(|link| broken(&page, link)));
    }
    assert!(checked > 50, "only {checked} links were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn broken_links_are_detected() {
    let text =
        "# One `two`, three!\n[a](b.md#c) and `[no](link)`\n```\n[no](link)\n# none\n```\n# One two three\n![p](p.png)";
    assert_eq!(links(text), ["b.md#c", "p.png"]);
    assert_eq!(anchors(text), ["one-two-three", "one-two-three-1"]);
    assert_eq!(broken("docs/storage.md", "#sqlite"), None);
    assert_eq!(broken("docs/storage.md", "../README.md#licence"), None);
    assert!(broken("docs/storage.md", "README.md").is_some());
    assert!(broken("docs/storage.md", "#mysql").is_some());
}

#[test]
fn the_module_map_in_lib_rs_is_complete() {
    let source = read("src/lib.rs");
    let rooms = source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<&str> = rooms.filter(|name| !source.contains(&format!("//! | [`{name}`] | "))).collect();
    assert!(source.contains("pub mod realtime;") && missing.is_empty(), "no row for {missing:?}");
}
