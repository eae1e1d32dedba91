//! Receives the bytes of an upload, in one request or several, on any node.
//!
//! Each request takes a writer number, and only the holder of the latest one can save progress, because the record is
//! written only over the version that was read. A stalled connection can therefore be replaced immediately.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use tokio_util::sync::CancellationToken;

use crate::api::context::Services;
use crate::api::export;
use crate::protocol::Timestamp;
use crate::protocol::error::{Error, Result};
use crate::store::files::{FileStore, ReviewHint, SEGMENT, SegmentKey};
use crate::store::repository::{FilePurpose, FileState, StoredFile};

use super::content_range::ContentRange;
use super::download::FileReader;
use super::examination::{Examined, examine};
use super::service::UploadPlace;

/// Segments after which progress is saved: a crash loses at most 4 MiB of an upload.
const SAVED_EVERY: usize = 8;
/// Requests that may write to one upload, in addition to two for each of its segments.
const WRITERS: u64 = 50;

/// A request to an upload's address.
#[derive(Clone, Debug)]
pub struct UploadRequest<'a> {
    pub ticket: &'a str,
    /// The sender's address.
    pub address: IpAddr,
    /// The header `Content-Range`.
    pub range: Option<&'a str>,
    /// The header `Content-Length`.
    pub length: Option<u64>,
    /// The SHA-256 digest that the whole file must have, if the client gave it.
    pub sha256: Option<[u8; 32]>,
}

/// The answer to the head of a request.
#[derive(Debug)]
pub enum UploadStep {
    /// The file was complete already.
    Complete(Box<StoredFile>),
    /// The stored size.
    Waiting(UploadProgress),
    /// The body is accepted.
    Receiving(Box<Upload>),
}

/// The state of an unfinished upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadProgress {
    /// Bytes stored so far.
    pub received: u64,
    /// Size of the file in bytes.
    pub size: u64,
}

/// An upload whose bytes are being received.
#[derive(Debug)]
pub struct Upload {
    services: Arc<Services>,
    store: Arc<dyn FileStore>,
    /// The record as last saved.
    file: StoredFile,
    writer: u32,
    /// Stored segments, including those not in the record yet.
    segments: Vec<u32>,
    /// Bytes after the last full segment.
    buffer: BytesMut,
    /// The end of this request's range.
    end: u64,
    sha256: Option<[u8; 32]>,
    /// Stored segments that the next saved record no longer names.
    superseded: Vec<StaleSegment>,
    place: UploadPlace,
}

/// A stored segment that no record names any more.
#[derive(Clone, Copy, Debug)]
struct StaleSegment {
    index: usize,
    writer: u32,
}

fn all_of(segments: &[u32]) -> Vec<StaleSegment> {
    segments.iter().enumerate().map(|(index, writer)| StaleSegment { index, writer: *writer }).collect()
}

fn ended() -> Error {
    Error::not_found("url", "this upload is unknown or has expired; start a new one with CREATE_UPLOAD")
}

/// The error for a request that another one has replaced.
pub fn taken_over() -> Error {
    Error::conflict("another request continues this upload")
}

/// Checks a request to an upload's address before its body is read.
///
/// # Errors
/// `NOT_FOUND` for an expired address, `FORBIDDEN` once the uploader may not write to the chat, `INVALID_ARGUMENT` for
/// a wrong size, `CONFLICT` for a range that does not continue the upload.
pub async fn begin(services: &Arc<Services>, request: &UploadRequest<'_>) -> Result<UploadStep> {
    let file = unfinished(services, request.ticket, request.address).await?;
    if file.state == FileState::Complete {
        return Ok(UploadStep::Complete(Box::new(file)));
    }
    let range = request.range.map(|range| ContentRange::parse(range, file.size)).transpose()?;
    let (start, end) = match range {
        Some(ContentRange::Query) => {
            return Ok(UploadStep::Waiting(UploadProgress { received: file.received, size: file.size }));
        }
        Some(ContentRange::Bytes { start, end }) => (start, end),
        None => (0, file.size),
    };
    if request.length.is_some_and(|length| length != end - start) {
        let sentence = format!("the body must have exactly {} bytes", end - start);
        return Err(Error::invalid("Content-Length", sentence));
    }
    if start != 0 && start != file.received {
        let sentence = format!("{} bytes are stored: continue there, or begin again at 0", file.received);
        return Err(Error::conflict(sentence).at("Content-Range"));
    }
    if u64::from(file.writers) >= WRITERS + 2 * file.size.div_ceil(SEGMENT) {
        return Err(Error::conflict("this upload was sent in too many parts; start a new one with CREATE_UPLOAD"));
    }
    let place = services.files.receive(&file.owner_id, &file.id)?;
    let mut file = StoredFile { writers: file.writers + 1, ..file.next() };
    let mut superseded = vec![];
    if start == 0 {
        file.received = 0;
        superseded = all_of(&std::mem::take(&mut file.segments));
    }
    if !services.repository.save_file(&file).await? {
        return Err(taken_over());
    }
    let mut upload = Upload {
        services: services.clone(),
        store: services.files.store()?.clone(),
        writer: file.writers,
        segments: file.segments.clone(),
        buffer: BytesMut::new(),
        end,
        sha256: request.sha256,
        superseded,
        place,
        file,
    };
    upload.discard_superseded().await?;
    Ok(UploadStep::Receiving(Box::new(upload.resumed().await?)))
}

