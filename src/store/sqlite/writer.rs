//! The single thread that writes. It survives panics and failures of its jobs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::checkpoints::Checkpoints;
use super::connections::{connect, for_writing};
use super::index::SqliteIndexer;
use super::jobs::Job;
use super::journal::idle::JournalSettler;
use super::journal::{JournalIndex, fold};
use super::opening::OwnerLock;
use crate::ops::exported_span::PartSpan;
use crate::ops::telemetry::StorageRequest;
use crate::store::error::{Result, StoreError};

/// The maximum number of waiting jobs; further callers wait for a free slot.
const QUEUE: usize = 64;

#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        path: &Path,
        connection: Connection,
        journal: Arc<JournalIndex>,
        lock: OwnerLock,
    ) -> std::io::Result<Self> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let checkpoints = Checkpoints::start(path, jobs.downgrade())?;
        let indexer = SqliteIndexer::start(jobs.downgrade())?;
        let settler = JournalSettler::start(journal.clone(), jobs.downgrade())?;
        let writer = WriterLoop { path: path.to_owned(), connection, journal, checkpoints, indexer, settler, lock };
        let thread = thread::Builder::new().name("sqlite-writer".into()).spawn(move || writer.work(queue))?;
        Ok(Writer { jobs: Some(jobs), thread: Some(thread) })
    }

    /// True while the writer accepts jobs.
    pub(super) fn is_alive(&self) -> bool {
        self.jobs.as_ref().is_some_and(|jobs| !jobs.is_closed())
    }

    /// Runs on the writer's thread, after every earlier job, even if the caller stops waiting.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let _request = StorageRequest::begin(false);
        let _part = PartSpan::here("write");
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let _ = answer.send(work(connection));
        });
        let gone = || StoreError::unavailable("the writer has ended");
        self.jobs.as_ref().ok_or_else(gone)?.send(job).await.map_err(|_| gone())?;
        answered.await.map_err(|_| StoreError::internal("a write panicked"))
    }
}

impl Drop for Writer {
    /// Waits for the running job, so that the file is free for the next owner.
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct WriterLoop {
    path: PathBuf,
    connection: Connection,
    journal: Arc<JournalIndex>,
    checkpoints: Checkpoints,
    indexer: SqliteIndexer,
    settler: JournalSettler,
    lock: OwnerLock,
}

impl WriterLoop {
    fn work(mut self, mut queue: mpsc::Receiver<Job>) {
        while let Some(job) = queue.blocking_recv() {
            // A panic drops the sender of the result, and the caller gets INTERNAL.
            let _ = catch_unwind(AssertUnwindSafe(|| job(&mut self.connection)));
            self.tidy();
            if let Err(error) = fold::tend(&self.connection, &self.journal) {
                // For example on a full disk. Nothing is lost: it is tried again after the next job.
                tracing::warn!(error = %error, "rows of the journal could not be moved to their tables yet");
                self.tidy();
            }
            self.settler.wrote();
            self.checkpoints.wrote(self.connection.total_changes());
            self.indexer.wrote(&self.connection);
        }
        // Anyone who opens the file after this finds complete tables.
        while fold::settle(&self.connection, &self.journal).unwrap_or(false) {}
        let WriterLoop { connection, checkpoints, indexer, settler, lock, .. } = self;
        drop((connection, checkpoints, indexer, settler));
        drop(lock);
    }

    /// Ends a transaction that a failure left open, so that the next one does not become part of it.
    fn tidy(&mut self) {
        if self.connection.is_autocommit() {
            return;
        }
        self.journal.known().clear();
        if self.connection.execute_batch("ROLLBACK; PRAGMA synchronous = FULL").is_ok() {
            return;
        }
        if let Ok(fresh) = connect(&self.path)
            && for_writing(&fresh).is_ok()
        {
            self.connection = fresh;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{JournalIndex, Writer};
    use crate::store::error::StoreError;
    use crate::store::sqlite::opening::{own, prepare};

    #[tokio::test]
    async fn a_panic_is_one_internal_error_and_rolls_back() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("a.db");
        let lock = own(&path).expect("the lock");
        let connection = prepare(&path).expect("a new file");
        let journal = JournalIndex::load(&connection).expect("an empty journal");
        let writer = Writer::start(&path, connection, journal.into(), lock).expect("a thread");
        let insert = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
            VALUES ('c', 1, 'm', 1, 'u', 'user', '', 0)";
        let left_open = writer.run::<(), _>(move |connection| {
            connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
            connection.execute(insert, []).expect("a row");
            panic!("this is a test");
        });
        assert!(matches!(left_open.await, Err(StoreError::Internal(_))));
        let count = writer.run(|connection| {
            let transaction = connection.transaction().expect("none is open");
            transaction.query_row("SELECT count(*) FROM messages", [], |row| row.get::<_, i64>(0))
        });
        assert_eq!(count.await.expect("an answer").expect("a count"), 0);
    }
}
