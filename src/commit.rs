//! CommitQueues: where durable changes become batches, and where their order is made.
//!
//! A chat's changes all go through one lane. Its committer takes everything that waits, has it committed as one
//! batch, and then, in order, answers the callers and publishes the events. So a change that comes alone is
//! committed at once, and under load one disk flush carries many; and a caller's connection sees its reply exactly
//! where the others see the event.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::task::TaskTracker;

use crate::cluster::Bus;
use crate::domain::{Change, Outcome};
use crate::ops::clock::Clock;
use crate::ops::fault;
use crate::ops::stats::{StatsCounter, Totals};
use crate::ops::telemetry::Telemetry;
use crate::protocol::error::{Error, Result};
use crate::protocol::wire;
use crate::protocol::{AuditEntry, AuditId, ChannelListed, ChatEvent, ChatId, ChatKind, Mention};
use crate::realtime::features::RealtimeFeatures;
use crate::realtime::hub::{Connection, Publication, Wakers};
use crate::realtime::receipts::Receipts;
use crate::realtime::reply::PendingReply;
use crate::store::repository::Repository;

mod faults;

/// How many changes one batch has at most.
const BATCH_CHANGES: usize = 256;
/// About how many bytes of text one batch has at most.
const BATCH_BYTES: usize = 1 << 20;
/// How many changes wait before callers do.
const WAITING: usize = 1024;

type Submission = (Box<Change>, PendingReply);

/// The lanes of this node.
#[derive(Debug)]
pub struct CommitQueues {
    lanes: Vec<mpsc::Sender<Submission>>,
    alone: bool,
}

/// What a committer works with.
#[derive(Clone)]
pub struct Committer {
    /// Where changes are made durable.
    pub repository: Arc<dyn Repository>,
    /// Where events go.
    pub bus: Arc<Bus>,
    /// What ends with an event.
    pub features: Arc<RealtimeFeatures>,
    /// Where marks are kept that end with their chat.
    pub receipts: Arc<Receipts>,
    /// Where times come from.
    pub clock: Arc<Clock>,
    /// Where commits are counted.
    pub telemetry: Arc<Telemetry>,
    /// Where what there is is counted.
    pub stats: Arc<StatsCounter>,
}

impl CommitQueues {
    /// Starts as many committers as the repository has use for; they end when the lanes are dropped.
    pub fn start(committer: &Committer, tasks: &TaskTracker) -> Self {
        let lane = |_| {
            let (sender, receiver) = mpsc::channel(WAITING);
            tasks.spawn(committer.clone().run(receiver));
            sender
        };
        let lanes = (0..committer.repository.commit_queues().max(1)).map(lane).collect();
        CommitQueues { lanes, alone: committer.bus.is_alone() }
    }

    /// Which changes of one connection are answered in the order they were handed over in, without waiting for each
    /// other: those of one lane; with other nodes, where a chat's answers may wait for its events, those of one chat.
    pub fn shard_key(&self, chat: &str) -> u64 {
        if self.alone { number(chat) % self.lanes.len() as u64 } else { number(chat) }
    }

    fn of(&self, chat: &str) -> &mpsc::Sender<Submission> {
        let lane = usize::try_from(number(chat) % self.lanes.len() as u64);
        &self.lanes[lane.expect("less than the number of lanes")]
    }

    /// Hands a change over; the lane answers.
    pub async fn submit(&self, change: Box<Change>, answer: PendingReply) {
        let lane = self.of(&change.chat_id);
        if let Err(mpsc::error::SendError((_, answer))) = lane.send((change, answer)).await {
            let mut wakers = Wakers::default();
            answer.send(Err(Error::unavailable("the lane has ended")), None, &mut wakers);
            wakers.wake();
        }
    }
}

impl Committer {
    async fn run(self, mut waiting: mpsc::Receiver<Submission>) {
        while let Some(first) = waiting.recv().await {
            let (changes, answers) = take_batch(first, &mut waiting);
            let batch = std::panic::AssertUnwindSafe(self.commit(changes, answers));
            if batch.catch_unwind().await.is_err() {
                tracing::error!("a batch of changes panicked");
            }
        }
    }

    async fn commit(&self, changes: Vec<Change>, answers: Vec<PendingReply>) {
        let (changes, answers) = if fault::any() { self.go_wrong(changes, answers) } else { (changes, answers) };
        let begun = Instant::now();
        let results = self.repository.commit(&changes, self.clock.now()).await;
        self.telemetry.committed(changes.len(), begun.elapsed());
        let recorded = self.record(&changes, &results).await;
        let mut wakers = Wakers::default();
        for ((change, answer), result) in changes.iter().zip(answers).zip(results) {
            match result {
                Ok(outcome) if !outcome.duplicate => {
                    count(&self.stats, &outcome);
                    let refusal = recorded.as_ref().err().filter(|_| !change.moderated(&outcome).is_empty());
                    self.publish(answer, outcome, refusal.map(Error::repeated), &mut wakers);
                }
                result => self.answer(&change.chat_id, answer, result, &mut wakers),
            }
        }
        wakers.wake();
    }

