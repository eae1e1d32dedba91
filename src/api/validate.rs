//! Fields that are right: each check names the field and says what would be right.

use std::borrow::Cow;

use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Attachment, ChatKind, Timestamp};

/// How many items a page has where the client does not say.
pub const PAGE: usize = 50;
/// How many items a page has at most.
pub const PAGE_MOST: usize = 200;

/// How many characters may be searched for.
const SEARCH_MOST: usize = 256;

/// A name of a chat, a token or the like: 1 to `most` characters, no control characters, not only white space.
pub fn name(field: &'static str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most {
        return Err(Error::invalid(field, format!("{field} must have 1 to {most} characters, not only white space")));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(field, format!("{field} must not contain control characters")));
    }
    Ok(text.to_owned())
}

/// Refuses a channel name that begins with `#`, which is how channels are addressed.
pub fn channel_name(kind: ChatKind, name: &str) -> Result<()> {
    if kind == ChatKind::Channel && name.starts_with('#') {
        return Err(Error::invalid("name", "give the channel's name without the #"));
    }
    Ok(())
}

/// A text that may be empty.
pub fn text(field: &'static str, text: &str, most: usize) -> Result<String> {
    if text.chars().count() > most {
        return Err(Error::invalid(field, format!("{field} must have at most {most} characters")));
    }
    Ok(text.to_owned())
}

/// Why something is done.
pub fn reason(given: Option<String>, most: usize) -> Result<Option<String>> {
    let reason = given.map(|reason| text("reason", &reason, most)).transpose()?;
    Ok(reason.filter(|reason| !reason.trim().is_empty()))
}

/// A time that is still to come.
pub fn future(field: &'static str, given: Option<Timestamp>, now: Timestamp) -> Result<Option<Timestamp>> {
    match given {
        Some(time) if time <= now => Err(Error::invalid(field, format!("{field} must be in the future"))),
        given => Ok(given),
    }
}

/// An id that a client has made.
pub fn id(field: impl Into<Cow<'static, str>>, text: &str) -> Result<()> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
    if (1..=128).contains(&text.len()) && text.bytes().all(good) {
        return Ok(());
    }
    let field = field.into();
    let sentence = format!("{field} must have 1 to 128 characters of A-Z a-z 0-9 _ . : -");
    Err(Error::invalid(field, sentence))
}

/// A username: 3 to 32 characters of `A-Z a-z 0-9 _ . -`.
pub fn username(field: &'static str, text: &str) -> Result<()> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if (3..=32).contains(&text.len()) && text.bytes().all(good) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 3 to 32 characters of A-Z a-z 0-9 _ . -")))
}

/// The most characters that a password has.
pub const PASSWORD_MOST: usize = 128;

/// A new password: 8 to 128 characters.
pub fn new_password(field: &'static str, text: &str) -> Result<()> {
    if (8..=PASSWORD_MOST).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 8 to {PASSWORD_MOST} characters")))
}

/// A password that somebody may have: whether it is right is another question.
pub fn known_password(field: &'static str, text: &str) -> Result<()> {
    if text.chars().count() <= PASSWORD_MOST {
        return Ok(());
    }
    Err(Error::invalid(field, format!("a password has at most {PASSWORD_MOST} characters")))
}

/// An e-mail address: something, an `@`, and a domain.
pub fn email(field: &'static str, text: &str) -> Result<()> {
    let plain = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    let is_address = text.split_once('@').is_some_and(|(name, domain)| {
        let is_domain = !domain.contains('@') && !domain.starts_with('.') && !domain.ends_with('.');
        !name.is_empty() && name.len() <= 64 && !domain.is_empty() && is_domain
    });
    if plain && is_address && text.len() <= 254 {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must be an address like ann@example.org, of at most 254 bytes")))
}

/// The client's own name for a device.
pub fn device(field: &'static str, text: Option<&str>) -> Result<()> {
    let is_good = |text: &str| (1..=128).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if text.is_none_or(is_good) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 1 to 128 characters")))
}

/// An http or https address.
pub fn url(field: impl Into<Cow<'static, str>>, text: &str) -> Result<()> {
    let plain = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    if (text.starts_with("https://") || text.starts_with("http://")) && plain && text.len() <= 2048 {
        return Ok(());
    }
    Err(Error::invalid(field, "this must be an http or https address of at most 2048 bytes"))
}

/// An emoji: at most 32 bytes, and something to see.
pub fn emoji(field: &'static str, text: &str) -> Result<()> {
    if (1..=32).contains(&text.len()) && !text.trim().is_empty() && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("{field} must have 1 to 32 bytes, no control characters, not only white space")))
}

/// What a message says.
pub fn content(field: impl Into<Cow<'static, str>>, text: &str, most: usize) -> Result<()> {
    let field = field.into();
    if text.len() > most && text.chars().count() > most {
        let sentence = format!("{field} has more than {most} characters");
        return Err(Error::new(Code::TooLarge, sentence).at(field));
    }
    if text.trim().is_empty() {
        let sentence = format!("{field} must have 1 to {most} characters, not only white space");
        return Err(Error::invalid(field, sentence));
    }
    Ok(())
}

/// Files of a message; `field` is where they stand.
pub fn attachments(field: &str, attachments: &[Attachment]) -> Result<()> {
    for (place, attachment) in attachments.iter().enumerate() {
        let field = |name: &str| format!("{field}[{place}].{name}");
        if let Some(file) = &attachment.id {
            id(field("id"), file)?;
        }
        url(field("url"), &attachment.url)?;
        if attachment.name.trim().is_empty() || attachment.name.chars().count() > 255 {
            return Err(Error::invalid(field("name"), "name must have 1 to 255 characters"));
        }
        if !attachment.mime_type.contains('/') || attachment.mime_type.len() > 127 {
            return Err(Error::invalid(field("mimeType"), "mimeType must be like image/png, at most 127 bytes"));
        }
    }
    if attachments.len() > 20 {
        return Err(Error::invalid(field.to_owned(), "at most 20 attachments"));
    }
    Ok(())
}

/// What is searched for; nothing where the client does not say.
pub fn search(field: &'static str, given: Option<String>) -> Result<Option<String>> {
    let search = given.map(|search| text(field, &search, SEARCH_MOST)).transpose()?;
    Ok(search.filter(|search| !search.is_empty()))
}

/// How many items a page may have.
pub fn limit(field: &'static str, given: Option<u64>) -> Result<usize> {
    match given {
        None => Ok(PAGE),
        Some(limit) if (1..=PAGE_MOST as u64).contains(&limit) => Ok(usize::try_from(limit).unwrap_or(PAGE)),
        Some(_) => Err(Error::invalid(field, format!("{field} must be from 1 to {PAGE_MOST}"))),
    }
}
