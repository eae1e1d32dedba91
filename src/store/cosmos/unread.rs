//! Counts a user's unread messages.

use azure_data_cosmos::Query;
use serde::Deserialize;

use super::documents::{LateMention, MessageDocument, SentCounts};
use super::query::CosmosQuery;
use super::{Store, queries};
use crate::protocol::{Chat, ChatId, Seq, UserId};
use crate::store::error::Result;

/// Number of ticks from which messages are counted by their ordinals instead of one by one, which takes more requests.
const FAR: Seq = 1000;

/// Users mentioned by edits of one message.
#[derive(Deserialize)]
struct LateMentions {
    #[serde(default)]
    late: Vec<LateMention>,
}

impl Store {
    /// The number of other users' undeleted messages after a position.
    pub(super) async fn unread_count(&self, chat: &Chat, counts: SentCounts, user: &UserId, read: Seq) -> Result<u64> {
        let read = read.max(chat.first_seq.saturating_sub(1));
        if chat.seq <= read || chat.message_count == 0 {
            return Ok(0);
        }
        if let Some(sent) = counts.sent.filter(|_| chat.seq - read > FAR) {
            let (before, own, gone) = tokio::try_join!(
                self.sent_before(chat, read, counts.trimmed),
                self.sent_between(chat, user, read, chat.seq),
                self.deleted(chat, user, read, counts)
            )?;
            if let (Some(before), Some(own)) = (before, own) {
                return Ok(sent.saturating_sub(before + own + gone));
            }
        }
        self.counted(queries::UNREAD, &chat.id, user, read, chat.seq).await
    }

    /// The number of messages that mention the user after a position: newer ones, and older ones in which a later edit
    /// added the mention.
    pub(super) async fn mention_count(&self, chat: &Chat, counts: SentCounts, user: &UserId, read: Seq) -> Result<u64> {
        if chat.seq <= read {
            return Ok(0);
        }
        let sent = self.counted(queries::MENTION_COUNT, &chat.id, user, read, chat.seq).await?;
        if counts.late_seq <= read {
            return Ok(sent);
        }
        let question = CosmosQuery(Query::from(queries::LATE_MENTIONS)).with("@read", read)?.with("@user", user)?;
        let found: Vec<LateMentions> = self.messages.query(&chat.id, question.0, "unread").await?;
        let is_late = |late: &LateMention| late.user == *user && late.seq > read;
        Ok(sent + found.iter().filter(|found| found.late.iter().any(is_late)).count() as u64)
    }

    /// The number of messages that a user has sent to a chat; `None` if they were not counted.
    pub(super) async fn sent_by(&self, chat: &ChatId, user: &UserId, to: Seq) -> Result<Option<u64>> {
        let last = self.last_sent(chat, user, to, "unread").await?;
        Ok(last.map_or(Some(0), |last| last.own_ordinal))
    }

    /// A sender's last message up to a position.
    pub(super) async fn last_sent(
        &self,
        chat: &ChatId,
        user: &UserId,
        to: Seq,
        operation: &'static str,
    ) -> Result<Option<MessageDocument>> {
        let question = CosmosQuery(Query::from(queries::LAST_SENT)).with("@user", user)?.with("@to", to)?;
        Ok(self.messages.query(chat, question.0, operation).await?.into_iter().next())
    }

    /// The number of messages sent up to a position; `None` if they were not counted.
    async fn sent_before(&self, chat: &Chat, read: Seq, trimmed: u64) -> Result<Option<u64>> {
        let question = CosmosQuery(Query::from(queries::LAST_READ)).with("@read", read)?;
        let found: Vec<MessageDocument> = self.messages.query(&chat.id, question.0, "unread").await?;
        Ok(found.first().map_or(Some(trimmed), |last| last.ordinal))
    }

    /// The number of messages that a user sent between two positions; `None` if they were not counted.
    async fn sent_between(&self, chat: &Chat, user: &UserId, after: Seq, to: Seq) -> Result<Option<u64>> {
        let (before, all) =
            tokio::try_join!(self.last_sent(&chat.id, user, after, "unread"), self.sent_by(&chat.id, user, to))?;
        let before = match before {
            Some(last) => last.own_ordinal,
            None if chat.first_seq == 1 => Some(0),
            None => self.trimmed_of(&chat.id, user, after).await?,
        };
        Ok(before.zip(all).map(|(before, all)| all.saturating_sub(before)))
    }

    /// The number of messages that a user had sent before the first remaining one after a position; `None` if they were
    /// not counted.
    async fn trimmed_of(&self, chat: &ChatId, user: &UserId, after: Seq) -> Result<Option<u64>> {
        let question = CosmosQuery(Query::from(queries::FIRST_SENT)).with("@user", user)?.with("@after", after)?;
        let found: Vec<MessageDocument> = self.messages.query(chat, question.0, "unread").await?;
        Ok(found.first().map_or(Some(0), |first| first.own_ordinal.map(|own| own.saturating_sub(1))))
    }

    /// The number of other users' deleted messages after a position.
    async fn deleted(&self, chat: &Chat, user: &UserId, read: Seq, counts: SentCounts) -> Result<u64> {
        if counts.sent == Some(chat.message_count + counts.trimmed) {
            return Ok(0);
        }
        if counts.has_deletions {
            return self.deleted_after(chat, user, read).await;
        }
        self.counted(queries::GONE, &chat.id, user, read, chat.seq).await
    }

    /// Runs a counting query between two positions.
    pub(super) async fn counted(&self, query: &str, chat: &ChatId, user: &UserId, read: Seq, to: Seq) -> Result<u64> {
        let question = CosmosQuery(Query::from(query)).with("@read", read)?;
        let question = question.with("@clock", to)?.with("@user", user)?;
        let counts: Vec<u64> = self.messages.query(chat, question.0, "unread").await?;
        Ok(counts.into_iter().sum())
    }
}
