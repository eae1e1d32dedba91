//! Fuzz targets: frames, commands and cursors.

mod command_path;

use serde_json::Value;

use super::chat_pages::ChatCursor;
use super::sync_cursor::SyncCursor;
use super::{handlers, operations};
use crate::ops::mutator::{Target, fingerprint};
use crate::protocol::error::{Code, Error};
use crate::protocol::wire::{self, Request};

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "\"type\":",
    "\"action\":\"PING\"",
    "\"payload\":{",
    "\"requestId\":1",
    "\"opId\":\"a\"",
    "\"chatId\":\"#general\"",
    "\"message\":{",
    "\"content\":",
    "\"cursor\":\"0~~~\"",
    "\"limit\":",
    "\"attachments\":[{",
    "\"metadata\":{\"a\":1,\"a\":2}",
    "\"until\":\"9999-12-31T23:59:59.999+23:59\"",
    "\"x\":1",
];

/// Maximum length of an error message in bytes: it may list every field of a command, and quotes little of the input.
const SENTENCE: usize = 1500;

/// Checks that an error is short and not a failure of the server.
fn refusal(error: &Error) -> u64 {
    assert_ne!(error.code, Code::Internal, "{error:?}");
    assert!(error.message.len() <= SENTENCE, "{} bytes: {}", error.message.len(), error.message);
    let field = error.field.as_deref().unwrap_or_default();
    assert!(field.len() <= SENTENCE, "{} bytes: {field}", field.len());
    assert!(wire::encode_error(error, None).len() <= 16 * SENTENCE);
    fingerprint((error.code as u8, field.len() / 8, error.message.len() / 16))
}

fn command(text: &str) -> u64 {
    let mut request = match Request::parse(text) {
        Ok(request) => request,
        Err(unreadable) => return refusal(&unreadable.error),
    };
    let mut names: Vec<&str> = request.fields.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a field twice: {names:?}");
    let row = match handlers::find(&mut request) {
        Ok(row) => row,
        Err(error) => return refusal(&error),
    };
    let read = operations::of_request(row, &request).and_then(|_| (row.prepare)(&request.fields));
    let outcome = match read {
        Ok(_) => {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "a command that is no JSON");
            0
        }
        Err(error) => refusal(&error),
    };
    fingerprint((row.name, outcome))
}

#[test]
fn a_frame_is_split_and_read_or_refused_in_a_sentence() {
    Target { name: "frames", words: WORDS, longest: 8192, runs: 5000 }.run_text(|text| match wire::split(text, 50) {
        Err(error) => refusal(&error),
        Ok(None) => command(text),
        Ok(Some(elements)) => {
            assert!((1..=50).contains(&elements.len()));
            fingerprint(elements.into_iter().map(|element| command(element.get())).collect::<Vec<_>>())
        }
    });
}

#[test]
fn the_fields_of_every_command_are_read_or_refused_in_a_sentence() {
    Target { name: "commands", words: WORDS, longest: 8192, runs: 5000 }.run_text(|text| match wire::split(text, 1) {
        Err(error) => refusal(&error),
        Ok(_) => command(text),
    });
}

#[test]
fn a_cursor_is_read_as_it_is_written_or_refused() {
    let words = &["s1-", "-", "~", ".", "AAAAAAAA", "9223372036854775807", "+1"];
    Target { name: "cursors", words, longest: 512, runs: 5000 }.run_text(|text| {
        let sync = SyncCursor::parse(text);
        if let Ok(cursor) = &sync {
            assert_eq!(SyncCursor::parse(&cursor.text()).ok(), Some(*cursor));
            let _ = (cursor.since().to_string(), cursor.up_to(cursor.since()).text());
        }
        let chats = ChatCursor::parse(text);
        if let Ok(cursor) = &chats {
            let written = cursor.to_string();
            assert!(written.len() <= text.len(), "{written}");
            assert_eq!(ChatCursor::parse(&written).map(|cursor| cursor.to_string()).ok(), Some(written));
        }
        let search = handlers::read_search_cursor(text);
        if let Ok(cursor) = &search {
            let _ = cursor.at.to_string();
        }
        fingerprint((sync.is_ok(), chats.map(|cursor| cursor.to_string().len()).ok(), search.is_ok()))
    });
}
