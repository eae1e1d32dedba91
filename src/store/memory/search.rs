//! Finds messages across chats.

use std::future::ready;

use async_trait::async_trait;
use futures_util::FutureExt;

use super::MemoryRepository;
use super::tables::{MemoryMessage, MemoryTables};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, Timestamp, UserId};
use crate::store::error::Result;
use crate::store::found::{Bound, newest};
use crate::store::page::{PAGE_BYTES, Stored};
use crate::store::repository::{MentionsQuery, Page, Reacted, Search, SearchPage, SearchQuery};
use crate::store::walk::{self, Frontier, SearchSteps, SearchedPart};

#[async_trait]
impl Search for MemoryRepository {
    async fn reacted(&self, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>> {
        self.run(|tables| {
            let is_there = |Reacted { chat, message, emoji }: &Reacted| {
                let key = (message.clone(), emoji.clone(), user.clone());
                tables.chats.get(chat).is_some_and(|stored| stored.reactions.contains_key(&key))
            };
            asked.iter().map(is_there).collect()
        })
        .await
    }

    async fn mentions(&self, query: &MentionsQuery) -> Result<Page<Message>> {
        self.run(|tables| mentions(tables, query)).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        self.run(|tables| search(tables, query)).await
    }
}

/// The messages that mention the user, newest first.
fn mentions(tables: &MemoryTables, query: &MentionsQuery) -> Page<Message> {
    let mut found = vec![];
    for stored in tables.memberships(&query.user) {
        let bound = Bound::of(query.after.as_ref(), &stored.record.chat.id, u64::MAX);
        let own = stored.mentions.keys().filter(|key| key.user == query.user && key.seq < bound.before);
        let messages = own.filter_map(|key| stored.messages.get(&key.seq));
        let later = messages.filter(|message| message.created_at <= bound.latest);
        found.extend(later.map(|message| MemoryMessage(tables.shown(message))));
    }
    newest(found, query.limit)
}

fn search(tables: &MemoryTables, query: &SearchQuery) -> SearchPage {
    let own = || tables.memberships(&query.user).map(|stored| &stored.record.chat);
    let chats: Vec<(ChatId, Timestamp)> = match &query.chat {
        Some(chat) => vec![(chat.clone(), Timestamp::from_millis(i64::MAX))],
        None => own().map(|chat| (chat.id.clone(), chat.updated_at)).collect(),
    };
    let begin = |(chat, latest)| Frontier::begin(query, chat, latest, i64::MAX as u64);
    let steps = MemorySearch { tables, query };
    let found = walk::search(&steps, chats.into_iter().map(begin), query).now_or_never();
    let Ok(page) = found.expect("memory answers at once");
    page
}

struct MemorySearch<'a> {
    tables: &'a MemoryTables,
    query: &'a SearchQuery,
}

/// Number of messages of one chat that are searched at a time.
const SPAN: u64 = 1000;

impl MemorySearch<'_> {
    fn look(&self, frontier: &Frontier, span: u64, limit: usize) -> SearchedPart<MemoryMessage> {
        let Frontier { at: latest, chat, before } = frontier;
        let from = before.saturating_sub(span).max(1);
        let stored = self.tables.chats.get(chat).into_iter();
        let within = stored.flat_map(|stored| stored.messages.range(from..*before).rev()).map(|(_, message)| message);
        let matching = within.filter(|message| message.created_at <= *latest && self.matches(message));
        let mut found: Vec<MemoryMessage> = vec![];
        let mut bytes = 0;
        for message in matching.take(limit) {
            let row = MemoryMessage(self.tables.shown(message));
            bytes += row.bytes();
            found.push(row);
            if bytes > PAGE_BYTES && found.len() > 1 {
                break;
            }
        }
        let next = (from > 1).then(|| Frontier { before: from, ..frontier.clone() });
        SearchedPart { found, looked_through: before - from, next: next.into_iter().collect() }
    }

    fn matches(&self, message: &Message) -> bool {
        let is_of_sender = self.query.sender.as_ref().is_none_or(|sender| *sender == message.sender.id);
        let text = name_key(&message.content);
        let says_all = self.query.words.iter().all(|word| text.contains(word.as_str()));
        message.deleted_at.is_none() && is_of_sender && says_all
    }

    fn newest_in(&self, frontier: &Frontier) -> Option<Frontier> {
        let stored = self.tables.chats.get(&frontier.chat)?;
        let (seq, message) = stored.messages.range(..frontier.before).next_back()?;
        Some(Frontier { at: message.created_at, chat: frontier.chat.clone(), before: seq + 1 })
    }
}

impl SearchSteps for MemorySearch<'_> {
    type Item = MemoryMessage;
    type Error = std::convert::Infallible;
    const AT_ONCE: usize = 8;
    const SPAN: u64 = SPAN * Self::AT_ONCE as u64;

    fn newest(&self, before: &[Frontier]) -> impl Future<Output = Result<Vec<Option<Frontier>>, Self::Error>> + Send {
        ready(Ok(before.iter().map(|frontier| self.newest_in(frontier)).collect()))
    }

    fn step(
        &self,
        from: Vec<Frontier>,
        span: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<SearchedPart<MemoryMessage>>, Self::Error>> + Send {
        ready(Ok(from.iter().map(|frontier| self.look(frontier, span.min(SPAN), limit)).collect()))
    }
}
