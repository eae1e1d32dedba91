//! Searches across chats. The chats are walked together, in the order of the page: always the chat that may have the
//! next message. When the walk stops, everything before the first unsearched position is therefore final, and a cursor
//! to that position loses nothing.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};

use super::Meter;
use crate::protocol::{ChatId, Message, Seq, Timestamp};
use crate::store::found::{Bound, sort};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart, Stored};
use crate::store::repository::{SearchCursor, SearchPage, SearchQuery};

/// The unsearched part of a chat: messages before `before`, none of them later than `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Frontier {
    pub(in crate::store) at: Timestamp,
    pub(in crate::store) chat: ChatId,
    pub(in crate::store) before: Seq,
}

impl Frontier {
    /// The start of a search in a chat, excluding messages later than `latest`; `end` is beyond every clock.
    pub(in crate::store) fn begin(query: &SearchQuery, chat: ChatId, latest: Timestamp, end: Seq) -> Self {
        let bound = Bound::of(query.after.as_ref(), &chat, end);
        Frontier { at: bound.latest.min(latest), chat, before: bound.before }
    }

    /// True if a found message is newer than all messages after this frontier.
    fn is_after(&self, found: &impl Stored) -> bool {
        let (at, chat, seq) = found.place();
        match chat.cmp(&self.chat) {
            Ordering::Equal => seq >= self.before,
            Ordering::Less => at >= self.at,
            Ordering::Greater => at > self.at,
        }
    }
}

impl Ord for Frontier {
    fn cmp(&self, other: &Self) -> Ordering {
        let newer_first = other.at.cmp(&self.at);
        newer_first.then_with(|| self.chat.cmp(&other.chat)).then_with(|| other.before.cmp(&self.before))
    }
}

impl PartialOrd for Frontier {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The outcome of one step in one chat, or of several together.
#[derive(Debug)]
pub(in crate::store) struct SearchedPart<R> {
    /// Matching messages, newest first. May be cut off after one more than a page holds.
    pub(in crate::store) found: Vec<R>,
    /// Maximum number of messages searched.
    pub(in crate::store) looked_through: u64,
    /// The position at which each chat continues, unless its start was reached.
    pub(in crate::store) next: Vec<Frontier>,
}

/// Searches a chat step by step.
pub(in crate::store) trait SearchSteps {
    type Item: Stored;
    type Error;
    /// Number of chats searched concurrently.
    const AT_ONCE: usize;
    /// Number of messages searched at a time, across all these chats.
    const SPAN: u64;

    /// The newest message before each position, whenever it was sent, as the frontier before it.
    fn newest(&self, before: &[Frontier]) -> impl Future<Output = Result<Vec<Option<Frontier>>, Self::Error>> + Send;

