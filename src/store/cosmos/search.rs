//! Finds messages across chats: each chat is queried separately, several at a time.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::documents::MessageDocument;
use super::messages::END;
use super::query::CosmosQuery;
use super::{CONCURRENT, CosmosRepository, Store, queries};
use crate::protocol::{ChatId, Message, Seq, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::found::{Bound, newest};
use crate::store::page::PAGE_BYTES;
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchPage, SearchQuery};
use crate::store::walk::{self, Frontier, SearchSteps, SearchedPart};

#[async_trait]
impl Search for CosmosRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        self.store.own_reactions(user, asked).await
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        let top = query.limit.saturating_add(1);
        let search = MessageSearch { mentioned: Some(&query.user), words: &[], sender: None, top, floor: None };
        let chats = self.store.memberships(&query.user).await?;
        let looks: Vec<_> = chats
            .iter()
            .map(|chat| self.store.found_in(chat, Bound::of(query.after.as_ref(), chat, END), &search))
            .collect();
        let found: Vec<Vec<MessageDocument>> = stream::iter(looks).buffer_unordered(CONCURRENT).try_collect().await?;
        Ok(newest(found.into_iter().flatten().collect(), query.limit))
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        let chats = match &query.chat {
            Some(chat) => vec![chat.clone()],
            None => self.store.memberships(&query.user).await?,
        };
        let begin = |chat| Frontier::begin(query, chat, Timestamp::from_millis(i64::MAX), END);
        walk::search(&CosmosSearch { store: &self.store, query }, chats.into_iter().map(begin), query).await
    }
}

struct CosmosSearch<'a> {
    store: &'a Store,
    query: &'a SearchQuery,
}

impl CosmosSearch<'_> {
    /// Searches the newest messages of a chat.
    async fn look(&self, frontier: Frontier, span: u64, limit: usize) -> Result<SearchedPart<MessageDocument>> {
        let Frontier { at: latest, chat, before } = frontier;
        let from = before.saturating_sub(span).max(1);
        let search = MessageSearch {
            mentioned: None,
            words: &self.query.words,
            sender: self.query.sender.as_ref(),
            top: limit,
            floor: Some(from),
        };
        let found = self.store.found_in(&chat, Bound { latest, before }, &search).await?;
        let next = (from > 1).then_some(Frontier { at: latest, chat, before: from });
        Ok(SearchedPart { found, looked_through: before - from, next: next.into_iter().collect() })
    }

    /// The newest message at a frontier; Cosmos can also find it by its time.
    async fn newest_in(&self, frontier: &Frontier) -> Result<Option<Frontier>> {
        let Frontier { at, chat, before } = frontier;
        let question = CosmosQuery(Query::from(queries::NEWEST)).with("@from", before)?.with("@latest", at)?;
        let found: Vec<MessageDocument> = self.store.messages.query(chat, question.0, "search").await?;
        let frontier = |last: &MessageDocument| {
            let (at, _, seq) = last.place();
            Frontier { at, chat: chat.clone(), before: seq + 1 }
        };
        Ok(found.first().map(frontier))
    }
}

impl SearchSteps for CosmosSearch<'_> {
    type Item = MessageDocument;
    type Error = StoreError;
    const AT_ONCE: usize = CONCURRENT;
    const SPAN: u64 = 5000 * CONCURRENT as u64;

    async fn newest(&self, before: &[Frontier]) -> Result<Vec<Option<Frontier>>> {
        let looks: Vec<_> = before.iter().map(|frontier| self.newest_in(frontier)).collect();
        stream::iter(looks).buffered(CONCURRENT).try_collect().await
    }

    async fn step(&self, from: Vec<Frontier>, span: u64, limit: usize) -> Result<Vec<SearchedPart<MessageDocument>>> {
        let looks: Vec<_> = from.into_iter().map(|frontier| self.look(frontier, span.min(5000), limit)).collect();
        stream::iter(looks).buffer_unordered(CONCURRENT).try_collect().await
    }
}

/// The conditions of a search.
struct MessageSearch<'a> {
    mentioned: Option<&'a UserId>,
    words: &'a [String],
    sender: Option<&'a UserId>,
    /// Maximum number of messages.
    top: usize,
    /// The position where the search ends.
    floor: Option<Seq>,
}

impl MessageSearch<'_> {
    fn question(&self, bound: Bound, has_full_text: bool) -> Result<CosmosQuery> {
        let mut text = queries::FOUND.to_owned();
        text.push_str(if self.floor.is_some() { queries::FROM_ON } else { "" });
        text.push_str(if self.mentioned.is_some() { queries::MENTIONING } else { "" });
        text.push_str(if self.sender.is_some() { queries::OF_SENDER } else { "" });
        for (place, word) in self.words.iter().enumerate() {
            let filter = if has_full_text && is_plain(word) { queries::HAVING_WORD } else { queries::SAYING };
            text.push_str(&filter.replace("@search", &format!("@search{place}")));
        }
        text.push_str(queries::LATEST_BEFORE);
        let mut question = CosmosQuery(Query::from(text)).with("@from", bound.before)?.with("@latest", bound.latest)?;
        question = question.with("@top", self.top)?;
        if let Some(floor) = self.floor {
            question = question.with("@floor", floor)?;
        }
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
    /// The newest matching messages of a chat.
    async fn found_in(&self, chat: &ChatId, bound: Bound, search: &MessageSearch<'_>) -> Result<Vec<MessageDocument>> {
        let question = search.question(bound, self.has_full_text)?;
        let enough = |found: &[MessageDocument]| {
            found.iter().map(MessageDocument::bytes).sum::<usize>() > PAGE_BYTES && found.len() > 1
        };
        self.messages.query_until(chat, question.0, "search", enough).await
    }
}
