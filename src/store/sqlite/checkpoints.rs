//! Checkpoints on a thread of their own: moves committed pages from the write-ahead log into the database.
//!
//! By default SQLite checkpoints within the commit that makes the log longer than 1,000 pages, which then takes tens of
//! milliseconds while every sender waits. A `PASSIVE` checkpoint from another thread blocks nobody. It cannot catch up
//! with a writer that never pauses, and then the log would grow without bound; so the writer still checkpoints, but at [`LONGEST_LOG`](super::opening::LONGEST_LOG), when nearly everything has been moved already and little is left to wait for.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::opening::connect;

/// Changed rows after which a checkpoint is worthwhile: a few megabytes.
const ENOUGH: u64 = 2_000;

pub(super) struct Checkpoints {
    noted: u64,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread; it ends with this.
    pub(super) fn start(path: &Path) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let connection = connect(path).map_err(std::io::Error::other)?;
        let thread = thread::Builder::new().name("sqlite-checkpoint".into()).spawn(move || run(&connection, &woken))?;
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

fn run(connection: &Connection, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        // One that fails is made up for by the next.
        let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}
