//! Checks of fields that are kept as raw JSON, and passed on as they were written.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::protocol::error::{Error, Result};

use super::explain::shown;
use super::object::Fields;

/// The digits of the largest whole number that a double can hold.
const DOUBLE_DIGITS: usize = 309;

/// Refuses lone surrogates. `serde_json` finds them only when it decodes the text, which it does not do for fields that
/// are kept as raw JSON.
pub(super) fn refuse_halves(fields: &Fields<'_>) -> Result<()> {
    match fields.iter().find(|(_, value)| has_lone_surrogate(value.get())) {
        Some((name, _)) => {
            let name = shown(name);
            let sentence = format!("{name} has half of a surrogate pair; escape the whole character");
            Err(Error::invalid(name, sentence))
        }
        None => Ok(()),
    }
}

/// Refuses numbers that are too large for a double. Raw JSON is passed on as it was written, and many clients cannot read
/// such a number, and with it the whole frame.
pub(super) fn refuse_infinite(fields: &Fields<'_>) -> Result<()> {
    let infinite = |(name, value): &(Cow<'_, str>, &RawValue)| {
        let number = infinite_number(value.get())?;
        Some(Error::invalid(
            shown(name),
            format!("{} has the number {}, which is over 1.7e308", shown(name), shown(number)),
        ))
    };
    fields.iter().find_map(infinite).map_or(Ok(()), Err)
}

/// The first number in JSON that a double rounds to infinity.
fn infinite_number(json: &str) -> Option<&str> {
    let mut rest = json;
    loop {
        rest = &rest[rest.find(|next: char| next == '"' || next == '-' || next.is_ascii_digit())?..];
        if let Some(string) = rest.strip_prefix('"') {
            rest = after_string(string);
            continue;
        }
        let is_part = |next: char| next.is_ascii_digit() || matches!(next, '-' | '+' | '.' | 'e' | 'E');
        let number = &rest[..rest.find(|next| !is_part(next)).unwrap_or(rest.len())];
        let is_long = number.len() >= DOUBLE_DIGITS || number.contains(['e', 'E']);
        if is_long && number.parse::<f64>().is_ok_and(f64::is_infinite) {
            return Some(number);
        }
        rest = &rest[number.len()..];
    }
}

/// The JSON after the end of the string that it begins in.
fn after_string(json: &str) -> &str {
    let mut rest = json;
    while let Some(place) = rest.find(['"', '\\']) {
        if rest[place..].starts_with('"') {
            return &rest[place + 1..];
        }
        // An escaped quotation mark ends nothing.
        rest = rest.get(place + 2..).unwrap_or_default();
    }
    ""
}

/// True if JSON has an escape from `\ud800` to `\udfff` without its other half.
fn has_lone_surrogate(json: &str) -> bool {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut rest = json;
    while let Some((_, escape)) = rest.find('\\').map(|place| rest.split_at(place)) {
        let is_low = |unit: u16| (0xdc00..0xe000).contains(&unit);
        rest = match unit(escape) {
            Some(0xd800..0xdc00) if escape.get(6..).and_then(unit).is_some_and(is_low) => &escape[12..],
            Some(0xd800..0xe000) => return true,
            _ => escape.get(2..).unwrap_or_default(),
        };
    }
    false
}
