//! Uploaded files: permissions to upload and read, and the lifetime of their bytes.
//!
//! Addresses carry a signed ticket with the credential that requested them. Each request looks up the file again, so an
//! address expires with the credential, with the right to read the chat, and with the file.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use tokio::time::{MissedTickBehavior, interval};

use crate::api::context::{Context, Services};
use crate::auth::ADMIN;
use crate::domain::Operation;
use crate::ops::crypto;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, FileId, Timestamp};
use crate::store::error::StoreError;
use crate::store::files::OrphanSearch;
use crate::store::repository::{FileAdmission, FileAllowance, FileState, StoredFile, file_id};

use super::{chat_access, export, wrong_credential};

mod access;
mod attachments;
mod avatars;
mod content_range;
mod download;
mod examination;
mod service;
mod upload;

pub use access::{readable, redeem_address, require_file};
pub use attachments::{Attaching, attach};
pub use avatars::{AVATAR_BYTES, avatar, claim_avatar, review_replaced};
#[cfg(test)]
pub use content_range::ContentRange;
pub use download::FileReader;
pub use service::FileService;
pub use upload::{UploadProgress, UploadRequest, UploadStep, begin, cancel, taken_over};

/// Lifetime of an address in milliseconds.
pub const ADDRESS_MILLIS: i64 = 15 * 60_000;
/// Milliseconds for which a file without a message is kept.
const UNATTACHED_MILLIS: i64 = 24 * 3_600_000;
/// Maximum number of unfinished uploads of one user.
const UNFINISHED: u64 = 20;
/// The interval at which files are counted.
const COUNT: Duration = Duration::from_secs(60);

