//! Deletes unneeded files: expired uploads, files that no message uses, replaced avatars, and the files of deleted
//! messages, chats and accounts.
//!
//! Every record has the time of its next review. A review looks up what the file belongs to, so it finds every reason
//! for a deletion, even after a crash; hints only make it happen sooner. Any number of nodes may review at the same
//! time: a record is marked as deleting before its bytes are deleted and removed afterwards, and any node finishes a
//! marked one.

use std::sync::Arc;

use tokio::sync::mpsc::{self, Receiver, Sender};

use super::FileStore;
use super::hold::is_held;
use crate::protocol::{ChatId, FileId, Timestamp, User, UserId};
use crate::store::error::Result;
use crate::store::repository::{AccountName, FilePurpose, FileScope, FileState, Repository, StoredFile};

/// Maximum number of waiting hints; further ones are dropped, and the regular review handles their files.
const HINTS: usize = 1024;
/// Number of records read at a time.
pub(super) const PAGE: usize = 100;
/// Milliseconds between two reviews of a needed file, and for which an unattached file is kept.
pub(super) const DAY: i64 = 24 * 3_600_000;
/// Milliseconds after which another node finishes a deletion.
const DELETING: i64 = 5 * 60_000;
/// Milliseconds within which the account that has claimed a picture as its avatar is committed.
pub const CLAIM_MILLIS: i64 = 5 * 60_000;

/// A reason to review files soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewHint {
    /// The message of this file was deleted.
    File(FileId),
    /// The chat was deleted.
    Chat(ChatId),
    /// The account was deleted.
    Owner(UserId),
}

/// Accepts hints from all code that deletes something.
#[derive(Clone, Debug)]
pub struct ReviewQueue(Sender<ReviewHint>);

impl ReviewQueue {
    /// Creates a queue and its receiver.
    pub fn new() -> (ReviewQueue, Receiver<ReviewHint>) {
        let (sender, receiver) = mpsc::channel(HINTS);
        (ReviewQueue(sender), receiver)
    }

    /// Requests a review; never waits.
    pub fn hint(&self, hint: ReviewHint) {
        let _ = self.0.try_send(hint);
    }
}

/// Reviews files and deletes unneeded ones.
#[derive(Clone, Debug)]
pub struct FileReviewer {
    /// The records, and the records they refer to.
    pub repository: Arc<dyn Repository>,
    /// The bytes.
    pub store: Arc<dyn FileStore>,
}

/// The outcome of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    KeepUntil(Timestamp),
    Delete,
}

impl Verdict {
    fn until(end: Timestamp, now: Timestamp) -> Verdict {
        if end <= now { Verdict::Delete } else { Verdict::KeepUntil(end) }
    }
}

/// An avatar that its owner has replaced is deleted at once, but not one that the owner is about to get.
fn judge_avatar(file: &StoredFile, owner: &User, now: Timestamp) -> Verdict {
    if file.state == FileState::Uploading {
        return Verdict::until(file.expires_at, now);
    }
    if file.is_avatar_of(owner) {
        return Verdict::KeepUntil(later(now, DAY));
    }
    let claimed = file.attached_at.map(|at| later(at, CLAIM_MILLIS));
    Verdict::until(claimed.unwrap_or_else(|| later(file.created_at, DAY)), now)
}

impl FileReviewer {
    /// Reviews all due files. A file that cannot be reviewed now is reviewed next time.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the storage does not respond.
    pub async fn review_due(&self, now: Timestamp) -> Result<()> {
        loop {
            let due = self.repository.due_files(now, PAGE).await?;
            let mut is_stuck = true;
            for file in &due {
                is_stuck &= !self.review(file, now).await?;
            }
            if due.len() < PAGE || is_stuck {
                return Ok(());
            }
        }
    }