    /// Answers one whose wish changed nothing.
    fn answer(&self, chat: &ChatId, answer: PendingReply, result: Result<Outcome>, wakers: &mut Wakers) {
        let reply = result.map(|outcome| {
            // What was fulfilled before must have come by before.
            self.bus.note_head(chat, outcome.event.seq().unwrap_or(0), wakers);
            self.features.changed(&outcome.event, answer.connection().map(|connection| &**connection));
            wire::encode(outcome.reply.as_ref().unwrap_or(&outcome.event))
        });
        self.bus.reply(chat, |_, wakers| answer.send(reply, None, wakers), wakers);
    }

    /// Writes down what was done to keep order, before anybody is told of it.
    async fn record(&self, changes: &[Change], results: &[Result<Outcome>]) -> Result<()> {
        let mut entries = vec![];
        for (change, outcome) in
            changes.iter().zip(results).filter_map(|(one, result)| Some((one, result.as_ref().ok()?)))
        {
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
            tracing::error!(?entries, "what was done could not be written into the audit log");
        }
        written
    }

    /// Answers the caller and tells everybody else, in this order and in one go. One who is refused though it was
    /// done hears of it like the others.
    fn publish(&self, answer: PendingReply, mut outcome: Outcome, refusal: Option<Error>, wakers: &mut Wakers) {
        if let Some(first) = outcome.first.take() {
            let text = wire::encode(&first.event);
            self.bus.publish(publication(&first, text, answer.connection()), |_, _| {}, wakers);
        }
        let chat = outcome.event.chat_id().clone();
        let text = wire::encode(&outcome.event);
        let reply = outcome.reply.as_ref().map_or_else(|| text.clone(), wire::encode);
        self.features.changed(&outcome.event, answer.connection().map(|connection| &**connection));
        if matches!(outcome.event, ChatEvent::ChatDeleted(_)) {
            self.receipts.forget(&chat);
        }
        let caller = answer.connection().filter(|_| refusal.is_none());
        let publication = publication(&outcome, text, caller);
        let clock = chat.clone();
        let owed = move |late: bool, wakers: &mut Wakers| match refusal {
            Some(refusal) => answer.send(Err(refusal), None, wakers),
            None if late => answer.send(Ok(wire::as_duplicate(&reply)), Some(&clock), wakers),
            None => answer.send(Ok(reply), Some(&clock), wakers),
        };
        self.bus.publish(publication, owed, wakers);
        if let (false, Some(message)) = (outcome.mentioned.is_empty(), outcome.event.message()) {
            let mention = wire::encode(&Mention { chat_id: chat.clone(), message: message.clone() });
            for user in &outcome.mentioned {
                self.bus.publish_ephemeral_to_user(user, &mention, wakers);
            }
        }
        if let ChatEvent::NewChat(event) = outcome.event
            && event.chat.kind == ChatKind::Channel
        {
            let listed = wire::encode(&ChannelListed { chat: event.chat });
            self.bus.publish_outside(&chat, &listed, wakers);
        }
    }
}

/// What came about, on its way to everybody but the caller's connection.
fn publication(outcome: &Outcome, text: Utf8Bytes, caller: Option<&Arc<Connection>>) -> Publication {
    Publication {
        chat: outcome.event.chat_id().clone(),
        seq: outcome.event.seq(),
        text,
        welcome: outcome.welcome.as_ref().map(wire::encode),
        joined: outcome.joined.clone(),
        left: outcome.left.clone(),
        caller: caller.cloned(),
        sender: match &outcome.event {
            ChatEvent::NewMessage(event) => Some(event.message.sender.id.clone()),
            _ => None,
        },
    }
}

fn count(stats: &StatsCounter, outcome: &Outcome) {
    let mut change = Totals::default();
    match &outcome.event {
        ChatEvent::NewMessage(_) => stats.message_sent(),
        ChatEvent::NewChat(_) => change.chats += 1,
        ChatEvent::MessageDeleted(_) => change.messages -= 1,
        ChatEvent::ReactionAdded(event) => drop(change.reactions.insert(event.emoji.clone(), 1)),
        ChatEvent::ReactionRemoved(event) => drop(change.reactions.insert(event.emoji.clone(), -1)),
        _ => {}
    }
    if let Some(messages) = outcome.ended {
        change.chats -= 1;
        change.messages -= i64::try_from(messages).unwrap_or(0);
    }
    if !change.is_empty() {
        stats.add(&change);
    }
}

fn number(chat: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    chat.hash(&mut hasher);
    hasher.finish()
}

fn take_batch(first: Submission, waiting: &mut mpsc::Receiver<Submission>) -> (Vec<Change>, Vec<PendingReply>) {
    let mut bytes = first.0.size();
    let (mut changes, mut answers) = (vec![*first.0], vec![first.1]);
    while changes.len() < BATCH_CHANGES
        && bytes < BATCH_BYTES
        && let Ok((change, answer)) = waiting.try_recv()
    {
        bytes += change.size();
        changes.push(*change);
        answers.push(answer);
    }
    (changes, answers)
}