/// The fields of CREATE_UPLOAD, validated.
#[derive(Debug)]
pub struct NewUpload {
    /// The chat, as the client gave it; none for an avatar.
    pub chat: Option<String>,
    pub name: String,
    pub size: u64,
    pub mime_type: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// A signed address.
#[derive(Debug)]
pub struct FileAddress {
    pub url: String,
    pub expires_at: Timestamp,
}

/// An upload that was created.
#[derive(Debug)]
pub struct CreatedUpload {
    pub file: StoredFile,
    /// The address for its bytes.
    pub address: FileAddress,
    /// True if the same command with the same `opId` created it before.
    pub is_repeated: bool,
}

/// Creates an upload.
///
/// # Errors
/// `FORBIDDEN` for users outside the chat, `CONFLICT` for an archived chat or a quota, `TOO_LARGE` for a large file.
pub async fn create(context: &Context, upload: NewUpload) -> Result<CreatedUpload> {
    let services = &context.services;
    let limits = &services.config.limits;
    services.files.store()?;
    if upload.size > limits.file_bytes {
        let sentence = format!("a file may have at most {} bytes (MAX_FILE_BYTES)", limits.file_bytes);
        return Err(Error::new(Code::TooLarge, sentence).at("size"));
    }
    if upload.chat.is_none() && upload.size > AVATAR_BYTES {
        let sentence = format!("an avatar may have at most {AVATAR_BYTES} bytes");
        return Err(Error::new(Code::TooLarge, sentence).at("size"));
    }
    let chat = match &upload.chat {
        Some(chat) => Some(writable(context, chat).await?),
        None => None,
    };
    let owner = &context.user()?.id;
    let now = services.clock.now();
    let expires_at = Timestamp::from_millis(now.millis() + ADDRESS_MILLIS);
    let mut id = file_id(owner, &unique(context, chat.as_ref())?);
    if context.operation.is_some()
        && let Some(found) = services.repository.file(&id).await?
    {
        if is_open(&found, now) {
            let address = upload_address(context, &found.id, found.expires_at).await?;
            return Ok(CreatedUpload { file: found, address, is_repeated: true });
        }
        // The first outcome was forgotten long ago.
        id = file_id(owner, &random_digits()?);
    }
    let file = StoredFile {
        id,
        chat_id: chat,
        owner_id: owner.clone(),
        name: upload.name,
        size: upload.size,
        mime_type: upload.mime_type,
        width: upload.width,
        height: upload.height,
        state: FileState::Uploading,
        created_at: now,
        expires_at,
        due_at: expires_at,
        received: 0,
        writers: 0,
        segments: vec![],
        sha256: None,
        image: None,
        message_id: None,
        attached_at: None,
        version: 1,
    };
    let is_free = limits.file_bytes_per_user == 0 || **owner == *ADMIN;
    let bytes = if is_free { u64::MAX } else { limits.file_bytes_per_user };
    match services.repository.add_file(&file, FileAllowance { bytes, unfinished: UNFINISHED, now }).await? {
        FileAdmission::Added => {}
        FileAdmission::TooManyBytes => {
            let most = limits.file_bytes_per_user;
            let sentence = format!("all your files may have at most {most} bytes (FILE_QUOTA_BYTES_PER_USER)");
            return Err(Error::conflict(sentence).at("size"));
        }
        FileAdmission::TooManyUnfinished => {
            let sentence = format!(
                "at most {UNFINISHED} unfinished uploads are allowed; finish or cancel one, or wait 15 minutes"
            );
            return Err(Error::conflict(sentence));
        }
    }
    let address = upload_address(context, &file.id, expires_at).await?;
    Ok(CreatedUpload { file, address, is_repeated: false })
}

async fn upload_address(context: &Context, file: &FileId, expires_at: Timestamp) -> Result<FileAddress> {
    let url = format!("{}/uploads/{}", context.origin.site, ticket(context, "upload", file, expires_at).await?);
    Ok(FileAddress { url, expires_at })
}

/// True if the bytes of a file may still be uploaded.
fn is_open(file: &StoredFile, now: Timestamp) -> bool {
    file.state == FileState::Uploading && file.expires_at > now
}

/// The unique part of a new file's id. Anyone who knows that of an avatar can see it, so it cannot be guessed. With an
/// `opId` it is the same for every repetition of the command, on any node: a command whose outcome was lost finds the
/// upload that it created.
fn unique(context: &Context, chat: Option<&ChatId>) -> Result<String> {
    let services = &context.services;
    if let Some(Operation { id, fingerprint }) = &context.operation {
        return Ok(services.export_links.digits(&format!("upload {} {id} {fingerprint}", context.user()?.id)));
    }
    if chat.is_some() { Ok(services.clock.id()) } else { random_digits() }
}

fn random_digits() -> Result<String> {
    let digits: [u8; 16] = crypto::random().map_err(Error::internal)?;
    Ok(HEXLOWER.encode(&digits))
}

/// The id of a chat that the caller may upload to.
async fn writable(context: &Context, chat: &str) -> Result<ChatId> {
    let chat = chat_access::require_member(context, chat).await?;
    if !chat.active {
        return Err(Error::conflict("the chat is archived and read-only").at("chatId"));
    }
    Ok(chat.id)
}

/// An address at which anyone who has it can read a file until it expires.
///
/// # Errors
/// `NOT_FOUND` if the account was deleted.
pub async fn address(context: &Context, file: &StoredFile) -> Result<FileAddress> {
    let expires_at = Timestamp::from_millis(context.services.clock.now().millis() + ADDRESS_MILLIS);
    let ticket = ticket(context, "file", &file.id, expires_at).await?;
    Ok(FileAddress { url: format!("{}/files/{}?ticket={ticket}", context.origin.site, file.id), expires_at })
}

/// The purpose is the prefix, so that a ticket cannot be used for anything else.
async fn ticket(context: &Context, purpose: &str, file: &FileId, until: Timestamp) -> Result<String> {
    let claim = serde_json::to_string(&export::claim(context).await?).map_err(Error::internal)?;
    Ok(context.services.export_links.issue(&format!("{purpose} {file} {claim}"), until))
}

/// The file that a ticket names, and the claim of the user who got it, as one of this user's commands.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tickets.
fn redeem(
    services: &Services,
    purpose: &str,
    ticket: &str,
    address: IpAddr,
) -> Result<Option<(FileId, export::Claim)>> {
    let Some(subject) = wrong_credential::redeem(services, ticket, address)? else { return Ok(None) };
    let named = || {
        let (file, claim) = subject.strip_prefix(purpose)?.strip_prefix(' ')?.split_once(' ')?;
        let claim: export::Claim = serde_json::from_str(claim).ok()?;
        Some((FileId::from(file), claim))
    };
    let Some((file, claim)) = named() else { return Ok(None) };
    services.rate_limits.command(Some(&claim.user), address)?;
    Ok(Some((file, claim)))
}

/// Counts files and reviews those that may be unused, until the server stops.
pub async fn keep_reviewing(services: Arc<Services>) {
    let Some(reviewer) = services.files.reviewer(&services.repository) else { return };
    let Some(mut hints) = services.files.take_hints() else { return };
    let mut ticks = interval(COUNT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while services.clock.goes_by_itself() {
        let reviewed = tokio::select! {
            Some(hint) = hints.recv() => reviewer.follow(hint, services.clock.now()).await,
            _ = ticks.tick() => count(&services).await,
        };
        if let Err(error) = reviewed {
            tracing::warn!(error = %error, "files could not be reviewed; trying again at the next review");
        }
    }
}

/// Reviews due files.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn review_due(services: &Services) -> Result<()> {
    let Some(reviewer) = services.files.reviewer(&services.repository) else { return Ok(()) };
    Ok(reviewer.review_due(services.clock.now()).await?)
}

/// Deletes stored bytes of files that have not been in the database for long.
///
/// # Errors
/// `CONFLICT` if the database seems to be the wrong one, `UNAVAILABLE` if the storage does not respond.
pub async fn collect_orphans(services: &Services) -> Result<()> {
    let Some(reviewer) = services.files.reviewer(&services.repository) else { return Ok(()) };
    match reviewer.collect_orphans(services.clock.now()).await? {
        OrphanSearch::Done { .. } => Ok(()),
        OrphanSearch::NotOwn(ownership) => ownership
            .problem()
            .map_or(Ok(()), |problem| Err(Error::conflict(format!("no file is deleted from FILES_URL: {problem}")))),
        OrphanSearch::TooMany { orphans, files } => Err(Error::conflict(format!(
            "{orphans} of {files} files in FILES_URL are not in the database, too many to delete: is it an older \
             database, or one restored in part?"
        ))),
    }
}

async fn count(services: &Services) -> Result<(), StoreError> {
    let totals = services.repository.file_totals().await?;
    metrics::gauge!("pichat_files").set(totals.files as f64);
    metrics::gauge!("pichat_file_bytes").set(totals.bytes as f64);
    Ok(())
}
