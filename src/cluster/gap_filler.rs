//! Fills gaps in the events of chats from the storage.
//!
//! A missing event that is an unchanged message is delivered as if it had arrived. Any other becomes LAGGED; because
//! users may have joined or left with it, the members are read too.
//!
//! A chat is in doubt while the outcome of one of its changes is unknown. [`GapFiller::settle`] reads such a chat
//! before any later change of it is committed here, so that no change overtakes one that was committed but not yet
//! published.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::collections::{HashMap, HashSet};
use crate::ops::fault::{self, Fault};
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChatEvent, ChatId, NewChat, NewMessage, Seq, UserId};
use crate::store::repository::{HistoryQuery, ReadBudget, Repository, Window};

use super::ClusterParts;
use super::message::Topic;
use super::node::{Backfill, LocalNode, SeqRange, Wakers, Welcome};
use super::transport::Transport;

/// The wait for a missing event; most were merely overtaken by another node's event.
pub(super) const GRACE: Duration = Duration::from_millis(100);
/// The pause before a storage that did not respond is tried again.
const AGAIN: Duration = Duration::from_millis(250);
/// Attempts before replies stop waiting for missing events.
const ATTEMPTS: u32 = 8;
/// Chats that are filled at the same time.
const CONCURRENT: usize = 8;
/// Maximum number of missing events that are read; beyond it, subscribers get LAGGED.
const FOUND: u64 = 200;
/// Pauses between the reads of a chat in doubt: the unknown change may still be committed after the first read.
const DOUBTED_AGAIN: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(5), Duration::from_secs(15)];
/// A limit above the members of any chat.
const MEMBERS: usize = 1 << 30;

/// A gap to be filled.
#[derive(Clone, Copy, Debug)]
struct Gap {
    at: Instant,
    /// True if members may have joined or left unnoticed.
    members: bool,
    attempts: u32,
    /// The number of reads since the outcome of a change became unknown; none if every outcome is known.
    doubted: Option<usize>,
}

/// The gaps to be filled, one per chat.
#[derive(Debug)]
pub(super) struct GapFiller {
    node: Arc<dyn LocalNode>,
    repository: Arc<dyn Repository>,
    telemetry: Arc<Telemetry>,
    transport: Arc<dyn Transport>,
    gaps: Mutex<HashMap<ChatId, Gap>>,
    /// Chats not read since the outcome of one of their changes became unknown, each with the number of the latest
    /// doubt.
    unsettled: Mutex<HashMap<ChatId, u64>>,
    /// The number of doubts so far.
    doubts: AtomicU64,
    more: Notify,
}

impl GapFiller {
    pub(super) fn new(parts: &ClusterParts, transport: &Arc<dyn Transport>) -> Arc<Self> {
        Arc::new(GapFiller {
            node: parts.node.clone(),
            repository: parts.repository.clone(),
            telemetry: parts.telemetry.clone(),
            transport: transport.clone(),
            gaps: Mutex::default(),
            unsettled: Mutex::default(),
            doubts: AtomicU64::new(0),
            more: Notify::new(),
        })
    }

    /// Schedules a chat to be filled after a delay, unless everything has arrived by then. With `members` the chat is
    /// read in any case.
    pub(super) fn schedule(&self, chat: &ChatId, after: Duration, members: bool) {
        self.add(chat, Gap { at: Instant::now() + after, members, attempts: 0, doubted: None });
    }

    /// Schedules reading a chat because the outcome of one of its changes is unknown.
    pub(super) fn doubt(&self, chat: &ChatId) {
        let number = self.doubts.fetch_add(1, Ordering::Relaxed);
        self.unsettled.lock().insert(chat.clone(), number);
        self.add(chat, Gap { at: Instant::now(), members: true, attempts: 0, doubted: Some(0) });
    }

    /// Reads a chat now if the outcome of one of its changes is unknown, and publishes the committed changes.
    ///
    /// # Errors
    /// Fails if the storage fails; the outcome then stays unknown.
    pub(super) async fn settle(&self, chat: &ChatId) -> Result<()> {
        for _ in 0..ATTEMPTS {
            if self.latest_doubt(chat).is_none() {
                return Ok(());
            }
            self.read_doubted(chat).await?;
        }
        Err(Error::unavailable("a chat with a change in doubt was changed during every read"))
    }

    /// Subscribes the connections here of members who are not subscribed to this chat, and welcomes them; ends the
    /// subscriptions of those who are not members.
    ///
    /// # Errors
    /// Fails if the storage does.
    pub(super) async fn reconcile_members(&self, chat: &ChatId) -> Result<()> {
        for _ in 0..ATTEMPTS {
            if self.publish_stored(chat, false).await? {
                return Ok(());
            }
        }
        Err(Error::unavailable("a chat was changed during every read of its members"))
    }

