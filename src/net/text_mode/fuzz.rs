//! Fuzz target: the text shown to a user for any input and any text of others. A record that begins with `>` is a typed
//! line, one with `<` a frame.

use serde_json::Value;

use super::{Interpretation, TextMode, line};
use crate::ops::mutator::{Target, fingerprint};

const WORDS: &[&str] = &[
    "\u{1e}>",
    "\u{1e}<",
    "/open ",
    "/chats all",
    "/users ",
    "/msg ben ",
    "/login ann",
    "/json on",
    "/json off",
    "/history 5",
    "/who",
    "//",
    "#general",
    "[general] ann: ",
    "  │ ",
    "* ",
    "! ",
    "\\n",
    "\\r",
    "\\u001b[31m",
    "\\u202e",
    "\\u2028",
    "\"requestId\":\"line-1\",",
    "\"type\":\"MENTION\",",
    "\"type\":\"CHAT_HISTORY\",",
];

/// True if a terminal shows the text unchanged, without cursor movement or reordering.
fn is_plain(text: &str) -> bool {
    let obeys = |character: char| {
        character != '\n' && character.is_control()
            || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    !text.contains(obeys)
}

/// The number of lines that do not continue a message.
fn begun(text: &str) -> usize {
    text.split('\n').filter(|line| !line.starts_with("  │ ")).count()
}

fn typed(text_mode: &mut TextMode, text: &str) -> u64 {
    match text_mode.interpret(text) {
        Interpretation::Command(command) if text.trim_start().starts_with('{') => fingerprint(command.len() / 16),
        Interpretation::Command(command) => {
            let command: Value = serde_json::from_str(&command).expect("a command is JSON");
            fingerprint(command["type"].as_str().expect("a command has a type"))
        }
        Interpretation::Batch => fingerprint("batch"),
        Interpretation::Answer(answer) => {
            assert!(is_plain(&answer), "{answer:?}");
            assert!(begun(&answer) == 1 || answer == line::help(), "{answer:?}");
            fingerprint(answer.get(..16))
        }
        Interpretation::Quit => fingerprint("quit"),
    }
}

fn shown(text_mode: &mut TextMode, frame: &str) -> u64 {
    // The server sends objects.
    let Ok(Value::Object(object)) = serde_json::from_str(frame) else { return 0 };
    // It encodes them without white space.
    let encoded = serde_json::to_string(&object).expect("JSON");
    let Some(line) = text_mode.show(&encoded) else { return fingerprint("hidden") };
    assert!(is_plain(&line), "{line:?}");
    let entries = |field: &str| object.get(field).and_then(Value::as_array).map_or(0, Vec::len);
    let max = entries("messages").max(entries("chats")).max(1);
    assert!(begun(&line) <= max, "{} lines of {max}: {line:?}", begun(&line));
    fingerprint((object.get("type").map(Value::to_string), begun(&line), line.starts_with('{')))
}

#[test]
fn fuzzed_text_forges_no_line_and_emits_no_control_character() {
    Target { name: "text-mode", words: WORDS, longest: 4096, runs: 3000 }.run_text(|input| {
        let mut text_mode = TextMode::default();
        let mut outcomes = vec![];
        for record in input.split('\u{1e}') {
            outcomes.push(match record.split_at_checked(1) {
                Some((">", text)) => typed(&mut text_mode, text),
                Some(("<", frame)) => shown(&mut text_mode, frame),
                _ => 0,
            });
            assert!(text_mode.names.bytes() <= 256 << 10 && text_mode.names.count() <= 10_000);
        }
        fingerprint(outcomes)
    });
}
