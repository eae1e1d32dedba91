use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Waker;

use parking_lot::Mutex;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::sync::CancellationToken;

use crate::cluster::{Credential, HeldCredential};
use crate::ops::collections::HashSet;
use crate::protocol::{ChatId, Seq, User, UserId};

use super::outbox::Outbox;

/// One client, as the rest of the server sees it.
#[derive(Debug)]
pub struct Connection {
    /// A number that is unique within this process.
    pub number: u64,
    /// Frames waiting to be sent to the client.
    pub outbox: Outbox,
    /// The next deadline at which the connection's task must be woken, in milliseconds of the server's uptime.
    pub due: AtomicU64,
    /// Cancelled when its client has gone: nobody will read a reply.
    pub gone: CancellationToken,
    away: AtomicBool,
    presence_batches: AtomicBool,
    /// The hub's counter at the time the connection was subscribed to its chats.
    pub(super) attached: AtomicU64,
    binding: Mutex<Binding>,
}

/// The user a connection is bound to.
#[derive(Debug, Default)]
struct Binding {
    user: Option<UserId>,
    credential: Option<Credential>,
    checked_at: Option<Instant>,
    /// The user that the connection acts for.
    profile: Option<Arc<User>>,
    /// The user's current profile and role, until the session takes it.
    refreshed: Option<Arc<User>>,
    chats: HashSet<ChatId>,
    /// The chats that the user was removed from while the connection was being bound.
    left_meanwhile: Option<BTreeSet<ChatId>>,
}

impl Connection {
    /// A connection without a user, with an outbox limit of about this many bytes.
    pub fn new(outbox_bytes: usize) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Connection {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            outbox: Outbox::new(outbox_bytes),
            due: AtomicU64::new(u64::MAX),
            gone: CancellationToken::new(),
            away: AtomicBool::new(false),
            presence_batches: AtomicBool::new(false),
            attached: AtomicU64::new(u64::MAX),
            binding: Mutex::default(),
        }
    }

    /// The user that the connection is bound to.
    pub fn user(&self) -> Option<UserId> {
        self.binding.lock().user.clone()
    }

    /// The credential that keeps the connection open.
    pub fn credential(&self) -> Option<Credential> {
        self.binding.lock().credential.clone()
    }

    pub(super) fn set_credential(&self, credential: Credential, checked_at: Instant) {
        let mut binding = self.binding.lock();
        binding.credential = Some(credential);
        binding.checked_at = Some(checked_at);
    }

    pub(super) fn held_credential(&self) -> Option<HeldCredential> {
        let binding = self.binding.lock();
        let age = binding.checked_at?.elapsed();
        binding.credential.clone().map(|credential| HeldCredential { credential, age })
    }

    pub(super) fn set_profile(&self, user: &Arc<User>) {
        self.binding.lock().profile.get_or_insert_with(|| user.clone());
    }

    pub(super) fn profile(&self) -> Option<Arc<User>> {
        self.binding.lock().profile.clone()
    }

    pub(super) fn refresh_identity(&self, user: Arc<User>) {
        let mut binding = self.binding.lock();
        // Two changes may arrive in reverse order.
        if binding.profile.as_ref().is_some_and(|known| known.version > user.version) {
            return;
        }
        binding.profile = Some(user.clone());
        binding.refreshed = Some(user);
    }

    /// The user's current profile and role, if changed since the last call.
    pub fn take_renewed(&self) -> Option<Arc<User>> {
        self.binding.lock().refreshed.take()
    }

    /// Sets whether the user is away on this connection.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// Sets whether the client accepts several presence changes in one frame.
    pub fn take_presence_batches(&self, batches: bool) {
        self.presence_batches.store(batches, Ordering::Relaxed);
    }

    /// True if the client accepts several presence changes in one frame.
    pub fn takes_presence_batches(&self) -> bool {
        self.presence_batches.load(Ordering::Relaxed)
    }

    /// The chats that the connection is subscribed to.
    pub fn chats(&self) -> Vec<ChatId> {
        self.binding.lock().chats.iter().cloned().collect()
    }

    pub(super) fn bind(&self, user: &UserId) {
        let mut binding = self.binding.lock();
        binding.user = Some(user.clone());
        binding.left_meanwhile = Some(BTreeSet::new());
    }

    /// True if the user was removed from a chat since binding began.
    pub(super) fn has_left(&self, chat: &ChatId) -> bool {
        self.binding.lock().left_meanwhile.as_ref().is_some_and(|left| left.contains(chat))
    }

    /// Ends the binding phase.
    pub(super) fn finish_binding(&self) {
        self.binding.lock().left_meanwhile = None;
    }

    /// True while it is not subscribed to its user's chats yet.
    pub fn is_binding(&self) -> bool {
        self.binding.lock().left_meanwhile.is_some()
    }

    /// Subscribes to a chat; false if it is already subscribed.
    pub(super) fn subscribe(&self, chat: ChatId) -> bool {
        self.binding.lock().chats.insert(chat)
    }

    /// True if the connection is subscribed to a chat, which implies that its user is a member.
    pub fn hears(&self, chat: &ChatId) -> bool {
        self.binding.lock().chats.contains(chat)
    }

    pub(super) fn forget_chat(&self, chat: &ChatId) {
        let mut binding = self.binding.lock();
        binding.chats.remove(chat);
        if let Some(left) = &mut binding.left_meanwhile {
            left.insert(chat.clone());
        }
    }

    pub(super) fn forget_user(&self) {
        *self.binding.lock() = Binding::default();
    }

    pub(super) fn take_chats(&self) -> Vec<ChatId> {
        std::mem::take(&mut self.binding.lock().chats).into_iter().collect()
    }

    pub(super) fn deliver(&self, text: &Utf8Bytes, chat: &ChatId, seq: Option<Seq>) -> Option<Waker> {
        match seq {
            Some(seq) => self.outbox.push_event(text, chat, seq),
            None => self.outbox.push_vital(text.clone(), Some(chat)),
        }
    }
}
