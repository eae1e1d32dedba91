//! The columns of each record, in reading order, and the interface for reading a row.

use crate::store::persisted::Persist;

/// A value that a column of SQLite and PostgreSQL can hold.
#[cfg(feature = "sqlite")]
pub(in crate::store) trait SqliteValue: rusqlite::types::FromSql {}
#[cfg(feature = "sqlite")]
impl<T: rusqlite::types::FromSql> SqliteValue for T {}

#[cfg(not(feature = "sqlite"))]
pub(in crate::store) trait SqliteValue {}
#[cfg(not(feature = "sqlite"))]
impl<T> SqliteValue for T {}

/// A value that a column of PostgreSQL can hold.
#[cfg(feature = "postgres")]
pub(in crate::store) trait PgValue: for<'a> tokio_postgres::types::FromSql<'a> {}
#[cfg(feature = "postgres")]
impl<T: for<'a> tokio_postgres::types::FromSql<'a>> PgValue for T {}

#[cfg(not(feature = "postgres"))]
pub(in crate::store) trait PgValue {}
#[cfg(not(feature = "postgres"))]
impl<T> PgValue for T {}

/// A stored number below 0 where only positions and counts belong.
#[derive(Debug, thiserror::Error)]
#[error("the column {column} of the table {table} has {value}, and must not be negative")]
pub(in crate::store) struct NegativeNumber {
    pub(in crate::store) table: &'static str,
    pub(in crate::store) column: String,
    pub(in crate::store) value: i64,
}

/// The name of a row that is the result of a computation.
pub(in crate::store) const COMPUTED: &str = "(computed)";

/// A row that is read column by column, from left to right.
pub(in crate::store) trait SqlColumns: Sized {
    /// The failure to read a column.
    type Error;

    /// Names the table of the next columns, for errors.
    fn reads(&mut self, table: &'static str);

    /// Reads an id, a word, a time or a flag, any of which may be NULL.
    fn get<T: SqliteValue + PgValue>(&mut self) -> Result<T, Self::Error>;

    /// Reads a position or count, which must not be negative.
    fn number(&mut self) -> Result<u64, Self::Error>;

    /// Reads a position or count, or NULL.
    fn optional_number(&mut self) -> Result<Option<u64>, Self::Error>;

    /// Reads text that a client wrote.
    fn optional_text(&mut self) -> Result<Option<String>, Self::Error>;

    /// Reads text that a client wrote.
    fn text(&mut self) -> Result<String, Self::Error>;

    /// Reads a value stored as JSON, or NULL.
    fn json<T: Persist>(&mut self) -> Result<Option<T>, Self::Error>;

    /// Reads a SHA-256 hash, or NULL.
    fn optional_hash(&mut self) -> Result<Option<[u8; 32]>, Self::Error>;

    /// Reads a SHA-256 hash.
    fn hash(&mut self) -> Result<[u8; 32], Self::Error>;

    /// Reads the size of a message.
    fn bytes(&mut self) -> Result<usize, Self::Error>;

    /// Reads a list, which is NULL if it is empty.
    fn list<T: Persist>(&mut self) -> Result<Vec<T>, Self::Error> {
        Ok(self.json()?.unwrap_or_default())
    }
}

/// `t.a, t.b` for the columns `a` and `b` of a table named `t`.
macro_rules! columns {
    ($table:literal: $first:ident $(, $next:ident)* $(,)?) => {
        concat!($table, ".", stringify!($first) $(, ", ", $table, ".", stringify!($next))*)
    };
}

/// The columns of a user; there are [`USER_WIDTH`].
macro_rules! user_columns {
    ($user:literal) => {
        $crate::store::sql::columns::columns!(
            $user: id, username, display_name, avatar_url, kind, role, last_seen_at, created_at, version
        )
    };
}

/// The columns of an account, including those that only the server sees.
macro_rules! account_columns {
    ($user:literal) => {
        concat!(
            $crate::store::sql::columns::user_columns!($user),
            ", ",
            $crate::store::sql::columns::columns!(
                $user: username_key, email, password, owner_id, ban, deleted_at, tokens_valid_from, ended_tokens,
                email_unconfirmed
            )
        )
    };
}

/// The columns of a chat.
macro_rules! chat_columns {
    ($chat:literal) => {
        $crate::store::sql::columns::columns!(
            $chat: id, kind, name, description, active, posting, created_by, created_at, updated_at, seq,
            member_count, message_count, pinned, first_seq, retention_days, hold, owners, changed_seq, members_seq
        )
    };
}

/// The columns of a membership.
macro_rules! member_columns {
    ($member:literal) => {
        $crate::store::sql::columns::columns!(
            $member: role, joined_at, read_seq, delivered_seq, left_seq, ban, muted_until, unread_from
        )
    };
}

/// The columns of a message and its sender. The size follows, which each database computes in its own way.
macro_rules! message_columns {
    ($message:literal, $sender:literal) => {
        concat!(
            $crate::store::sql::columns::columns!($message: id, chat_id, seq, updated_seq, sender_id),
            ", ",
            $crate::store::sql::columns::columns!($sender: username, display_name, kind, version),
            ", ",
            $crate::store::sql::columns::columns!(
                $message: role, content, attachments, reply_to, mentions, reactions, metadata, created_at, edited_at,
                deleted_at
            )
        )
    };
}

/// The columns of a log-in session.
macro_rules! session_columns {
    ($session:literal) => {
        $crate::store::sql::columns::columns!(
            $session: user_id, id, device_id, created_at, last_seen_at, expires_at, family, refresh, spent, spent_at
        )
    };
}

/// The columns of an API token.
macro_rules! token_columns {
    ($token:literal) => {
        $crate::store::sql::columns::columns!(
            $token: id, name, scopes, user_id, created_at, expires_at, last_used_at
        )
    };
}

/// The columns of the outcome of an operation.
macro_rules! operation_columns {
    ($operation:literal) => {
        $crate::store::sql::columns::columns!($operation: user_id, id, fingerprint, chat_id, seq, outcome, at, claim)
    };
}

/// The columns of an entry of the audit log.
macro_rules! audit_columns {
    ($entry:literal) => {
        $crate::store::sql::columns::columns!($entry: id, at, actor_id, command, target_id, chat_id, reason)
    };
}

pub(in crate::store) use {
    account_columns, audit_columns, chat_columns, columns, member_columns, message_columns, operation_columns,
    session_columns, token_columns, user_columns,
};

/// The number of columns of a user.
#[cfg(feature = "postgres")]
pub(in crate::store) const USER_WIDTH: usize = 9;
/// The number of columns of a membership.
#[cfg(feature = "postgres")]
pub(in crate::store) const MEMBER_WIDTH: usize = 8;
/// The number of columns of a message, including its size.
#[cfg(feature = "postgres")]
pub(in crate::store) const MESSAGE_WIDTH: usize = 20;
/// The number of columns of a log-in session.
#[cfg(feature = "postgres")]
pub(in crate::store) const SESSION_WIDTH: usize = 10;
