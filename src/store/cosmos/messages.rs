//! Reads messages.

use azure_data_cosmos::Query;

use super::documents::{HeadDocument, MessageDocument};
use super::partition::PartitionDocument;
use super::query::CosmosQuery;
use super::{Store, ids, queries};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, MessageId, Seq, Timestamp};
use crate::store::error::{Result, StoreError};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored, reversed};
use crate::store::repository::{History, HistoryQuery, Window};
use crate::store::walk::{Direction, HistorySteps, SeqSpan, Walked, walk};

/// Beyond every clock, but still exact as a number in Cosmos.
pub(super) const END: u64 = 1 << 52;

impl Store {
    /// A message, if its chat exists.
    pub(super) async fn message(&self, chat: &ChatId, message: &MessageId) -> Result<Option<Message>> {
        if !ids::fits(message) {
            return Ok(None);
        }
        let id = ids::message(message);
        let mut look = self.look(chat, std::slice::from_ref(&id), "message").await?;
        let found = look.living().is_some().then(|| look.messages.remove(&id)).flatten();
        let found = found.map(MessageDocument::message).into_iter().collect();
        Ok(self.named(found).await?.pop())
    }

    /// The newest undeleted message of a chat whose head was read.
    pub(super) async fn last_message(&self, head: &HeadDocument) -> Result<Option<Message>> {
        let Some(last) = &head.last_message_id else { return Ok(None) };
        let found = self.messages.read::<MessageDocument>(&head.chat_id, &ids::message(last), "message").await?;
        let found = found.map(MessageDocument::message).into_iter().collect();
        Ok(self.named(found).await?.pop())
    }

    /// The last undeleted message before a position.
    pub(super) async fn undeleted_before(&self, chat: &ChatId, before: Seq) -> Result<Option<Message>> {
        let question = CosmosQuery(Query::from(queries::PREVIOUS)).with("@from", before)?;
        let found: Vec<MessageDocument> = self.messages.query(chat, question.0, "message").await?;
        Ok(found.into_iter().next().map(MessageDocument::message))
    }

    /// A page of history.
    pub(super) async fn page(&self, query: &HistoryQuery) -> Result<Option<History>> {
        if !ids::fits(&query.chat) {
            return Ok(None);
        }
        let reader = CosmosHistory { store: self, query };
        if query.is_walked() {
            return reader.walked().await;
        }
        let found = match query.window {
            Window::Before(seq) => reader.before(seq.min(END)).await?,
            Window::After(seq) => reader.after(seq.saturating_add(1).min(END)).await?,
            Window::Around(seq) => reader.around(seq.min(END)).await?,
            Window::Skip(skip) => return reader.numbered(skip).await,
            Window::Newest | Window::SkipBefore { .. } => reader.before(END).await?,
        };
        let Some((seq, PagePart { messages, more, .. })) = found else { return Ok(None) };
        Ok(Some(History { messages: self.named(messages).await?, more, seq, total: None, stopped: None }))
    }
}

struct CosmosHistory<'a> {
    store: &'a Store,
    query: &'a HistoryQuery,
}

