//! The journal: messages and marks that are durable but not yet in their ordered tables.
//!
//! A message in a small chat used to write seven pages, one in each tree ordered by chat, id or sender. Now it is a row
//! at the end of one table, where the rows of a batch share pages, and is moved later together with many others of its
//! chat. Only new messages without mentions, and marks, use the journal; before anything else of a chat is written, its
//! rows are moved. A chat's pending messages are therefore always the end of its timeline: new, unedited, without a
//! gap.
//!
//! This index of pending rows is in memory, bounded, and rebuilt from the table at start. A reader takes the pending
//! rows of its chats first and its snapshot of the file second. If rows were moved in between, the chat's clock in the
//! snapshot has advanced, and they are ignored.
//!
//! Lock order: only the state; never held during a statement.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::protocol::{ChatId, ChatKind, MessageId, Seq, Timestamp, UserId};
use crate::store::repository::Progress;

pub(super) mod append;
pub(super) mod fold;
pub(super) mod idle;
pub(super) mod recovery;

/// Number of rows at which the whole journal is moved.
const LONGEST: i64 = 32_768;
/// Number of appended bytes at which the whole journal is moved.
const LARGEST: usize = 32 << 20;
/// Number of messages of one chat at which they are moved: enough to fill their pages, few enough to scan.
const MESSAGES_OF_CHAT: usize = 128;
/// Number of marks of one chat at which they are moved.
const MARKS_OF_CHAT: usize = 64;

/// A message in the journal. Its text stays on disk.
#[derive(Clone, Debug)]
pub(super) struct PendingMessage {
    /// The message's row.
    pub(super) n: i64,
    pub(super) id: MessageId,
    pub(super) sender: UserId,
    pub(super) created_at: Timestamp,
}

/// The rows of a chat that have not been moved yet.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) kind: ChatKind,
    /// The chat's clock in the ordered tables; the first pending message follows it.
    pub(super) base: Seq,
    pub(super) updated_at: Timestamp,
    pub(super) marks: HashMap<UserId, Progress>,
    messages: Vec<PendingMessage>,
    /// The first row.
    since: i64,
}

impl Pending {
    pub(super) fn new(kind: ChatKind, base: Seq, updated_at: Timestamp) -> Self {
        Pending { kind, base, updated_at, marks: HashMap::new(), messages: vec![], since: i64::MAX }
    }

    /// The chat's clock.
    pub(super) fn head(&self) -> Seq {
        self.base + self.len()
    }

    pub(super) fn len(&self) -> u64 {
        self.messages.len() as u64
    }

    /// The messages after a position, with their positions, oldest first.
    pub(super) fn after(&self, seq: Seq) -> impl DoubleEndedIterator<Item = (Seq, &PendingMessage)> {
        let skipped = usize::try_from(seq.saturating_sub(self.base)).unwrap_or(usize::MAX).min(self.messages.len());
        let first = self.base + 1 + skipped as u64;
        self.messages[skipped..].iter().enumerate().map(move |(index, message)| (first + index as u64, message))
    }

    pub(super) fn at(&self, seq: Seq) -> Option<&PendingMessage> {
        let index = usize::try_from(seq.checked_sub(self.base + 1)?).ok()?;
        self.messages.get(index)
    }

    pub(super) fn with_id(&self, id: &MessageId) -> Option<&PendingMessage> {
        self.messages.iter().rev().find(|message| message.id == *id)
    }

    /// The number of messages up to a position that other users sent.
    pub(super) fn others(&self, user: &UserId, to: Seq) -> u64 {
        self.after(0).filter(|(seq, message)| *seq <= to && message.sender != *user).count() as u64
    }

    fn is_full(&self) -> bool {
        self.messages.len() >= MESSAGES_OF_CHAT || self.marks.len() >= MARKS_OF_CHAT
    }

    fn rows(&self) -> usize {
        self.messages.len() + self.marks.len()
    }

    fn push(&mut self, message: PendingMessage) {
        self.since = self.since.min(message.n);
        self.updated_at = self.updated_at.max(message.created_at);
        self.messages.push(message);
    }

