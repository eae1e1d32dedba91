use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';
const KEYCAP: char = '\u{20e3}';

/// The invisible tag characters after the black flag in the flags of England, Scotland and Wales. Any other tags would
/// be hidden text.
const FLAG_TAGS: [&str; 3] = [
    "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
];

/// The first character that is invisible, or that reorders the text around it.
pub fn hidden_character(text: &str) -> Option<char> {
    let mut before: Option<char> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let rest = characters.as_str();
        if is_hidden(character) && !is_needed(before, character, rest.chars().next()) {
            return Some(character);
        }
        if character == BLACK_FLAG
            && let Some(rest) = FLAG_TAGS.iter().find_map(|tags| rest.strip_prefix(tags))
        {
            characters = rest.chars();
        }
        before = Some(character);
    }
    None
}

/// True if the character joins or selects a form, as some emoji and scripts need.
fn is_needed(before: Option<char>, character: char, next: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match character {
        ZERO_WIDTH_JOINER | ZERO_WIDTH_NON_JOINER if next.is_some_and(joins) && joins(before) => true,
        ZERO_WIDTH_JOINER => next.is_some_and(is_emoji) && (is_emoji(before) || is_variation_selector(before)),
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before) || next == Some(KEYCAP) && before.is_emoji_char(),
        '\u{fe00}'..='\u{fe0d}' => !before.is_ascii() && before.is_alphanumeric() || is_symbol(before),
        // Selectors of Mongolian letters, and of variants of ideographs.
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(before, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        _ => false,
    }
}

/// True for letters and marks of the scripts in which a joiner changes the spelling: Arabic and its relatives, the
/// scripts of India and South-East Asia, Mongolian.
fn joins(character: char) -> bool {
    let script = matches!(character,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{1900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10a00}'..='\u{11fff}');
    script && !is_hidden(character)
}

fn is_emoji(character: char) -> bool {
    !character.is_ascii() && character.is_emoji_char()
}

fn is_symbol(character: char) -> bool {
    matches!(character.general_category(), GeneralCategory::MathSymbol | GeneralCategory::OtherSymbol)
}

fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe0e}' | '\u{fe0f}')
}

fn is_hidden(character: char) -> bool {
    is_ignorable(character)
        || matches!(
            character.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        )
        || is_noncharacter(character)
}

fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// True for the characters that Unicode calls default ignorable, and for two that are drawn as blanks.
pub(super) fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
