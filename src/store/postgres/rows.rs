//! Converts rows to records.

use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

use super::error::PgError;
use super::values::{PgJson, Text};
use crate::domain::MemberRecord;
use crate::protocol::Viewer;
use crate::store::persisted::Persist;
use crate::store::sql::SizedMessage;
use crate::store::sql::columns::{
    COMPUTED, MEMBER_WIDTH, NegativeNumber, PgValue, SqlColumns, SqliteValue, USER_WIDTH,
};
use crate::store::sql::records::SqlRecords;

/// The size of a message in a table named `x`, in bytes.
macro_rules! message_bytes {
    () => {
        "octet_length(x.content) + coalesce(octet_length(x.attachments::text), 0) \
         + coalesce(octet_length(x.reactions::text), 0) + coalesce(octet_length(x.metadata::text), 0)"
    };
}

/// A message from a table named `x`, its sender from a table named `s`, and its size.
macro_rules! sized_message_columns {
    () => {
        concat!(
            $crate::store::sql::columns::message_columns!("x", "s"),
            ", ",
            $crate::store::postgres::rows::message_bytes!()
        )
    };
}

pub(super) use {message_bytes, sized_message_columns};

pub(super) type PgResult<T> = Result<T, PgError>;

/// Reads the columns of a row from left to right.
#[derive(Debug)]
pub(super) struct PgColumns<'a> {
    row: &'a Row,
    next: usize,
    table: &'static str,
}

impl<'a> PgColumns<'a> {
    pub(super) fn of(row: &'a Row) -> Self {
        PgColumns { row, next: 0, table: COMPUTED }
    }

    /// Reads a value of this database alone.
    pub(super) fn value<T: FromSql<'a>>(&mut self) -> PgResult<T> {
        let value = self.row.try_get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// Reads a difference of stored counts. One below 0 is a damage that no reader of the chat should suffer from.
    fn count(&mut self) -> PgResult<u64> {
        Ok(u64::try_from(self.value::<i64>()?).unwrap_or(0))
    }

    /// The number as a position or count.
    fn checked(&self, value: i64) -> PgResult<u64> {
        u64::try_from(value).map_err(|_| {
            let column = self.row.columns()[self.next - 1].name().to_owned();
            PgError::Fault(NegativeNumber { table: self.table, column, value }.into())
        })
    }

    /// A record of this many columns, or none if they are empty. The first column of a record is never empty.
    pub(super) fn optional<T>(
        &mut self,
        width: usize,
        read: impl FnOnce(&mut Self) -> PgResult<T>,
    ) -> PgResult<Option<T>> {
        if self.row.try_get::<_, Option<&str>>(self.next)?.is_some() {
            return read(self).map(Some);
        }
        self.next += width;
        Ok(None)
    }

    /// Skips the columns of a member that does not exist.
    pub(super) fn skip_member(&mut self) {
        self.next += MEMBER_WIDTH;
    }

    /// Reads the user's own view, after the columns of the membership.
    pub(super) fn viewer(&mut self, member: Option<MemberRecord>) -> PgResult<Viewer> {
        let unread_count = self.count()?;
        let mention_count = self.count()?;
        let peer = self.optional(USER_WIDTH, PgColumns::user)?;
        let Some(MemberRecord { role: Some(role), read_seq, mute, unread_from, .. }) = member else {
            return Ok(Viewer::newcomer(None, 0));
        };
        let viewer = Viewer::newcomer(Some(role), read_seq).with_mute(mute);
        Ok(Viewer { unread_count, mention_count, unread_from_seq: unread_from, peer, ..viewer })
    }
}

impl SqlColumns for PgColumns<'_> {
    type Error = PgError;

    fn reads(&mut self, table: &'static str) {
        self.table = table;
    }

    fn get<T: SqliteValue + PgValue>(&mut self) -> PgResult<T> {
        self.value()
    }

    fn number(&mut self) -> PgResult<u64> {
        let value = self.value()?;
        self.checked(value)
    }

    fn optional_number(&mut self) -> PgResult<Option<u64>> {
        let value: Option<i64> = self.value()?;
        value.map(|value| self.checked(value)).transpose()
    }

    fn text(&mut self) -> PgResult<String> {
        self.value().map(|Text(text)| text)
    }

    fn optional_text(&mut self) -> PgResult<Option<String>> {
        Ok(self.value::<Option<Text<String>>>()?.map(|Text(text)| text))
    }

    fn json<T: Persist>(&mut self) -> PgResult<Option<T>> {
        Ok(self.value::<Option<PgJson<T>>>()?.map(|PgJson(value)| value))
    }

    fn hash(&mut self) -> PgResult<[u8; 32]> {
        self.optional_hash()?.ok_or_else(|| PgError::Fault("a hash is missing".into()))
    }

    fn optional_hash(&mut self) -> PgResult<Option<[u8; 32]>> {
        let bytes: Option<&[u8]> = self.value()?;
        let hash = bytes.map(|bytes| bytes.try_into()).transpose();
        hash.map_err(|_| PgError::Fault("a hash is not 32 bytes long".into()))
    }

    fn bytes(&mut self) -> PgResult<usize> {
        let value: i32 = self.value()?;
        Ok(self.checked(value.into())? as usize)
    }
}

/// All messages in the rows.
pub(super) fn messages(rows: &[Row]) -> PgResult<Vec<SizedMessage>> {
    rows.iter().map(|row| PgColumns::of(row).message()).collect()
}
