//! `protocol/examples`: the frames of conversations over real sockets, byte for byte.
//!
//! The conversations are in `golden/script.rs`. After an intended change, run with UPDATE_PROTOCOL=1 to rewrite the
//! files.

mod access;
mod script;
mod stage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use pichat::api::contract::EVENTS;
use pichat::api::handlers::TABLE;

use crate::protocol::{REMEDY, listing, project};

const FOLDER: &str = "protocol/examples";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_conversation_matches_the_golden_file() {
    let examples: BTreeMap<String, String> = script::play().await;
    if std::env::var_os("UPDATE_PROTOCOL").is_some_and(|value| value == "1") {
        rewrite(&examples);
    }
    for (path, text) in &examples {
        let there = fs::read_to_string(project(FOLDER).join(path));
        let there = there.unwrap_or_else(|_| panic!("{FOLDER}/{path} is missing; {REMEDY}"));
        assert_eq!(there, *text, "{FOLDER}/{path} differs from the recorded frames; {REMEDY}");
    }
    let written: BTreeSet<String> = examples.into_keys().collect();
    must_be_complete(&written);
    assert_eq!(listing(&project(FOLDER)), written, "{FOLDER} contains other examples; {REMEDY}");
}

/// Every command and event has an example, and every received event is listed.
fn must_be_complete(there: &BTreeSet<String>) {
    let commands = TABLE.iter().map(|row| format!("{}.json", row.name));
    let events: BTreeSet<String> = EVENTS.iter().map(|event| format!("events/{}.json", (event.name)())).collect();
    let wanted: BTreeSet<String> = commands.chain(events).collect();
    let missing: Vec<&String> = wanted.difference(there).collect();
    assert!(missing.is_empty(), "no example of {missing:?}: add it to tests/it/golden/script.rs; {REMEDY}");
    let unlisted: Vec<&String> = there.difference(&wanted).collect();
    assert!(unlisted.is_empty(), "{unlisted:?} are unlisted events: list them in src/api/contract/events.rs");
}

fn rewrite(examples: &BTreeMap<String, String>) {
    let folder = project(FOLDER);
    // It may not exist yet.
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join("events")).expect("a folder for examples");
    for (path, text) in examples {
        fs::write(folder.join(path), text).expect("a file for an example");
    }
}
