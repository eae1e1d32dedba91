//! Digests of chats, each of which is computed once per position.

use parking_lot::Mutex;

use crate::ops::collections::HashMap;
use crate::protocol::digest::{ChatDigest, DIGESTED_MOST};
use crate::protocol::error::Result;
use crate::protocol::{Chat, ChatId, Seq};
use crate::store::digest::{DigestAt, digest_of};
use crate::store::repository::Repository;

/// The cost of a digest that has to be computed.
pub const DIGEST_COST: u32 = 10;
/// The number of positions on the chat's clock that cost one more.
const DIGESTED_PER_COST: Seq = 1_000;
/// Chats whose digests are kept; all are forgotten when there are more.
const CHATS: usize = 10_000;

/// The latest computed digest of each chat. At one position of its clock a chat has one digest, and the id of a deleted chat
/// is never used again.
#[derive(Debug, Default)]
pub struct KnownDigests(Mutex<HashMap<ChatId, DigestAt>>);

impl KnownDigests {
    /// The digest of a chat at its position, if it was computed there.
    pub fn find(&self, chat: &Chat) -> Option<ChatDigest> {
        let known = self.0.lock().get(&chat.id).copied();
        known.filter(|known| known.seq == chat.seq).map(|known| known.digest)
    }

    /// Computes the digest of a chat at its position; none if the chat has changed since it was read.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the chat does not rest long enough.
    pub async fn compute(&self, repository: &dyn Repository, chat: &Chat) -> Result<Option<ChatDigest>> {
        let found = digest_of(repository, &chat.id).await?.filter(|found| found.seq == chat.seq);
        found.iter().for_each(|found| self.keep(chat, *found));
        Ok(found.map(|found| found.digest))
    }

    fn keep(&self, chat: &Chat, found: DigestAt) {
        let mut chats = self.0.lock();
        if chats.len() >= CHATS {
            chats.clear();
        }
        chats.insert(chat.id.clone(), found);
    }
}

/// True if commands compute the digest of a chat at this position.
pub fn is_digested(seq: Seq) -> bool {
    seq <= DIGESTED_MOST
}

/// The cost of a digest that depends on the size of its chat.
pub fn size_cost(seq: Seq) -> u32 {
    u32::try_from(seq / DIGESTED_PER_COST).unwrap_or(u32::MAX)
}
