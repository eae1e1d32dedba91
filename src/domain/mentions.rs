//! Usernames that a text may mention.
//!
//! A username may contain dots and dashes, and so may the sentence around it: `@ann.` can mention `ann.` or `ann`. The
//! longest candidate that is a member's name wins. Code, links and addresses mention nobody.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// Names looked up for one text.
const MOST: usize = 100;
/// Characters of a username.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=32;

/// Every username that a text may mention, in lower case.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    let mut known = HashSet::new();
    for name in candidates(text).flat_map(|candidate| candidate.names()) {
        let name = name.to_ascii_lowercase();
        if known.insert(name.clone()) {
            names.push(name);
        }
        if names.len() == MOST {
            break;
        }
    }
    names
}

/// A group of members mentioned by one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionedGroup {
    /// `@channel`: all members.
    Everyone,
    /// `@here`: the members who are online.
    Present,
}

/// The larger of the groups that a text mentions with `@channel` or `@here`.
pub fn mentioned_group(text: &str) -> Option<MentionedGroup> {
    let says = |word: &str| candidates(text).any(|found| found.names().any(|name| name.eq_ignore_ascii_case(word)));
    match () {
        () if !text.contains('@') => None,
        () if says("channel") => Some(MentionedGroup::Everyone),
        () if says("here") => Some(MentionedGroup::Present),
        () => None,
    }
}

/// The characters after an `@` that a username may consist of.
pub(super) struct Candidate<'a> {
    text: &'a str,
    /// True if the next character is a letter that no username contains.
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
    let silent = silent(text);
    text.match_indices('@').filter(move |(at, _)| !is_within(&silent, *at)).filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let end = rest.find(|next: char| !is_of_name(next)).unwrap_or(rest.len());
        let before = text[..at].chars().next_back();
        let after = rest[end..].chars().next();
        let is_address = before.is_some_and(is_letter) || after == Some('@');
        (!is_address && end > 0).then(|| Candidate { text: &rest[..end], goes_on: after.is_some_and(is_letter) })
    })
}

/// The ranges of a text that mention nobody, in order and without overlaps: code spans, fenced code, links and
/// addresses.
fn silent(text: &str) -> Vec<Range<usize>> {
    if !text.contains('@') || !text.contains(['`', '~', '[', '<', ':']) {
        return vec![];
    }
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter();
    let is_silent = |event: &Event<'_>| {
        matches!(
            event,
            Event::Code(_)
                | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(CodeBlockKind::Fenced(_)))
        )
    };
    let mut found: Vec<Range<usize>> = parser.filter(|(event, _)| is_silent(event)).map(|(_, range)| range).collect();
    found.extend(addresses(text));
    found.sort_unstable_by_key(|range| range.start);
    let mut silent: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match silent.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => silent.push(range),
        }
    }
    silent
}

/// Bare addresses in the text, each up to the next white space. They do not overlap, and no part of the text is scanned
/// twice, even if the text is a series of `://`.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut covered = 0;
    text.match_indices("://").filter_map(move |(at, _)| {
        let before = text.get(covered..at)?;
        let is_outside = |before: char| !before.is_ascii_alphanumeric();
        let start = covered + before.rfind(is_outside).map_or(0, |outside| outside + 1);
        covered = text[at..].find(char::is_whitespace).map_or(text.len(), |end| at + end);
        Some(start..covered)
    })
}

fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
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
    use super::{MentionedGroup, addresses, mentioned_group, names};

    #[test]
    fn addresses_in_a_text_never_overlap() {
        let text = format!("@ann {} http://e.org/x://y z", "a://".repeat(20_000));
        let ranges: Vec<_> = addresses(&text).collect();
        let looked_at: usize = ranges.iter().map(|range| range.len()).sum();
        assert_eq!(ranges.len(), 2);
        assert!(looked_at <= text.len(), "{looked_at} of {} bytes", text.len());
        assert_eq!(names(&text), ["ann"]);
    }

    #[test]
    fn only_a_whole_word_mentions_a_group() {
        for (text, group) in [
            ("@channel: lunch", Some(MentionedGroup::Everyone)),
            ("@here, and @Channel.", Some(MentionedGroup::Everyone)),
            ("are you (@here)?", Some(MentionedGroup::Present)),
            ("`@channel` and a@here.org", None),
            ("@channels @herein here channel", None),
        ] {
            assert_eq!(mentioned_group(text), group, "{text}");
        }
    }

    #[test]
    fn candidate_names_are_found_longest_first() {
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
            ("`@ann` and @ben", &["ben"]),
            ("``a ` @ann`` @ben", &["ben"]),
            ("```\n@ann\n```\n@ben", &["ben"]),
            ("~~~ rust\n@ann\n~~~\n@ben", &["ben"]),
            ("a ` alone, @ann", &["ann"]),
            ("[@ann](https://example.org) @ben", &["ben"]),
            ("[a link](https://example.org/@ann) @ben", &["ben"]),
            ("https://example.org/@ann @ben", &["ben"]),
            ("<https://example.org/@ann> **@ben** ~~@dan~~", &["ben", "dan"]),
            ("    @ann is only indented", &["ann"]),
            ("> @ann\n- @ben", &["ann", "ben"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        assert_eq!(names(&format!("@{}", "x".repeat(33))), Vec::<String>::new());
        assert_eq!(names(&(0..300).map(|n| format!("@name{n} ")).collect::<String>()).len(), 100);
    }
}
