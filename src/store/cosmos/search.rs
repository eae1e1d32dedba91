//! Finding messages across chats: each chat is asked for itself, several at a time.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::documents::MessageDocument;
use super::messages::END;
use super::query::CosmosQuery;
use super::{CONCURRENT, CosmosRepository, Store, layout};
use crate::protocol::{ChatId, Message, UserId};
use crate::store::error::Result;
use crate::store::found::{Bound, newest};
use crate::store::page::PAGE_BYTES;
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchCursor, SearchQuery};

#[async_trait]
impl Search for CosmosRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        self.store.own_reactions(user, asked).await
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        let wanted = MessageSearch { mentioned: Some(&query.user), words: &[], sender: None, limit: query.limit };
        self.store.found(&self.store.memberships(&query.user).await?, query.after.as_ref(), &wanted).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<Page<Message>> {
        let wanted =
            MessageSearch { mentioned: None, words: &query.words, sender: query.sender.as_ref(), limit: query.limit };
        let chats = match &query.chat {
            Some(chat) => vec![chat.clone()],
            None => self.store.memberships(&query.user).await?,
        };
        self.store.found(&chats, query.after.as_ref(), &wanted).await
    }
}

/// The conditions of a search.
struct MessageSearch<'a> {
    mentioned: Option<&'a UserId>,
    words: &'a [String],
    sender: Option<&'a UserId>,
    limit: usize,
}

impl MessageSearch<'_> {
    fn question(&self, bound: Bound, has_full_text: bool) -> Result<CosmosQuery> {
        let mut text = layout::FOUND.to_owned();
        text.push_str(if self.mentioned.is_some() { layout::MENTIONING } else { "" });
        text.push_str(if self.sender.is_some() { layout::OF_SENDER } else { "" });
        for (place, word) in self.words.iter().enumerate() {
            let filter = if has_full_text && is_plain(word) { layout::HAVING_WORD } else { layout::SAYING };
            text.push_str(&filter.replace("@search", &format!("@search{place}")));
        }
        text.push_str(layout::LATEST_BEFORE);
        let mut question = CosmosQuery(Query::from(text)).with("@from", bound.before)?.with("@latest", bound.latest)?;
        question = question.with("@top", self.limit.saturating_add(1))?;
        if let Some(user) = self.mentioned {
            question = question.with("@user", user)?;
        }
        if let Some(sender) = self.sender {
            question = question.with("@sender", sender)?;
        }
        for (place, word) in self.words.iter().enumerate() {
            question = question.with(&format!("@search{place}"), word)?;
        }
        Ok(question)
    }
}

/// True if a full-text index has the word as one term. It may split words with punctuation, and does not find parts of
/// text written without spaces.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Store {
    /// The newest messages of these chats.
    async fn found(
        &self,
        chats: &[ChatId],
        after: Option<&SearchCursor>,
        wanted: &MessageSearch<'_>,
    ) -> Result<Page<Message>> {
        let found: Vec<_> = chats.iter().map(|chat| self.found_in(chat, after, wanted)).collect();
        let found: Vec<Vec<MessageDocument>> = stream::iter(found).buffer_unordered(CONCURRENT).try_collect().await?;
        Ok(newest(found.into_iter().flatten().collect(), wanted.limit))
    }

    async fn found_in(
        &self,
        chat: &ChatId,
        after: Option<&SearchCursor>,
        wanted: &MessageSearch<'_>,
    ) -> Result<Vec<MessageDocument>> {
        let question = wanted.question(Bound::of(after, chat, END), self.has_full_text)?;
        let enough = |found: &[MessageDocument]| {
            found.iter().map(MessageDocument::bytes).sum::<usize>() > PAGE_BYTES && found.len() > 1
        };
        self.messages.query_until(chat, question.0, "search", enough).await
    }
}
