//! The checked-in contract matches the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pichat::api::command::Row;
use pichat::api::contract;
use pichat::api::handlers::TABLE;
use pichat::protocol::digest::{ChatDigest, chat_items, member_item, message_items};
use pichat::protocol::wire::Request;
use pichat::protocol::{Chat, Member, Message};
use serde_json::Value;

/// The hint printed when a test of this file or of the golden examples fails.
pub const REMEDY: &str = "run ./run.sh update-protocol and look at what has changed";

/// Handwritten pages, and the types that Node generates and checks.
const WRITTEN: [&str; 4] = ["README.md", "CHANGELOG.md", "coming-from.md", "pichat.d.ts"];

/// A place below the folder of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder, by their paths from there.
pub fn listing(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.map(|entry| entry.expect("a folder that can be read")) {
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        match entry.file_type().expect("a kind of file").is_dir() {
            true => found.extend(listing(&entry.path()).into_iter().map(|path| format!("{name}/{path}"))),
            false => drop(found.insert(name)),
        }
    }
    found
}

#[test]
fn generated_files_match_the_code() {
    for (path, text) in contract::files() {
        let there = fs::read_to_string(project(&path)).unwrap_or_else(|_| panic!("{path} is missing; {REMEDY}"));
        assert!(there == text, "{path} differs from the code; {REMEDY}");
    }
}

#[test]
fn the_protocol_folder_contains_only_generated_files() {
    let generated = contract::files().into_keys().filter_map(|path| path.strip_prefix("protocol/").map(str::to_owned));
    let expected: BTreeSet<String> = generated.chain(WRITTEN.map(str::to_owned)).collect();
    // Examples have their own test, and the clients replay the histories.
    let elsewhere = |path: &str| path.starts_with("examples/") || path.starts_with("conformance/");
    let found = listing(&project("protocol")).into_iter().filter(|path| !elsewhere(path));
    assert_eq!(found.collect::<BTreeSet<_>>(), expected, "{REMEDY}");
}

#[test]
fn the_guide_lists_exactly_the_sequenced_events() {
    let guide = fs::read_to_string(project("protocol/README.md")).expect("the guide");
    let begin = guide.find("Every durable change takes its next `seq`:").expect("the list of ticks");
    let list = guide[begin..].split(". ").next().expect("a sentence");
    let is_type =
        |word: &&str| word.contains('_') && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let listed: BTreeSet<String> = list.split([' ', ',']).filter(is_type).map(str::to_owned).collect();
    let ticks = contract::EVENTS.iter().filter(|event| event.class == contract::EventClass::Tick);
    assert_eq!(listed, ticks.map(|event| (event.name)().into_owned()).collect());
}

#[test]
fn file_generation_is_deterministic() {
    assert_eq!(contract::files(), contract::files());
}

#[test]
fn every_command_example_parses() {
    for row in TABLE {
        let text = row.example().to_string();
        let request = Request::parse(&text).unwrap_or_else(|bad| panic!("{}: {}", row.name, bad.error));
        assert_eq!(request.kind, row.name);
        if let Err(error) = (row.prepare)(&request.fields) {
            panic!("{}: {error}", row.name);
        }
    }
}

#[test]
fn every_schema_has_a_description() {
    fn look(place: &str, schema: &Value) {
        for (name, field) in schema["properties"].as_object().into_iter().flatten().filter(|(name, _)| *name != "type")
        {
            let words = field["description"].as_str().unwrap_or_default();
            assert!(!words.is_empty(), "{place}: {name} has no description");
            assert!(!words.contains("[`"), "{place}: {name} refers to the code: {words}");
        }
    }
    for (path, text) in contract::files().iter().filter(|(path, _)| path.contains("s/")) {
        let Ok(file) = serde_json::from_str::<Value>(text) else { continue };
        look(path, &file);
        for (name, definition) in file["$defs"].as_object().into_iter().flatten() {
            let place = format!("{path} {name}");
            look(&place, definition);
            assert!(definition["description"].is_string(), "{place} has no description");
        }
    }
}

#[test]
fn every_frame_type_has_one_schema() {
    let replies = TABLE.iter().map(|row: &Row| (row.reply_type, row.reply));
    let events = contract::EVENTS.iter().map(|event| (event.name, event.schema));
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut known = std::collections::BTreeMap::new();
    for (name, schema) in replies.chain(events) {
        let name = name();
        let schema = schema(&mut generator);
        let before = known.entry(name.clone()).or_insert_with(|| schema.clone());
        assert_eq!(*before, schema, "{name} has two definitions");
    }
}

/// A chat of `protocol/conformance/digests.json`.
#[derive(serde::Deserialize)]
struct DigestVector {
    description: String,
    chat: Chat,
    members: Vec<Member>,
    messages: Vec<Message>,
    items: Vec<String>,
    digest: String,
}

#[test]
fn digests_match_the_test_vectors() {
    let text = fs::read_to_string(project("protocol/conformance/digests.json")).expect("the test vectors");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let vectors: Vec<DigestVector> = serde_json::from_value(file["chats"].clone()).expect("vectors");
    assert!(vectors.len() > 2);
    for vector in vectors {
        let mut items = chat_items(&vector.chat);
        items.extend(vector.members.iter().map(|member| member_item(&vector.chat.id, member)));
        items.extend(vector.messages.iter().flat_map(message_items));
        assert_eq!(items, vector.items, "{}", vector.description);
        let mut digest = ChatDigest::default();
        digest.add_all(items);
        assert_eq!(digest.to_string(), vector.digest, "{}", vector.description);
    }
}
