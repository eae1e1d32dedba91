//! Checkpoints on a separate thread: moves committed pages from the write-ahead log into the database.
//!
//! By default SQLite checkpoints within the commit that makes the log longer than 1,000 pages, which then takes tens of
//! milliseconds while every sender waits. A `PASSIVE` checkpoint from another thread blocks nobody. It cannot catch up
//! with a writer that never pauses, and then the log would grow without bound. If the log is long, the thread therefore
//! checkpoints twice, the second time only for pages written during the first, and then lets the writer move the few
//! remaining pages between two batches; the next commit restarts the log. Only if that fails, because a reader takes
//! very long, does SQLite checkpoint within a commit, at [`LONGEST_LOG`](super::connections::LONGEST_LOG).

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::mpsc::WeakSender;

use super::connections::connect;
use super::jobs::Job;

/// Number of changed rows after which a checkpoint is worthwhile: a few megabytes. A message counts three times: when
/// it is appended to the journal, moved to its table, and removed from the journal.
const ENOUGH: u64 = 8_000;

/// Number of pages at which the log should be restarted: 64 MiB. Commits wait while its last pages are moved, so that
/// must be rare; but a process that starts after a kill reads the whole log.
const LONG_LOG: i64 = 16_384;

pub(super) struct Checkpoints {
    noted: u64,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread, which ends when this is dropped.
    pub(super) fn start(path: &Path, jobs: WeakSender<Job>) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let connection = connect(path).map_err(std::io::Error::other)?;
        let thread =
            thread::Builder::new().name("sqlite-checkpoint".into()).spawn(move || run(&connection, &jobs, &woken))?;
        Ok(Checkpoints { noted: 0, wake: Some(wake), thread: Some(thread) })
    }

    /// Reports how many rows the writer has changed in total.
    pub(super) fn wrote(&mut self, rows: u64) {
        // A new connection counts from 0 again.
        if rows.abs_diff(self.noted) >= ENOUGH {
            self.noted = rows;
            // A checkpoint that was already requested includes these rows.
            let _ = self.wake.as_ref().map(|wake| wake.try_send(()));
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.wake.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, jobs: &WeakSender<Job>, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        // If one fails, the next makes up for it.
        let is_long = checkpoint(connection).is_ok_and(|pages| pages >= LONG_LOG);
        if !is_long || checkpoint(connection).is_err() {
            continue;
        }
        let rest: Job = Box::new(|connection| drop(checkpoint(connection)));
        if let Some(jobs) = jobs.upgrade() {
            let _ = jobs.blocking_send(rest);
        }
    }
}

/// Moves pages without blocking others; returns the number of pages in the log.
fn checkpoint(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))
}
