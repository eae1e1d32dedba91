use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use tokio::sync::mpsc;

use crate::cluster::Wakers;
use crate::domain::{Change, Outcome};
use crate::ops::clock::Clock;
use crate::ops::exported_span::PartSpan;
use crate::ops::fault;
use crate::ops::stats::StatsCounter;
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};
use crate::protocol::{AuditEntry, AuditId, ChatEvent};
use crate::realtime::newcomers::{Newcomer, Newcomers};
use crate::realtime::reply::PendingReply;
use crate::store::error::StoreError;
use crate::store::repository::Repository;

use super::publisher::Publisher;
use super::submission::{Batch, Submission};

/// Commits the batches of one queue.
#[derive(Clone)]
pub struct CommitWorker {
    /// The storage that makes changes durable.
    pub repository: Arc<dyn Repository>,
    /// Publishes the outcomes.
    pub publisher: Publisher,
    /// Corrects the profiles of new members.
    pub newcomers: Newcomers,
    /// Supplies times and ids.
    pub clock: Arc<Clock>,
    /// Counts commits.
    pub telemetry: Arc<Telemetry>,
    /// Counts messages.
    pub stats: Arc<StatsCounter>,
}

impl CommitWorker {
    pub(super) async fn run(self, mut waiting: mpsc::Receiver<Submission>) {
        while let Some(first) = waiting.recv().await {
            let batch = Batch::take(first, &mut waiting);
            // A panic must not end the queue: the replies of the batch are dropped and answer INTERNAL.
            if std::panic::AssertUnwindSafe(self.commit(batch)).catch_unwind().await.is_err() {
                tracing::error!("a batch of changes panicked");
            }
        }
    }

    async fn commit(&self, batch: Batch) {
        let batch = if fault::any() { self.inject_faults(batch) } else { batch };
        let batch = self.settle(batch).await;
        if batch.changes.is_empty() {
            return;
        }
        let begun = Instant::now();
        let Batch { changes, replies, .. } = batch;
        let changes: Arc<[Change]> = changes.into();
        let parts = parts(&replies);
        let results = self.repository.commit(changes.clone(), self.clock.now()).await;
        drop(parts);
        self.telemetry.committed(changes.len(), begun.elapsed());
        // Before anything is published, so that no moderation is visible without its audit entry.
        let recorded = self.record(&changes, &results).await;
        let mut wakers = Wakers::default();
        let mut added = vec![];
        for ((change, reply), result) in changes.iter().zip(replies).zip(results) {
            match result {
                Ok(outcome) if !outcome.duplicate => {
                    if let ChatEvent::NewMessage(_) = outcome.event {
                        self.stats.message_sent();
                    }
                    added
                        .extend(outcome.shown_newcomers().into_iter().map(|user| Newcomer::new(&change.chat_id, user)));
                    // A caller whose audit entry is missing gets an error, and then the event like any subscriber.
                    let refusal = recorded.as_ref().err().filter(|_| !change.moderated(&outcome).is_empty());
                    self.publisher.publish(outcome, reply, refusal.map(Error::repeated), &mut wakers);
                }
                result => {
                    let is_unknown = result.as_ref().is_err_and(is_unknown);
                    // The caller gets the error first, and then the event like any subscriber.
                    self.publisher.respond(&change.chat_id, reply, result.map_err(Error::from), &mut wakers);
                    if is_unknown {
                        // Every node reads the chat, because the change may have been committed but is never published here.
                        self.publisher.bus.doubt(&change.chat_id);
                    }
                }
            }
        }
        // Only now, so that every connection is woken once for the whole batch, and writes it with one system call.
        wakers.wake();
        for newcomer in added {
            self.newcomers.note(newcomer).await;
        }
    }

    /// Publishes everything committed in these chats while an outcome was unknown, before any later change of them.
    /// Refuses changes of chats whose outcome is still unknown; returns the others.
    async fn settle(&self, batch: Batch) -> Batch {
        let mut chats: Vec<_> = batch.changes.iter().map(|change| &change.chat_id).collect();
        chats.dedup();
        let mut unknown = vec![];
        for chat in chats {
            if let Err(error) = self.publisher.bus.settle(chat).await {
                unknown.push((chat.clone(), error));
            }
        }
        if unknown.is_empty() {
            return batch;
        }
        let mut wakers = Wakers::default();
        let mut left = Batch::default();
        for (change, reply) in batch.changes.into_iter().zip(batch.replies) {
            match unknown.iter().find(|(chat, _)| *chat == change.chat_id) {
                Some((chat, error)) => self.publisher.respond(chat, reply, Err(error.repeated()), &mut wakers),
                None => left.add(Submission { change: Box::new(change), reply }),
            }
        }
        wakers.wake();
        left
    }

    /// Records moderation in the audit log, before it is published.
    async fn record(&self, changes: &[Change], results: &[Result<Outcome, StoreError>]) -> Result<()> {
        let mut entries = vec![];
        for (change, result) in changes.iter().zip(results) {
            let Ok(outcome) = result else { continue };
            entries.extend(change.moderated(outcome).into_iter().map(|moderated| AuditEntry {
                id: AuditId::from(self.clock.id()),
                at: self.clock.now(),
                actor_id: change.actor.id.clone(),
                command: moderated.command.to_owned(),
                target_id: Some(moderated.target),
                chat_id: Some(change.chat_id.clone()),
                reason: moderated.reason,
            }));
        }
        if entries.is_empty() {
            return Ok(());
        }
        let written = self.repository.append_audit(&entries).await;
        if written.is_err() {
            tracing::error!(?entries, "the audit log could not be written");
        }
        Ok(written?)
    }
}

/// The time of the batch, as a part of the span of each command in it.
fn parts(replies: &[PendingReply]) -> Vec<PartSpan> {
    let part = |reply: &PendingReply| {
        let part = reply.span().part("commit");
        part.note("pichat.batch_changes", replies.len());
        part
    };
    replies.iter().map(part).collect()
}

/// True if a change that failed with this error may have been committed.
fn is_unknown(error: &StoreError) -> bool {
    error.is_temporary() || matches!(error, StoreError::Internal(_))
}
