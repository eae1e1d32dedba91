//! Document ids, in which Azure forbids `/ \ ? #` and more than 1,023 bytes.

/// The document that guards all others in its partition.
pub(super) const HEAD: &str = "head";
const MEMBER: &str = "m:";
const MESSAGE: &str = "x:";
const REACTION: &str = "r:";
const DELETIONS: &str = "d:";
const OPERATION: &str = "o:";

/// True if the id is short enough to exist: a longer id is never assigned.
pub(super) fn fits(id: &str) -> bool {
    id.len() <= 255
}

pub(super) fn member(user: &str) -> String {
    format!("{MEMBER}{}", encoded(user))
}

pub(super) fn message(message: &str) -> String {
    format!("{MESSAGE}{}", encoded(message))
}

/// An emoji on a message.
pub(super) fn emoji_on(message: &str, emoji: &str) -> String {
    format!("{}~{}", encoded(message), encoded(emoji))
}

pub(super) fn reaction(message: &str, emoji: &str, user: &str) -> String {
    format!("{REACTION}{}~{}", emoji_on(message, emoji), encoded(user))
}

/// A block of positions, and the sender whose deletions are counted.
pub(super) fn deletions(of: &str, block: u64) -> String {
    format!("{DELETIONS}{of}~{block}")
}

/// The outcome of a user's operation.
pub(super) fn operation(user: &str, operation: &str) -> String {
    format!("{OPERATION}{}~{}", encoded(user), encoded(operation))
}

/// True for outcomes of operations.
pub(super) fn is_operation(id: &str) -> bool {
    id.starts_with(OPERATION)
}

/// True for documents that count deletions.
pub(super) fn is_deletions(id: &str) -> bool {
    id.starts_with(DELETIONS)
}

/// True for messages.
pub(super) fn is_message(id: &str) -> bool {
    id.starts_with(MESSAGE)
}

/// True for members.
pub(super) fn is_member(id: &str) -> bool {
    id.starts_with(MEMBER)
}

/// The text that [`encoded`] has encoded.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('=') {
        bytes.extend_from_slice(plain.as_bytes());
        let digits = escaped.get(..2).unwrap_or_default();
        bytes.extend(u8::from_str_radix(digits, 16).ok());
        rest = escaped.get(2..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes a text for use in an id: bytes that an id may not contain become `=` and two hexadecimal digits.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte) => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("={byte:02x}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn ids_are_injective_and_contain_no_forbidden_character() {
        let texts = ["a/b", "a=2fb", "a\\b", "a?b", "a#b", "a b", "ä", "a=b", "a:b", "", "=", "=3d"];
        let ids: Vec<String> = texts.iter().map(|text| encoded(text)).collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(!id.contains(['/', '\\', '?', '#']) && id.is_ascii(), "{id}");
            assert!(!ids[..index].contains(id), "{id}");
        }
    }
}
