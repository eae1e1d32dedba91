//! Converts rows to records.

use rusqlite::Row;
use rusqlite::types::FromSql;

use super::values::{SqliteJson, number_in, optional_number_in};
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{Seq, User};
use crate::store::persisted::Persist;
use crate::store::sql::SizedMessage;
use crate::store::sql::columns::{COMPUTED, PgValue, SqlColumns, SqliteValue};
use crate::store::sql::records::SqlRecords;

/// The size of a message in a table named `m`, in bytes.
macro_rules! message_bytes {
    () => {
        "octet_length(m.content) + ifnull(octet_length(m.attachments), 0) + ifnull(octet_length(m.reactions), 0) \
         + ifnull(octet_length(m.metadata), 0)"
    };
}

/// The columns that [`message`] reads, from tables named `m` and `u`.
macro_rules! sized_message_columns {
    () => {
        concat!(
            $crate::store::sql::columns::message_columns!("m", "u"),
            ", ",
            $crate::store::sqlite::rows::message_bytes!()
        )
    };
}

/// [`sized_message_columns`] and the tables they come from, up to the conditions.
macro_rules! select_messages {
    () => {
        concat!(
            "SELECT ",
            $crate::store::sqlite::rows::sized_message_columns!(),
            " FROM messages m JOIN users u ON u.id = m.sender_id "
        )
    };
}

/// The columns that [`chat`] reads, from a table named `c`.
macro_rules! listed_chat_columns {
    () => {
        concat!($crate::store::sql::columns::chat_columns!("c"), ", c.last_seq")
    };
}

pub(super) use {listed_chat_columns, message_bytes, select_messages, sized_message_columns};

/// Reads the columns of a row from left to right.
pub(super) struct SqliteColumns<'a> {
    row: &'a Row<'a>,
    next: usize,
    table: &'static str,
}

impl<'a> SqliteColumns<'a> {
    pub(super) fn of(row: &'a Row<'a>) -> Self {
        SqliteColumns { row, next: 0, table: COMPUTED }
    }

    /// Reads a value of this database alone.
    pub(super) fn value<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }
}

impl SqlColumns for SqliteColumns<'_> {
    type Error = rusqlite::Error;

    fn reads(&mut self, table: &'static str) {
        self.table = table;
    }

    fn get<T: SqliteValue + PgValue>(&mut self) -> rusqlite::Result<T> {
        self.value()
    }

    fn number(&mut self) -> rusqlite::Result<u64> {
        let number = number_in(self.row, self.next, self.table)?;
        self.next += 1;
        Ok(number)
    }

    fn optional_number(&mut self) -> rusqlite::Result<Option<u64>> {
        let number = optional_number_in(self.row, self.next, self.table)?;
        self.next += 1;
        Ok(number)
    }

    fn text(&mut self) -> rusqlite::Result<String> {
        self.value()
    }

    fn optional_text(&mut self) -> rusqlite::Result<Option<String>> {
        self.value()
    }

    fn json<T: Persist>(&mut self) -> rusqlite::Result<Option<T>> {
        Ok(self.value::<Option<SqliteJson<T>>>()?.map(|SqliteJson(value)| value))
    }

    fn hash(&mut self) -> rusqlite::Result<[u8; 32]> {
        self.value()
    }

    fn optional_hash(&mut self) -> rusqlite::Result<Option<[u8; 32]>> {
        self.value()
    }

    fn bytes(&mut self) -> rusqlite::Result<usize> {
        Ok(self.number()? as usize)
    }
}

/// A chat and the position of its last message.
pub(super) struct ChatRow {
    pub(super) record: ChatRecord,
    pub(super) last_seq: Option<i64>,
}

pub(super) fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    SqliteColumns::of(row).user()
}

pub(super) fn chat(columns: &mut SqliteColumns<'_>) -> rusqlite::Result<ChatRow> {
    Ok(ChatRow { record: columns.chat()?, last_seq: columns.value()? })
}

pub(super) fn member(row: &Row<'_>) -> rusqlite::Result<MemberRecord> {
    SqliteColumns::of(row).member()
}

pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<SizedMessage> {
    SqliteColumns::of(row).message()
}

/// The clock in the first column.
pub(super) fn seq(row: &Row<'_>) -> rusqlite::Result<Seq> {
    SqliteColumns::of(row).number()
}
