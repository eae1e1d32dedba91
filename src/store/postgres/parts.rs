//! The parts of a text that are indexed: every three letters of a word, and every two in scripts without spaces. The
//! index has a hash of each part and the chat, so that messages in other chats add nothing to the cost of a search;
//! results with a colliding hash are checked against the whole text.

use crate::protocol::ChatId;

/// Maximum number of parts looked up; the results are checked against the whole text.
const ASKED: usize = 24;
/// The first script written without spaces between words: Thai.
const DENSE: char = '\u{e00}';

const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// The index entries of a folded text in a chat, as a PostgreSQL array.
pub(super) fn of_text(chat: &ChatId, text: &str) -> String {
    let mut parts: Vec<u32> = text.split_whitespace().flat_map(|word| of_word(chat, word)).collect();
    parts.sort_unstable();
    parts.dedup();
    array(&parts)
}

/// The index entries that a text with these words must have; `None` if the words are too short for the index.
pub(super) fn of_words(chat: &ChatId, words: &[String]) -> Option<String> {
    let parts: Vec<u32> = words.iter().flat_map(|word| of_word(chat, word).take(ASKED)).take(ASKED).collect();
    (!parts.is_empty()).then(|| array(&parts))
}

/// Two letters of a dense script, which words of two letters need, are indexed with the three that begin with them.
fn of_word<'a>(chat: &ChatId, word: &'a str) -> impl Iterator<Item = u32> + use<'a> {
    let seed = hash(FNV_OFFSET, chat);
    let begins = word.char_indices().map(move |(at, _)| &word[at..]);
    begins.flat_map(move |rest| {
        let first = |count: usize| rest.char_indices().nth(count - 1).map(|(at, last)| &rest[..at + last.len_utf8()]);
        let pair = first(2).filter(|pair| pair.chars().all(|letter| letter >= DENSE));
        [first(3), pair].into_iter().flatten().map(move |part| hash(seed, part))
    })
}

/// 32-bit FNV-1a, which must never change, because the index depends on it.
fn hash(seed: u32, text: &str) -> u32 {
    text.bytes().fold(seed, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(FNV_PRIME))
}

fn array(parts: &[u32]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.cast_signed().to_string()).collect();
    format!("{{{}}}", parts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(array: &str) -> usize {
        array.split(',').filter(|part| part.len() > 2).count()
    }

    #[test]
    fn a_text_contains_the_parts_of_each_of_its_words() {
        let chat = ChatId::from("c");
        let text = of_text(&chat, "straße 世界平和 v1.2 straße");
        for word in ["straße", "aße", "世界", "界平和", "1.2"] {
            let asked = of_words(&chat, &[word.to_owned()]).expect("long enough");
            for part in asked.trim_matches(['{', '}']).split(',') {
                assert!(text.trim_matches(['{', '}']).split(',').any(|own| own == part), "{word}");
            }
        }
        // str tra raß aße, 世界平 世界 界平和 界平 平和, v1. 1.2
        assert_eq!(count(&text), 11);
        assert_ne!(text, of_text(&ChatId::from("d"), "straße 世界平和 v1.2"));
    }

    #[test]
    fn too_short_words_are_not_queried() {
        let chat = ChatId::from("c");
        assert_eq!(of_words(&chat, &["ab".into(), "界".into(), "é".into()]), None);
        assert_eq!(of_text(&chat, "a b"), "{}");
        assert_eq!(count(&of_words(&chat, &["x".repeat(100), "y".repeat(100)]).expect("long enough")), ASKED);
    }
}
