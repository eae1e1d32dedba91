//! Usernames that a text may mention.
//!
//! A username may contain dots and dashes, and a sentence may put them around it: `@ann.` can mention `ann.` or `ann`.
//! The longest candidate that is a member's name wins.

/// Names looked up for one text.
const MOST: usize = 100;
/// Characters of a username.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=32;

/// Every username that a text may mention, in lower case.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for name in candidates(text).flat_map(|candidate| candidate.names()) {
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

/// The characters after an `@` that a username may consist of.
pub(super) struct Candidate<'a> {
    text: &'a str,
    /// True if a letter follows that no username contains.
    goes_on: bool,
}

impl<'a> Candidate<'a> {
    /// Possible usernames, longest first: the whole, and every prefix that ends at a dot, dash or underscore.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let text = self.text;
        let bytes = text.as_bytes();
        let is_mark = |at: usize| matches!(bytes.get(at), Some(b'.' | b'-' | b'_'));
        let whole = if self.goes_on { text.len() } else { text.len() + 1 };
        let ends: Vec<usize> = LENGTH
            .rev()
            .filter(|end| *end < whole && (*end == text.len() || is_mark(*end) || is_mark(end - 1)))
            .collect();
        ends.into_iter().map(move |end| &text[..end])
    }
}

pub(super) fn candidates(text: &str) -> impl Iterator<Item = Candidate<'_>> {
    text.match_indices('@').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|next: char| !is_of_name(next)).unwrap_or(rest.len());
        let before = text[..at].chars().next_back();
        let after = rest[end..].chars().next();
        let is_address = before.is_some_and(is_letter) || after == Some('@');
        (!is_address && end > 0).then(|| Candidate { text: &rest[..end], goes_on: after.is_some_and(is_letter) })
    })
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-')
}

/// True for letters of scripts with spaces between words; in other scripts a name may touch the text.
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
