//! Names that are valid here, derived from names that may not be.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::api::accounts;
use crate::domain::{channel_keys, name_key};
use crate::protocol::text::{Name, hidden_character};

use super::tally::TableTally;

/// Maximum number of characters in a username.
const USERNAME_MOST: usize = 32;
const USERNAME_LEAST: usize = 3;
/// Maximum number of bytes in a channel key.
const CHANNEL_KEY_BYTES: usize = 1000;

/// Usernames that are taken.
#[derive(Debug, Default)]
pub(super) struct Usernames {
    taken: HashSet<String>,
    /// The ids of the rows that keep their valid names, by name key.
    kept: HashMap<String, String>,
}

impl Usernames {
    /// Reserves a name that is valid as it is for the first row that has it: its user can log in as before.
    pub(super) fn reserve(&mut self, name: &str, id: &str) {
        let is_valid = fitting(name) == name
            && !name_key(name).starts_with("deleted")
            && accounts::require_username("username", name).is_ok();
        if is_valid {
            self.kept.entry(name_key(name)).or_insert_with(|| id.to_owned());
        }
    }

    /// A free username similar to the requested one; `id` replaces a name without a valid character.
    pub(super) fn claim(&mut self, wished: &str, id: &str) -> String {
        let mut name = fitting(wished);
        if name.is_empty() {
            name = fitting(&format!("user-{id}"));
        }
        if name_key(&name).starts_with("deleted") {
            name = fitting(&format!("user-{name}"));
        }
        while name.len() < USERNAME_LEAST {
            name.push('_');
        }
        let is_free = |name: &str| {
            let key = name_key(name);
            let is_kept = self.kept.get(&key).is_some_and(|keeper| keeper != id);
            accounts::require_username("username", name).is_ok() && !self.taken.contains(&key) && !is_kept
        };
        let free = numbered(&name, USERNAME_MOST, |name, number| format!("{name}_{number}"), is_free);
        self.taken.insert(name_key(&free));
        free
    }
}

/// The valid characters of a name, with `_` for blanks.
fn fitting(wished: &str) -> String {
    let spaced = wished.nfc().map(|character| if character.is_whitespace() { '_' } else { character });
    spaced
        .filter(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-'))
        .take(USERNAME_MOST)
        .collect()
}

/// The first free one of a name and its numbered forms, each of at most `max` characters.
fn numbered(name: &str, max: usize, form: impl Fn(&str, u32) -> String, is_free: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 1;
    while !is_free(&free) {
        number += 1;
        let longer = form("", number).chars().count();
        let base: String = name.chars().take(max.saturating_sub(longer)).collect();
        free = form(base.trim_end(), number);
    }
    free
}

/// A name on one line without invisible characters; none if nothing is left.
pub(super) fn clean_name(text: &str, max: usize) -> Option<String> {
    let mut shown: String = text.nfc().collect();
    while let Some(hidden) = shown.split(['\n', '\r', '\t']).find_map(hidden_character) {
        shown = shown.replace(hidden, "");
    }
    let shown = shown.replace(['\n', '\r', '\t'], " ");
    let shown: String = shown.trim().chars().take(max).collect();
    Name::parse("name", &shown, max).ok().map(String::from)
}

/// A description or reason of at max `max` characters without invisible ones.
fn clean_prose(text: &str, max: usize) -> Option<String> {
    let valid = |line: &str| -> String { line.chars().filter(|letter| !letter.is_control()).take(max).collect() };
    let lines = text.split('\n').filter_map(|line| Name::parse("text", &valid(line), max).ok());
    let lines: Vec<String> = lines.map(String::from).collect();
    let prose: String = lines.join("\n").chars().take(max).collect();
    Some(prose).filter(|prose| !prose.is_empty())
}

/// A text of several lines that is valid here; what it loses is told.
pub(super) fn told_prose(
    given: Option<&str>,
    most: usize,
    told: &ToldValue<'_>,
    tally: &mut TableTally,
) -> Option<String> {
    let given = given.filter(|text| !text.trim().is_empty())?;
    let clean = clean_prose(given, most);
    let ToldValue { field, of } = told;
    match &clean {
        None => tally.change(&format!("{field} left out, not a valid text"), *of),
        Some(clean) if clean != given => tally.change(&format!("{field} shortened or without invalid characters"), *of),
        Some(_) => {}
    }
    clean
}

/// A value that may be altered: the name of its field, and the row that has it.
pub(super) struct ToldValue<'a> {
    pub(super) field: &'static str,
    pub(super) of: &'a str,
}

