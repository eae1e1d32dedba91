//! Fills gaps in the events of chats from the storage.
//!
//! A missing event that is a message as it was sent is delivered as if it had arrived. Of any other the subscribers are
//! told that they have missed it; as somebody may have joined or left with it, the members are read too.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::fault::{self, Fault};
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChatEvent, ChatId, NewChat, NewMessage, Seq, UserId};
use crate::store::repository::{HistoryQuery, ReadBudget, Repository, Window};

use super::node::{Backfill, LocalNode, SeqRange, Wakers};

/// The time a missing event is waited for; most were only overtaken by an event of another node.
pub(super) const GRACE: Duration = Duration::from_millis(100);
/// The pause before a storage that did not answer is asked again.
const AGAIN: Duration = Duration::from_millis(250);
/// Attempts before replies stop waiting for missing events.
const ATTEMPTS: u32 = 8;
/// Chats that are filled at the same time.
const CONCURRENT: usize = 8;
/// Missing events that are read; of more, subscribers are told that they missed them.
const FOUND: u64 = 200;
/// A limit above the members of any chat.
const MEMBERS: usize = 1 << 30;

/// A gap that is to be filled.
#[derive(Clone, Copy, Debug)]
struct Gap {
    at: Instant,
    /// Somebody may have joined or left unnoticed.
    members: bool,
    attempts: u32,
}

/// The gaps that are to be filled, one per chat.
#[derive(Debug)]
pub(super) struct GapFiller {
    node: Arc<dyn LocalNode>,
    repository: Arc<dyn Repository>,
    telemetry: Arc<Telemetry>,
    gaps: Mutex<HashMap<ChatId, Gap>>,
    more: Notify,
}

impl GapFiller {
    pub(super) fn new(
        node: &Arc<dyn LocalNode>,
        repository: &Arc<dyn Repository>,
        telemetry: &Arc<Telemetry>,
    ) -> Arc<Self> {
        Arc::new(GapFiller {
            node: node.clone(),
            repository: repository.clone(),
            telemetry: telemetry.clone(),
            gaps: Mutex::default(),
            more: Notify::new(),
        })
    }

    /// Schedules a chat to be filled after a while, unless everything has arrived by then. With `members` it is read
    /// in any case.
    pub(super) fn schedule(&self, chat: &ChatId, after: Duration, members: bool) {
        self.add(chat, Gap { at: Instant::now() + after, members, attempts: 0 });
    }

    fn add(&self, chat: &ChatId, new: Gap) {
        let mut gaps = self.gaps.lock();
        let gap = gaps.entry(chat.clone()).or_insert(new);
        gap.at = gap.at.min(new.at);
        gap.members |= new.members;
        gap.attempts = gap.attempts.max(new.attempts);
        drop(gaps);
        self.more.notify_one();
    }

    /// Fills gaps as they fall due, for as long as it is polled.
    pub(super) async fn run(self: Arc<Self>) {
        loop {
            let now = Instant::now();
            let due: Vec<(ChatId, Gap)> = self.gaps.lock().extract_if(|_, gap| gap.at <= now).collect();
            stream::iter(due).for_each_concurrent(CONCURRENT, |(chat, gap)| self.fill(chat, gap)).await;
            let next = self.gaps.lock().values().map(|gap| gap.at).min();
            tokio::select! {
                () = self.more.notified() => {}
                () = sleep_until(next.unwrap_or_else(|| now + Duration::from_secs(3600))) => {}
            }
        }
    }

    async fn fill(&self, chat: ChatId, gap: Gap) {
        let attempts = gap.attempts + 1;
        match self.backfill(&chat, gap).await {
            Ok(true) => {}
            Ok(false) if attempts < ATTEMPTS => self.add(&chat, Gap { at: Instant::now(), attempts, ..gap }),
            other => {
                if attempts >= ATTEMPTS {
                    self.give_up(&chat);
                }
                tracing::debug!(error = ?other.err(), "a gap could not be filled");
                let at = Instant::now() + AGAIN * attempts.min(ATTEMPTS);
                self.add(&chat, Gap { at, members: true, attempts });
            }
        }
    }

