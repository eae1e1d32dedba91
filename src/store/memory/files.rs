//! Records of uploaded files.

use std::ops::Bound;

use async_trait::async_trait;

use super::MemoryRepository;
use crate::protocol::{FileId, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{
    FileAdmission, FileAllowance, FileScope, FileState, FileTotals, Files, Page, StoredFile,
};

#[async_trait]
impl Files for MemoryRepository {
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission> {
        self.run(|tables| {
            let own = |one: &&StoredFile| one.owner_id == file.owner_id && one.state != FileState::Deleting;
            let is_unfinished = |one: &&StoredFile| one.state == FileState::Uploading && one.due_at > allowance.now;
            let unfinished = tables.files.values().filter(own).filter(is_unfinished).count() as u64;
            let bytes: u64 = tables.files.values().filter(own).map(|one| one.size).sum();
            if unfinished >= allowance.unfinished {
                return FileAdmission::TooManyUnfinished;
            }
            if bytes.saturating_add(file.size) > allowance.bytes {
                return FileAdmission::TooManyBytes;
            }
            tables.files.entry(file.id.clone()).or_insert_with(|| file.clone());
            FileAdmission::Added
        })
        .await
    }

    async fn file(&self, file: &FileId) -> Result<Option<StoredFile>> {
        self.run(|tables| tables.files.get(file).cloned()).await
    }

    async fn save_file(&self, file: &StoredFile) -> Result<bool> {
        self.run(|tables| {
            let found = tables.files.get_mut(&file.id).filter(|stored| stored.version + 1 == file.version);
            found.map(|stored| *stored = file.clone()).is_some()
        })
        .await
    }

    async fn remove_file(&self, file: &FileId) -> Result<()> {
        self.run(|tables| drop(tables.files.remove(file))).await
    }

    async fn due_files(&self, at: Timestamp, limit: usize) -> Result<Vec<StoredFile>> {
        self.run(|tables| {
            let mut due: Vec<StoredFile> = tables.files.values().filter(|file| file.due_at <= at).cloned().collect();
            due.sort_by_key(|file| file.due_at);
            due.truncate(limit);
            due
        })
        .await
    }

    async fn files(&self, of: &FileScope, after: Option<&FileId>, limit: usize) -> Result<Page<StoredFile>> {
        let is_of = |file: &&StoredFile| match of {
            FileScope::Owner(owner) => file.owner_id == *owner,
            FileScope::Chat(chat) => file.chat_id.as_ref() == Some(chat),
        };
        self.run(|tables| {
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let later = tables.files.range::<FileId, _>((from, Bound::Unbounded)).map(|(_, file)| file);
            let kept = later.filter(|file| file.state != FileState::Deleting).filter(is_of);
            let mut items: Vec<StoredFile> = kept.take(limit + 1).cloned().collect();
            let more = items.len() > limit;
            items.truncate(limit);
            Page { items, more }
        })
        .await
    }

    async fn file_totals(&self) -> Result<FileTotals> {
        self.run(|tables| {
            let complete = || tables.files.values().filter(|file| file.state == FileState::Complete);
            FileTotals { files: complete().count() as u64, bytes: complete().map(|file| file.size).sum() }
        })
        .await
    }
}
