//! Pages of one chat's history.

use std::future::ready;

use futures_util::FutureExt;

use super::tables::{MemoryChat, MemoryMessage, MemoryTables};
use crate::domain::name_key;
use crate::protocol::{Message, Seq};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored, reversed};
use crate::store::repository::{History, HistoryQuery, Window};
use crate::store::walk::{Direction, HistorySteps, SeqSpan, Walked, walk};

/// A page of history; none if the chat does not exist.
pub(super) fn history(tables: &MemoryTables, query: &HistoryQuery) -> Option<History> {
    let stored = tables.chats.get(&query.chat)?;
    let reader = MemoryHistory { tables, stored, query, search: query.search.as_deref().map(name_key) };
    let seq = stored.record.chat.seq;
    let is_numbered = matches!(query.window, Window::Skip(_)) && !query.is_filtered();
    let total = is_numbered.then_some(stored.messages.len() as u64);
    if query.is_walked() {
        let Ok(walked) = walk(&reader, query, seq).now_or_never().expect("memory answers at once");
        let Walked { messages, more, stopped, total: counted } = walked;
        return Some(History { messages, more, seq, total: total.or(counted), stopped });
    }
    let PagePart { messages, more, .. } = match query.window {
        Window::Before(seq) => reader.before(seq, 0, PAGE_BYTES),
        Window::After(seq) => {
            reader.read(newer(seq.saturating_add(1)), Direction::OldestFirst).cut(PAGE_BYTES, query.limit)
        }
        Window::Around(seq) => {
            let newer = reader.read(newer(seq), Direction::OldestFirst);
            MessageRun::around(reader.read(older(seq), Direction::NewestFirst), newer, query.limit)
        }
        Window::Skip(skip) => reader.before(Seq::MAX, skip, usize::MAX),
        Window::Newest | Window::SkipBefore { .. } => reader.before(Seq::MAX, 0, PAGE_BYTES),
    };
    Some(History { messages, more, seq, total, stopped: None })
}

fn older(before: Seq) -> SeqSpan {
    SeqSpan { from: 0, to: before.saturating_sub(1) }
}

fn newer(from: Seq) -> SeqSpan {
    SeqSpan { from, to: Seq::MAX }
}

struct MemoryHistory<'a> {
    tables: &'a MemoryTables,
    stored: &'a MemoryChat,
    query: &'a HistoryQuery,
    search: Option<String>,
}

impl MemoryHistory<'_> {
    fn before(&self, before: Seq, skip: u64, bytes: usize) -> PagePart {
        let found = self.rows(older(before), Direction::NewestFirst, skip, self.query.limit + 1);
        let page = MessageRun(found).cut(bytes, self.query.limit);
        PagePart { messages: reversed(page.messages), ..page }
    }

    /// Messages in reading order, one more than the page holds.
    fn read(&self, range: SeqSpan, direction: Direction) -> MessageRun<MemoryMessage> {
        MessageRun(self.rows(range, direction, 0, self.query.limit + 1))
    }

    /// The matching messages of a range, oldest first.
    fn matching(&self, range: SeqSpan) -> impl DoubleEndedIterator<Item = &Message> {
        let within = (range.from <= range.to).then(|| self.stored.messages.range(range.from..=range.to));
        within.into_iter().flatten().map(|(_, message)| message).filter(|message| self.matches(message))
    }

    fn matches(&self, message: &Message) -> bool {
        let is_of_sender = self.query.sender.as_ref().is_none_or(|sender| *sender == message.sender.id);
        let says = |text: &String| name_key(&message.content).contains(text.as_str());
        is_of_sender && self.search.as_ref().is_none_or(says)
    }

    fn rows(&self, range: SeqSpan, direction: Direction, skip: u64, limit: usize) -> Vec<MemoryMessage> {
        let is_numbered = matches!(self.query.window, Window::Skip(_) | Window::SkipBefore { .. });
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let matching = self.matching(range);
        let ordered: Box<dyn Iterator<Item = &Message>> = match direction {
            Direction::NewestFirst => Box::new(matching.rev()),
            Direction::OldestFirst => Box::new(matching),
        };
        let mut rows: Vec<MemoryMessage> = vec![];
        let mut bytes = 0;
        for message in ordered.skip(skip).take(limit) {
            let row = MemoryMessage(self.tables.shown(message));
            bytes += row.bytes();
            rows.push(row);
            if !is_numbered && bytes > PAGE_BYTES && rows.len() > 1 {
                break;
            }
        }
        rows
    }
}

impl HistorySteps for MemoryHistory<'_> {
    type Item = MemoryMessage;
    type Error = std::convert::Infallible;
    const SPAN: u64 = 2000;

    fn count(&self, range: SeqSpan) -> impl Future<Output = Result<u64, Self::Error>> + Send {
        ready(Ok(self.matching(range).count() as u64))
    }

    fn run(
        &self,
        range: SeqSpan,
        direction: Direction,
        skip: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<MemoryMessage>, Self::Error>> + Send {
        ready(Ok(self.rows(range, direction, skip, limit)))
    }
}
