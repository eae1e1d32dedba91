//! Who is named in a text: `@` and a username, which may have dots and dashes in it as a sentence has around it. So
//! of `@ann.` both `ann.` and `ann` may be meant, and the longest that is a member's name is.

use crate::protocol::UserId;

use super::{Change, State};

/// How many names of one text are looked up at most.
const MOST: usize = 100;
/// How long a username is.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=32;

/// Every username that may be meant in a text, in lower case.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for name in words(text).flat_map(|word| word.names()) {
        let name = name.to_ascii_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
        if names.len() == MOST {
            break;
        }
    }
    names
}

/// The members who are named in a text, each once, in their order, without the one who has written it.
pub(super) fn mentioned(state: &State, change: &Change, text: &str) -> Vec<UserId> {
    let member = |name: &str| {
        let user = state.name(&name.to_ascii_lowercase())?;
        state.member(&change.chat_id, user)?.role.map(|_| user.clone())
    };
    let mut users: Vec<UserId> = vec![];
    for word in words(text) {
        let user = word.names().find_map(member);
        users.extend(user.filter(|user| *user != change.actor.id && !users.contains(user)));
    }
    users
}

/// What follows an `@`, as far as a username may go.
struct Word<'a> {
    text: &'a str,
    /// The text goes on with a letter that no username has.
    goes_on: bool,
}

impl<'a> Word<'a> {
    /// What may be a username: the whole and every beginning that ends at a dot, dash or underscore; longest first.
    fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let is_mark = |at: usize| matches!(bytes.get(at), Some(b'.' | b'-' | b'_'));
        let whole = if self.goes_on { text.len() } else { text.len() + 1 };
        let ends: Vec<usize> = LENGTH
            .rev()
            .filter(|end| *end < whole && (*end == text.len() || is_mark(*end) || is_mark(end - 1)))
            .collect();
        ends.into_iter().map(move |end| &text[..end])
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.match_indices('@').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|next: char| !is_of_name(next)).unwrap_or(rest.len());
        let (before, after) = (text[..at].chars().next_back(), rest[end..].chars().next());
        let is_address = before.is_some_and(is_letter) || after == Some('@');
        (!is_address && end > 0).then(|| Word { text: &rest[..end], goes_on: after.is_some_and(is_letter) })
    })
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-')
}

/// A letter of a script that puts spaces between its words; in others a name may stand right beside the text.
fn is_letter(letter: char) -> bool {
    letter == '_' || letter.is_numeric() || letter.is_lowercase() || letter.is_uppercase()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn whatever_may_be_a_name_is_found_longest_first() {
        for (text, expected) in [
            ("no name at all", &[][..]),
            ("hi @ann.", &["ann.", "ann"]),
            ("@Ann-Lee, @b.c_d!", &["ann-lee", "ann-", "ann", "b.c_d", "b.c_", "b.c"]),
            ("(@ann) \u{4f60}\u{597d}@ben\u{4f60}\u{597d}", &["ann", "ben"]),
            ("ann@example.org a.b@cem.de _@dan", &[]),
            ("@ann@example.org @annä @ö", &[]),
            ("@ann...", &["ann...", "ann..", "ann.", "ann"]),
            ("@ab @abc", &["abc"]),
            ("@", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        assert_eq!(names(&format!("@{}", "x".repeat(33))), Vec::<String>::new());
        assert_eq!(names(&(0..300).map(|n| format!("@name{n} ")).collect::<String>()).len(), 100);
    }
}
