//! TypeScript lists for clients: facts about commands and events that their types do not express.

use std::fmt::Write;

use crate::api::command::{Repeatable, Row};
use crate::api::handlers::TABLE;

use super::{EVENTS, Event, EventClass};

/// The longest line of the generated file.
const WIDTH: usize = 120;

/// The text of `clients/js/src/generated.ts`.
pub(super) fn lists() -> String {
    let mut text = String::from(
        "// Generated from the server's table of commands and list of events by ./run.sh update-protocol; do not edit.\n\
         import type { Command, ServerFrame } from \"./protocol.js\";\n",
    );
    events(&mut text, "TICKS", "Events that take the next `seq` of their chat.", EventClass::Tick);
    events(&mut text, "EPHEMERAL", "Events that are never stored.", EventClass::Ephemeral);
    events(&mut text, "WATERMARKS", "Positions in a chat that only move forward.", EventClass::Watermark);
    // An `opId` makes every other command repeatable, so the short lists contain only the exceptions.
    let repeatable =
        "Commands that may be resent without an `opId` if the reply was lost, in addition to every GET_ command.";
    let is_harmless =
        |row: &Row| row.repeatable == Repeatable::Always && !row.takes_op_id && !row.name.starts_with("GET_");
    commands(&mut text, "REPEATABLE", repeatable, is_harmless);
    let with_id = "Commands that may be resent if they name the id of what they create.";
    commands(&mut text, "REPEATABLE_WITH_ID", with_id, |row| row.repeatable == Repeatable::WithId);
    let without = "Other commands that take no `opId`; every command in none of these lists takes one.";
    let takes_none = |row: &Row| row.repeatable != Repeatable::Always && !row.takes_op_id;
    commands(&mut text, "WITHOUT_OP_ID", without, takes_none);
    text
}

fn events(text: &mut String, name: &str, doc: &str, class: EventClass) {
    let of_class = |event: &&Event| event.class == class;
    let names = EVENTS.iter().filter(of_class).map(|event| (event.name)().into_owned()).collect();
    set(text, name, doc, "ServerFrame", names);
}

fn commands(text: &mut String, name: &str, doc: &str, wanted: fn(&Row) -> bool) {
    let names = TABLE.iter().filter(|row| wanted(row)).map(|row| row.name.to_owned()).collect();
    set(text, name, doc, "Command", names);
}

fn set(text: &mut String, name: &str, doc: &str, of: &str, mut members: Vec<String>) {
    members.sort_unstable();
    let _ =
        writeln!(text, "\n/** {doc} */\nexport const {name}: ReadonlySet<{of}[\"type\"]> = new Set<{of}[\"type\"]>([");
    let mut line = String::from(" ");
    for member in members {
        if line.len() + member.len() + 4 > WIDTH {
            let _ = writeln!(text, "{line}");
            line = String::from(" ");
        }
        let _ = write!(line, " \"{member}\",");
    }
    let _ = writeln!(text, "{line}\n]);");
}
