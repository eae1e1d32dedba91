//! Permanent removal of messages, and the chats with messages to remove.

use async_trait::async_trait;
use tokio_postgres::Statement;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::messages::select_messages;
use super::rows::{self, PgColumns, sized_message_columns};
use super::session::{Executed, PgConnection};
use super::values::{integer, one_more};
use crate::domain::RetentionPolicy;
use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{Page, Retention};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::page::page;

/// Maximum number of messages removed in one transaction, for which writers in the chat wait.
const MOST: i64 = 500;

const OLDEST: &str = concat!(select_messages!(), "WHERE x.chat_id = $1 ORDER BY x.seq LIMIT $2");

/// The chats whose oldest message is due; $2 is the server's number of days, 0 for none.
const EXPIRED: &str = "SELECT c.id FROM chats c CROSS JOIN LATERAL (SELECT m.created_at FROM messages m \
    WHERE m.chat_id = c.id ORDER BY m.seq LIMIT 1) oldest WHERE c.id > $1 AND NOT c.hold \
    AND oldest.created_at < $3::timestamptz \
    - least(nullif($2::bigint, 0), c.retention_days) * interval '24 hours' ORDER BY c.id LIMIT $4";

pub(super) const TRIM: &str = "WITH r AS (DELETE FROM reactions r USING messages m WHERE m.chat_id = $1 AND m.seq < $2 \
    AND r.chat_id = $1 AND r.message_id = m.id), \
    n AS (DELETE FROM mentions WHERE chat_id = $1 AND seq < $2), \
    d AS (DELETE FROM deletions WHERE chat_id = $1 AND (block + 1) << width <= $2), \
    t AS (DELETE FROM message_text t USING indexed i WHERE i.chat_id = $1 AND t.place >= i.number << 32 \
    AND t.place < (i.number << 32) + $2) \
    DELETE FROM messages WHERE chat_id = $1 AND seq < $2";

#[async_trait]
impl Retention for PostgresRepository {
    async fn expired_chats(
        &self,
        policy: RetentionPolicy,
        now: Timestamp,
        after: Option<&ChatId>,
        limit: usize,
    ) -> Result<Page<ChatId>> {
        let after = after.map_or_else(String::new, ToString::to_string);
        let days = i64::from(policy.days);
        let rows = self.readers.rows(EXPIRED, &[&after, &days, &now, &one_more(limit)]).await.map_err(failure)?;
        let chats = rows.iter().map(|row| PgColumns::of(row).get()).collect::<Result<_, PgError>>();
        Ok(page(chats.map_err(failure)?, limit))
    }
}

/// The oldest messages, up to the first that was sent at or after the given time.
pub(super) async fn oldest(session: &PgConnection, chat: &ChatId, before: Timestamp) -> Result<Vec<Message>, PgError> {
    let [statement] = session.prepared([OLDEST]).await?;
    let found = rows::messages(&session.query(&statement, &[chat, &MOST]).await?)?;
    Ok(found.into_iter().map(|row| row.message).take_while(|message| message.created_at < before).collect())
}

/// A chat in which every message below a position is removed.
pub(super) struct TrimmedChat<'a> {
    pub(super) chat: &'a ChatId,
    pub(super) before: Seq,
}

/// Removes messages and everything that belongs to them.
pub(super) async fn trim(session: &PgConnection, statement: &Statement, chats: &[TrimmedChat<'_>]) -> Executed {
    for TrimmedChat { chat, before } in chats {
        session.execute(statement, &[chat, &integer(*before)]).await?;
    }
    Ok(())
}
