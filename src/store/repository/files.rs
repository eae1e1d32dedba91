//! The records of uploaded files; their bytes are kept by a [`FileStore`](crate::store::files::FileStore).

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::ops::crypto;
use crate::protocol::{ChatId, FileId, MessageId, StoredAttachment, Timestamp, User, UserId};
use crate::store::error::Result;

use super::Page;

/// The beginning of the paths of uploaded avatars.
const AVATARS: &str = "/avatars/";

/// Stores a record for every file.
///
/// Rules for every backend:
/// 1. A record MUST be written only over the version that was read; if two writers collide, one succeeds.
/// 2. [`Files::add_file`] MUST NOT let an owner exceed the allowance, however many files are added concurrently.
#[async_trait]
pub trait Files: std::fmt::Debug + Send + Sync + 'static {
    /// Adds a record with version 1, unless its owner would exceed the allowance.
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission>;

    /// The record of a file.
    async fn file(&self, file: &FileId) -> Result<Option<StoredFile>>;

    /// Replaces the record with the previous version; false, with nothing written, if it has another version or does
    /// not exist.
    async fn save_file(&self, file: &StoredFile) -> Result<bool>;

    /// Removes a record.
    async fn remove_file(&self, file: &FileId) -> Result<()>;

    /// Some of the files whose review is due.
    async fn due_files(&self, at: Timestamp, limit: usize) -> Result<Vec<StoredFile>>;

    /// A page of files ordered by id, after the given one. Files being deleted are left out.
    async fn files(&self, of: &FileScope, after: Option<&FileId>, limit: usize) -> Result<Page<StoredFile>>;

    /// The number and size of complete files.
    async fn file_totals(&self) -> Result<FileTotals>;
}

/// The files that a page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileScope {
    /// Files uploaded by a user.
    Owner(UserId),
    /// Files of a chat.
    Chat(ChatId),
}

/// The maximum that one user may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileAllowance {
    /// Maximum bytes of all files, finished or not.
    pub bytes: u64,
    /// Maximum number of unfinished uploads that have not expired.
    pub unfinished: u64,
    /// The present time.
    pub now: Timestamp,
}

/// The outcome of adding a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAdmission {
    /// The record is durable.
    Added,
    /// The owner would have more bytes than allowed.
    TooManyBytes,
    /// The owner has as many unfinished uploads as allowed.
    TooManyUnfinished,
}

/// Complete files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileTotals {
    /// The number of files.
    pub files: u64,
    /// Their total size in bytes.
    pub bytes: u64,
}

/// The stages of a file's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FileState {
    /// Some bytes are missing.
    Uploading,
    /// Every byte is stored.
    Complete,
    /// The record is deleted after the bytes.
    Deleting,
}

/// The stored record of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredFile {
    pub id: FileId,
    /// The chat whose readers may read the file; none for an avatar. See [`StoredFile::purpose`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_id: Option<ChatId>,
    /// The user who uploads the file.
    pub owner_id: UserId,
    pub name: String,
    /// The declared size in bytes.
    pub size: u64,
    /// The declared media type.
    pub mime_type: String,
    /// The declared width of an image in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The declared height of an image in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    pub state: FileState,
    pub created_at: Timestamp,
    /// The end of the upload.
    pub expires_at: Timestamp,
    /// The time of the next review, which deletes the file if it is not needed.
    pub due_at: Timestamp,
    /// Number of durable bytes.
    #[serde(default)]
    pub received: u64,
    /// The number of requests that have written to the file; each has its own number.
    #[serde(default)]
    pub writers: u32,
    /// The writer of each segment: every segment but the last has [`SEGMENT`](crate::store::files::SEGMENT) bytes.
    #[serde(default)]
    pub segments: Vec<u32>,
    /// The SHA-256 digest of the bytes in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The media type according to the bytes, if it is an image that browsers may show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The message that the file is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The time at which the file was attached, or became an avatar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached_at: Option<Timestamp>,
    /// The number of times the record was written.
    pub version: u64,
}

/// The purpose of a file: it decides who may write and read the file, and how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePurpose<'a> {
    /// For a message of this chat.
    Attachment(&'a ChatId),
    /// For the profile of the user who uploads it.
    Avatar,
}

impl StoredFile {
    /// The only place that decides what a file belongs to.
    pub fn purpose(&self) -> FilePurpose<'_> {
        self.chat_id.as_ref().map_or(FilePurpose::Avatar, FilePurpose::Attachment)
    }

    /// The path of the file on this server: that of an avatar is loaded without credentials.
    pub fn path(&self) -> String {
        match self.purpose() {
            FilePurpose::Attachment(_) => format!("/files/{}", self.id),
            FilePurpose::Avatar => format!("{AVATARS}{}", self.id),
        }
    }

    /// True if the file is the avatar of this user, who must be its owner.
    pub fn is_avatar_of(&self, user: &User) -> bool {
        self.purpose() == FilePurpose::Avatar
            && self.owner_id == user.id
            && user.avatar_url.as_deref().and_then(uploaded_avatar).as_ref() == Some(&self.id)
    }

    /// The record of the next version.
    pub fn next(&self) -> StoredFile {
        StoredFile { version: self.version + 1, ..self.clone() }
    }

    /// The file as clients see it.
    pub fn shown(&self) -> StoredAttachment {
        StoredAttachment {
            id: self.id.clone(),
            url: self.path(),
            name: self.name.clone(),
            size: self.size,
            mime_type: self.mime_type.clone(),
            width: self.width,
            height: self.height,
        }
    }
}

/// The file at the address of an uploaded avatar; none for pictures elsewhere.
pub fn uploaded_avatar(url: &str) -> Option<FileId> {
    url.strip_prefix(AVATARS).map(FileId::from).filter(|file| shard_of(file).is_some())
}

/// The first character of the ids of an owner's files, one of sixteen: a backend that partitions its records by it
/// finds all files of one owner in one partition.
pub fn owner_shard(owner: &UserId) -> char {
    let digest = crypto::sha256(owner.as_bytes());
    char::from_digit(u32::from(digest[0] >> 4), 16).expect("four bits are one digit")
}

/// The shard in a file's id, if it is an id of this server.
pub fn shard_of(file: &FileId) -> Option<char> {
    let is_id = file.len() == 33 && file.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    file.chars().next().filter(|_| is_id)
}

/// Derives a file's id from its owner and a unique id: 33 hexadecimal digits, which are also safe in an address and as
/// the name of a folder.
pub fn file_id(owner: &UserId, unique: &str) -> FileId {
    let digits = unique.chars().filter(|digit| digit.is_ascii_hexdigit()).map(|digit| digit.to_ascii_lowercase());
    FileId::from(std::iter::once(owner_shard(owner)).chain(digits).collect::<String>())
}
