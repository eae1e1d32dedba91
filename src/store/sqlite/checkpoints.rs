//! Checkpoints on a thread of their own: moves committed pages from the write-ahead log into the database.
//!
//! By default SQLite checkpoints within the commit that makes the log longer than 1,000 pages, which then takes tens of
//! milliseconds while every sender waits. A `PASSIVE` checkpoint from another thread blocks nobody. It cannot catch up
//! with a writer that never pauses, and then the log would grow without bound. So the thread checkpoints twice when the
//! log is long, the second time only what came during the first, and then has the writer move the few pages that are
//! left between two batches; the next commit begins the log anew. Only if that fails, because a reader takes very long,
//! does SQLite checkpoint within a commit, at [`LONGEST_LOG`](super::connections::LONGEST_LOG).

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::mpsc::WeakSender;

use super::connections::connect;
use super::jobs::Job;

/// Changed rows after which a checkpoint is worthwhile: a few megabytes. A message counts three times: when it is
/// appended to the journal, moved to its table, and removed from the journal.
const ENOUGH: u64 = 8_000;

/// Pages in the log at which it is to begin anew: 64 MiB. Commits wait while its last pages are moved, so that must be
/// rare; but a process that starts after a kill reads the whole log.
const LONG_LOG: i64 = 16_384;

pub(super) struct Checkpoints {
    noted: u64,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread; it ends with this.
    pub(super) fn start(path: &Path, jobs: WeakSender<Job>) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let connection = connect(path).map_err(std::io::Error::other)?;
        let thread =
            thread::Builder::new().name("sqlite-checkpoint".into()).spawn(move || run(&connection, &jobs, &woken))?;
        Ok(Checkpoints { noted: 0, wake: Some(wake), thread: Some(thread) })
    }

    /// Hears how many rows the writer has changed in its life.
    pub(super) fn wrote(&mut self, rows: u64) {
        // A new connection counts from 0 again.
        if rows.abs_diff(self.noted) >= ENOUGH {
            self.noted = rows;
            // Where one is asked for already, it will see this too.
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
        // One that fails is made up for by the next.
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

/// Moves what nobody holds up; the pages that are in the log.
fn checkpoint(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))
}
