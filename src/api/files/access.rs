use std::net::IpAddr;

use crate::api::chat_access;
use crate::api::context::{Context, Services};
use crate::api::export;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{FileId, User};
use crate::store::repository::{FilePurpose, FileState, StoredFile};

use super::avatars::is_current;

fn unknown() -> Error {
    Error::not_found("fileId", "no file with this id in a chat that you may read")
}

/// A complete file that a user may read now.
///
/// # Errors
/// `NOT_FOUND`, even if the file exists but the user may not read it.
pub async fn readable(services: &Services, user: &User, file: &FileId) -> Result<StoredFile> {
    let found = services.repository.file(file).await?;
    let found = found.filter(|file| file.state == FileState::Complete).ok_or_else(unknown)?;
    let FilePurpose::Attachment(chat) = found.purpose() else {
        let is_readable = found.owner_id == user.id || is_current(services, &found).await?;
        return if is_readable { Ok(found) } else { Err(unknown()) };
    };
    match chat_access::readable_by(services, user, chat).await {
        Err(error) if matches!(error.code, Code::NotFound | Code::Forbidden) => return Err(unknown()),
        access => drop(access?),
    }
    // The review deletes the files of deleted messages later; until then nobody may read them.
    if let Some(message) = &found.message_id
        && let Some(message) = services.repository.message(chat, message).await?
        && message.deleted_at.is_some()
    {
        return Err(unknown());
    }
    Ok(found)
}

/// A complete file of a chat that the caller may read.
///
/// # Errors
/// `NOT_FOUND` or `FORBIDDEN` for the chat, `NOT_FOUND` for the file.
pub async fn require_file(context: &Context, chat: &str, file: &FileId) -> Result<StoredFile> {
    let chat = chat_access::require_readable(context, chat).await?.chat;
    let file = readable(&context.services, context.user()?, file).await?;
    if file.purpose() == FilePurpose::Attachment(&chat.id) { Ok(file) } else { Err(unknown()) }
}

/// The file at a signed address, if the user who requested the address may still read it.
///
/// # Errors
/// `RATE_LIMITED`, otherwise `NOT_FOUND`, whatever the reason.
pub async fn redeem_address(services: &Services, file: &FileId, ticket: &str, address: IpAddr) -> Result<StoredFile> {
    let ended = || Error::not_found("url", "this address is unknown or expired; get a new one with GET_FILE");
    let (named, claim) = super::redeem(services, "file", ticket, address)?.ok_or_else(ended)?;
    if named != *file {
        return Err(ended());
    }
    let account = export::entitled(services, &claim).await?.ok_or_else(ended)?;
    readable(services, &account.user, file).await
}
