use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::ops::config::{BadSetting, Config};
use crate::protocol::error::{Code, Error, Result};
use crate::store::files::{self, FileReviewer, FileStore, ReviewHint, ReviewQueue};
use crate::store::repository::Repository;

/// Uploads that a node receives at the same time. Each holds one segment in memory.
const RECEIVING: usize = 256;
/// The files of a node.
#[derive(Debug)]
pub struct FileService {
    store: Option<Arc<dyn FileStore>>,
    receiving: Arc<Semaphore>,
    reviews: ReviewQueue,
    hints: Mutex<Option<mpsc::Receiver<ReviewHint>>>,
}

impl FileService {
    /// Opens the store that the settings name.
    ///
    /// # Errors
    /// `FILES_URL`, if it cannot be used.
    pub fn new(config: &Config) -> Result<FileService, BadSetting> {
        let (reviews, hints) = ReviewQueue::new();
        Ok(FileService {
            store: files::open(&config.files)?,
            receiving: Arc::new(Semaphore::new(RECEIVING)),
            reviews,
            hints: Mutex::new(Some(hints)),
        })
    }

    /// Checks that the store can be written to.
    ///
    /// # Errors
    /// `FILES_URL`, with the answer of the system or of the cloud.
    pub async fn prepare(&self) -> Result<(), BadSetting> {
        let Some(store) = &self.store else { return Ok(()) };
        store.prepare().await.map_err(|error| {
            let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            BadSetting { name: "FILES_URL".into(), problem: format!("cannot be written to: {cause}") }
        })
    }

    /// Takes hints that files may be deleted.
    pub fn reviews(&self) -> &ReviewQueue {
        &self.reviews
    }

    /// The store.
    ///
    /// # Errors
    /// `CONFLICT` if there is none.
    pub fn store(&self) -> Result<&Arc<dyn FileStore>> {
        self.store.as_ref().ok_or_else(|| {
            Error::conflict("this server keeps no files: FILES_URL must name a store that all nodes share")
        })
    }

    /// Reviews files of this repository.
    pub fn reviewer(&self, repository: &Arc<dyn Repository>) -> Option<FileReviewer> {
        let store = self.store.clone()?;
        Some(FileReviewer { repository: repository.clone(), store })
    }

    /// The receiver of hints; there is one.
    pub(super) fn take_hints(&self) -> Option<mpsc::Receiver<ReviewHint>> {
        self.hints.lock().take()
    }

    /// A slot among the uploads that are being received.
    pub(super) fn receive(&self) -> Result<OwnedSemaphorePermit> {
        self.receiving.clone().try_acquire_owned().map_err(|_| {
            let mut error = Error::new(Code::RateLimited, "too many uploads at the same time; wait a little");
            error.retry_after = Some(Duration::from_secs(1));
            error
        })
    }
}
