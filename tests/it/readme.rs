//! What the README says of the code is made from the code; `./run.sh update-protocol` writes it anew.

use std::fs;
use std::path::PathBuf;

use pichat::ops::config::{Config, SETTINGS, Setting};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Holds a file to its text, or writes it when that is asked for.
fn must_be(name: &str, right: &str) {
    let text = fs::read_to_string(file(name)).unwrap_or_default();
    if text == right {
        return;
    }
    assert!(std::env::var_os("UPDATE_PROTOCOL").is_some(), "{name} is out of date: run ./run.sh update-protocol");
    fs::write(file(name), right).expect("the file can be written");
}

/// The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced.
fn with_section(text: &str, name: &str, section: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
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
    format!("| name | default | what it does |\n|---|---|---|\n{rows}")
}

/// The rows of `describe_counter!("name", "what it counts.")` and its like.
fn metrics_table() -> String {
    let source = fs::read_to_string(file("src/ops/telemetry.rs")).expect("the source is there");
    let row = |call: &str| {
        let (kind, rest) = call.split_once("!(").expect("a macro's call");
        let mut texts = rest.split('"').skip(1).step_by(2);
        let (name, help) = (texts.next().expect("a name"), texts.next().expect("a sentence"));
        format!("| `{name}` | {kind} | {help} |\n")
    };
    let rows: String = source.split("metrics::describe_").skip(1).map(row).collect();
    assert!(rows.contains("| `pichat_connections` | gauge |"), "{rows}");
    format!("| name | kind | what it is |\n|---|---|---|\n{rows}")
}

#[test]
fn the_tables_of_settings_and_metrics_are_those_of_the_code() {
    let text = fs::read_to_string(file("README.md")).expect("the README is there");
    let text = with_section(&text, "settings", &settings_table());
    must_be("README.md", &with_section(&text, "metrics", &metrics_table()));
}

#[test]
fn every_default_in_the_tables_is_one_the_server_starts_with() {
    let given = |name: &str| {
        let setting = SETTINGS.iter().find(|setting| setting.name == name)?;
        Some(setting.default.to_owned())
    };
    Config::from_lookup(&given).expect("the defaults are good");
}

#[test]
fn every_word_of_run_sh_that_the_readme_names_is_there() {
    let text = fs::read_to_string(file("README.md")).expect("the README is there");
    let script = fs::read_to_string(file("run.sh")).expect("run.sh is there");
    let named = text.split("`./run.sh ").skip(1);
    let words: Vec<&str> = named.map(|rest| rest.split(['`', ' ']).next().unwrap_or_default()).collect();
    assert!(words.len() >= 4, "only {words:?}");
    let missing: Vec<&&str> = words.iter().filter(|word| !script.contains(&format!("\n    {word})"))).collect();
    assert!(missing.is_empty(), "no word of run.sh: {missing:?}");
}

#[test]
fn the_map_in_lib_rs_has_a_row_for_every_room() {
    let source = fs::read_to_string(file("src/lib.rs")).expect("the source is there");
    let rooms = source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<&str> = rooms.filter(|name| !source.contains(&format!("//! | [`{name}`] | "))).collect();
    assert!(source.contains("pub mod realtime;") && missing.is_empty(), "no row for {missing:?}");
}
