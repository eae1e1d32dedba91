use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::store::repository::StoredFile;

/// Bytes that RFC 8187 requires to be encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Prefixes of declared types that browsers never execute.
const HARMLESS: [&str; 4] = ["audio/", "video/", "application/pdf", "text/plain"];

/// The type that is sent: an image's type according to its bytes; otherwise the declared type, if no browser would
/// execute it.
pub(super) fn media_type(file: &StoredFile) -> &str {
    let declared = file.mime_type.as_str();
    match &file.image {
        Some(image) => image,
        None if HARMLESS.iter().any(|known| declared.starts_with(known)) => declared,
        None => "application/octet-stream",
    }
}

/// `Content-Disposition`: images are displayed, everything else is saved under its name.
pub(super) fn of(file: &StoredFile) -> String {
    let kind = if file.image.is_some() { "inline" } else { "attachment" };
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-._ ".contains(character);
    let plain: String = file.name.chars().map(|one| if is_plain(one) { one } else { '_' }).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&file.name, ENCODED))
}
