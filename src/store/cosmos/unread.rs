//! What a user has not read of a chat.

use azure_data_cosmos::Query;
use serde::Deserialize;

use super::messages::Question;
use super::{Store, layout};
use crate::error::Result;
use crate::model::{Chat, Seq, UserId};

/// From so many ticks on, messages are not counted one by one but by their ordinals, which takes a request more.
const FAR: Seq = 1000;

/// A message as far as it is counted.
#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    ordinal: Option<u64>,
}

impl Store {
    /// How many undeleted messages of others come after a position; `sent` of them all were ever sent.
    pub(super) async fn unread_count(&self, chat: &Chat, user: &UserId, read: Seq, sent: Option<u64>) -> Result<u64> {
        if chat.seq <= read || chat.message_count == 0 {
            return Ok(0);
        }
        if let Some(sent) = sent.filter(|_| chat.seq - read > FAR) {
            let (before, never) =
                tokio::try_join!(self.sent_before(chat, read), self.counted(layout::NEVER_UNREAD, (chat, user), read))?;
            if let Some(before) = before {
                return Ok(sent.saturating_sub(before + never));
            }
        }
        self.counted(layout::UNREAD, (chat, user), read).await
    }

    /// How many messages of a chat mention the user after a position.
    pub(super) async fn mention_count(&self, chat: &Chat, user: &UserId, read: Seq) -> Result<u64> {
        self.counted(layout::MENTION_COUNT, (chat, user), read).await
    }

    /// How many messages were sent up to a position; nothing where they were not counted.
    async fn sent_before(&self, chat: &Chat, read: Seq) -> Result<Option<u64>> {
        let question = Question(Query::from(layout::LAST_READ)).with("@read", read)?;
        let found: Vec<Counted> = self.messages.query(&chat.id, question.0, "unread").await?;
        Ok(found.first().map_or(Some(0), |last| last.ordinal))
    }

    async fn counted(&self, query: &str, (chat, user): (&Chat, &UserId), read: Seq) -> Result<u64> {
        let question = Question(Query::from(query)).with("@read", read)?;
        let question = question.with("@clock", chat.seq)?.with("@user", user)?;
        let counts: Vec<u64> = self.messages.query(&chat.id, question.0, "unread").await?;
        Ok(counts.into_iter().sum())
    }
}
