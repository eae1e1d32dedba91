//! Conversions between values and columns.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Null, ToSql, ToSqlOutput, ValueRef};

use crate::protocol::{
    AuditId, ChatId, ChatKind, ChatRole, FileId, MessageId, MessageRole, Mute, OperationId, Posting, ServerRole,
    SessionId, Timestamp, TokenId, UserId, UserKind,
};
use crate::store::persisted::{Persist, StoredForm};

macro_rules! id_as_text {
    ($($id:ty),+) => {$(
        impl ToSql for $id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(&**self))
            }
        }

        impl FromSql for $id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str().map(Into::into)
            }
        }
    )+};
}

id_as_text!(AuditId, ChatId, FileId, MessageId, OperationId, SessionId, UserId, TokenId);

macro_rules! word_as_text {
    ($($word:ident { $($variant:ident = $text:literal),+ })+) => {$(
        impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(match self { $($word::$variant => $text),+ }))
            }
        }

        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($text => Ok($word::$variant),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    )+};
}

word_as_text! {
    ChatKind { Direct = "direct", Group = "group", Channel = "channel" }
    ChatRole { Member = "member", Admin = "admin", Owner = "owner" }
    Posting { Everyone = "everyone", Admins = "admins" }
    MessageRole { User = "user", Assistant = "assistant", System = "system" }
    ServerRole { Member = "member", Moderator = "moderator", Admin = "admin" }
    UserKind { Human = "human", Bot = "bot" }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.millis().into())
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Timestamp::from_millis)
    }
}

/// Until when; NULL: not at all, the greatest number: for good.
impl ToSql for Mute {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Mute::No => Null.into(),
            Mute::Until(end) => end.millis().into(),
            Mute::Always => i64::MAX.into(),
        })
    }
}

impl FromSql for Mute {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value.as_i64_or_null()? {
            None => Mute::No,
            Some(i64::MAX) => Mute::Always,
            Some(end) => Mute::Until(Timestamp::from_millis(end)),
        })
    }
}

/// A list or object as JSON, in its stored form.
pub(super) struct SqliteJson<T>(pub(super) T);

impl<T: Persist + ?Sized> ToSql for SqliteJson<&T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&StoredForm(self.0));
        text.map(Into::into).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
    }
}

impl<T: Persist> FromSql for SqliteJson<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let read = serde_json::from_str(value.as_str()?);
        read.map(|StoredForm(value)| SqliteJson(value)).map_err(FromSqlError::other)
    }
}

/// A list for its column, which is NULL for an empty one.
pub(super) fn filled<T>(list: &[T]) -> Option<SqliteJson<&[T]>> {
    (!list.is_empty()).then_some(SqliteJson(list))
}

/// The list in a column.
pub(super) fn list<T: Persist>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    Ok(row.get::<_, Option<SqliteJson<Vec<T>>>>(column)?.map_or_else(Vec::new, |SqliteJson(list)| list))
}

/// A position or count for its column; what is beyond every clock stays beyond it.
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The position or count in a column.
pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, stored))
}

/// The LIMIT that also tells if more rows follow the page.
pub(super) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}
