//! Fuzz targets for text that people write.

use super::mentions::{mentioned_group, names};
use super::{channel_keys, look_alike_key, name_key};
use crate::ops::mutator::{Target, fingerprint};
use crate::protocol::text::{FileName, MimeType, Name, Prose, hidden_character, is_visible};

#[test]
fn mentions_in_any_text_are_bounded() {
    let words = &["@", "`", "```\n", "~~~", "://", "[", "](", ")", "<", ">", "@channel", "@here", "_", "**", "- "];
    Target { name: "mentions", words, longest: 8192, runs: 3000 }.run_text(|text| {
        let found = names(text);
        assert!(found.len() <= 100, "{} names", found.len());
        let lower = text.to_ascii_lowercase();
        for name in &found {
            assert!((3..=32).contains(&name.len()) && lower.contains(&format!("@{name}")), "{name}");
        }
        fingerprint((found.len(), mentioned_group(text).map(|group| group as u8)))
    });
}

#[test]
fn accepted_names_are_stable_and_fully_visible() {
    let words = &["\u{200d}", "\u{fe0f}", "\u{e0067}", "ﬁ", "ß", "İ", "е", "ο", "/", ";", "=", "a\u{301}"];
    Target { name: "names", words, longest: 400, runs: 3000 }.run_text(|text| {
        let name = Name::parse("name", text, 80).map(String::from);
        if let Ok(name) = &name {
            let again = Name::parse("name", name, 80).map(String::from).ok();
            assert_eq!(again.as_ref(), Some(name));
            assert!(name.chars().count() <= 80 && is_visible(name) && hidden_character(name).is_none(), "{name:?}");
            let key = name_key(name);
            assert_eq!(name_key(&key), key, "{name:?}");
            let look_key = look_alike_key(name);
            assert_eq!(look_alike_key(&look_key), look_key, "{name:?}");
            assert_eq!(channel_keys(&key), channel_keys(name), "{name:?}");
        }
        let file = FileName::parse("name", text);
        if let Ok(file) = &file {
            assert!(!file.contains(['\r', '\n', '\0', '\u{202e}']), "{file:?}");
        }
        let kind = MimeType::parse("mimeType", text);
        if let Ok(kind) = &kind {
            assert!(kind.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{kind:?}");
        }
        let prose = Prose::parse("reason", text, 100);
        let problem = name.as_ref().err().map(|error| error.message.len());
        fingerprint((problem, file.is_ok(), kind.is_ok(), prose.is_ok()))
    });
}
