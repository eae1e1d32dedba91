//! This node's cache of chats, with which sending a message takes a single request.
//!
//! An entry is valid exactly as long as the head's etag: every write names the head on which it was decided, and is
//! refused if the head has changed.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, UnitWeighter};

use super::documents::{HeadDocument, MemberDocument};
use super::partition::Look;
use crate::domain::ChatRecord;
use crate::protocol::{ChatId, Message, UserId};

/// Maximum number of cached chats.
const CHATS: usize = 10_000;
/// Maximum number of cached members per chat.
const MEMBERS: usize = 2_000;

/// The cached state of a chat.
#[derive(Debug, Default)]
pub(super) struct CachedState {
    /// None if the document does not exist.
    pub(super) head: Option<HeadDocument>,
    pub(super) last_message: Option<Message>,
    /// None for a user who was never a member.
    pub(super) members: HashMap<UserId, Option<MemberDocument>>,
    /// Messages sent per user; `None` if they were not counted from the start.
    pub(super) sent: HashMap<UserId, Option<u64>>,
}

impl CachedState {
    /// The chat on which changes are decided.
    pub(super) fn record(&self) -> Option<ChatRecord> {
        let mut record = self.head.as_ref()?.record()?;
        record.chat.last_message = self.last_message.clone().map(Box::new);
        Some(record)
    }

    pub(super) fn etag(&self) -> &str {
        self.head.as_ref().map_or("", |head| &head.etag)
    }

    /// The number of messages that a user has sent to the chat; `None` if unknown.
    pub(super) fn sent_by(&self, user: &UserId) -> Option<u64> {
        match &self.head {
            None => Some(0),
            Some(head) if head.sent == Some(0) => Some(0),
            Some(_) => self.sent.get(user).copied().flatten(),
        }
    }

    /// True if that number must be read from the store.
    pub(super) fn lacks_sent_by(&self, user: &UserId) -> bool {
        let counted = self.head.as_ref().filter(|head| head.chat.is_some()).and_then(|head| head.sent);
        counted.is_some_and(|sent| sent > 0) && !self.sent.contains_key(user)
    }

    /// Updates the cache with a look-up; cached members stay as long as only messages have changed, because a ban of a
    /// non-member changes no membership.
    pub(super) fn learn(&mut self, look: Look, users: &[UserId]) {
        let etag = look.head.as_ref().map_or("", |head| head.etag.as_str());
        if etag != self.etag() {
            let place = |head: &Option<HeadDocument>| {
                let head = head.as_ref()?;
                Some((head.changed_seq, head.chat.as_ref()?.created_at))
            };
            if place(&self.head).is_none() || place(&self.head) != place(&look.head) || self.members.len() > MEMBERS {
                self.members.clear();
            }
            self.last_message = None;
            self.sent.clear();
        }
        self.head = look.head;
        let mut found = look.members;
        for user in users {
            let member = found.remove(user);
            self.members.insert(user.clone(), member);
        }
    }
}

/// One chat's slot. A writer locks it, so that writers on one node do not race each other.
pub(super) type CachedChat = Arc<tokio::sync::Mutex<Option<CachedState>>>;

/// The cached chats.
#[derive(Debug)]
pub(super) struct ChatCache(Cache<ChatId, CachedChat, UnitWeighter, DefaultHashBuilder, KeepUsed>);

/// Keeps slots that are in use, because two writers of one chat must find the same slot.
#[derive(Clone, Debug)]
struct KeepUsed;

impl Lifecycle<ChatId, CachedChat> for KeepUsed {
    type RequestState = ();

    fn is_pinned(&self, _chat: &ChatId, slot: &CachedChat) -> bool {
        Arc::strong_count(slot) > 1
    }
}

impl Default for ChatCache {
    fn default() -> Self {
        ChatCache(Cache::with(CHATS, CHATS as u64, UnitWeighter, DefaultHashBuilder::default(), KeepUsed))
    }
}

impl ChatCache {
    pub(super) fn slot(&self, chat: &ChatId) -> CachedChat {
        let empty = || Ok::<_, Infallible>(CachedChat::default());
        match self.0.get_or_insert_with(chat, empty) {
            Ok(slot) => slot,
            Err(never) => match never {},
        }
    }
}