impl CosmosHistory<'_> {
    /// The clock and the newest messages before a position; one request.
    async fn before(&self, from: Seq) -> Result<Option<(Seq, PagePart)>> {
        Ok(self.older(from).await?.map(|(clock, run)| {
            let page = run.cut(PAGE_BYTES, self.query.limit);
            (clock, PagePart { messages: reversed(page.messages), ..page })
        }))
    }

    async fn after(&self, from: Seq) -> Result<Option<(Seq, PagePart)>> {
        let look = self.store.look(&self.query.chat, &[], "history").await?;
        let Some(clock) = look.living().map(|head| head.seq) else { return Ok(None) };
        Ok(Some((clock, self.newer(from, clock).await?.cut(PAGE_BYTES, self.query.limit))))
    }

    /// Half of the page from before the position, the rest from it on; if one side is short, the other fills the page.
    async fn around(&self, from: Seq) -> Result<Option<(Seq, PagePart)>> {
        let Some((clock, older)) = self.older(from).await? else { return Ok(None) };
        let newer = self.newer(from, clock).await?;
        Ok(Some((clock, MessageRun::around(older, newer, self.query.limit))))
    }

    /// A numbered page, with the total.
    async fn numbered(&self, skip: u64) -> Result<Option<History>> {
        let look = self.store.look(&self.query.chat, &[], "history").await?;
        let Some(seq) = look.living().map(|head| head.seq) else { return Ok(None) };
        let chat = &self.query.chat;
        let total = self.filtered(queries::TOTAL, ")")?.with("@clock", seq)?.0;
        let total: Vec<u64> = self.store.messages.query(chat, total, "history").await?;
        let total = total.into_iter().next().unwrap_or(0);
        let top = self.query.limit.saturating_add(1);
        let found: Vec<MessageDocument> = if skip >= total {
            vec![]
        } else {
            let page = self.filtered(queries::NUMBERED, queries::NUMBERED_ORDER)?;
            let page = page.with("@clock", seq)?.with("@skip", skip)?.with("@top", top)?.0;
            self.store.messages.query(chat, page, "history").await?
        };
        let PagePart { messages, more, .. } = MessageRun(found).cut(usize::MAX, self.query.limit);
        let messages = self.store.named(reversed(messages)).await?;
        Ok(Some(History { messages, more, seq, total: Some(total), stopped: None }))
    }

    /// A page that is filtered or far back, read step by step.
    async fn walked(&self) -> Result<Option<History>> {
        let look = self.store.look(&self.query.chat, &[], "history").await?;
        let Some(seq) = look.living().map(|head| head.seq) else { return Ok(None) };
        let is_whole = matches!(self.query.window, Window::Skip(_)) && !self.query.is_filtered();
        let total = if is_whole { Some(self.count(SeqSpan { from: 0, to: seq }).await?) } else { None };
        let Walked { messages, more, total: counted, stopped } = walk(self, self.query, seq).await?;
        let messages = self.store.named(messages).await?;
        Ok(Some(History { messages, more, seq, total: total.or(counted), stopped }))
    }

    /// The clock and older messages from a position on, newest first, one more than the page holds.
    async fn older(&self, from: Seq) -> Result<Option<(Seq, MessageRun<MessageDocument>)>> {
        if self.query.is_of_sender() {
            return self.older_of_sender(from).await;
        }
        let top = self.query.limit.saturating_add(2);
        let query = self.filtered(queries::OLDER, queries::NEWEST_FIRST)?.with("@from", from)?.with("@top", top)?.0;
        let enough = |found: &[PartitionDocument]| bytes(found) > PAGE_BYTES && found.len() > 2;
        let found: Vec<PartitionDocument> =
            self.store.messages.query_until(&self.query.chat, query, "history", enough).await?;
        let mut head = None;
        let mut messages = vec![];
        for document in found {
            match document {
                PartitionDocument::HeadDocument(found) => head = Some(found),
                PartitionDocument::Message(message) => messages.push(*message),
                _ => {}
            }
        }
        messages.truncate(self.query.limit.saturating_add(1));
        Ok(head.filter(|head| head.chat.is_some()).map(|head| (head.seq, MessageRun(messages))))
    }

    /// The same for one sender; the head has no sender, so it takes a separate request.
    async fn older_of_sender(&self, from: Seq) -> Result<Option<(Seq, MessageRun<MessageDocument>)>> {
        let look = self.store.look(&self.query.chat, &[], "history").await?;
        let Some(clock) = look.living().map(|head| head.seq) else { return Ok(None) };
        let range = SeqSpan { from: 1, to: from.saturating_sub(1) };
        let found = self.run(range, Direction::NewestFirst, 0, self.query.limit.saturating_add(1)).await?;
        Ok(Some((clock, MessageRun(found))))
    }

    async fn newer(&self, from: Seq, clock: Seq) -> Result<MessageRun<MessageDocument>> {
        let top = self.query.limit.saturating_add(1);
        let query = self.filtered(queries::NEWER, queries::OLDEST_FIRST)?;
        let query = query.with("@from", from)?.with("@clock", clock)?.with("@top", top)?.0;
        let enough = |found: &[MessageDocument]| {
            found.iter().map(MessageDocument::bytes).sum::<usize>() > PAGE_BYTES && found.len() > 1
        };
        self.store.messages.query_until(&self.query.chat, query, "history", enough).await.map(MessageRun)
    }

    /// A query with the requested filters.
    fn filtered(&self, begin: &str, end: &str) -> Result<CosmosQuery> {
        let sender = &self.query.sender;
        let search = self.query.search.as_deref().map(name_key);
        let mut text = begin.to_owned();
        text.push_str(if sender.is_some() { queries::OF_SENDER } else { "" });
        text.push_str(if search.is_some() { queries::SAYING } else { "" });
        text.push_str(end);
        let mut question = CosmosQuery(Query::from(text));
        if let Some(sender) = sender {
            question = question.with("@sender", sender)?;
        }
        match search {
            Some(search) => question.with("@search", search),
            None => Ok(question),
        }
    }
}

impl HistorySteps for CosmosHistory<'_> {
    type Item = MessageDocument;
    type Error = StoreError;
    const SPAN: u64 = 5000;

    async fn count(&self, range: SeqSpan) -> Result<u64> {
        let question = self.filtered(queries::COUNT, ")")?.with("@from", range.from)?.with("@clock", range.to)?;
        let counts: Vec<u64> = self.store.messages.query(&self.query.chat, question.0, "history").await?;
        Ok(counts.into_iter().next().unwrap_or(0))
    }

    async fn run(&self, range: SeqSpan, direction: Direction, skip: u64, limit: usize) -> Result<Vec<MessageDocument>> {
        let is_numbered = matches!(self.query.window, Window::Skip(_) | Window::SkipBefore { .. });
        let question = match direction {
            _ if is_numbered => {
                self.filtered(queries::NUMBERED_BETWEEN, queries::NUMBERED_ORDER)?.with("@skip", skip)?
            }
            Direction::NewestFirst if self.query.is_of_sender() => {
                self.filtered(queries::BETWEEN, queries::NEWEST_OF_SENDER)?
            }
            Direction::NewestFirst => self.filtered(queries::BETWEEN, queries::NEWEST_FIRST)?,
            Direction::OldestFirst => self.filtered(queries::NEWER, queries::OLDEST_FIRST)?,
        };
        let question = question.with("@from", range.from)?.with("@clock", range.to)?.with("@top", limit)?;
        let enough = |found: &[MessageDocument]| {
            !is_numbered && found.len() > 1 && found.iter().map(MessageDocument::bytes).sum::<usize>() > PAGE_BYTES
        };
        self.store.messages.query_until(&self.query.chat, question.0, "history", enough).await
    }
}

fn bytes(found: &[PartitionDocument]) -> usize {
    let bytes = |document: &PartitionDocument| match document {
        PartitionDocument::Message(message) => message.bytes(),
        _ => 0,
    };
    found.iter().map(bytes).sum()
}

impl Stored for MessageDocument {
    fn bytes(&self) -> usize {
        self.bytes()
    }

    fn place(&self) -> (Timestamp, &ChatId, Seq) {
        MessageDocument::place(self)
    }

    fn into_message(self) -> Message {
        self.message()
    }
}
