//! Pages of one chat's history that are filtered, or numbered and far back.

use super::Meter;
use crate::protocol::{Message, Seq};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored, reversed};
use crate::store::repository::{HistoryQuery, ReadBudget, Window};

/// A range of positions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct SeqSpan {
    pub(in crate::store) from: Seq,
    pub(in crate::store) to: Seq,
}

/// The order in which messages are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Direction {
    NewestFirst,
    OldestFirst,
}

/// Reads the matching messages of one chat, range by range.
pub(in crate::store) trait HistorySteps {
    type Item: Stored;
    type Error;
    /// Length of a range.
    const SPAN: u64;

    /// Counts the matching messages of a range.
    fn count(&self, range: SeqSpan) -> impl Future<Output = Result<u64, Self::Error>> + Send;

    /// Reads matching messages of a range, without the first `skip`, at most `limit`; may stop after one more than a
    /// page holds by bytes.
    fn run(
        &self,
        range: SeqSpan,
        direction: Direction,
        skip: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Self::Item>, Self::Error>> + Send;
}

/// The result of a walk to a page.
#[derive(Debug)]
pub(in crate::store) struct Walked {
    /// The messages, oldest first.
    pub(in crate::store) messages: Vec<Message>,
    pub(in crate::store) more: bool,
    /// The number of matching messages, if a numbered page was requested and all were counted.
    pub(in crate::store) total: Option<u64>,
    /// The position to continue from if the budget was spent before the page was full.
    pub(in crate::store) stopped: Option<Window>,
}

/// The messages found by a walk in one direction.
struct Walk<R> {
    found: Vec<R>,
    /// The position from which the walk continues, if the budget ended it.
    stopped: Option<Seq>,
}

/// Walks to the page of the query; `clock` is the chat's position.
pub(in crate::store) async fn walk<S: HistorySteps>(
    steps: &S,
    query: &HistoryQuery,
    clock: Seq,
) -> Result<Walked, S::Error> {
    let end = clock.saturating_add(1);
    match query.window {
        Window::Newest => older(steps, query, end).await,
        Window::Before(seq) => older(steps, query, seq.min(end)).await,
        Window::After(seq) => newer(steps, query, seq.saturating_add(1), clock).await,
        Window::Around(seq) => around(steps, query, seq.min(end), clock).await,
        Window::Skip(skip) => numbered(steps, query, Numbered { before: end, skip, counts: query.is_filtered() }).await,
        Window::SkipBefore { before, skip } => {
            numbered(steps, query, Numbered { before: before.min(end), skip, counts: false }).await
        }
    }
}

async fn older<S: HistorySteps>(steps: &S, query: &HistoryQuery, before: Seq) -> Result<Walked, S::Error> {
    let Walk { found, stopped } = walk_older(steps, before, query.limit, query.budget).await?;
    let PagePart { messages, more, .. } = MessageRun(found).cut(PAGE_BYTES, query.limit);
    let stopped = stopped.filter(|_| !more).map(Window::Before);
    Ok(Walked { messages: reversed(messages), more: more || stopped.is_some(), total: None, stopped })
}

async fn newer<S: HistorySteps>(steps: &S, query: &HistoryQuery, from: Seq, clock: Seq) -> Result<Walked, S::Error> {
    let Walk { found, stopped } = walk_newer(steps, SeqSpan { from, to: clock }, query.limit, query.budget).await?;
    let PagePart { messages, more, .. } = MessageRun(found).cut(PAGE_BYTES, query.limit);
    let stopped = stopped.filter(|_| !more).map(|next| Window::After(next.saturating_sub(1)));
    Ok(Walked { messages, more: more || stopped.is_some(), total: None, stopped })
}

/// Each direction has half of the budget. If both stop, the page continues with the older messages.
async fn around<S: HistorySteps>(steps: &S, query: &HistoryQuery, from: Seq, clock: Seq) -> Result<Walked, S::Error> {
    let ReadBudget { within, messages } = query.budget;
    let half = ReadBudget { within: within.map(|within| within / 2), messages: messages.div_ceil(2) };
    let older = walk_older(steps, from, query.limit, half).await?;
    let newer = walk_newer(steps, SeqSpan { from, to: clock }, query.limit, half).await?;
    let older_stopped = older.stopped.map(Window::Before);
    let stopped = older_stopped.or(newer.stopped.map(|next| Window::After(next.saturating_sub(1))));
    let PagePart { messages, more, .. } =
        MessageRun::around(MessageRun(older.found), MessageRun(newer.found), query.limit);
    let stopped = stopped.filter(|_| !more);
    Ok(Walked { messages, more: more || stopped.is_some(), total: None, stopped })
}

async fn walk_older<S: HistorySteps>(
    steps: &S,
    mut before: Seq,
    limit: usize,
    budget: ReadBudget,
) -> Result<Walk<S::Item>, S::Error> {
    let mut meter = Meter::new(budget);
    let mut found: Vec<S::Item> = vec![];
    while before > 1 && !is_full(&found, limit) {
        if meter.looked_through > 0 && meter.is_spent() {
            return Ok(Walk { found, stopped: Some(before) });
        }
        let range = SeqSpan { from: before.saturating_sub(meter.span(S::SPAN)).max(1), to: before - 1 };
        found.extend(steps.run(range, Direction::NewestFirst, 0, limit + 1 - found.len()).await?);
        meter.count(before - range.from);
        before = range.from;
    }
    Ok(Walk { found, stopped: None })
}

async fn walk_newer<S: HistorySteps>(
    steps: &S,
    within: SeqSpan,
    limit: usize,
    budget: ReadBudget,
) -> Result<Walk<S::Item>, S::Error> {
    let mut meter = Meter::new(budget);
    let mut found: Vec<S::Item> = vec![];
    let SeqSpan { from: mut next, to: clock } = within;
    while next <= clock && !is_full(&found, limit) {
        if meter.looked_through > 0 && meter.is_spent() {
            return Ok(Walk { found, stopped: Some(next) });
        }
        let range = SeqSpan { from: next, to: next.saturating_add(meter.span(S::SPAN) - 1).min(clock) };
        found.extend(steps.run(range, Direction::OldestFirst, 0, limit + 1 - found.len()).await?);
        meter.count(range.to + 1 - next);
        next = range.to + 1;
    }
    Ok(Walk { found, stopped: None })
}

/// True if the page is full, by number or bytes.
fn is_full<R: Stored>(found: &[R], limit: usize) -> bool {
    found.len() > limit || found.len() > 1 && found.iter().map(Stored::bytes).sum::<usize>() > PAGE_BYTES
}

/// A numbered page: the messages before a position, without a given number of the newest.
#[derive(Clone, Copy, Debug)]
struct Numbered {
    before: Seq,
    skip: u64,
    /// True if all matching messages are counted.
    counts: bool,
}

async fn numbered<S: HistorySteps>(steps: &S, query: &HistoryQuery, asked: Numbered) -> Result<Walked, S::Error> {
    let Numbered { mut before, mut skip, counts } = asked;
    let mut meter = Meter::new(query.budget);
    let mut total = 0;
    let mut found: Vec<S::Item> = vec![];
    let mut is_whole = true;
    while before > 1 && (counts || found.len() <= query.limit) {
        if meter.looked_through > 0 && meter.is_spent() {
            is_whole = false;
            break;
        }
        let range = SeqSpan { from: before.saturating_sub(meter.span(S::SPAN)).max(1), to: before - 1 };
        let matching = steps.count(range).await?;
        total += matching;
        if matching > skip && found.len() <= query.limit {
            let room = query.limit + 1 - found.len();
            found.extend(steps.run(range, Direction::NewestFirst, skip, room).await?);
        }
        skip = skip.saturating_sub(matching);
        meter.count(before - range.from);
        before = range.from;
    }
    let PagePart { messages, more, .. } = MessageRun(found).cut(usize::MAX, query.limit);
    let stopped = match messages.last() {
        _ if is_whole => None,
        Some(last) if more => Some(Window::Before(last.seq)),
        _ => Some(Window::SkipBefore { before, skip }),
    };
    let total = (counts && is_whole).then_some(total);
    Ok(Walked { messages: reversed(messages), more: more || stopped.is_some(), total, stopped })
}