    /// Searches about `span` messages from each frontier on; `limit` is one more than the page holds.
    fn step(
        &self,
        from: Vec<Frontier>,
        span: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<SearchedPart<Self::Item>>, Self::Error>> + Send;
}

/// Factor by which more chats are looked up concurrently than searched.
const SEEKS: usize = 16;

/// Finds a page of messages. At least one step is taken, so every page makes progress.
pub(in crate::store) async fn search<S: SearchSteps>(
    steps: &S,
    chats: impl Iterator<Item = Frontier>,
    query: &SearchQuery,
) -> Result<SearchPage, S::Error> {
    let mut meter = Meter::new(query.budget);
    let mut open: BTreeSet<Frontier> = chats.collect();
    let mut found: Vec<S::Item> = vec![];
    // Chats whose frontiers have the exact time of their next message. If other frontiers were compared, each page
    // might advance by only a millisecond.
    let mut exact: HashSet<ChatId> = HashSet::new();
    while let Some(first) = open.first() {
        if !exact.contains(&first.chat) {
            let vague = open.iter().filter(|frontier| !exact.contains(&frontier.chat)).take(S::AT_ONCE * SEEKS);
            let vague: Vec<Frontier> = vague.cloned().collect();
            for frontier in &vague {
                open.remove(frontier);
            }
            exact.extend(vague.iter().map(|frontier| frontier.chat.clone()));
            open.extend(seek(steps, vague).await?);
            continue;
        }
        // Rows after the last one that fits cannot be on this page, whatever is found elsewhere.
        sort(&mut found);
        found.truncate(query.limit + 1);
        let certain = found.partition_point(|row| first.is_after(row));
        let bytes: usize = found[..certain].iter().map(Stored::bytes).sum();
        if certain > query.limit || bytes > PAGE_BYTES && certain > 1 {
            found.truncate(certain);
            return Ok(page(found, query.limit, None));
        }
        if meter.looked_through > 0 && meter.is_spent() {
            found.truncate(certain);
            let Frontier { at, chat, before: seq } = first.clone();
            return Ok(page(found, query.limit, Some(SearchCursor { at, chat, seq })));
        }
        let mut due = vec![];
        while due.len() < S::AT_ONCE
            && let Some(next) = open.pop_first()
        {
            if !exact.contains(&next.chat) {
                open.insert(next);
                break;
            }
            due.push(next);
        }
        let span = meter.span(S::SPAN / due.len() as u64);
        meter.count(1);
        for part in steps.step(due, span, query.limit + 1).await? {
            meter.count(part.looked_through);
            found.extend(part.found);
            open.extend(seek(steps, part.next).await?);
        }
    }
    sort(&mut found);
    Ok(page(found, query.limit, None))
}

/// Moves each frontier to the first message after it, and drops those without one. A page that begins long ago would
/// otherwise scan everything since, again and again, so the position is found by bisection. Within a chat, times never
/// decrease.
async fn seek<S: SearchSteps>(steps: &S, frontiers: Vec<Frontier>) -> Result<Vec<Frontier>, S::Error> {
    if frontiers.is_empty() {
        return Ok(vec![]);
    }
    let mut searches: Vec<Bisection> = vec![];
    let mut found = vec![];
    for (frontier, newest) in frontiers.iter().zip(steps.newest(&frontiers).await?) {
        match newest {
            Some(newest) if newest.at > frontier.at => {
                searches.push(Bisection { frontier: frontier.clone(), low: 1, high: newest.before });
            }
            newest => found.extend(newest),
        }
    }
    while !searches.is_empty() {
        let middles: Vec<Frontier> = searches.iter().map(Bisection::middle).collect();
        let newest = steps.newest(&middles).await?;
        let mut left = vec![];
        for (mut search, (middle, newest)) in searches.into_iter().zip(middles.into_iter().zip(newest)) {
            match newest {
                Some(newest) if newest.at > search.frontier.at => search.high = newest.before,
                newest if search.high - search.low <= 1 => {
                    found.extend(newest);
                    continue;
                }
                _ => search.low = middle.before,
            }
            left.push(search);
        }
        searches = left;
    }
    Ok(found)
}

/// The search for the newest message of a chat that is not later than its frontier.
struct Bisection {
    frontier: Frontier,
    /// No message before this position is later.
    low: Seq,
    /// The newest message before this position is later.
    high: Seq,
}

impl Bisection {
    fn middle(&self) -> Frontier {
        Frontier { before: self.low + (self.high - self.low) / 2, ..self.frontier.clone() }
    }
}

/// The page, and the start of the next: after its last message, or else where the walk stopped.
fn page<R: Stored>(found: Vec<R>, limit: usize, stopped: Option<SearchCursor>) -> SearchPage {
    let PagePart { messages, more, .. } = MessageRun(found).cut(PAGE_BYTES, limit);
    let last = messages.last().filter(|_| more).map(place);
    SearchPage { partial: last.is_none() && stopped.is_some(), next: last.or(stopped), messages }
}

fn place(message: &Message) -> SearchCursor {
    SearchCursor { at: message.created_at, chat: message.chat_id.clone(), seq: message.seq }
}
