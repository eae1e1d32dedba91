use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::ops::config::{BadSetting, Config};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{FileId, UserId};
use crate::store::error::StoreError;
use crate::store::files::{self, FileReviewer, FileStore, ReviewHint, ReviewQueue};
use crate::store::repository::Repository;

/// Uploads that a node receives at the same time. Each holds one segment in memory.
const RECEIVING: usize = 256;
/// Uploads of one user that a node receives at the same time.
const RECEIVING_PER_USER: usize = 16;

/// The files of a node.
#[derive(Debug)]
pub struct FileService {
    store: Option<Arc<dyn FileStore>>,
    receiving: Arc<Mutex<HashMap<u64, PlaceHolder>>>,
    places: AtomicU64,
    reviews: ReviewQueue,
    hints: Mutex<Option<mpsc::Receiver<ReviewHint>>>,
}

impl FileService {
    /// Opens the store named by the settings.
    ///
    /// # Errors
    /// `FILES_URL`, if it cannot be used.
    pub fn new(config: &Config) -> Result<FileService, BadSetting> {
        let (reviews, hints) = ReviewQueue::new();
        Ok(FileService {
            store: files::open(&config.files)?,
            receiving: Arc::default(),
            places: AtomicU64::new(0),
            reviews,
            hints: Mutex::new(Some(hints)),
        })
    }

    /// Checks that the store can be written to and belongs to this database.
    ///
    /// # Errors
    /// `FILES_URL`, with the error of the system or the cloud, or if the store belongs to another database.
    pub async fn prepare(&self, repository: &dyn Repository) -> Result<(), BadSetting> {
        let Some(store) = &self.store else { return Ok(()) };
        let bad = |problem: String| BadSetting { name: "FILES_URL".into(), problem };
        let unusable = |error: StoreError| {
            let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            bad(format!("cannot be used: {cause}"))
        };
        store.prepare().await.map_err(unusable)?;
        let ownership = files::claim(&**store, repository).await.map_err(unusable)?;
        ownership.problem().map_or(Ok(()), |problem| Err(bad(problem)))
    }

    /// The queue of files that may be unused.
    pub fn reviews(&self) -> &ReviewQueue {
        &self.reviews
    }

    /// The store.
    ///
    /// # Errors
    /// `CONFLICT` if the server has no store.
    pub fn store(&self) -> Result<&Arc<dyn FileStore>> {
        self.store.as_ref().ok_or_else(|| {
            Error::conflict("this server stores no files; FILES_URL must name a store that all nodes share")
        })
    }

    /// Reviews files of this repository.
    pub fn reviewer(&self, repository: &Arc<dyn Repository>) -> Option<FileReviewer> {
        let store = self.store.clone()?;
        Some(FileReviewer { repository: repository.clone(), store })
    }

    /// The receiver of review hints; it can be taken only once.
    pub(super) fn take_hints(&self) -> Option<mpsc::Receiver<ReviewHint>> {
        self.hints.lock().take()
    }

    /// Reserves a slot for an upload. Ends the request that has been receiving the same upload, if any.
    pub(super) fn receive(&self, owner: &UserId, file: &FileId) -> Result<UploadPlace> {
        let mut receiving = self.receiving.lock();
        let former = receiving.iter().find(|(_, holder)| holder.file == *file).map(|(number, _)| *number);
        if let Some(former) = former.and_then(|number| receiving.remove(&number)) {
            former.replaced.cancel();
        }
        let own = receiving.values().filter(|holder| holder.owner == *owner).count();
        if receiving.len() >= RECEIVING || own >= RECEIVING_PER_USER {
            let mut error = Error::new(Code::RateLimited, "too many uploads at the same time; try again later");
            error.retry_after = Some(Duration::from_secs(1));
            return Err(error);
        }
        let number = self.places.fetch_add(1, Ordering::Relaxed);
        let replaced = CancellationToken::new();
        let holder = PlaceHolder { owner: owner.clone(), file: file.clone(), replaced: replaced.clone() };
        receiving.insert(number, holder);
        Ok(UploadPlace { number, receiving: self.receiving.clone(), replaced })
    }
}

/// The upload that holds a slot.
#[derive(Debug)]
struct PlaceHolder {
    owner: UserId,
    file: FileId,
    replaced: CancellationToken,
}

/// A slot for an upload that is being received; dropping it frees the slot.
#[derive(Debug)]
pub struct UploadPlace {
    number: u64,
    receiving: Arc<Mutex<HashMap<u64, PlaceHolder>>>,
    /// Cancelled when another request takes over the upload.
    pub(super) replaced: CancellationToken,
}

impl Drop for UploadPlace {
    fn drop(&mut self) {
        self.receiving.lock().remove(&self.number);
    }
}
