//! Turns a deserializer's error into one that names the field and says what would be right.
//!
//! Serde reports its errors as text only: `serde_path_to_error` finds the path, and this module parses the message.

use std::borrow::Cow;

use crate::protocol::error::Error;

use super::foreign;

/// At most 64 characters of a client's text.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(64).collect()
}

/// Maximum number of characters of a path or of a deserializer's message; both may contain a client's text.
const MOST_CHARS: usize = 200;

fn cut(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// The most similar known name. Only the first 64 characters of the given name are compared, so that the work is
/// bounded.
pub fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = shown(given).to_lowercase().replace(['_', '-'], "");
    let distance = |name: &&str| strsim::damerau_levenshtein(&folded, &name.to_lowercase().replace('_', ""));
    let (distance, name) = known.map(|name| (distance(&name), name)).min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + name.len() / 4).then_some(name)
}

/// Names the field at fault, from the deserializer's path and message.
pub(super) fn explain(path: &str, words: &str) -> Error {
    let words = words.rfind(" at line ").map_or(words, |end| &words[..end]);
    let path = Some(cut(path).trim_end_matches(".?")).filter(|path| !matches!(*path, "." | "?" | ""));
    let within = |name: &str| match path {
        Some(path) if path != name && !path.ends_with(&format!(".{name}")) => format!("{path}.{name}"),
        Some(path) => path.to_owned(),
        None => name.to_owned(),
    };
    if let Some(unknown) = words.strip_prefix("unknown field `") {
        // The client's name may contain anything; the text after it never comes from the client, so search from the
        // end.
        let end = unknown.rfind("`, expected ").or_else(|| unknown.rfind("`, there are no fields"));
        let (name, known) = unknown.split_at(end.unwrap_or(unknown.len()));
        let name = shown(name);
        let known: Vec<&str> = known.split('`').skip(2).step_by(2).collect();
        return unknown_field(within(&name), &name, &known);
    }
    let mut quoted = words.split('`').skip(1).step_by(2);
    if words.starts_with("missing field") {
        let field = within(quoted.next().unwrap_or("?"));
        return Error::invalid(field.clone(), format!("{field} is missing"));
    }
    if words.starts_with("duplicate field") {
        let field = within(quoted.next().unwrap_or("?"));
        return Error::invalid(field.clone(), format!("{field} is given twice"));
    }
    let field = path.unwrap_or("payload").to_owned();
    let sentence = sentence(&field, words);
    Error::invalid(field, sentence)
}

fn unknown_field(field: String, name: &str, known: &[&str]) -> Error {
    let hint = match foreign::field(name, known).or_else(|| nearest(name, known.iter().copied())) {
        Some(meant) => format!("did you mean {meant}?"),
        None if known.is_empty() => "this command has no fields".into(),
        None => format!("known are {}", known.join(", ")),
    };
    let sentence = format!("unknown field {field}; {hint}");
    Error::invalid(field, sentence)
}

fn sentence(field: &str, words: &str) -> String {
    let types = words.strip_prefix("invalid type: ").or_else(|| words.strip_prefix("invalid value: "));
    if let Some((given, expected)) = types.and_then(|words| words.split_once(", expected ")) {
        return format!("{field} must be {}, not {}", plain(expected), plain_value(given));
    }
    match words.strip_prefix("unknown variant ").and_then(|words| words.split_once(", expected ")) {
        Some((given, expected)) => {
            let sentence = format!("{field} must be {}, not {}", expected.replace('`', ""), shown(given));
            match foreign::kind(given).filter(|_| field.ends_with("kind")) {
                Some(meant) => format!("{sentence}; did you mean {meant}?"),
                None => sentence,
            }
        }
        None => format!("{field}: {}", cut(words)),
    }
}

/// The value as the client wrote it, at most 64 characters, without the deserializer's name for its type.
fn plain_value(given: &str) -> String {
    let quoted = |kind: &str| given.strip_prefix(kind)?.strip_prefix(" `")?.strip_suffix('`');
    let number = ["integer", "floating point", "boolean", "character"].iter().find_map(|kind| quoted(kind));
    match (number, given.strip_prefix("string ")) {
        (Some(value), _) | (_, Some(value)) => shown(value),
        _ => match given {
            "null" | "unit" | "unit value" | "Option value" => "null".into(),
            "map" | "struct" | "struct variant" => "an object".into(),
            "sequence" | "tuple" => "an array".into(),
            _ => shown(given),
        },
    }
}

/// Translates Rust's names of types.
fn plain(expected: &str) -> Cow<'_, str> {
    match expected {
        "struct" | "a map" | "map" => "an object".into(),
        "a sequence" | "sequence" => "an array".into(),
        "a boolean" => "true or false".into(),
        "unit" => "null".into(),
        "u16" | "u32" | "u64" | "usize" => "a whole number, at least 0".into(),
        "i64" => "a whole number".into(),
        _ if expected.starts_with("struct ") => "an object".into(),
        _ => expected.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn invalid_values_are_shown_as_json() {
        for (words, shown) in [
            ("invalid value: integer `-1`, expected u64", "limit must be a whole number, at least 0, not -1"),
            ("invalid type: floating point `1.5`, expected u64", "limit must be a whole number, at least 0, not 1.5"),
            ("invalid type: string \"x\", expected a boolean", "limit must be true or false, not \"x\""),
            ("invalid type: boolean `true`, expected a string", "limit must be a string, not true"),
            ("invalid type: null, expected a string", "limit must be a string, not null"),
            ("invalid type: map, expected a sequence", "limit must be an array, not an object"),
            ("invalid type: sequence, expected struct X", "limit must be an object, not an array"),
        ] {
            assert_eq!(explain("limit", words).message, shown);
        }
    }

    #[test]
    fn only_the_field_name_is_taken_from_a_deserializer_message() {
        let known = "`chatId`, `limit`";
        for name in ["x", "x`y`z", "x`, expected one of `evil`, `worse", &"`q`".repeat(1000)] {
            let error = explain("?", &format!("unknown field `{name}`, expected one of {known}"));
            let shown: String = name.chars().take(64).collect();
            assert_eq!(error.field.as_deref(), Some(&*shown));
            assert!(error.message.ends_with("known are chatId, limit"), "{}", error.message);
        }
        let none = explain("?", "unknown field `a`, there are no fields");
        assert_eq!(none.message, "unknown field a; this command has no fields");
        let one = explain("?", "unknown field `qqqq`, expected `command`");
        assert_eq!(one.message, "unknown field qqqq; known are command");
    }
}
