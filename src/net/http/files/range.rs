//! The range of a file that a request gets.
//!
//! The `headers` crate parses the conditions. The range is parsed by hand: `headers::Range` drops a suffix longer than
//! the file, which RFC 9110 answers with the whole file, and does not distinguish a malformed range from one beyond the
//! end.

use headers::{ETag, HeaderMapExt, IfMatch, IfNoneMatch, IfRange};
use hyper::header::{HeaderMap, RANGE};

/// The range of a file that a request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::net::http) enum RangeSelection {
    Whole,
    /// From `start` up to, but not including, `end`.
    Part {
        start: u64,
        end: u64,
    },
    /// The client already has this version.
    NotModified,
    /// The client requires another version.
    PreconditionFailed,
    /// The range lies behind the end.
    Unsatisfiable,
}

/// Evaluates the conditions and the range of a request in the order of RFC 9110, section 13.2.2.
pub(in crate::net::http) fn select(headers: &HeaderMap, etag: &ETag, size: u64) -> RangeSelection {
    if headers.typed_get::<IfMatch>().is_some_and(|if_match| !if_match.precondition_passes(etag)) {
        return RangeSelection::PreconditionFailed;
    }
    if headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(etag)) {
        return RangeSelection::NotModified;
    }
    // A condition that cannot be parsed matches no version.
    let is_current = headers
        .typed_try_get::<IfRange>()
        .is_ok_and(|condition| condition.is_none_or(|version| !version.is_modified(Some(etag), None)));
    let range = headers.get(RANGE).and_then(|range| range.to_str().ok());
    match range.filter(|_| is_current) {
        Some(range) => part(range, size),
        None => RangeSelection::Whole,
    }
}

/// A single range; anything else in the header may be ignored.
fn part(range: &str, size: u64) -> RangeSelection {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return RangeSelection::Whole;
    };
    let number =
        |text: &str| if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse::<u64>().ok() } else { None };
    match (number(first), number(last)) {
        (Some(start), _) if start >= size && (last.is_empty() || number(last).is_some()) => {
            RangeSelection::Unsatisfiable
        }
        (Some(start), None) if last.is_empty() => RangeSelection::Part { start, end: size },
        (Some(start), Some(last)) if start <= last => {
            RangeSelection::Part { start, end: last.saturating_add(1).min(size) }
        }
        (None, Some(0)) if first.is_empty() => RangeSelection::Unsatisfiable,
        (None, Some(_)) if first.is_empty() && size == 0 => RangeSelection::Unsatisfiable,
        (None, Some(length)) if first.is_empty() => {
            RangeSelection::Part { start: size.saturating_sub(length), end: size }
        }
        _ => RangeSelection::Whole,
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{RangeSelection, select};

    fn selected(headers: &[(&'static str, &'static str)]) -> RangeSelection {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        select(&map, &"\"e\"".parse().expect("an entity tag"), 100)
    }

    #[test]
    fn a_range_is_clamped_to_the_end() {
        let part = |start, end| RangeSelection::Part { start, end };
        for (range, selection) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=0-99", part(0, 100)),
            ("bytes=10-", part(10, 100)),
            ("bytes=99-1000", part(99, 100)),
            ("bytes=-1", part(99, 100)),
            ("bytes=-1000", part(0, 100)),
            ("bytes=0-18446744073709551615", part(0, 100)),
            ("bytes=100-", RangeSelection::Unsatisfiable),
            ("bytes=100-200", RangeSelection::Unsatisfiable),
            ("bytes=-0", RangeSelection::Unsatisfiable),
            ("bytes=2-1", RangeSelection::Whole),
            ("bytes=-", RangeSelection::Whole),
            ("bytes=a-b", RangeSelection::Whole),
            ("bytes=+1-2", RangeSelection::Whole),
            ("bytes=0-1,3-4", RangeSelection::Whole),
            ("bytes=0-18446744073709551616", RangeSelection::Whole),
            ("lines=0-1", RangeSelection::Whole),
        ] {
            assert_eq!(selected(&[("range", range)]), selection, "{range}");
        }
    }

    #[test]
    fn conditions_are_evaluated_before_the_range() {
        for (headers, selection) in [
            (&[("if-none-match", "\"e\"")][..], RangeSelection::NotModified),
            (&[("if-none-match", "W/\"e\", \"f\"")], RangeSelection::NotModified),
            (&[("if-none-match", "*"), ("range", "bytes=0-1")], RangeSelection::NotModified),
            (&[("if-none-match", "\"f\"")], RangeSelection::Whole),
            (&[("if-match", "\"f\"")], RangeSelection::PreconditionFailed),
            (&[("if-match", "\"e\"")], RangeSelection::Whole),
            (&[("if-match", "W/\"e\"")], RangeSelection::PreconditionFailed),
            (&[("if-range", "\"e\""), ("range", "bytes=0-1")], RangeSelection::Part { start: 0, end: 2 }),
            (&[("if-range", "\"f\""), ("range", "bytes=0-1")], RangeSelection::Whole),
            (&[("if-range", "W/\"e\""), ("range", "bytes=0-1")], RangeSelection::Whole),
        ] {
            assert_eq!(selected(headers), selection, "{headers:?}");
        }
    }
}