    fn latest_doubt(&self, chat: &ChatId) -> Option<u64> {
        self.unsettled.lock().get(chat).copied()
    }

    fn add(&self, chat: &ChatId, new: Gap) {
        let mut gaps = self.gaps.lock();
        let gap = gaps.entry(chat.clone()).or_insert(new);
        gap.at = gap.at.min(new.at);
        gap.members |= new.members;
        gap.attempts = gap.attempts.max(new.attempts);
        gap.doubted = [gap.doubted, new.doubted].into_iter().flatten().min();
        drop(gaps);
        self.more.notify_one();
    }

    /// Fills gaps when they are due, for as long as it is polled.
    pub(super) async fn run(self: Arc<Self>) {
        loop {
            let now = Instant::now();
            let due: Vec<(ChatId, Gap)> = self.gaps.lock().extract_if(|_, gap| gap.at <= now).collect();
            stream::iter(due).for_each_concurrent(CONCURRENT, |(chat, gap)| self.fill(chat, gap)).await;
            let next = self.gaps.lock().values().map(|gap| gap.at).min();
            tokio::select! {
                biased;
                () = self.more.notified() => {}
                () = sleep_until(next.unwrap_or_else(|| now + Duration::from_secs(3600))) => {}
            }
        }
    }

    async fn fill(&self, chat: ChatId, gap: Gap) {
        let attempts = gap.attempts + 1;
        let filled = match gap.doubted {
            Some(_) => self.read_doubted(&chat).await,
            None => self.backfill(&chat, gap).await,
        };
        match filled {
            Ok(true) => self.read_again(&chat, gap),
            Ok(false) if attempts < ATTEMPTS => self.add(&chat, Gap { at: Instant::now(), attempts, ..gap }),
            other => {
                if attempts >= ATTEMPTS {
                    self.give_up(&chat);
                }
                tracing::debug!(error = ?other.err(), "a gap could not be filled");
                let at = Instant::now() + AGAIN * attempts.min(ATTEMPTS);
                self.add(&chat, Gap { at, members: true, attempts, ..gap });
            }
        }
    }

    /// Releases replies that wait for missing events; the members must still be read.
    fn give_up(&self, chat: &ChatId) {
        if let Some(SeqRange { to, .. }) = self.node.missing(chat) {
            let mut wakers = Wakers::default();
            self.node.backfill(chat, &Backfill { to, ..Backfill::default() }, &mut wakers);
            wakers.wake();
        }
    }

    /// Schedules the next read of a chat in doubt.
    fn read_again(&self, chat: &ChatId, gap: Gap) {
        let Some(reads) = gap.doubted else { return };
        if let Some(pause) = DOUBTED_AGAIN.get(reads) {
            self.add(chat, Gap { at: Instant::now() + *pause, attempts: 0, doubted: Some(reads + 1), ..gap });
        }
    }

    /// Publishes stored events of a chat in doubt that were not delivered here; false if the chat has advanced since.
    async fn read_doubted(&self, chat: &ChatId) -> Result<bool> {
        let doubted = self.latest_doubt(chat);
        let is_published = self.publish_stored(chat, true).await?;
        // A change whose outcome became unknown during the read needs another.
        let mut unsettled = self.unsettled.lock();
        if is_published && unsettled.get(chat).copied() == doubted {
            unsettled.remove(chat);
        }
        Ok(is_published)
    }

    async fn publish_stored(&self, chat: &ChatId, is_doubted: bool) -> Result<bool> {
        let mut wakers = Wakers::default();
        let done = match self.read_missed(chat).await? {
            Some(backfill) => self.node.backfill(chat, &Backfill { is_doubted, ..backfill }, &mut wakers),
            None => {
                self.node.remove_chat(chat, &mut wakers);
                true
            }
        };
        wakers.wake();
        Ok(done)
    }