/// Names of channels that are taken.
#[derive(Debug, Default)]
pub(super) struct ChannelNames(HashSet<String>);

impl ChannelNames {
    /// A name similar to the requested one that no other channel has.
    pub(super) fn claim(&mut self, wished: &str, max: usize) -> String {
        let mut wished = wished.trim_start_matches('#').trim();
        while channel_keys(wished).iter().any(|key| key.len() > CHANNEL_KEY_BYTES) {
            let last = wished.char_indices().next_back().map_or(0, |(last, _)| last);
            wished = wished[..last].trim_end();
        }
        let wished = if wished.is_empty() { "channel" } else { wished };
        let is_free = |name: &str| channel_keys(name).iter().all(|key| !self.0.contains(key));
        let free = numbered(wished, max, |name, number| format!("{name} ({number})"), is_free);
        self.0.extend(channel_keys(&free));
        free
    }
}

#[cfg(test)]
mod tests {
    use super::{ChannelNames, TableTally, ToldValue, Usernames, clean_name, told_prose};

    #[test]
    fn a_text_that_is_shortened_is_told() {
        let long = "x".repeat(3000);
        for (given, expected, told) in [
            ("spam", Some("spam"), ""),
            ("a\u{7}b", Some("ab"), "reason shortened or without invalid characters (1): 7"),
            (&long, Some(&long[..500]), "reason shortened or without invalid characters (1): 7"),
            ("\u{7}", None, "reason left out, not a valid text (1): 7"),
            (" ", None, ""),
        ] {
            let mut tally = TableTally::new("audit", 0);
            let kept = told_prose(Some(given), 500, &ToldValue { field: "reason", of: "7" }, &mut tally);
            assert_eq!(kept.as_deref(), expected);
            let account = tally.to_string();
            assert_eq!(account.lines().nth(1).unwrap_or_default().trim(), told);
        }
    }

    #[test]
    fn usernames_are_valid_and_unique() {
        let mut names = Usernames::default();
        for (wished, id, expected) in [
            ("mira", "1", "mira"),
            ("Mira", "2", "Mira_2"),
            ("MIRA", "3", "MIRA_3"),
            ("sana lake", "4", "sana_lake"),
            ("Zo\u{eb}", "5", "Zo_"),
            ("", "6", "user-6"),
            ("\u{65e5}\u{672c}", "7", "user-7"),
            ("admin", "8", "admin_2"),
            ("Deleted-1", "9", "user-Deleted-1"),
            (&"x".repeat(40), "10", &"x".repeat(32)),
            (&"x".repeat(33), "11", &format!("{}_2", "x".repeat(30))),
        ] {
            assert_eq!(names.claim(wished, id), expected, "{wished}");
        }
    }

    #[test]
    fn a_valid_username_is_kept_although_an_earlier_row_could_take_it() {
        let rows = [("sana lake", "3"), ("MIRA", "4"), ("sana_lake", "21"), ("mira", "22"), ("MIRA_2", "23")];
        let mut names = Usernames::default();
        rows.iter().for_each(|(name, id)| names.reserve(name, id));
        let claimed: Vec<_> = rows.iter().map(|(name, id)| names.claim(name, id)).collect();
        assert_eq!(claimed, ["sana_lake_2", "MIRA", "sana_lake", "mira_3", "MIRA_2"]);
    }

    #[test]
    fn channel_names_are_unique_ignoring_case_and_confusables() {
        let mut names = ChannelNames::default();
        for (wished, expected) in [
            ("General", "General"),
            ("general", "general (2)"),
            ("GENERAL", "GENERAL (3)"),
            ("g\u{435}neral", "g\u{435}neral (4)"),
        ] {
            assert_eq!(names.claim(wished, 80), expected);
        }
        assert_eq!(clean_name(" a\u{200b}b\nc ", 80).as_deref(), Some("ab c"));
        assert_eq!(clean_name(" \u{200b} ", 80), None);
        assert_eq!(clean_name(&"x".repeat(100), 80).map(|name| name.len()), Some(80));
    }
}