    /// Reviews the files that a hint concerns.
    ///
    /// # Errors
    /// `UNAVAILABLE` if the storage does not respond.
    pub async fn follow(&self, hint: ReviewHint, now: Timestamp) -> Result<()> {
        let scope = match hint {
            ReviewHint::File(file) => {
                if let Some(file) = self.repository.file(&file).await? {
                    self.review(&file, now).await?;
                }
                return Ok(());
            }
            ReviewHint::Chat(chat) => FileScope::Chat(chat),
            ReviewHint::Owner(owner) => FileScope::Owner(owner),
        };
        let mut after: Option<FileId> = None;
        loop {
            let page = self.repository.files(&scope, after.as_ref(), PAGE).await?;
            for file in &page.items {
                self.review(file, now).await?;
            }
            after = page.items.last().map(|file| file.id.clone());
            if !page.more {
                return Ok(());
            }
        }
    }

    /// Returns true if the record was changed.
    async fn review(&self, file: &StoredFile, now: Timestamp) -> Result<bool> {
        match self.judge(file, now).await? {
            Verdict::Delete => self.delete(file, now).await,
            Verdict::KeepUntil(due_at) if due_at == file.due_at => Ok(false),
            Verdict::KeepUntil(due_at) => self.repository.save_file(&StoredFile { due_at, ..file.next() }).await,
        }
    }

    async fn judge(&self, file: &StoredFile, now: Timestamp) -> Result<Verdict> {
        if file.state == FileState::Deleting {
            return Ok(Verdict::Delete);
        }
        let owner = self.repository.account(&AccountName::Id(file.owner_id.clone())).await?;
        let owner = owner.filter(|owner| owner.deleted_at.is_none());
        match file.purpose() {
            FilePurpose::Attachment(chat) => {
                if self.repository.has_ended(chat).await? || (owner.is_none() && !self.is_held(file, chat).await?) {
                    return Ok(Verdict::Delete);
                }
                self.judge_attachment(file, chat, now).await
            }
            FilePurpose::Avatar => Ok(owner.map_or(Verdict::Delete, |owner| judge_avatar(file, &owner.user, now))),
        }
    }

    async fn judge_attachment(&self, file: &StoredFile, chat: &ChatId, now: Timestamp) -> Result<Verdict> {
        let keep_until = |end| Verdict::until(end, now);
        if file.state == FileState::Uploading {
            return Ok(keep_until(file.expires_at));
        }
        let Some(message) = &file.message_id else { return Ok(keep_until(later(file.created_at, DAY))) };
        Ok(match self.repository.message(chat, message).await? {
            Some(message) if message.deleted_at.is_some() => Verdict::Delete,
            Some(message) if message.attachments.iter().any(|attached| attached.id.as_deref() == Some(&*file.id)) => {
                Verdict::KeepUntil(later(now, DAY))
            }
            // The message may still be committed, or was refused.
            _ => keep_until(later(file.attached_at.unwrap_or(file.created_at), DAY)),
        })
    }

    /// True if the file belongs to a message of a chat on hold.
    async fn is_held(&self, file: &StoredFile, chat: &ChatId) -> Result<bool> {
        let access = self.repository.chat_access(chat, &file.owner_id).await?;
        Ok(file.message_id.is_some() && access.is_some_and(|access| access.chat.hold))
    }

    /// Marks the record first, so that a file that can still be requested never lacks bytes. An export that began before
    /// needs the bytes, so they are deleted by a later review.
    async fn delete(&self, file: &StoredFile, now: Timestamp) -> Result<bool> {
        let marked = StoredFile { state: FileState::Deleting, due_at: later(now, DELETING), ..file.next() };
        if !self.repository.save_file(&marked).await? {
            return Ok(false);
        }
        if is_held(&*self.store, now).await? {
            return Ok(true);
        }
        self.store.delete(&file.id).await?;
        self.repository.remove_file(&file.id).await?;
        Ok(true)
    }
}

pub(super) fn later(time: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_millis(time.millis().saturating_add(millis))
}
