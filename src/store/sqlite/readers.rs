//! Connections for reading: each read has its own, and a transaction that makes it one snapshot.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::{Connection, Transaction};

use super::connections::connect_reader;
use super::failure;
use crate::ops::exported_span::PartSpan;
use crate::ops::telemetry::StorageRequest;
use crate::store::error::{Result, StoreError};
use crate::store::turns::Turns;

/// More than the number of cores, because a read may wait for the disk; each costs up to 4 MiB of cache.
const READERS: usize = 4;

#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    turns: Turns,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Arc<Self> {
        Arc::new(Readers { path: path.to_owned(), idle: Mutex::default(), turns: Turns::new(READERS) })
    }

    /// Reads in one snapshot, off the threads that serve sockets.
    pub(super) async fn read<T, F>(self: &Arc<Self>, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    {
        let _request = StorageRequest::begin(true);
        let _part = PartSpan::here("read");
        let turn = self.turns.wait().await.map_err(StoreError::internal)?;
        let readers = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || {
            let result = readers.snapshot(query);
            drop(turn);
            result
        });
        task.await.map_err(StoreError::internal)?.map_err(failure)
    }

    /// A connection whose query panicked is not reused: it is dropped during unwinding.
    fn snapshot<T>(&self, query: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let idle = self.idle.lock().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connect_reader(&self.path)?,
        };
        let transaction = connection.transaction()?;
        let result = query(&transaction);
        transaction.finish()?;
        self.idle.lock().push(connection);
        result
    }
}
