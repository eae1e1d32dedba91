//! Text that people see. A value of one of these types is in NFC, shows something, and hides nothing: it contains no
//! control, direction-override, zero-width or otherwise invisible character. Joiners and variation selectors are
//! allowed where emoji and scripts need them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::error::{Error, Result};

mod hidden;

pub use hidden::hidden_character;

/// Maximum length of a file's name in characters.
const FILE_NAME_CHARS: usize = 255;
/// Maximum length of a media type in bytes.
const MIME_TYPE_BYTES: usize = 127;

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, formatter)
            }
        }
    };
}

text_type! {
    /// A name of one line: of a user, a chat or a token.
    Name
}
text_type! {
    /// A description or reason: may have several lines, and may be empty.
    Prose
}
text_type! {
    /// The name of an attached file.
    FileName
}
text_type! {
    /// A media type such as `image/png` or `text/plain; charset=utf-8`.
    MimeType
}

impl Name {
    /// Reads a name of at most `most` characters; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str, most: usize) -> Result<Name> {
        one_line(field.into(), text.trim(), most).map(Name)
    }
}

impl FileName {
    /// Reads a file's name of at most 255 characters.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str) -> Result<FileName> {
        one_line(field.into(), text, FILE_NAME_CHARS).map(FileName)
    }
}

impl Prose {
    /// Reads a text of at most `most` characters, in which lines and tabs are allowed.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str, most: usize) -> Result<Prose> {
        let field = field.into();
        let text: String = text.nfc().collect();
        if text.chars().count() > most {
            let sentence = format!("{field} must have at most {most} characters");
            return Err(Error::invalid(field, sentence));
        }
        let hidden = text.split(['\n', '\r', '\t']).find_map(hidden_character);
        refuse_hidden(field, hidden)?;
        Ok(Prose(text))
    }

    /// The text unless it is blank.
    pub fn unless_blank(self) -> Option<Prose> {
        if is_visible(&self.0) { Some(self) } else { None }
    }
}

impl MimeType {
    /// Reads a media type of at most 127 bytes.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str) -> Result<MimeType> {
        let mut parts = text.splitn(2, ';');
        let essence = parts.next().and_then(|essence| essence.trim_end_matches(' ').split_once('/'));
        let is_type = essence.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
        let is_plain = parts.next().unwrap_or_default().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if is_type && is_plain && text.len() <= MIME_TYPE_BYTES {
            return Ok(MimeType(text.to_owned()));
        }
        let sentence = format!("mimeType must be a media type such as image/png, at most {MIME_TYPE_BYTES} bytes");
        Err(Error::invalid(field, sentence))
    }
}

/// True for a token of RFC 9110.
fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

fn one_line(field: Cow<'static, str>, text: &str, most: usize) -> Result<String> {
    let text: String = text.nfc().collect();
    if !(1..=most).contains(&text.chars().count()) || text.trim().is_empty() {
        let sentence = format!("{field} must have 1 to {most} characters, not only white space");
        return Err(Error::invalid(field, sentence));
    }
    refuse_hidden(field.clone(), hidden_character(&text))?;
    if !is_visible(&text) {
        let sentence = format!("{field} must contain something visible");
        return Err(Error::invalid(field, sentence));
    }
    Ok(text)
}

fn refuse_hidden(field: Cow<'static, str>, hidden: Option<char>) -> Result<()> {
    let Some(hidden) = hidden else { return Ok(()) };
    let sentence = match hidden.is_control() {
        true => format!("{field} must not contain control characters"),
        false => format!("{field} must not contain the invisible character U+{:04X}", u32::from(hidden)),
    };
    Err(Error::invalid(field, sentence))
}

/// True if a reader would see something: a character that is neither blank, nor ignorable, nor a bare mark.
pub fn is_visible(text: &str) -> bool {
    let shows = |character: char| {
        !(character.is_whitespace()
            || character.is_control()
            || hidden::is_ignorable(character)
            || is_combining_mark(character))
    };
    text.chars().any(shows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Result<String> {
        Name::parse("name", text, 80).map(String::from)
    }

    #[test]
    fn a_name_is_kept_in_nfc_without_white_space_around_it() {
        assert_eq!(name("  Zoe\u{308} ").expect("a name"), "Zo\u{eb}");
        for text in [
            "general",
            "Ünal 2",
            "日本語",
            "a b",
            "👩‍👩‍👧",
            "❤️",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "1️⃣",
            "नमस्‍ते",
            "می‌خواهم",
            "葛\u{e0100}",
        ] {
            assert_eq!(name(text).unwrap_or_else(|error| panic!("{text}: {error}")), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for hidden in [
            "general\u{2060}",
            "gen\u{200b}eral",
            "\u{202e}lareneg",
            "a\u{0}b",
            "a\nb",
            "a\u{85}b",
            "\u{ad}a",
            "a\u{200d}b",
            "a\u{200c}",
            "a\u{fe0f}",
            "\u{3164}",
            "\u{2800}",
            "\u{115f}x",
            "a\u{2028}b",
            "a\u{feff}",
            "x\u{e0041}",
            "a\u{2066}b\u{2069}",
            "a\u{200e}",
            "\u{301}",
            "\u{fff9}a",
            "a\u{34f}b",
            "a\u{fdd0}",
            "a\u{180e}",
        ] {
            let error = name(hidden).expect_err(&format!("{hidden:?}"));
            assert_eq!(error.field.as_deref(), Some("name"));
        }
    }

    #[test]
    fn prose_may_have_lines_and_be_blank() {
        let prose = |text: &str| Prose::parse("reason", text, 10);
        assert_eq!(&*prose("a\nb\tc").expect("prose"), "a\nb\tc");
        assert!(prose(" \n").expect("prose").unless_blank().is_none());
        prose("a\u{202e}b").expect_err("an override");
        prose("12345678901").expect_err("too long");
    }

    #[test]
    fn a_media_type_has_a_type_and_a_subtype() {
        for good in ["image/png", "text/plain; charset=utf-8", "application/vnd.a+json"] {
            MimeType::parse("mimeType", good).expect(good);
        }
        for bad in [
            "png",
            "image/",
            "/png",
            "a/b\r\nX-Evil: 1",
            "a/b\r\n; c",
            "a/b\u{2028}; c",
            "a/b; c\n",
            "a b/c",
            "é/a",
            &format!("a/{}", "b".repeat(126)),
        ] {
            MimeType::parse("mimeType", bad).expect_err(bad);
        }
    }
}
