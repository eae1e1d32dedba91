//! The contract as files: the generated part of `protocol/`, and `env.example`.
//!
//! [`files`] generates them from the table of commands, the list of events and the table of settings. `pichat protocol`
//! writes them; a test compares them with the checked-in ones.

use std::collections::BTreeMap;

use serde::Serialize;

mod asyncapi;
mod components;
mod environment;
mod events;
mod openapi;
mod reference;
mod schemas;
mod typescript;

pub use events::{EVENTS, Event, EventClass};
pub use schemas::Contract;

type JsonObject = serde_json::Map<String, serde_json::Value>;

/// The generated files by their paths in the project.
pub fn files() -> BTreeMap<String, String> {
    let contract = Contract::new();
    let mut files = BTreeMap::new();
    for command in &contract.commands {
        files.insert(format!("protocol/commands/{}.json", command.row.name), pretty(&contract.command_file(command)));
    }
    for (name, event) in &contract.events {
        files.insert(format!("protocol/events/{name}.json"), pretty(&contract.event_file(event)));
    }
    files.insert("protocol/asyncapi.json".into(), pretty(&asyncapi::document(&contract)));
    files.insert("protocol/openapi.json".into(), pretty(&openapi::document(&contract)));
    files.insert("env.example".into(), environment::example());
    files.insert("clients/js/src/generated.ts".into(), typescript::lists());
    files
}

/// The reference at `/docs`.
pub fn reference() -> String {
    reference::page(&Contract::new())
}

fn pretty(document: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(document).expect("a schema has only string keys");
    text + "\n"
}
