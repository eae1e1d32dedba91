use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A UTC time with milliseconds: `2026-01-02T03:04:05.678Z`. Any RFC 3339 offset is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The time that many milliseconds after the start of 1970.
    pub fn from_millis(millis: i64) -> Self {
        Timestamp(millis)
    }

    /// Milliseconds since the start of 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The time that long before.
    pub fn minus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_sub_unsigned(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The time that long after.
    pub fn plus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_add_unsigned(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)))
    }

    /// Parses RFC 3339 with any offset; anything finer than a millisecond is dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok().map(Timestamp)
    }

    fn moment(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// The bytes of `2026-01-02T03:04:05.678Z`, written without a formatter because every event contains one.
    fn text(self) -> [u8; 24] {
        let moment = self.moment();
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let mut put = |from: usize, to: usize, mut value: u32| {
            for digit in text[from..to].iter_mut().rev() {
                *digit = b'0' + (value % 10) as u8;
                value /= 10;
            }
        };
        put(0, 4, moment.year().clamp(0, 9999).unsigned_abs());
        put(5, 7, u8::from(moment.month()).into());
        put(8, 10, moment.day().into());
        put(11, 13, moment.hour().into());
        put(14, 16, moment.minute().into());
        put(17, 19, moment.second().into());
        put(20, 23, moment.millisecond().into());
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(std::str::from_utf8(&self.text()).expect("only ASCII was written"))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.text()).expect("only ASCII was written"))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Timestamp::parse(&text)
            .ok_or_else(|| D::Error::custom("not a time; write it as RFC 3339, such as 2026-01-02T03:04:05.678Z"))
    }
}

impl JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn any_offset_parses_and_utc_with_milliseconds_is_written() {
        for (text, written) in [
            ("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"),
            ("2026-01-02T05:34:05.6789+02:30", "2026-01-02T03:04:05.678Z"),
            ("1999-12-31T23:59:59-00:00", "1999-12-31T23:59:59.000Z"),
            ("2024-02-29T00:00:00.05Z", "2024-02-29T00:00:00.050Z"),
        ] {
            assert_eq!(Timestamp::parse(text).expect(text).to_string(), written);
        }
        assert_eq!(Timestamp::parse("yesterday"), None);
    }
}
