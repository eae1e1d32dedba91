//! The forms in which names are compared: without regard to case, to look-alike characters and to white space that
//! nobody sees.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::protocol::text::one_blank;

/// The form in which names and texts are compared, ignoring case and Unicode form: NFKC with full case folding, so
/// `Straße` equals `STRASSE`.
pub fn name_key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfkc().flat_map(folded).nfkc().collect()
}

/// A character after full case folding. Lower-casing alone keeps `ß` and `ς`, so they are upper-cased first (`ss`,
/// `σ`). The dotless `ı` stays, because its upper case is that of another letter.
fn folded(character: char) -> impl Iterator<Item = char> {
    let upper = |lower: char| {
        let is_dotless = lower == 'ı';
        lower.to_uppercase().filter(move |_| !is_dotless).chain(is_dotless.then_some(lower))
    };
    character.to_lowercase().flat_map(upper).flat_map(char::to_lowercase)
}

/// The form that a name shares with names that look like it: [`name_key`] with each character outside ASCII replaced by
/// the one it is easily mistaken for (the skeleton of UTS 39), in small letters or in capitals, and without white space
/// beside punctuation. Letters and digits in ASCII stay unchanged, so `rn` and `m` differ. The function is idempotent.
pub fn look_alike_key(name: &str) -> String {
    let mut key = name_key(name);
    // Folding a skeleton may produce a character that has a skeleton; no character needs more than three rounds.
    for _ in 0..4 {
        if key.is_ascii() {
            break;
        }
        let next = name_key(&key.chars().map(skeleton).collect::<String>());
        if next == key {
            break;
        }
        key = next;
    }
    close_up(&key.replace('`', "'"))
}

/// The text that a character of a [`name_key`] looks like.
fn skeleton(character: char) -> String {
    let small = shown_as(character);
    let mut capitals = character.to_uppercase();
    match (capitals.next(), capitals.next()) {
        // Names differ in more than case, so the capitals must look different too: в does not look like b, but В does.
        (Some(capital), None) if !small.is_ascii() => {
            Some(shown_as(capital)).filter(|capital| capital.len() == 1).unwrap_or(small)
        }
        _ => small,
    }
}

/// The skeleton of a character. Where UTS 39 lets one character of ASCII stand for another, such as `l` for `1`, the
/// skeleton is the one that fits the kind of the character, because names in ASCII keep both.
fn shown_as(character: char) -> String {
    if character.is_ascii() {
        return character.into();
    }
    if matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}') {
        return "-".into();
    }
    let skeleton: String = unicode_security::skeleton(character.encode_utf8(&mut [0; 4])).collect();
    match (&*skeleton, character.is_numeric(), character.is_alphabetic()) {
        ("rn", ..) => "m".into(),
        ("''", ..) => "\"".into(),
        ("O" | "o", true, _) => "0".into(),
        ("l", true, _) => "1".into(),
        ("l", false, false) => "|".into(),
        _ => skeleton,
    }
}

/// The text with one blank for each run of white space, and none beside punctuation and symbols: `a - b` and `a-b` read
/// alike.
fn close_up(text: &str) -> String {
    let text = one_blank(text);
    let mut closed = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        // A mark after a blank would move to the character before it.
        let next = rest.peek().filter(|next| !is_combining_mark(**next));
        let is_beside = |neighbour: Option<char>| neighbour.is_some_and(is_sign);
        let closes =
            character == ' ' && next.is_some() && (is_beside(closed.chars().next_back()) || is_beside(next.copied()));
        if !closes {
            closed.push(character);
        }
    }
    closed
}

fn is_sign(character: char) -> bool {
    !character.is_alphanumeric() && !character.is_whitespace() && !is_combining_mark(character)
}

/// True if two [name keys](name_key) differ in nothing but white space that nobody sees.
pub fn differ_in_blanks(one: &str, other: &str) -> bool {
    one == other || close_up(one) == close_up(other)
}

/// The keys that a channel with this name holds: its [`name_key`] and its [`look_alike_key`], if they differ. No two
/// channels hold the same key.
pub fn channel_keys(name: &str) -> Vec<String> {
    let name_key = name_key(name);
    let look_key = look_alike_key(&name_key);
    if look_key == name_key { vec![name_key] } else { vec![name_key, look_key] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_by_full_case_folding() {
        for (one, other) in [
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("Λόγος", "ΛΌΓΟΣ"),
            ("ᾳδης", "ΑΙΔΗΣ"),
            ("Ⅻ ﬁsh", "XII FISH"),
            ("İ", "i\u{307}"),
            ("ǅ", "ǆ"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} and {other}");
        }
        for (one, other) in [("ı", "i"), ("e", "é"), ("с", "c")] {
            assert_ne!(name_key(one), name_key(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_confusable_key_maps_to_itself() {
        for character in '\0'..=char::MAX {
            let key = look_alike_key(character.encode_utf8(&mut [0; 4]));
            assert_eq!(look_alike_key(&key), key, "{character} U+{:04X}", u32::from(character));
        }
    }

    #[test]
    fn names_outside_ascii_are_confusable_by_skeleton() {
        for (one, other) in [
            ("gеneral", "general"),
            ("дом", "дoм"),
            ("Ωmega", "Ωmegа"),
            ("ѕсоре", "scope"),
            ("ΤΕΑΜ", "TEAM"),
            ("Вoard", "Board"),
            ("НОТ", "hot"),
            ("general\u{661}", "general1"),
            ("general\u{7c0}", "general0"),
            ("a\u{2223}b", "a|b"),
            ("“a”", "\"a\""),
            ("plan \u{2014} b", "plan - b"),
            ("co\u{118e3}", "com"),
        ] {
            assert_eq!(look_alike_key(one), look_alike_key(other), "{one} and {other}");
        }
        for (one, other) in [("corn", "com"), ("l1", "ll"), ("дом", "дым"), ("Straße", "Strase")] {
            assert_ne!(look_alike_key(one), look_alike_key(other), "{one} and {other}");
        }
    }

    #[test]
    fn white_space_beside_punctuation_makes_no_other_name() {
        for (one, other) in [
            ("general-2", "general - 2"),
            ("general-2", "general -2"),
            ("a  b", "a b"),
            ("(a)", "( a )"),
            ("q & a", "q&a"),
        ] {
            assert_eq!(look_alike_key(one), look_alike_key(other), "{one} and {other}");
            assert!(differ_in_blanks(one, other), "{one} and {other}");
        }
        for (one, other) in [("a b", "ab"), ("general-2", "general 2"), ("gеneral", "general")] {
            assert!(!differ_in_blanks(one, other), "{one} and {other}");
        }
        assert_ne!(look_alike_key("a b"), look_alike_key("ab"));
    }
}
