//! Files that another server keeps in a folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use ring::digest;

use super::rules::digits;
use crate::protocol::{Attachment, ChatId, FileId, MessageId, Timestamp, UserId};
use crate::store::archive::{ArchiveError, ArchiveRecord, ArchiveResult, ArchivedSegment};
use crate::store::files::SEGMENT;
use crate::store::repository::{FileState, StoredFile, file_id};

/// Images that browsers may show.
const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

/// A file that was found, with its path.
#[derive(Debug)]
struct FoundUpload {
    record: StoredFile,
    path: PathBuf,
}

/// The files attached to messages, by id.
#[derive(Debug, Default)]
pub(super) struct Uploads(BTreeMap<FileId, FoundUpload>);

/// The message that a file is attached to.
pub(super) struct AttachedTo<'a> {
    pub(super) chat: &'a ChatId,
    pub(super) message: &'a MessageId,
    pub(super) sender: &'a UserId,
    pub(super) at: Timestamp,
}

impl Uploads {
    /// Finds the file of a message; none if it is in none of the folders.
    pub(super) fn take(
        &mut self,
        path: Option<PathBuf>,
        attachment: Attachment,
        to: &AttachedTo<'_>,
    ) -> Option<Attachment> {
        let path = path?;
        let read = measured(&path).ok()?;
        let id = file_id(to.sender, &digits(&format!("{}\n{}", to.chat, to.message), 32));
        let record = StoredFile {
            id: id.clone(),
            chat_id: Some(to.chat.clone()),
            owner_id: to.sender.clone(),
            name: attachment.name,
            size: read.size,
            mime_type: read.image.clone().unwrap_or(attachment.mime_type),
            width: None,
            height: None,
            state: FileState::Complete,
            created_at: to.at,
            expires_at: to.at,
            due_at: to.at,
            received: read.size,
            writers: 1,
            segments: vec![1; usize::try_from(read.size.div_ceil(SEGMENT)).ok()?],
            sha256: Some(read.sha256),
            image: read.image,
            message_id: Some(to.message.clone()),
            attached_at: Some(to.at),
            version: 1,
        };
        let shown = Attachment {
            id: Some(id.to_string()),
            url: format!("/files/{id}"),
            name: record.name.clone(),
            size: record.size,
            mime_type: record.mime_type.clone(),
            width: None,
            height: None,
        };
        self.0.insert(id, FoundUpload { record, path });
        Some(shown)
    }

    /// Passes every file with its segments to `put`.
    ///
    /// # Errors
    /// Fails if a file has changed since it was found.
    pub(super) fn records(&self, mut put: impl FnMut(&ArchiveRecord) -> ArchiveResult<()>) -> ArchiveResult<()> {
        for FoundUpload { record, path } in self.0.values() {
            put(&ArchiveRecord::File(Box::new(record.clone())))?;
            let unread =
                |error: std::io::Error| ArchiveError::Files(format!("cannot read {}: {error}", path.display()));
            let mut file = File::open(path).map_err(unread)?;
            for index in 0..record.segments.len() {
                let mut bytes = vec![];
                (&mut file).take(SEGMENT).read_to_end(&mut bytes).map_err(unread)?;
                put(&ArchiveRecord::Segment(Box::new(ArchivedSegment { file_id: record.id.clone(), index, bytes })))?;
            }
        }
        Ok(())
    }
}

/// The file with this name in the first of the folders that has it.
pub(super) fn located(root: &Path, folders: &[String], name: &str) -> Option<PathBuf> {
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0']);
    // A symbolic link must not lead out of the folder of uploads: the file would become an attachment.
    let root = root.canonicalize().ok()?;
    let mut paths = folders.iter().filter_map(|folder| root.join(folder).join(name).canonicalize().ok());
    paths.find(|path| is_plain && path.starts_with(&root) && path.is_file())
}

struct Measured {
    size: u64,
    sha256: String,
    image: Option<String>,
}

fn measured(path: &Path) -> std::io::Result<Measured> {
    let bytes = fs::read(path)?;
    let image = infer::get(&bytes).map(|found| found.mime_type()).filter(|found| SHOWN.contains(found));
    let sha256 = HEXLOWER.encode(digest::digest(&digest::SHA256, &bytes).as_ref());
    Ok(Measured { size: bytes.len() as u64, sha256, image: image.map(str::to_owned) })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_out_of_the_folder_of_uploads_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let root = folder.path().join("uploads");
        let images = root.join("images");
        fs::create_dir_all(&images).expect("a folder");
        fs::write(folder.path().join("secret"), b"x").expect("a file");
        fs::write(images.join("a.png"), b"x").expect("a file");
        std::os::unix::fs::symlink(folder.path().join("secret"), images.join("out.png")).expect("a link");
        std::os::unix::fs::symlink(images.join("a.png"), images.join("in.png")).expect("a link");
        let found = |name: &str| located(&root, &["images".to_owned()], name).is_some();
        assert_eq!(["a.png", "in.png", "out.png", "../../secret"].map(found), [true, true, false, false]);
    }
}
