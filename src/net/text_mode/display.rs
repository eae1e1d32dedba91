//! Makes other users' text safe to show: it can neither forge a line, nor move the cursor, nor reorder the text around
//! it.

/// The prefix of a message's continuation lines.
const CONTINUED: &str = "\n  │ ";

/// Text made safe for a single line.
pub(super) fn inline(text: &str) -> String {
    text.chars().map(|character| if is_line_break(character) { ' ' } else { neutral(character) }).collect()
}

/// A name within brackets.
pub(super) fn name(text: &str) -> String {
    let shown = |character| match character {
        '[' => '(',
        ']' => ')',
        character if is_invisible(character) => char::REPLACEMENT_CHARACTER,
        character => character,
    };
    inline(text).chars().map(shown).collect()
}

/// The content of a message; continuation lines are indented, so that none looks like another message.
pub(super) fn content(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_line_break(character) {
            shown.push_str(CONTINUED);
        } else {
            shown.push(neutral(character));
        }
    }
    shown
}

/// A frame as JSON. Characters that a terminal would interpret are escaped, which preserves the values.
pub(super) fn json(frame: &str) -> String {
    let mut shown = String::with_capacity(frame.len());
    for character in frame.chars() {
        if is_line_break(character) || neutral(character) == char::REPLACEMENT_CHARACTER {
            shown.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn neutral(character: char) -> char {
    let is_override = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    match character {
        '\t' => ' ',
        character if is_override || character.is_control() => char::REPLACEMENT_CHARACTER,
        character => character,
    }
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2060}'
            ..='\u{2064}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
    )
}