    fn set_mark(&mut self, n: i64, user: UserId, progress: Progress) {
        self.since = self.since.min(n);
        self.marks.insert(user, progress);
    }

    /// Adds rows that were appended later.
    fn extend(&mut self, later: Pending) {
        self.since = self.since.min(later.since);
        self.updated_at = self.updated_at.max(later.updated_at);
        self.messages.extend(later.messages);
        self.marks.extend(later.marks);
    }
}

/// The pending rows of some chats.
pub(super) type Captured = HashMap<ChatId, Arc<Pending>>;

/// The index of the journal. Only the writer's thread changes it.
#[derive(Debug)]
pub(super) struct JournalIndex {
    state: Mutex<JournalState>,
}

#[derive(Debug)]
struct JournalState {
    chats: Captured,
    /// The next row.
    next: i64,
    /// No row is before this one.
    oldest: i64,
    /// Bytes appended since the journal was last started to be emptied.
    bytes: usize,
    /// Chats to be moved, in order.
    queue: VecDeque<ChatId>,
    /// True while the whole journal is being moved; it is then emptied up to the rows appended since.
    emptying: bool,
    /// The next row when rows were moved last.
    tended: i64,
}

/// A transaction's changes to the journal, which are applied to this index after the commit.
#[derive(Debug)]
pub(super) struct Staged {
    next: i64,
    bytes: usize,
    /// Chats whose rows were moved, or are void.
    pub(super) settled: Vec<ChatId>,
    chats: HashMap<ChatId, Pending>,
}

impl JournalIndex {
    /// The pending rows of these chats.
    pub(super) fn capture<'a>(&self, chats: impl IntoIterator<Item = &'a ChatId>) -> Captured {
        let state = self.state.lock();
        if state.chats.is_empty() {
            return Captured::new();
        }
        let found = chats.into_iter().filter_map(|chat| Some((chat.clone(), state.chats.get(chat)?.clone())));
        found.collect()
    }

    /// The pending rows of every channel.
    pub(super) fn capture_channels(&self) -> Captured {
        let state = self.state.lock();
        let channels = state.chats.iter().filter(|(_, pending)| pending.kind == ChatKind::Channel);
        channels.map(|(chat, pending)| (chat.clone(), pending.clone())).collect()
    }

    /// The pending rows of every chat.
    pub(super) fn capture_all(&self) -> Captured {
        self.state.lock().chats.clone()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.state.lock().chats.is_empty()
    }

    /// Starts recording a transaction's changes.
    pub(super) fn stage(&self) -> Staged {
        Staged { next: self.state.lock().next, bytes: 0, settled: vec![], chats: HashMap::new() }
    }

    /// Makes a committed transaction's changes visible; called before anyone learns of the commit.
    pub(super) fn apply(&self, staged: Staged) {
        let mut state = self.state.lock();
        state.next = staged.next;
        state.bytes += staged.bytes;
        for chat in &staged.settled {
            state.chats.remove(chat);
        }
        for (chat, new) in staged.chats {
            if state.add(&chat, new) {
                state.queue.push_back(chat);
            }
        }
    }
}

impl JournalState {
    /// Adds pending rows of a chat; true if that makes the chat full.
    fn add(&mut self, chat: &ChatId, new: Pending) -> bool {
        let Some(pending) = self.chats.get_mut(chat) else {
            let is_full = new.is_full();
            self.chats.insert(chat.clone(), Arc::new(new));
            return is_full;
        };
        let was_full = pending.is_full();
        let pending = Arc::make_mut(pending);
        pending.extend(new);
        pending.is_full() && !was_full
    }
}

impl Staged {
    fn row(&mut self, bytes: usize) -> i64 {
        let n = self.next;
        self.next += 1;
        self.bytes += bytes;
        n
    }

    /// The rows that this transaction has appended to a chat so far.
    pub(super) fn appended(&self, chat: &ChatId) -> Option<&Pending> {
        self.chats.get(chat)
    }
}
