//! What has not come by is looked up in the storage and given its place.
//!
//! A missing event that is a message as it was sent goes out as if it had come. Of any other the listeners are told
//! that they have missed it; then somebody may have come in or gone out unheard, so who is in is looked up too.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ops::fault::{self, Fault};
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChatEvent, ChatId, NewChat, NewMessage, Seq, UserId};
use crate::realtime::hub::{Hub, Repair, Wakers};
use crate::store::repository::{HistoryQuery, Repository, Window};

/// How long an event is waited for that should have come; most are only overtaken by one from another node.
pub(super) const GRACE: Duration = Duration::from_millis(100);
/// How long until the storage is asked again that did not answer.
const AGAIN: Duration = Duration::from_millis(250);
/// How often, before replies no longer wait for what is missing.
const ATTEMPTS: u32 = 8;
/// How many chats are made good at the same time.
const CONCURRENT: usize = 8;
/// How many missing events are looked for; of more the listeners are told that they have missed them.
const FOUND: u64 = 200;
/// How many members a chat has at most.
const MEMBERS: usize = 1 << 30;

/// What is to be made good in a chat.
#[derive(Clone, Copy, Debug)]
struct Due {
    at: Instant,
    /// Somebody may have come in or gone out unheard.
    members: bool,
    attempts: u32,
}

/// The chats in which something is missing.
#[derive(Debug)]
pub(super) struct Repairs {
    hub: Arc<Hub>,
    repository: Arc<dyn Repository>,
    telemetry: Arc<Telemetry>,
    due: Mutex<HashMap<ChatId, Due>>,
    more: Notify,
}

impl Repairs {
    pub(super) fn new(hub: &Arc<Hub>, repository: &Arc<dyn Repository>, telemetry: &Arc<Telemetry>) -> Arc<Self> {
        let (hub, repository, telemetry) = (hub.clone(), repository.clone(), telemetry.clone());
        Arc::new(Repairs { hub, repository, telemetry, due: Mutex::default(), more: Notify::new() })
    }

    fn due(&self) -> MutexGuard<'_, HashMap<ChatId, Due>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a chat looked up after a while, unless everything has come by then; with its members in any case.
    pub(super) fn note(&self, chat: &ChatId, after: Duration, members: bool) {
        self.note_due(chat, Due { at: Instant::now() + after, members, attempts: 0 });
    }

    fn note_due(&self, chat: &ChatId, new: Due) {
        let mut all = self.due();
        let due = all.entry(chat.clone()).or_insert(new);
        due.at = due.at.min(new.at);
        due.members |= new.members;
        due.attempts = due.attempts.max(new.attempts);
        drop(all);
        self.more.notify_one();
    }

    /// Makes good what is due, for as long as it is polled.
    pub(super) async fn run(self: Arc<Self>) {
        loop {
            let now = Instant::now();
            let ripe: Vec<(ChatId, Due)> = self.due().extract_if(|_, due| due.at <= now).collect();
            stream::iter(ripe).for_each_concurrent(CONCURRENT, |(chat, due)| self.attend(chat, due)).await;
            let next = self.due().values().map(|due| due.at).min();
            tokio::select! {
                () = self.more.notified() => {}
                () = sleep_until(next.unwrap_or_else(|| now + Duration::from_secs(3600))) => {}
            }
        }
    }

    async fn attend(&self, chat: ChatId, due: Due) {
        let attempts = due.attempts + 1;
        match self.make_good(&chat, due).await {
            Ok(true) => {}
            Ok(false) if attempts < ATTEMPTS => self.note_due(&chat, Due { at: Instant::now(), attempts, ..due }),
            other => {
                if attempts >= ATTEMPTS {
                    self.give_up(&chat);
                }
                tracing::debug!(error = ?other.err(), "a chat could not be looked up");
                let at = Instant::now() + AGAIN * attempts.min(ATTEMPTS);
                self.note_due(&chat, Due { at, members: true, attempts });
            }
        }
    }

    /// Lets replies go on without what is missing; who is in stays to be looked up.
    fn give_up(&self, chat: &ChatId) {
        if let Some((_, to)) = self.hub.missing(chat) {
            let mut wakers = Wakers::default();
            self.hub.repair(chat, &Repair { to, ..Repair::default() }, &mut wakers);
            wakers.wake();
        }
    }

    /// False where the chat has moved on meanwhile, or is not yet where it must be.
    async fn make_good(&self, chat: &ChatId, Due { members, attempts, .. }: Due) -> Result<bool> {
        let missing = self.hub.missing(chat);
        if missing.is_none() && !members {
            return Ok(true);
        }
        let found = match missing {
            Some((from, to)) if to - from < FOUND && !fault::is(Fault::NoRepair) => {
                self.messages(chat, (from, to)).await?
            }
            _ => HashMap::new(),
        };
        self.telemetry.repaired(missing.map_or(0, |(from, to)| to + 1 - from), found.len() as u64);
        let whole = missing.is_some_and(|(from, to)| (from..=to).all(|seq| found.contains_key(&seq)));
        let repair = match missing {
            Some((_, to)) if whole && !members => Repair { to, found, ..Repair::default() },
            _ => match self.look_up(chat, found).await? {
                Some(repair) => repair,
                // What another node has just made, this one may not see yet.
                None if attempts == 0 => return Err(Error::unavailable("a chat is gone, or not there yet")),
                None => {
                    let mut wakers = Wakers::default();
                    self.hub.vanish(chat, &mut wakers);
                    wakers.wake();
                    return Ok(true);
                }
            },
        };
        let mut wakers = Wakers::default();
        let done = self.hub.repair(chat, &repair, &mut wakers);
        wakers.wake();
        Ok(done && self.hub.missing(chat).is_none())
    }

    /// Messages that are as they were sent, as their events.
    async fn messages(&self, chat: &ChatId, (from, to): (Seq, Seq)) -> Result<HashMap<Seq, Utf8Bytes>> {
        let limit = usize::try_from(to + 1 - from).unwrap_or(usize::MAX);
        let window = Window::After(from - 1);
        let query = HistoryQuery { chat: chat.clone(), window, limit, sender: None, search: None };
        let messages = self.repository.history(&query).await?.map_or_else(Vec::new, |history| history.messages);
        let unchanged = messages.into_iter().filter(|message| message.updated_seq == message.seq && message.seq <= to);
        let event = |message: crate::protocol::Message| {
            let seq = message.seq;
            let event = NewMessage { chat_id: chat.clone(), seq, message, chat: None, duplicate: false };
            (seq, wire::encode(&ChatEvent::NewMessage(event)))
        };
        Ok(unchanged.map(event).collect())
    }

    /// Where the chat is and who is in; none where there is no such chat.
    async fn look_up(&self, chat: &ChatId, found: HashMap<Seq, Utf8Bytes>) -> Result<Option<Repair>> {
        let Some((to, members)) = self.roster(chat).await? else { return Ok(None) };
        let mut welcome = None;
        if let Some(stranger) = self.hub.strangers(chat, &members).first() {
            welcome = self.repository.chat(chat, stranger).await?.map(|chat| {
                let chat = crate::protocol::Chat { viewer: None, ..chat };
                wire::encode(&NewChat { chat_id: chat.id.clone(), seq: to, chat, duplicate: false })
            });
        }
        Ok(Some(Repair { to, found, members: Some(members), welcome }))
    }

    /// Where the chat is and who is in, both at the same place of its clock: whoever is in before and after one looks
    /// at the clock, is in there.
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
