use crate::api::context::{Context, Services};
use crate::protocol::error::{Error, Result};
use crate::protocol::{FileId, Timestamp, User};
use crate::store::files::{CLAIM_MILLIS, ReviewHint};
use crate::store::repository::{AccountName, FilePurpose, FileState, StoredFile, uploaded_avatar};

/// Maximum number of bytes of an avatar.
pub const AVATAR_BYTES: u64 = 1 << 20;
/// Attempts to claim a file that is being reviewed.
const ATTEMPTS: usize = 5;

/// Checks that the address names an uploaded avatar of the caller, and keeps the file until the account is committed.
///
/// The file is marked first, as in [`attach`](super::attach): a failure in between leaves a file without a profile, which
/// the next review finds, but never a profile whose picture is deleted.
///
/// # Errors
/// `NOT_FOUND` for every other address on this server.
pub async fn claim_avatar(context: &Context, url: &str) -> Result<()> {
    let services = &context.services;
    let caller = &context.user()?.id;
    let unknown = || Error::not_found("avatarUrl", "avatarUrl names no complete avatar that you have uploaded");
    let id = uploaded_avatar(url).ok_or_else(unknown)?;
    for _ in 0..ATTEMPTS {
        let file = services.repository.file(&id).await?;
        let is_own = |file: &StoredFile| file.purpose() == FilePurpose::Avatar && file.owner_id == *caller;
        let file = file.filter(is_own).filter(|file| file.state == FileState::Complete).ok_or_else(unknown)?;
        let now = services.clock.now();
        let due_at = Timestamp::from_millis(now.millis() + CLAIM_MILLIS);
        if services.repository.save_file(&StoredFile { attached_at: Some(now), due_at, ..file.next() }).await? {
            return Ok(());
        }
    }
    Err(Error::passing("the file is being changed concurrently; try again"))
}

/// Reviews the avatar that a user no longer has.
pub fn review_replaced(services: &Services, old: &User, new: &User) {
    let replaced = old.avatar_url.as_deref().filter(|url| new.avatar_url.as_deref() != Some(*url));
    if let Some(file) = replaced.and_then(uploaded_avatar) {
        services.files.reviews().hint(ReviewHint::File(file));
    }
}

/// The uploaded picture that is its owner's avatar now. It needs no credentials: only those who have seen the profile
/// know its address.
///
/// # Errors
/// `NOT_FOUND` for a replaced or removed avatar and for every other file.
pub async fn avatar(services: &Services, id: &FileId) -> Result<StoredFile> {
    let file = services.repository.file(id).await?.filter(|file| file.state == FileState::Complete);
    if let Some(file) = file
        && is_current(services, &file).await?
    {
        return Ok(file);
    }
    Err(Error::not_found("url", "nobody has this avatar"))
}

/// True if the file is the avatar of its owner now.
pub(super) async fn is_current(services: &Services, file: &StoredFile) -> Result<bool> {
    let owner = services.repository.account(&AccountName::Id(file.owner_id.clone())).await?;
    Ok(owner.is_some_and(|owner| owner.deleted_at.is_none() && file.is_avatar_of(&owner.user)))
}
