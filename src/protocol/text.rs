//! Text for display. A value of one of these types is in NFC, contains something visible, and hides nothing: it has no
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
/// Maximum length of a device's name in characters.
const DEVICE_NAME_CHARS: usize = 128;
/// Maximum number of combining marks on one letter; no script needs more. Stacked marks cover the lines around them.
const MARKS_PER_LETTER: usize = 8;
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
    /// The name of an attached file, without a path.
    FileName
}
text_type! {
    /// A client's name for its device.
    DeviceName
}
text_type! {
    /// An e-mail address in ASCII, the form that every mail server accepts.
    EmailAddress
}
text_type! {
    /// A media type such as `image/png` or `text/plain; charset=utf-8`.
    MimeType
}

impl Name {
    /// Reads a name of at most `most` characters. White space around it is dropped, and any other is one blank: nobody
    /// sees how many blanks there are, or which.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str, most: usize) -> Result<Name> {
        one_line(field.into(), text.trim(), most).map(|text| Name(one_blank(&text)))
    }
}

impl FileName {
    /// Reads a file's name of at most 255 characters.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str) -> Result<FileName> {
        let field = field.into();
        let name = one_line(field.clone(), text, FILE_NAME_CHARS)?;
        if name.contains(['/', '\\']) || matches!(&*name, "." | "..") {
            let sentence = format!("{field} must be the name of a file, without a path");
            return Err(Error::invalid(field, sentence));
        }
        Ok(FileName(name))
    }
}

impl DeviceName {
    /// Reads a device's name of at most 128 characters.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str) -> Result<DeviceName> {
        one_line(field.into(), text, DEVICE_NAME_CHARS).map(DeviceName)
    }
}

impl EmailAddress {
    /// Reads an address of a local part and a domain: letters, digits and hyphens, in labels separated by dots.
    ///
    /// # Errors
    ///
    /// INVALID_ARGUMENT at `field`.
    pub fn parse(field: impl Into<Cow<'static, str>>, text: &str) -> Result<EmailAddress> {
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_of_name);
        let is_label = |label: &str| {
            let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            (1..=63).contains(&label.len()) && is_plain && !label.starts_with('-') && !label.ends_with('-')
        };
        let is_address = text.split_once('@').is_some_and(|(name, domain)| {
            name.len() <= 64 && name.split('.').all(is_part) && domain.split('.').all(is_label)
        });
        if is_address && text.len() <= 254 {
            return Ok(EmailAddress(text.to_owned()));
        }
        let field = field.into();
        let sentence =
            format!("{field} must be an address such as ann@example.org, of ASCII characters and at most 254 bytes");
        Err(Error::invalid(field, sentence))
    }
}

impl Prose {
    /// Reads a text of at most `max` characters; line breaks and tabs are allowed.
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
        refuse_hidden(field.clone(), hidden)?;
        refuse_heaps_of_marks(field, &text)?;
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

/// True for a token as RFC 9110 defines it.
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
    refuse_heaps_of_marks(field.clone(), &text)?;
    if !is_visible(&text) {
        let sentence = format!("{field} must contain something visible");
        return Err(Error::invalid(field, sentence));
    }
    Ok(text)
}

/// The text with one blank for each run of white space.
pub fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn refuse_hidden(field: Cow<'static, str>, hidden: Option<char>) -> Result<()> {
    let Some(hidden) = hidden else { return Ok(()) };
    let sentence = match hidden.is_control() {
        true => format!("{field} must not contain control characters"),
        false => format!("{field} must not contain the invisible character U+{:04X}", u32::from(hidden)),
    };
    Err(Error::invalid(field, sentence))
}

fn refuse_heaps_of_marks(field: Cow<'static, str>, text: &str) -> Result<()> {
    let mut marks = 0;
    for character in text.chars() {
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        if marks > MARKS_PER_LETTER {
            let sentence = format!("{field} must not have more than {MARKS_PER_LETTER} combining marks on one letter");
            return Err(Error::invalid(field, sentence));
        }
    }
    Ok(())
}

/// True if the text shows something: a character that is neither blank, nor ignorable, nor a bare mark.
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
    fn names_are_trimmed_and_normalized_to_nfc() {
        assert_eq!(name("  Zoe\u{308} ").expect("a name"), "Zo\u{eb}");
        assert_eq!(name("a  b\u{a0}\u{2009}c\u{3000}d").expect("a name"), "a b c d");
        for text in [
            "general",
            "Ünal 2",
            "日本語",
            "a b",
            "👩‍👩‍👧",
            "❤️",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} a",
            "🏴‍☠️",
            "བསྒྲུབས",
            "1️⃣",
            "नमस्‍ते",
            "می‌خواهم",
            "葛\u{e0100}",
        ] {
            assert_eq!(name(text).unwrap_or_else(|error| panic!("{text}: {error}")), text);
        }
    }

    #[test]
    fn invisible_text_is_refused() {
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
            "🏴\u{e0041}\u{e0042}\u{e007f}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}\u{e007f}",
        ] {
            let error = name(hidden).expect_err(&format!("{hidden:?}"));
            assert_eq!(error.field.as_deref(), Some("name"));
        }
    }

    #[test]
    fn combining_marks_per_letter_are_bounded() {
        let marked = |count| format!("a{}b", "\u{323}\u{301}\u{302}\u{303}".repeat(count));
        name(&marked(2)).expect("eight marks");
        name(&marked(19)).expect_err("a heap");
        Prose::parse("reason", &marked(19), 500).expect_err("a heap");
        FileName::parse("name", &marked(19)).expect_err("a heap");
    }

    #[test]
    fn file_names_contain_no_path() {
        for good in ["plan.pdf", "a b", "...", "..a"] {
            FileName::parse("name", good).expect(good);
        }
        for bad in ["a/b", "a\\b", ".", "..", "a\u{202e}b"] {
            FileName::parse("name", bad).expect_err(bad);
        }
    }

    #[test]
    fn device_names_must_be_visible() {
        DeviceName::parse("deviceId", "Ann's phone").expect("a name");
        for bad in ["", " ", "a\u{202e}b", "a\u{200b}"] {
            DeviceName::parse("deviceId", bad).expect_err(bad);
        }
    }

    #[test]
    fn email_addresses_must_be_deliverable() {
        for good in ["ann@example.org", "a.b+c@x-y.example", "ann@localhost", "o'neil@xn--bcher-kva.example"] {
            EmailAddress::parse("email", good).expect(good);
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in [
            "",
            "ann",
            "@b.c",
            "a@",
            "a@.b",
            "a@b.",
            "a@b..c",
            "a@@b.c",
            "a b@c.d",
            "<a@b.c>",
            "a@b.c\u{202e}",
            "\u{430}\u{43d}n@b.c",
            "a.@b.c",
            ".a@b.c",
            "a..b@c.d",
            "a@-b.c",
            "a@b_c.d",
            &long,
        ] {
            EmailAddress::parse("email", bad).expect_err(bad);
        }
    }

    #[test]
    fn prose_can_be_multiline_or_blank() {
        let prose = |text: &str| Prose::parse("reason", text, 10);
        assert_eq!(&*prose("a\nb\tc").expect("prose"), "a\nb\tc");
        assert!(prose(" \n").expect("prose").unless_blank().is_none());
        prose("a\u{202e}b").expect_err("an override");
        prose("12345678901").expect_err("too long");
    }

    #[test]
    fn media_types_need_a_type_and_a_subtype() {
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