/// Cancels an upload and deletes its stored bytes.
///
/// # Errors
/// `NOT_FOUND` for an expired address, `CONFLICT` if the upload is complete.
pub async fn cancel(services: &Arc<Services>, ticket: &str, address: IpAddr) -> Result<()> {
    let file = unfinished(services, ticket, address).await?;
    if file.state == FileState::Complete {
        return Err(Error::conflict("the upload is complete; files without a message are deleted within a day"));
    }
    let now = services.clock.now();
    let expired = StoredFile { expires_at: now, due_at: now, ..file.next() };
    if !services.repository.save_file(&expired).await? {
        return Err(taken_over());
    }
    services.files.reviews().hint(ReviewHint::File(file.id));
    Ok(())
}

/// The upload at an address, as long as its uploader may write to its chat, if it has one.
async fn unfinished(services: &Services, ticket: &str, address: IpAddr) -> Result<StoredFile> {
    let (id, claim) = super::redeem(services, "upload", ticket, address)?.ok_or_else(ended)?;
    let account = export::entitled(services, &claim).await?.ok_or_else(ended)?;
    let file = services.repository.file(&id).await?.filter(|file| file.state != FileState::Deleting);
    let file = file.filter(|file| file.owner_id == account.user.id).ok_or_else(ended)?;
    if file.state == FileState::Uploading && file.expires_at <= services.clock.now() {
        return Err(ended());
    }
    require_member(services, &file).await?;
    Ok(file)
}

async fn require_member(services: &Services, file: &StoredFile) -> Result<()> {
    let FilePurpose::Attachment(chat) = file.purpose() else { return Ok(()) };
    match services.repository.chat_access(chat, &file.owner_id).await? {
        Some(access) if access.role.is_some() => Ok(()),
        _ => Err(Error::forbidden("you are not in the chat of this upload any more")),
    }
}

impl Upload {
    /// Reads the last segment back if it is not full: it is written again with the bytes that follow.
    async fn resumed(mut self) -> Result<Upload> {
        let begun = self.file.received % SEGMENT;
        if begun > 0
            && let Some(writer) = self.segments.pop()
        {
            let index = self.segments.len();
            self.superseded.push(StaleSegment { index, writer });
            let key = SegmentKey { file: &self.file.id, index, writer };
            self.buffer.extend_from_slice(&self.store.get(key, 0..begun).await?);
        }
        Ok(self)
    }

    fn received(&self) -> u64 {
        self.segments.len() as u64 * SEGMENT + self.buffer.len() as u64
    }

    /// True once every byte of this request's range has arrived.
    pub fn is_received(&self) -> bool {
        self.received() >= self.end
    }

    /// Accepts the next bytes of the body.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for more bytes than announced, `NOT_FOUND` once the upload has expired, `CONFLICT` if another
    /// request has taken over.
    pub async fn write(&mut self, mut bytes: Bytes) -> Result<()> {
        if self.received() + bytes.len() as u64 > self.end {
            let sentence = format!("the body has more bytes than announced: the file has {}", self.file.size);
            return Err(Error::invalid("Content-Length", sentence));
        }
        while !bytes.is_empty() {
            let room = usize::try_from(SEGMENT).map_err(Error::internal)? - self.buffer.len();
            self.buffer.extend_from_slice(&bytes.split_to(room.min(bytes.len())));
            if self.buffer.len() as u64 == SEGMENT {
                let segment = std::mem::take(&mut self.buffer).freeze();
                self.put(segment).await?;
                if self.segments.len().is_multiple_of(SAVED_EVERY) {
                    self.save().await?;
                }
            }
        }
        Ok(())
    }

    async fn put(&mut self, segment: Bytes) -> Result<()> {
        if self.file.expires_at <= self.services.clock.now() {
            return Err(ended());
        }
        let key = SegmentKey { file: &self.file.id, index: self.segments.len(), writer: self.writer };
        self.store.put(key, segment).await?;
        self.segments.push(self.writer);
        Ok(())
    }

    /// Adds the stored segments to the record. The buffer must be empty or stored.
    async fn save(&mut self) -> Result<()> {
        let received = (self.segments.len() as u64 * SEGMENT).min(self.file.size);
        self.save_as(StoredFile { received, segments: self.segments.clone(), ..self.file.next() }).await
    }

