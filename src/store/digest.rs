//! The digest of a chat in any storage.

use crate::protocol::digest::{ChatDigest, chat_items, member_item, message_items};
use crate::protocol::{ChatId, PageLimit, Seq, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{HistoryQuery, ReadBudget, Repository, Window};

/// Attempts to read a chat before it is reported as busy.
const ATTEMPTS: usize = 4;

/// The digest of a chat, and its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigestAt {
    /// The chat's clock.
    pub seq: Seq,
    /// The digest of all durable items at that position.
    pub digest: ChatDigest,
}

/// Computes the digest of a chat by reading all of it page by page; `None` if the chat does not exist.
///
/// Every durable item takes a position on the chat's clock when it changes. If the clock is at the same position before
/// and after the walk, everything read in between belongs to that position.
///
/// # Errors
/// A temporary error if the chat changed during every attempt.
pub async fn digest_of(repository: &dyn Repository, chat: &ChatId) -> Result<Option<DigestAt>> {
    for _ in 0..ATTEMPTS {
        let Some(found) = walk(repository, chat).await? else { return Ok(None) };
        let head = repository.heads(std::slice::from_ref(chat)).await?.pop().flatten();
        match head {
            Some(head) if head == found.seq => return Ok(Some(found)),
            Some(_) => {}
            None => return Ok(None),
        }
    }
    Err(StoreError::unavailable("the chat changed during every attempt to compute its digest"))
}

async fn walk(repository: &dyn Repository, id: &ChatId) -> Result<Option<DigestAt>> {
    // The digest is not read on behalf of any user.
    let Some(access) = repository.chat_access(id, &UserId::from("")).await? else { return Ok(None) };
    let mut digest = ChatDigest::default();
    digest.add_all(chat_items(&access.chat));
    let mut after: Option<UserId> = None;
    loop {
        let page = repository.members(id, after.as_ref(), PageLimit::MAX).await?;
        digest.add_all(page.items.iter().map(|member| member_item(id, member)));
        match page.items.last().filter(|_| page.more) {
            Some(last) => after = Some(last.user.id.clone()),
            None => break,
        }
    }
    let mut after = 0;
    loop {
        let query = HistoryQuery {
            chat: id.clone(),
            window: Window::After(after),
            limit: PageLimit::MAX,
            sender: None,
            search: None,
            budget: ReadBudget::UNLIMITED,
        };
        let Some(page) = repository.history(&query).await? else { return Ok(None) };
        digest.add_all(page.messages.iter().flat_map(message_items));
        match page.messages.last().filter(|_| page.more) {
            Some(last) => after = last.seq,
            None => return Ok(Some(DigestAt { seq: access.chat.seq, digest })),
        }
    }
}
