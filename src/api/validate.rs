//! Field checks; each error names the field and says what would be valid.

use std::borrow::Cow;

use url::Url;

use crate::protocol::error::{Code, Error, Result};
use crate::protocol::text::{Prose, hidden_character, is_visible};
use crate::protocol::{ClientId, ClientJson, Timestamp};

/// Maximum number of characters of a search.
const SEARCH_MOST: usize = 256;

/// A reason; a blank one counts as absent.
pub fn reason(given: Option<String>, most: usize) -> Result<Option<Prose>> {
    let reason = given.map(|reason| Prose::parse("reason", &reason, most)).transpose()?;
    Ok(reason.and_then(Prose::unless_blank))
}

/// A time in the future.
pub fn future(field: &'static str, given: Option<Timestamp>, now: Timestamp) -> Result<Option<Timestamp>> {
    match given {
        Some(time) if time <= now => Err(Error::invalid(field, format!("{field} must be in the future"))),
        given => Ok(given),
    }
}

/// An id that a client may have chosen.
pub fn id(field: impl Into<Cow<'static, str>>, text: &str) -> Result<()> {
    if ClientId::is_valid(text) {
        return Ok(());
    }
    let field = field.into();
    let sentence = format!("{field} must have 1 to 128 characters of A-Z a-z 0-9 _ . : -");
    Err(Error::invalid(field, sentence))
}

/// Ids, of which the first that is none is named by its position.
pub fn ids(field: &'static str, given: &[String]) -> Result<()> {
    given.iter().enumerate().try_for_each(|(place, text)| id(format!("{field}[{place}]"), text))
}

/// A username: 3 to 32 characters of `A-Z a-z 0-9 _ . -`.
pub fn username(field: &'static str, text: &str) -> Result<()> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if (3..=32).contains(&text.len()) && text.bytes().all(good) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 3 to 32 characters of A-Z a-z 0-9 _ . -")))
}

/// Maximum number of characters of a password.
pub const PASSWORD_MOST: usize = 128;

/// A new password: 8 to 128 characters.
pub fn new_password(field: &'static str, text: &str) -> Result<()> {
    if (8..=PASSWORD_MOST).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 8 to {PASSWORD_MOST} characters")))
}

/// A password to check, no longer than a password may be.
pub fn known_password(field: &'static str, text: &str) -> Result<()> {
    if text.chars().count() <= PASSWORD_MOST {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have at most {PASSWORD_MOST} characters")))
}

/// An http or https address.
pub fn url(field: impl Into<Cow<'static, str>>, text: &str) -> Result<()> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    // A user name before the host is easily mistaken for the host: https://bank.example@attacker.example.
    let is_host = !host.is_empty() && !host.starts_with(':') && !host.contains(['@', '\\']);
    let is_plain = !text.contains(char::is_whitespace) && hidden_character(text).is_none();
    if is_host && is_plain && text.len() <= 2048 && Url::parse(text).is_ok() {
        return Ok(());
    }
    let field = field.into();
    let sentence = format!("{field} must be an http or https URL of at most 2048 bytes");
    Err(Error::invalid(field, sentence))
}

/// Largest width and height of an image in pixels.
const PIXELS: u32 = 100_000;

/// The width or height of an image in pixels.
pub fn pixels(field: impl Into<Cow<'static, str>>, given: Option<u32>) -> Result<()> {
    if given.is_none_or(|pixels| (1..=PIXELS).contains(&pixels)) {
        return Ok(());
    }
    let field = field.into();
    let sentence = format!("{field} must be from 1 to {PIXELS}");
    Err(Error::invalid(field, sentence))
}

/// Maximum number of bytes of a reaction's emoji.
const EMOJI_BYTES: usize = 64;

/// An emoji that Unicode recommends for interchange, in its full form, or a name such as `:party_parrot:`.
pub fn emoji(field: &'static str, text: &str) -> Result<String> {
    let name = text.strip_prefix(':').and_then(|text| text.strip_suffix(':')).unwrap_or_default();
    let is_of_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(&byte);
    if (1..=30).contains(&name.len()) && name.bytes().all(is_of_name) {
        return Ok(text.to_owned());
    }
    if is_skin_tone(text) {
        return Ok(text.to_owned());
    }
    // Forms that differ only in the variation selector U+FE0F are one emoji.
    let plain = || text.chars().filter(|character| *character != '\u{fe0f}').collect::<String>();
    let known = || emojis::get(text).or_else(|| emojis::get(&plain()));
    match Some(text).filter(|text| text.len() <= EMOJI_BYTES).and_then(|_| known()) {
        Some(emoji) => Ok(emoji.as_str().to_owned()),
        None => {
            Err(Error::invalid(field, format!("{field} must be one emoji, such as 👍, or a name, such as :shipit:")))
        }
    }
}

/// True for a skin tone alone, which is an emoji of its own and not in the table of the library.
fn is_skin_tone(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|tone| ('\u{1f3fb}'..='\u{1f3ff}').contains(&tone)) && characters.next().is_none()
}

/// The text of a message.
pub fn content(field: impl Into<Cow<'static, str>>, text: &str, most: usize) -> Result<()> {
    let field = field.into();
    if text.len() > most && text.chars().count() > most {
        let sentence = format!("{field} must have at most {most} characters");
        return Err(Error::new(Code::TooLarge, sentence).at(field));
    }
    if !is_visible(text) {
        let sentence = format!("{field} must have 1 to {most} characters and something visible");
        return Err(Error::invalid(field, sentence));
    }
    Ok(())
}

/// A search text.
pub fn search(field: &'static str, given: Option<String>) -> Result<Option<String>> {
    if given.as_ref().is_some_and(|search| search.chars().count() > SEARCH_MOST) {
        return Err(Error::invalid(field, format!("{field} must have at most {SEARCH_MOST} characters")));
    }
    Ok(given.filter(|search| !search.is_empty()))
}

/// Bytes of `metadata` as JSON.
const METADATA_BYTES: usize = 16 << 10;

/// Application data of a message.
pub fn metadata(field: impl Into<Cow<'static, str>>, metadata: Option<&ClientJson>) -> Result<()> {
    if metadata.is_some_and(|metadata| metadata.text().len() > METADATA_BYTES) {
        let sentence = format!("metadata must have at most {METADATA_BYTES} bytes as JSON");
        return Err(Error::new(Code::TooLarge, sentence).at(field));
    }
    Ok(())
}