    /// Releases replies that wait for what is missing; the members still have to be read.
    fn give_up(&self, chat: &ChatId) {
        if let Some(SeqRange { to, .. }) = self.node.missing(chat) {
            let mut wakers = Wakers::default();
            self.node.backfill(chat, &Backfill { to, ..Backfill::default() }, &mut wakers);
            wakers.wake();
        }
    }

    /// Fills one gap; false if the chat has moved on in the meantime, or is not yet where it must be.
    async fn backfill(&self, chat: &ChatId, Gap { members, attempts, .. }: Gap) -> Result<bool> {
        let missing = self.node.missing(chat);
        if missing.is_none() && !members {
            return Ok(true);
        }
        let found = match missing {
            Some(range) if range.count() <= FOUND && !fault::is(Fault::NoRepair) => self.messages(chat, range).await?,
            _ => HashMap::new(),
        };
        self.telemetry.repaired(missing.map_or(0, SeqRange::count), found.len() as u64);
        let whole = missing.is_some_and(|range| (range.from..=range.to).all(|seq| found.contains_key(&seq)));
        let backfill = match missing {
            Some(SeqRange { to, .. }) if whole && !members => Backfill { to, found, ..Backfill::default() },
            _ => match self.read(chat, found).await? {
                Some(backfill) => backfill,
                // A chat that another node has just made may not be visible here yet.
                None if attempts == 0 => return Err(Error::unavailable("a chat is gone, or not there yet")),
                None => {
                    let mut wakers = Wakers::default();
                    self.node.remove_chat(chat, &mut wakers);
                    wakers.wake();
                    return Ok(true);
                }
            },
        };
        let mut wakers = Wakers::default();
        let done = self.node.backfill(chat, &backfill, &mut wakers);
        wakers.wake();
        Ok(done && self.node.missing(chat).is_none())
    }

    /// Reads the messages of a range that are as they were sent, as their events.
    async fn messages(&self, chat: &ChatId, range: SeqRange) -> Result<HashMap<Seq, Utf8Bytes>> {
        let SeqRange { from, to } = range;
        let limit = usize::try_from(range.count()).unwrap_or(usize::MAX);
        let window = Window::After(from - 1);
        let budget = ReadBudget::UNLIMITED;
        let query = HistoryQuery { chat: chat.clone(), window, limit, sender: None, search: None, budget };
        let messages = self.repository.history(&query).await?.map_or_else(Vec::new, |history| history.messages);
        let unchanged = messages.into_iter().filter(|message| message.updated_seq == message.seq && message.seq <= to);
        let event = |message: crate::protocol::Message| {
            let seq = message.seq;
            let event = NewMessage { chat_id: chat.clone(), seq, message, chat: None, duplicate: false };
            (seq, wire::encode(&ChatEvent::NewMessage(event)))
        };
        Ok(unchanged.map(event).collect())
    }

    /// Reads a chat's clock and its members; none if there is no such chat.
    async fn read(&self, chat: &ChatId, found: HashMap<Seq, Utf8Bytes>) -> Result<Option<Backfill>> {
        let Some((to, members)) = self.roster(chat).await? else { return Ok(None) };
        let mut welcome = None;
        if let Some(member) = self.node.unsubscribed_members(chat, &members).first() {
            welcome = self.repository.chat(chat, member).await?.map(|chat| {
                let chat = crate::protocol::Chat { viewer: None, ..chat };
                wire::encode(&NewChat { chat_id: chat.id.clone(), seq: to, chat, duplicate: false })
            });
        }
        Ok(Some(Backfill { to, found, members: Some(members), welcome }))
    }

    /// Reads a chat's clock and its members at one place of that clock: who is a member before and after the clock is
    /// read, is a member there.
    async fn roster(&self, chat: &ChatId) -> Result<Option<(Seq, HashSet<UserId>)>> {
        let mut members = self.members(chat).await?;
        loop {
            let Some(head) = self.repository.heads(std::slice::from_ref(chat)).await?.pop().flatten() else {
                return Ok(None);
            };
            let again = self.members(chat).await?;
            if again == members {
                return Ok(Some((head, members)));
            }
            members = again;
        }
    }

    async fn members(&self, chat: &ChatId) -> Result<HashSet<UserId>> {
        let members = self.repository.members(chat, None, MEMBERS).await?.items;
        Ok(members.into_iter().map(|member| member.user.id).collect())
    }
}
