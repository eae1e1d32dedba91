//! A thread that empties the journal when nothing has been written for some time, so that the tables are complete for
//! anyone who opens the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::mpsc::WeakSender;

use super::{JournalIndex, fold};
use crate::store::sqlite::jobs::Job;

/// The time without writes after which rows are moved.
const QUIET: Duration = Duration::from_secs(1);

/// Lets the writer move rows when it is idle.
pub(in crate::store::sqlite) struct JournalSettler {
    shared: Arc<SettlerState>,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct SettlerState {
    journal: Arc<JournalIndex>,
    jobs: WeakSender<Job>,
    /// Number of jobs that the writer has done.
    done: AtomicU64,
    is_awake: AtomicBool,
}

impl JournalSettler {
    /// Starts the thread, which ends when this is dropped.
    pub(in crate::store::sqlite) fn start(journal: Arc<JournalIndex>, jobs: WeakSender<Job>) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        // Rows left by a killed process are moved without waiting for a write.
        let is_awake = AtomicBool::new(!journal.is_empty());
        if is_awake.load(Ordering::Relaxed) {
            let _ = wake.try_send(());
        }
        let shared = Arc::new(SettlerState { journal, jobs, done: AtomicU64::default(), is_awake });
        let state = shared.clone();
        let thread = thread::Builder::new().name("sqlite-journal".into());
        let thread = thread.spawn(move || state.run(&woken))?;
        Ok(JournalSettler { shared, wake: Some(wake), thread: Some(thread) })
    }

    /// Reports that the writer has done something.
    pub(in crate::store::sqlite) fn wrote(&self) {
        self.shared.done.fetch_add(1, Ordering::Relaxed);
        if !self.shared.journal.is_empty() && !self.shared.is_awake.swap(true, Ordering::AcqRel) {
            let _ = self.wake.as_ref().map(|wake| wake.try_send(()));
        }
    }
}

impl Drop for JournalSettler {
    fn drop(&mut self) {
        self.wake.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl SettlerState {
    fn run(&self, woken: &Receiver<()>) {
        while woken.recv().is_ok() {
            loop {
                let before = self.done.load(Ordering::Relaxed);
                if woken.recv_timeout(QUIET) == Err(RecvTimeoutError::Disconnected) {
                    return;
                }
                if self.done.load(Ordering::Relaxed) != before || self.step() {
                    continue;
                }
                self.is_awake.store(false, Ordering::Release);
                // The writer may have seen this thread awake just before.
                if self.journal.is_empty() || self.is_awake.swap(true, Ordering::AcqRel) {
                    break;
                }
            }
        }
    }

    /// Moves rows until the writer is busy again; false once there are none left, or if they cannot be moved now.
    fn step(&self) -> bool {
        loop {
            let Some(jobs) = self.jobs.upgrade() else { return false };
            let (answer, answered) = channel();
            let journal = self.journal.clone();
            let job: Job = Box::new(move |connection| {
                // If it fails, the rows are moved after the next write.
                let _ = answer.send(fold::settle(connection, &journal).unwrap_or(false));
            });
            let before = self.done.load(Ordering::Relaxed);
            let is_left = jobs.blocking_send(job).is_ok() && answered.recv().unwrap_or(false);
            drop(jobs);
            if !is_left {
                return false;
            }
            // The step itself counts as one.
            if self.done.load(Ordering::Relaxed) > before + 1 {
                return true;
            }
        }
    }
}
