//! Records of uploaded files, in sixteen partitions. The first digit of a file's id names its partition, and all files
//! of one owner share it, so that one batch can add a file and refuse a concurrent addition.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;
use azure_data_cosmos::options::{BatchReplaceOptions, Precondition};
use futures_util::future::try_join_all;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::container::{Batched, WriteResult};
use super::failure::contended;
use super::partition::ATTEMPTS;
use super::query::CosmosQuery;
use super::readable::{self, ArchivePage};
use super::{CosmosRepository, Store, ids, queries};
use crate::protocol::{FileId, Timestamp, UserId};
use crate::store::error::{Result, StoreError};
use crate::store::repository::{
    FileAdmission, FileAllowance, FileScope, FileState, FileTotals, Files, Page, StoredFile, owner_shard, shard_of,
};

const SHARDS: &str = "0123456789abcdef";
const OPERATION: &str = "files";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileDocument {
    id: String,
    scope: String,
    file_owner: UserId,
    file_chat: String,
    file_state: FileState,
    file_size: u64,
    /// Milliseconds since 1970.
    file_due: i64,
    record: StoredFile,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

/// Changes whenever the owner adds a file.
#[derive(Debug, Serialize, Deserialize)]
struct OwnerDocument {
    id: String,
    scope: String,
    latest: FileId,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

impl FileDocument {
    fn new(file: &StoredFile) -> FileDocument {
        FileDocument {
            id: file.id.to_string(),
            scope: partition(owner_shard(&file.owner_id)),
            file_owner: file.owner_id.clone(),
            file_chat: file.chat_id.as_ref().map_or_else(String::new, ToString::to_string),
            file_state: file.state,
            file_size: file.size,
            file_due: file.due_at.millis(),
            record: file.clone(),
            etag: String::new(),
        }
    }
}

/// Serialises additions of files on this node within each partition: of many concurrent ones, each attempt would
/// otherwise let only one succeed.
#[derive(Debug)]
pub(super) struct FileTurns([Semaphore; SHARDS.len()]);

impl Default for FileTurns {
    fn default() -> Self {
        FileTurns(std::array::from_fn(|_| Semaphore::new(1)))
    }
}

impl FileTurns {
    async fn of(&self, shard: char) -> Result<SemaphorePermit<'_>> {
        let index = SHARDS.find(shard).ok_or_else(|| StoreError::internal("an invalid shard"))?;
        self.0[index].acquire().await.map_err(StoreError::internal)
    }
}

#[async_trait]
impl Files for CosmosRepository {
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission> {
        let file = file.clone();
        self.detached(|store| async move { store.add_file(&file, allowance).await }).await
    }

    async fn file(&self, file: &FileId) -> Result<Option<StoredFile>> {
        Ok(self.store.file_document(file).await?.map(|document| document.record))
    }

    async fn save_file(&self, file: &StoredFile) -> Result<bool> {
        let Some(found) = self.store.file_document(&file.id).await? else { return Ok(false) };
        if found.record.version + 1 != file.version {
            return Ok(false);
        }
        let document = FileDocument::new(file);
        let settings = &self.store.settings;
        match settings.replace(&document.scope, &document.id, &document, &found.etag, OPERATION).await? {
            WriteResult::Done(_) => Ok(true),
            // A request that was sent twice finds its own write.
            _ => Ok(self.store.file_document(&file.id).await?.is_some_and(|found| found.record == *file)),
        }
    }

    async fn remove_file(&self, file: &FileId) -> Result<()> {
        let Some(shard) = shard_of(file) else { return Ok(()) };
        self.store.settings.delete(&partition(shard), file, None, OPERATION).await.map(drop)
    }

    async fn due_files(&self, at: Timestamp, limit: usize) -> Result<Vec<StoredFile>> {
        let query = CosmosQuery(Query::from(queries::FILES_DUE)).with("@now", at.millis())?.with("@top", limit)?;
        let mut found: Vec<FileDocument> = self.store.of_every_shard(&query.0).await?;
        found.sort_by_key(|document| document.file_due);
        Ok(found.into_iter().take(limit).map(|document| document.record).collect())
    }

    async fn files(&self, of: &FileScope, after: Option<&FileId>, limit: usize) -> Result<Page<StoredFile>> {
        let after = after.map_or("", |after| &**after);
        let text = match of {
            FileScope::Owner(_) => queries::FILES_OF_OWNER,
            FileScope::Chat(_) => queries::FILES_OF_CHAT,
        };
        let query = CosmosQuery(Query::from(text)).with("@after", after)?.with("@top", limit + 1)?;
        let mut found: Vec<FileDocument> = match of {
            FileScope::Owner(owner) => {
                let query = query.with("@of", owner)?;
                self.store.settings.query(&partition(owner_shard(owner)), query.0, OPERATION).await?
            }
            FileScope::Chat(chat) => self.store.of_every_shard(&query.with("@of", chat)?.0).await?,
        };
        found.sort_by(|one, other| one.id.cmp(&other.id));
        let more = found.len() > limit;
        Ok(Page { items: found.into_iter().take(limit).map(|document| document.record).collect(), more })
    }

    async fn file_totals(&self) -> Result<FileTotals> {
        let sizes = Query::from(queries::FILE_BYTES);
        let counts = Query::from(queries::FILE_COUNT);
        let (bytes, files): (Vec<Option<u64>>, Vec<u64>) =
            tokio::try_join!(self.store.of_every_shard::<Option<u64>>(&sizes), self.store.of_every_shard(&counts))?;
        Ok(FileTotals { files: files.into_iter().sum(), bytes: bytes.into_iter().flatten().sum() })
    }
}

impl Store {
    /// A page of complete files, by id.
    pub(super) async fn complete_files(&self, after: &str, top: usize) -> Result<ArchivePage<StoredFile>> {
        // The first character of an id is its shard.
        let first = after.chars().next().unwrap_or('0');
        for shard in SHARDS.chars().filter(|shard| *shard >= first) {
            let query = CosmosQuery(Query::from(queries::COMPLETE_FILES)).with("@after", after)?.with("@top", top)?;
            let found: Vec<Value> = self.settings.query(&partition(shard), query.0, OPERATION).await?;
            if !found.is_empty() {
                let read = |document: &Value| Ok(readable::FILE.read::<FileDocument>(document)?.record);
                return Ok(ArchivePage::of(&found, "id", read));
            }
        }
        Ok(ArchivePage::default())
    }

    /// Writes the record of a file of an archive.
    pub(super) async fn restore_file(&self, file: &StoredFile) -> Result<()> {
        let document = FileDocument::new(file);
        self.settings.upsert(&document.scope, &document.id, &document, OPERATION).await.map(drop)
    }

    async fn file_document(&self, file: &FileId) -> Result<Option<FileDocument>> {
        let Some(shard) = shard_of(file) else { return Ok(None) };
        self.settings.read(&partition(shard), file, OPERATION).await
    }

    /// Adding a file changes the owner's document. A concurrent addition makes this batch fail, and it starts again
    /// including the other file.
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission> {
        let document = FileDocument::new(file);
        let owner_id = format!("owner:{}", ids::encoded(&file.owner_id));
        let _turn = self.file_turns.of(owner_shard(&file.owner_id)).await?;
        for _ in 0..ATTEMPTS {
            let owner: Option<OwnerDocument> = self.settings.read(&document.scope, &owner_id, OPERATION).await?;
            if owner.as_ref().is_some_and(|owner| owner.latest == file.id) {
                // A request that was sent twice finds its own write.
                return Ok(FileAdmission::Added);
            }
            match self.room_for(file, &document.scope, allowance).await? {
                FileAdmission::Added => {}
                refused => return Ok(refused),
            }
            let latest = OwnerDocument {
                id: owner_id.clone(),
                scope: document.scope.clone(),
                latest: file.id.clone(),
                etag: String::new(),
            };
            let batch = TransactionalBatch::new(document.scope.clone());
            let batch = batch.create_item(&document).map_err(StoreError::internal)?;
            let batch = match owner {
                None => batch.create_item(&latest),
                Some(owner) => {
                    let options = BatchReplaceOptions::default().with_precondition(Precondition::if_match(owner.etag));
                    batch.replace_item(owner_id.clone(), &latest, Some(options))
                }
            };
            if let Batched::Done(_) = self.settings.batch(batch.map_err(StoreError::internal)?, OPERATION).await? {
                return Ok(FileAdmission::Added);
            }
        }
        Err(contended())
    }

    async fn room_for(&self, file: &StoredFile, scope: &str, allowance: FileAllowance) -> Result<FileAdmission> {
        let query = CosmosQuery(Query::from(queries::FILE_BYTES_OF_OWNER)).with("@of", &file.owner_id)?;
        // A sum over nothing is null.
        let bytes: Vec<Option<u64>> = self.settings.query(scope, query.0, OPERATION).await?;
        let query = CosmosQuery(Query::from(queries::UNFINISHED_FILES)).with("@of", &file.owner_id)?;
        let query = query.with("@now", allowance.now.millis())?;
        let unfinished: Vec<u64> = self.settings.query(scope, query.0, OPERATION).await?;
        if unfinished.into_iter().sum::<u64>() >= allowance.unfinished {
            return Ok(FileAdmission::TooManyUnfinished);
        }
        let bytes: u64 = bytes.into_iter().flatten().sum();
        if bytes.saturating_add(file.size) > allowance.bytes {
            return Ok(FileAdmission::TooManyBytes);
        }
        Ok(FileAdmission::Added)
    }

    /// The results of a query in all sixteen partitions, queried concurrently.
    async fn of_every_shard<T: DeserializeOwned + Send + 'static>(&self, query: &Query) -> Result<Vec<T>> {
        let found = SHARDS
            .chars()
            .map(|shard| async move { self.settings.query::<T>(&partition(shard), query.clone(), OPERATION).await });
        Ok(try_join_all(found).await?.into_iter().flatten().collect())
    }
}

fn partition(shard: char) -> String {
    format!("files:{shard}")
}
