//! Conversions between values and columns.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::protocol::{
    AuditId, ChatId, ChatKind, ChatRole, FileId, MessageId, MessageRole, Mute, OperationId, Posting, ServerRole,
    SessionId, Timestamp, TokenId, UserId, UserKind,
};
use crate::store::persisted::{Persist, StoredForm};
use crate::store::sql::values::{StoredWord, for_each_id, for_each_word};

pub(super) use crate::store::sql::page::one_more;
pub(super) use crate::store::sql::values::integer;

type Unfit = Box<dyn Error + Sync + Send>;

/// The escape before characters that PostgreSQL cannot store, and before itself.
const ESCAPE: char = '\u{FFFF}';

/// The text with characters that PostgreSQL cannot store escaped.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', ESCAPE]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(ESCAPE, "\u{FFFF}1").replace('\0', "\u{FFFF}0"))
}

fn unescaped(text: &str) -> String {
    if !text.contains(ESCAPE) {
        return text.to_owned();
    }
    text.replace("\u{FFFF}0", "\0").replace("\u{FFFF}1", "\u{FFFF}")
}

/// Any text that a client may have written.
#[derive(Debug)]
pub(super) struct Text<T>(pub(super) T);

impl<T: AsRef<str> + std::fmt::Debug> ToSql for Text<T> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        escaped(self.0.as_ref()).to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <&str as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}

impl FromSql<'_> for Text<String> {
    fn from_sql(kind: &Type, raw: &[u8]) -> Result<Self, Unfit> {
        <&str>::from_sql(kind, raw).map(|text| Text(unescaped(text)))
    }

    fn accepts(kind: &Type) -> bool {
        <&str as FromSql>::accepts(kind)
    }
}

macro_rules! id_as_text {
    ($($id:ty),+) => {$(
        impl ToSql for $id {
            fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
                // An id in a query may contain anything.
                escaped(self).to_sql(kind, out)
            }

            fn accepts(kind: &Type) -> bool {
                <&str as ToSql>::accepts(kind)
            }

            to_sql_checked!();
        }

        impl FromSql<'_> for $id {
            fn from_sql(kind: &Type, raw: &[u8]) -> Result<Self, Unfit> {
                <&str>::from_sql(kind, raw).map(Into::into)
            }

            fn accepts(kind: &Type) -> bool {
                <&str as FromSql>::accepts(kind)
            }
        }
    )+};
}

for_each_id!(id_as_text);

macro_rules! word_as_text {
    ($($word:ty),+) => {$(
        impl ToSql for $word {
            fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
                self.word().to_sql(kind, out)
            }

            fn accepts(kind: &Type) -> bool {
                <&str as ToSql>::accepts(kind)
            }

            to_sql_checked!();
        }

        impl FromSql<'_> for $word {
            fn from_sql(kind: &Type, raw: &[u8]) -> Result<Self, Unfit> {
                let word = <&str>::from_sql(kind, raw)?;
                let unknown = || format!(concat!("{:?} is no ", stringify!($word)), word).into();
                Self::of_word(word).ok_or_else(unknown)
            }

            fn accepts(kind: &Type) -> bool {
                <&str as FromSql>::accepts(kind)
            }
        }
    )+};
}

for_each_word!(word_as_text);

/// Milliseconds from 1970 to 2000, where PostgreSQL's microseconds begin.
const EPOCH: i64 = 946_684_800_000;
/// The earliest time that PostgreSQL stores, and the last microsecond before its latest; a client's cursor may contain
/// any time.
const EARLIEST: i64 = -211_813_488_000_000_000;
const LATEST: i64 = 9_223_371_331_199_999_999;

impl ToSql for Timestamp {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        // A time beyond the latest becomes `infinity`, which the largest number represents.
        match self.millis().saturating_sub(EPOCH).saturating_mul(1000) {
            micros if micros > LATEST => i64::MAX.to_sql(kind, out),
            micros => micros.max(EARLIEST).to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::TIMESTAMPTZ
    }

    to_sql_checked!();
}

impl FromSql<'_> for Timestamp {
    fn from_sql(kind: &Type, raw: &[u8]) -> Result<Self, Unfit> {
        i64::from_sql(kind, raw).map(|micros| Timestamp::from_millis((micros / 1000).saturating_add(EPOCH)))
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::TIMESTAMPTZ
    }
}

/// The end of the mute; NULL if not muted, `infinity` if permanent.
impl ToSql for Mute {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        match self {
            Mute::No => Ok(IsNull::Yes),
            Mute::Until(end) => end.to_sql(kind, out),
            Mute::Always => never().to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::TIMESTAMPTZ
    }

    to_sql_checked!();
}

impl FromSql<'_> for Mute {
    fn from_sql(kind: &Type, raw: &[u8]) -> Result<Self, Unfit> {
        match i64::from_sql(kind, raw)? {
            i64::MAX => Ok(Mute::Always),
            _ => Timestamp::from_sql(kind, raw).map(Mute::Until),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Unfit> {
        Ok(Mute::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::TIMESTAMPTZ
    }
}

/// Later than every time: `infinity`.
pub(super) fn never() -> Timestamp {
    Timestamp::from_millis(i64::MAX)
}

/// A list or object as JSON in its stored form, which the column keeps as text.
#[derive(Debug)]
pub(super) struct PgJson<T>(pub(super) T);

impl<T: Persist + std::fmt::Debug + ?Sized> ToSql for PgJson<&T> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Unfit> {
        out.extend_from_slice(&serde_json::to_vec(&StoredForm(self.0))?);
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::JSON
    }

    to_sql_checked!();
}

impl<T: Persist> FromSql<'_> for PgJson<T> {
    fn from_sql(_: &Type, raw: &[u8]) -> Result<Self, Unfit> {
        let StoredForm(value) = serde_json::from_slice(raw)?;
        Ok(PgJson(value))
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::JSON
    }
}

/// A list as a column value, which is NULL if the list is empty.
pub(super) fn filled<T>(list: &[T]) -> Option<PgJson<&[T]>> {
    (!list.is_empty()).then_some(PgJson(list))
}

/// The values of one column.
pub(super) fn column<'a, R, T: ToSql>(records: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    records.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped, unescaped};

    #[test]
    fn every_text_round_trips() {
        for text in ["", "plain", "\0", "a\0b\0", "\u{FFFF}", "\u{FFFF}0", "\0\u{FFFF}1\0", "\u{FFFF}\u{FFFF}\0"] {
            let kept = escaped(text);
            assert!(!kept.contains('\0'), "{text:?}");
            assert_eq!(unescaped(&kept), text);
        }
    }
}
