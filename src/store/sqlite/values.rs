//! Conversions between values and columns.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Null, ToSql, ToSqlOutput, Type, ValueRef};

use crate::protocol::{
    AuditId, ChatId, ChatKind, ChatRole, FileId, MessageId, MessageRole, Mute, OperationId, Posting, ServerRole,
    SessionId, Timestamp, TokenId, UserId, UserKind,
};
use crate::store::persisted::{Persist, StoredForm};
use crate::store::sql::columns::{COMPUTED, NegativeNumber};
use crate::store::sql::values::{StoredWord, for_each_id, for_each_word};

pub(super) use crate::store::sql::page::one_more;
pub(super) use crate::store::sql::values::integer;

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

for_each_id!(id_as_text);

macro_rules! word_as_text {
    ($($word:ty),+) => {$(
        impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.word()))
            }
        }

        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::of_word(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    )+};
}

for_each_word!(word_as_text);

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

/// The end of the mute; NULL if not muted, the greatest number if permanent.
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

/// A list as a column value, which is NULL if the list is empty.
pub(super) fn filled<T>(list: &[T]) -> Option<SqliteJson<&[T]>> {
    (!list.is_empty()).then_some(SqliteJson(list))
}

/// The position or count in a column.
pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    number_in(row, column, COMPUTED)
}

/// The position or count in a column of this table.
pub(super) fn number_in(row: &Row<'_>, column: usize, table: &'static str) -> rusqlite::Result<u64> {
    optional_number_in(row, column, table)?
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(column, column_name(row, column), Type::Null))
}

/// The position or count in a column of this table, or NULL.
pub(super) fn optional_number_in(row: &Row<'_>, column: usize, table: &'static str) -> rusqlite::Result<Option<u64>> {
    let Some(value) = row.get::<_, Option<i64>>(column)? else { return Ok(None) };
    let number = u64::try_from(value).map_err(|_| {
        let negative = NegativeNumber { table, column: column_name(row, column), value };
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(negative))
    });
    number.map(Some)
}

fn column_name(row: &Row<'_>, column: usize) -> String {
    row.as_ref().column_name(column).unwrap_or("?").to_owned()
}
