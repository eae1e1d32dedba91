//! The ordinals assigned to messages as they are written.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use crate::protocol::{ChatId, UserId};
use crate::store::archive::ArchivedMessage;
use crate::store::postgres::error::PgError;

const ORDINAL: &str = "SELECT ordinal FROM messages WHERE chat_id = $1 ORDER BY seq DESC LIMIT 1";
const OWN_ORDINAL: &str =
    "SELECT own_ordinal FROM messages WHERE chat_id = $1 AND sender_id = $2 ORDER BY seq DESC LIMIT 1";

/// The ordinals of the latest messages of the chat being written.
#[derive(Debug, Default)]
pub(in crate::store::postgres::archive) struct PgOrdinals {
    chat: Option<ChatId>,
    /// True if this run has written the chat from its start.
    is_new: bool,
    latest: i64,
    own: HashMap<UserId, i64>,
}

/// A message with its ordinals.
pub(super) struct OrdinalMessage<'a> {
    pub(super) message: &'a ArchivedMessage,
    pub(super) ordinal: i64,
    pub(super) own_ordinal: i64,
}

impl PgOrdinals {
    pub(super) fn begin(&mut self, chat: &ChatId, is_new: bool, latest: i64) {
        *self = PgOrdinals { chat: Some(chat.clone()), is_new, latest, own: HashMap::new() };
    }

    /// The next ordinals of a chat and of a sender in it, read from the table if an earlier run stopped there.
    pub(super) async fn next<'a>(
        &mut self,
        transaction: &Transaction<'_>,
        message: &'a ArchivedMessage,
    ) -> Result<OrdinalMessage<'a>, PgError> {
        let ArchivedMessage { chat_id, sender_id, .. } = message;
        if self.chat.as_ref() != Some(chat_id) {
            let latest = transaction.query_opt(ORDINAL, &[chat_id]).await?;
            self.begin(chat_id, false, latest.map(|row| row.try_get(0)).transpose()?.unwrap_or(0));
        }
        if !self.is_new && !self.own.contains_key(sender_id) {
            let own = transaction.query_opt(OWN_ORDINAL, &[chat_id, sender_id]).await?;
            self.own.insert(sender_id.clone(), own.map(|row| row.try_get(0)).transpose()?.unwrap_or(0));
        }
        let own = self.own.entry(sender_id.clone()).or_default();
        *own += 1;
        self.latest += 1;
        Ok(OrdinalMessage { message, ordinal: self.latest, own_ordinal: *own })
    }
}