    /// Fills one gap; false if the chat has advanced since, or has not reached the expected position.
    async fn backfill(&self, chat: &ChatId, Gap { members, attempts, .. }: Gap) -> Result<bool> {
        let missing = self.node.missing(chat);
        if missing.is_none() && !members {
            return Ok(true);
        }
        let found = match missing {
            Some(range) if range.count() <= FOUND && !fault::is(Fault::NoRepair) => self.messages(chat, range).await?,
            _ => HashMap::default(),
        };
        self.telemetry.repaired(missing.map_or(0, SeqRange::count), found.len() as u64);
        let whole = missing.is_some_and(|range| (range.from..=range.to).all(|seq| found.contains_key(&seq)));
        let backfill = match missing {
            Some(SeqRange { to, .. }) if whole && !members => Backfill { to, found, ..Backfill::default() },
            _ => match self.read_missed(chat).await? {
                Some(backfill) => backfill,
                // A chat that another node has just created may not be visible here yet.
                None if attempts == 0 => return Err(Error::unavailable("the chat is deleted or not visible yet")),
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

    /// Reads the unchanged messages of a range, as their events.
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
            let event =
                NewMessage { chat_id: chat.clone(), seq, message: message.into(), chat: None, duplicate: false };
            (seq, wire::encode(&ChatEvent::NewMessage(event)))
        };
        Ok(unchanged.map(event).collect())
    }

    /// Reads a chat's clock, its members, and the messages that were not delivered here; none if there is no such chat.
    ///
    /// The messages are read last. Otherwise one sent between two reads would count as missed: its position would be known,
    /// but not its text.
    async fn read_missed(&self, chat: &ChatId) -> Result<Option<Backfill>> {
        let delivered = self.node.latest_seq(chat);
        let Some(backfill) = self.read(chat).await? else { return Ok(None) };
        let range = SeqRange { from: delivered + 1, to: backfill.to };
        let is_readable =
            delivered > 0 && range.to > delivered && range.count() <= FOUND && !fault::is(Fault::NoRepair);
        let found = if is_readable { self.messages(chat, range).await? } else { HashMap::default() };
        Ok(Some(Backfill { found, ..backfill }))
    }

    /// Reads a chat's clock and its members; none if there is no such chat.
    async fn read(&self, chat: &ChatId) -> Result<Option<Backfill>> {
        let Some(mut roster) = self.roster(chat).await? else { return Ok(None) };
        let is_heard = self.node.unsubscribed_members(chat, &roster.members()).is_empty();
        if !is_heard {
            // Without another subscriber here, this node does not get the chat's events yet. The position is read again,
            // because those between it and the subscription went elsewhere.
            self.transport.subscribe(&[Topic::Chat(chat.clone())]).await;
            let Some(again) = self.roster(chat).await? else { return Ok(None) };
            roster = again;
        }
        let members = roster.members();
        let Roster { to, read } = roster;
        let mut welcomes = vec![];
        let unsubscribed = self.node.unsubscribed_members(chat, &members);
        if let Some(member) = unsubscribed.first()
            && let Some(chat) = self.repository.chat(chat, member).await?
        {
            let chat = crate::protocol::Chat { viewer: None, ..chat }.sized(self.node.large_chats());
            welcomes.extend(unsubscribed.into_iter().map(|user| welcome(&chat, to, read[&user], user)));
        }
        Ok(Some(Backfill { to, members: Some(members), welcomes, ..Backfill::default() }))
    }

    /// Reads a chat's clock and its members at one position of that clock: users who are members both before and after
    /// the clock is read are members at that position.
    async fn roster(&self, chat: &ChatId) -> Result<Option<Roster>> {
        let mut members = self.members(chat).await?;
        loop {
            let Some(to) = self.repository.heads(std::slice::from_ref(chat)).await?.pop().flatten() else {
                return Ok(None);
            };
            let read = self.members(chat).await?;
            if read.len() == members.len() && read.keys().all(|user| members.contains_key(user)) {
                return Ok(Some(Roster { to, read }));
            }
            members = read;
        }
    }

    /// The members of a chat, and the positions up to which they have read.
    async fn members(&self, chat: &ChatId) -> Result<HashMap<UserId, Seq>> {
        let members = self.repository.members(chat, None, MEMBERS).await?.items;
        Ok(members.into_iter().map(|member| (member.user.id, member.read_seq)).collect())
    }
}

/// The members of a chat at a position of its clock.
#[derive(Debug)]
struct Roster {
    to: Seq,
    /// The positions up to which they have read: at least those of their joining.
    read: HashMap<UserId, Seq>,
}

impl Roster {
    fn members(&self) -> HashSet<UserId> {
        self.read.keys().cloned().collect()
    }
}

/// The event that announces a chat to a member. Messages after the last one read may have come after the joining that was
/// missed, so the event takes the position before them.
fn welcome(chat: &crate::protocol::Chat, to: Seq, read: Seq, user: UserId) -> Welcome {
    let latest = chat.last_message.as_ref().map_or(0, |message| message.seq);
    let seq = if latest > read { read.clamp(1, to) } else { to };
    let text = wire::encode(&NewChat { chat_id: chat.id.clone(), seq, chat: chat.clone(), duplicate: false });
    Welcome { user, seq, text }
}