    async fn save_as(&mut self, file: StoredFile) -> Result<()> {
        if self.services.repository.save_file(&file).await? {
            self.file = file;
            return self.discard_superseded().await;
        }
        // Another request continues the upload, or the file was deleted, so no record refers to the segments just
        // stored.
        let found = self.services.repository.file(&self.file.id).await?;
        if found.is_none_or(|found| found.state == FileState::Deleting) {
            self.store.delete(&self.file.id).await?;
            return Err(ended());
        }
        Err(taken_over())
    }

    /// Deletes the segments that this request stored but did not save, to which no record refers, and returns the
    /// error.
    pub async fn give_up(mut self, error: Error) -> Error {
        let is_saved = |segment: &StaleSegment| self.file.segments.get(segment.index) == Some(&segment.writer);
        let mut unsaved = all_of(&self.segments);
        unsaved.retain(|segment| segment.writer == self.writer && !is_saved(segment));
        self.superseded = unsaved;
        self.segments.clear();
        if let Err(failure) = self.discard_superseded().await {
            tracing::debug!(error = %failure, "segments of an upload remain until the file is deleted");
        }
        error
    }

    /// Deletes stored segments that the saved record no longer names. After a crash they remain until the file is
    /// deleted.
    async fn discard_superseded(&mut self) -> Result<()> {
        for StaleSegment { index, writer } in std::mem::take(&mut self.superseded) {
            if self.segments.get(index) != Some(&writer) {
                self.store.discard(SegmentKey { file: &self.file.id, index, writer }).await?;
            }
        }
        Ok(())
    }

    /// The end of the upload's address.
    pub fn expires_at(&self) -> Timestamp {
        self.file.expires_at
    }

    /// Cancelled when another request to this node takes over the upload.
    pub fn replaced(&self) -> CancellationToken {
        self.place.replaced.clone()
    }

    /// Stores the received bytes of a range that ended early, so that the next request continues after them.
    ///
    /// # Errors
    /// As for [`Upload::write`].
    pub async fn pause(mut self) -> Result<UploadProgress> {
        match self.save_part().await {
            Ok(progress) => Ok(progress),
            Err(error) => Err(self.give_up(error).await),
        }
    }

    async fn save_part(&mut self) -> Result<UploadProgress> {
        let received = self.received();
        if !self.buffer.is_empty() {
            let segment = std::mem::take(&mut self.buffer).freeze();
            self.put(segment).await?;
        }
        let paused = StoredFile { received, segments: self.segments.clone(), ..self.file.next() };
        self.save_as(paused).await?;
        Ok(UploadProgress { received, size: self.file.size })
    }

    /// Ends a request whose range has arrived, and completes the file if that was the last range.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for a wrong digest, which discards the bytes. Otherwise as for [`begin`] and
    /// [`Upload::write`].
    pub async fn finish(mut self) -> Result<UploadStep> {
        if self.received() < self.file.size {
            return self.pause().await.map(UploadStep::Waiting);
        }
        match self.complete().await {
            Ok(step) => Ok(step),
            Err(error) => Err(self.give_up(error).await),
        }
    }

    /// Discards the received bytes; the upload can begin again.
    async fn restart(&mut self) -> Result<()> {
        let restarted = StoredFile { received: 0, segments: vec![], ..self.file.next() };
        self.superseded.append(&mut all_of(&std::mem::take(&mut self.segments)));
        self.save_as(restarted).await
    }

    async fn complete(&mut self) -> Result<UploadStep> {
        if !self.buffer.is_empty() {
            let segment = std::mem::take(&mut self.buffer).freeze();
            self.put(segment).await?;
        }
        let received = self.file.size;
        let stored = StoredFile { received, segments: self.segments.clone(), ..self.file.clone() };
        let Examined { sha256, image } = examine(&FileReader::new(self.store.clone(), stored), received).await?;
        if self.sha256.is_some_and(|wanted| wanted != sha256) {
            self.restart().await?;
            return Err(Error::invalid("Repr-Digest", "the bytes have another SHA-256 digest; send them again"));
        }
        if self.file.purpose() == FilePurpose::Avatar && image.is_none() {
            self.restart().await?;
            return Err(Error::invalid("body", "an avatar must be a PNG, JPEG, GIF, WebP or AVIF image"));
        }
        require_member(&self.services, &self.file).await?;
        let complete = StoredFile {
            state: FileState::Complete,
            received,
            segments: self.segments.clone(),
            sha256: Some(sha256.iter().map(|byte| format!("{byte:02x}")).collect()),
            image,
            due_at: Timestamp::from_millis(self.file.created_at.millis() + super::UNATTACHED_MILLIS),
            ..self.file.next()
        };
        self.save_as(complete).await?;
        Ok(UploadStep::Complete(Box::new(self.file.clone())))
    }
}
