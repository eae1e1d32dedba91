//! The parts of a text that Markdown and addresses take out of its words.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

/// The structure of a text, as far as it concerns mentions.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// Code, links, addresses and HTML tags: nobody is mentioned there. In order and without overlaps.
    silent: Vec<Range<usize>>,
    /// The marks around emphasised text, which belong to no name. In order.
    marks: Vec<Range<usize>>,
}

impl Structure {
    /// Reads a text. One that consists of words alone has no structure.
    pub(super) fn of(text: &str) -> Self {
        let is_plain = !text.contains(['`', '~', '[', '<', ':', '_', '*']) && !text.contains("www.");
        if is_plain || !text.contains('@') {
            return Structure::default();
        }
        let mut structure = Structure::default();
        structure.read_markdown(text);
        let linked = joined(std::mem::take(&mut structure.silent));
        let mut silent = linked.clone();
        silent.extend(addresses(text, &linked));
        structure.silent = joined(silent);
        structure.marks.sort_unstable_by_key(|range| range.start);
        structure
    }

    fn read_markdown(&mut self, text: &str) {
        // A link to a definition that is missing is still no mention of what it names.
        let is_reference = |link: BrokenLink<'_>| {
            (link.link_type == LinkType::Reference).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(text, Options::ENABLE_STRIKETHROUGH, Some(is_reference));
        let parser = parser.into_offset_iter();
        self.silent.extend(parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()));
        for (event, range) in parser {
            match event {
                Event::Code(_) | Event::InlineHtml(_) => self.silent.push(range),
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    self.silent.push(range);
                }
                Event::Start(Tag::HtmlBlock) => self.silent.extend(tags(text, range)),
                Event::Start(Tag::Emphasis) => self.mark(range, 1),
                Event::Start(Tag::Strong) => self.mark(range, 2),
                _ => {}
            }
        }
    }

    fn mark(&mut self, Range { start, end }: Range<usize>, bytes: usize) {
        self.marks.extend([start..start + bytes, end - bytes..end]);
    }

    /// True if nobody is mentioned at that place.
    pub(super) fn is_silent(&self, at: usize) -> bool {
        is_within(&self.silent, at)
    }

    /// True if a mark of emphasis ends at that place.
    pub(super) fn ends_mark(&self, at: usize) -> bool {
        at > 0 && is_within(&self.marks, at - 1)
    }

    /// The first mark of emphasis in a part of the text.
    pub(super) fn next_mark(&self, part: Range<usize>) -> Option<usize> {
        let place = self.marks.partition_point(|mark| mark.start < part.start);
        self.marks.get(place).map(|mark| mark.start).filter(|start| *start < part.end)
    }
}

fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
}

/// The same ranges in order and without overlaps.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The tags and comments of a block of HTML; what stands between them is text.
fn tags(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let mut tags = vec![];
    let mut from = block.start;
    while let Some(start) = text[from..block.end].find('<').map(|at| from + at) {
        let rest = &text[start..block.end];
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 3) } else { rest.find('>').map(|at| at + 1) };
        from = end.map_or(block.end, |length| start + length);
        tags.push(start..from);
    }
    tags
}

/// Addresses that stand in the text as they are, outside of links. They do not overlap, and no part of the text is looked
/// at twice: a text may be one `://` after the other.
pub(super) fn addresses(text: &str, linked: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut from = 0;
    let ends = linked.iter().map(|range| range.start).chain([text.len()]);
    let next = linked.iter().map(|range| range.end).chain([text.len()]);
    for (end, next) in ends.zip(next) {
        if from < end {
            found.extend(addresses_between(text, from..end));
        }
        from = from.max(next);
    }
    found
}

fn addresses_between(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut covered = part.start;
    let words = &text[part.clone()];
    let schemes = words.match_indices("://").map(|(at, _)| at).chain(words.match_indices("www.").map(|(at, _)| at));
    let mut places: Vec<usize> = schemes.map(|at| part.start + at).collect();
    places.sort_unstable();
    places.into_iter().filter_map(move |at| {
        let before = text.get(covered..at)?;
        let is_outside = |before: char| !before.is_ascii_alphanumeric();
        let start = covered + before.rfind(is_outside).map_or(0, |outside| outside + outside_length(before, outside));
        if text[at..].starts_with("www.") && start < at {
            return None;
        }
        covered = at + length_of_address(&text[at..part.end]);
        Some(start..covered)
    })
}

/// Bytes of the character at that place.
fn outside_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

/// Bytes of an address: it ends at white space, at a quotation mark or an angle bracket, at punctuation outside ASCII, and
/// at a bracket that was not opened in it.
fn length_of_address(text: &str) -> usize {
    let mut open = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => open += 1,
            ')' | ']' if open == 0 => return at,
            ')' | ']' => open -= 1,
            '<' | '>' | '"' => return at,
            letter if letter.is_whitespace() => return at,
            letter if !letter.is_ascii() && !letter.is_alphanumeric() => return at,
            _ => {}
        }
    }
    text.len()
}
