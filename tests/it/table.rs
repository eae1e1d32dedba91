//! The table of commands: no entry is duplicated, missing or misplaced.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pichat::api::command::Repeatable;
use pichat::api::handlers::{self, TABLE};
use pichat::protocol::wire::{Request, suggested_commands};
use schemars::generate::SchemaSettings;

#[test]
fn command_names_are_sorted_and_unique() {
    let names: Vec<Vec<&str>> = TABLE.iter().map(|row| row.name.split('_').collect()).collect();
    let sorted: Vec<Vec<&str>> = names.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(names, sorted, "word by word");
}

#[test]
fn no_alias_equals_a_command_name() {
    let names = TABLE.iter().map(|row| row.name);
    let aliases = TABLE.iter().flat_map(|row| row.aliases.iter().map(|alias| alias.name));
    let mut known = BTreeSet::new();
    for name in names.chain(aliases) {
        assert!(known.insert(name), "{name} is listed twice");
        assert!(is_screaming(name), "{name} is not SCREAMING_SNAKE_CASE");
    }
}

#[test]
fn errors_suggest_existing_commands() {
    for name in suggested_commands() {
        assert!(TABLE.iter().any(|row| row.name == name), "{name} does not exist");
    }
}

fn is_screaming(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    name.split('_').all(is_word)
}

#[test]
fn every_example_parses() {
    for row in TABLE {
        let example = row.example().to_string();
        let mut request = Request::parse(&example).expect("an envelope");
        assert_eq!(handlers::find(&mut request).expect("a row").name, row.name);
        if let Err(error) = (row.prepare)(&request.fields) {
            panic!("{example}: {error}");
        }
    }
}

#[test]
fn every_command_and_field_is_described() {
    for row in TABLE {
        assert!(row.summary.ends_with('.') && row.summary.len() <= 100, "{}: {}", row.name, row.summary);
        let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
        let schema = (row.fields)(&mut settings.into_generator()).to_value();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            assert!(field["description"].is_string(), "{}.{name} has no description", row.name);
            let reserved = ["type", "action", "event", "payload", "requestId"];
            assert!(!reserved.contains(&name.as_str()), "{}.{name} belongs to the envelope", row.name);
        }
        let aliased = row.aliases.iter().flat_map(|alias| alias.fields);
        for (_, field) in aliased {
            assert!(schema["properties"].get(field).is_some(), "{}.{field} is renamed but missing", row.name);
        }
    }
}

/// Files below `src/api/handlers` that are not commands but shared code of an area.
const SHARED: &[&str] = &[
    "messages/attachment",
    "messages/input",
    "messages/list",
    "messages/reactions",
    "moderation/target",
    "session/authenticated",
    "session/welcome",
];

#[test]
fn command_files_match_the_command_table() {
    let mut files = BTreeSet::new();
    for area in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/handlers")).expect("a folder") {
        let area = area.expect("an entry").path();
        for file in area.is_dir().then(|| fs::read_dir(&area).expect("a folder")).into_iter().flatten() {
            let file = file.expect("an entry").path();
            // A folder holds parts of the command of the same name.
            if file.is_dir() {
                continue;
            }
            let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
            let area = area.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            if !SHARED.contains(&&*format!("{area}/{stem}")) {
                assert!(files.insert((area.clone(), stem.to_uppercase())), "two files are named {stem}");
            }
        }
    }
    assert_eq!(files, TABLE.iter().map(|row| (row.area.name().to_owned(), row.name.to_owned())).collect());
}

#[test]
fn every_read_command_is_marked_repeatable() {
    for row in TABLE.iter().filter(|row| row.name.starts_with("GET_")) {
        assert_eq!(row.repeatable, Repeatable::Always, "{}", row.name);
        assert!(!row.takes_op_id, "{}", row.name);
    }
}
