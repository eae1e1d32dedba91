//! Times as other servers write them, often without a zone.

use crate::protocol::Timestamp;

/// Numbers from here on count milliseconds, smaller ones seconds.
const SECONDS_BELOW: i64 = 100_000_000_000;

const DAY_MILLIS: i64 = 24 * 3_600_000;

/// Parses a time; `zone` is the offset of a text without one, such as `Z` or `+02:00`.
pub(super) fn moment(text: &str, zone: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return Some(Timestamp::from_millis(if number.abs() < SECONDS_BELOW { 1000 * number } else { number }));
    }
    let date = text.get(..10)?;
    let rest = text[10..].trim_start_matches(['T', 't', ' ']);
    let offset_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let clock = rest[..offset_at].trim_end().replace(',', ".");
    let clock = match clock.matches(':').count() {
        0 if clock.is_empty() => "00:00:00".to_owned(),
        1 => format!("{clock}:00"),
        _ => clock,
    };
    // ISO 8601 lets a day end at 24:00:00, and a minute have a leap second.
    let (clock, later) = match clock.strip_prefix("24:00:00") {
        Some(fraction) => (format!("00:00:00{fraction}"), DAY_MILLIS),
        None if clock.get(5..8) == Some(":60") => (format!("{}:59{}", &clock[..5], &clock[8..]), 1000),
        None => (clock, 0),
    };
    let offset = match &rest[offset_at..] {
        "" => zone.to_owned(),
        hours if hours.len() == 3 => format!("{hours}:00"),
        digits if digits.len() == 5 && !digits.contains(':') => format!("{}:{}", &digits[..3], &digits[3..]),
        offset => offset.to_owned(),
    };
    let at = Timestamp::parse(&format!("{date}T{clock}{offset}"))?;
    Some(Timestamp::from_millis(at.millis() + later))
}

/// Gives a missing time that of the one before it, and the first ones that of the next; `otherwise` if there is none.
pub(super) fn without_gaps(times: &[Option<Timestamp>], otherwise: Timestamp) -> Vec<Timestamp> {
    let mut last = times.iter().find_map(|time| *time).unwrap_or(otherwise);
    let filled = times.iter().map(|time| {
        last = time.unwrap_or(last);
        last
    });
    filled.collect()
}

/// The nanoseconds beyond the millisecond, which order messages within one millisecond.
pub(super) fn beyond_millis(text: &str) -> u32 {
    let fraction = text.split_once(['.', ',']).map_or("", |(_, fraction)| fraction);
    let digits: String = fraction.chars().take_while(char::is_ascii_digit).collect();
    format!("{digits:0<9}").get(3..9).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{beyond_millis, moment, without_gaps};
    use crate::protocol::Timestamp;

    #[test]
    fn a_missing_time_is_that_of_its_neighbour() {
        let at = Timestamp::from_millis;
        let times = [None, Some(at(5)), None, Some(at(9))];
        assert_eq!(without_gaps(&times, at(1)), [at(5), at(5), at(5), at(9)]);
        assert_eq!(without_gaps(&[None, None], at(1)), [at(1), at(1)]);
    }

    #[test]
    fn times_within_a_millisecond_are_ordered() {
        for (text, expected) in [
            ("2021-04-02 08:00:00", 0),
            ("2021-04-02 08:00:00.123", 0),
            ("2021-04-02 08:00:00.123456+00", 456_000),
            ("2021-04-02 08:00:00.1234567891", 456_789),
        ] {
            assert_eq!(beyond_millis(text), expected, "{text}");
        }
    }

    #[test]
    fn times_parse_with_and_without_a_zone() {
        for (text, zone, expected) in [
            ("2021-04-02 08:00:00", "Z", "2021-04-02T08:00:00.000Z"),
            ("2021-04-02 08:00:00", "+02:00", "2021-04-02T06:00:00.000Z"),
            ("2021-04-02T08:00:00.123456", "Z", "2021-04-02T08:00:00.123Z"),
            ("2021-04-02 08:00:00.5+00", "+02:00", "2021-04-02T08:00:00.500Z"),
            ("2021-04-02 08:00:00-0330", "Z", "2021-04-02T11:30:00.000Z"),
            ("2021-04-02T08:00Z", "+02:00", "2021-04-02T08:00:00.000Z"),
            ("2021-04-02", "Z", "2021-04-02T00:00:00.000Z"),
            ("2021-04-02 08:00:00,123", "Z", "2021-04-02T08:00:00.123Z"),
            ("2021-04-02 24:00:00", "Z", "2021-04-03T00:00:00.000Z"),
            ("2021-04-02 23:59:60.5", "+02:00", "2021-04-02T22:00:00.500Z"),
            ("1617350400", "Z", "2021-04-02T08:00:00.000Z"),
            ("1617350400123", "Z", "2021-04-02T08:00:00.123Z"),
        ] {
            let found = moment(text, zone).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.to_string(), expected, "{text}");
        }
        for text in ["", "soon", "2021-13-02 08:00:00", "2021-04-02 25:00:00", "2021-04-0é 08:00:00"] {
            assert_eq!(moment(text, "Z"), None, "{text}");
        }
    }
}
