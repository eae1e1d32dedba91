use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::protocol::{ChatId, Seq, User, UserId};
use crate::realtime::outbox::Outbox;

use super::{Credential, Ends};

/// One client as the rest of the server sees it.
#[derive(Debug)]
pub struct Connection {
    /// Counts up within the process.
    pub number: u64,
    /// What is on its way to the client.
    pub outbox: Outbox,
    /// When its task wants to be woken to look at its deadlines, in milliseconds of the server's life.
    pub due: AtomicU64,
    away: AtomicBool,
    /// When it began to hear its chats; the moments are the hub's.
    pub(super) attached: AtomicU64,
    whose: Mutex<Whose>,
}

#[derive(Debug, Default)]
struct Whose {
    user: Option<UserId>,
    credential: Option<Credential>,
    /// The user as they are now, where the session does not know yet.
    renewed: Option<Arc<User>>,
    chats: Vec<ChatId>,
    /// While the connection is entering.
    ends: Option<Box<Ends>>,
}

impl Connection {
    /// A connection without a user, whose outbox holds about so many bytes.
    pub fn new(outbox_bytes: usize) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Connection {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            outbox: Outbox::new(outbox_bytes),
            due: AtomicU64::new(u64::MAX),
            away: AtomicBool::new(false),
            attached: AtomicU64::new(u64::MAX),
            whose: Mutex::default(),
        }
    }

    fn whose(&self) -> MutexGuard<'_, Whose> {
        self.whose.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose connection it is.
    pub fn user(&self) -> Option<UserId> {
        self.whose().user.clone()
    }

    /// What keeps it open.
    pub fn credential(&self) -> Option<Credential> {
        self.whose().credential.clone()
    }

    pub(super) fn set_credential(&self, credential: Credential) {
        self.whose().credential = Some(credential);
    }

    pub(super) fn refresh_identity(&self, user: Arc<User>) {
        self.whose().renewed = Some(user);
    }

    /// The user as they are now, if that has changed.
    pub fn take_renewed(&self) -> Option<Arc<User>> {
        self.whose().renewed.take()
    }

    /// Notes whether its user looks away from it.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    pub(super) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    /// The chats that it hears.
    pub fn chats(&self) -> Vec<ChatId> {
        self.whose().chats.clone()
    }

    pub(super) fn bind(&self, user: &UserId) {
        let mut whose = self.whose();
        whose.user = Some(user.clone());
        whose.ends = Some(Box::default());
    }

    pub(super) fn attaching_ends(&self) -> Ends {
        self.whose().ends.take().map_or_else(Ends::default, |ends| *ends)
    }

    /// Notes a chat to be heard; false if it is already.
    pub(super) fn hear(&self, chat: ChatId) -> bool {
        let mut whose = self.whose();
        let new = !whose.chats.contains(&chat);
        if new {
            whose.chats.reserve_exact(1);
            whose.chats.push(chat);
        }
        new
    }

    /// Whether it is not attached to its user's chats yet.
    pub(super) fn is_entering(&self) -> bool {
        self.whose().ends.is_some()
    }

    /// Whether it hears a chat, which is to say whether its user is in.
    pub fn hears(&self, chat: &ChatId) -> bool {
        self.whose().chats.contains(chat)
    }

    pub(super) fn forget_chat(&self, chat: &ChatId) {
        let mut whose = self.whose();
        whose.chats.retain(|other| other != chat);
        if let Some(ends) = &mut whose.ends {
            ends.insert(chat.clone());
        }
    }

    pub(super) fn take_chats(&self) -> Vec<ChatId> {
        std::mem::take(&mut self.whose().chats)
    }

    pub(super) fn deliver(&self, text: &Utf8Bytes, chat: &ChatId, seq: Option<Seq>) -> Option<Waker> {
        match seq {
            Some(seq) => self.outbox.push_event(text, chat, seq),
            None => self.outbox.push_vital(text.clone(), Some(chat)),
        }
    }
}
