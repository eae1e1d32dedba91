use std::collections::VecDeque;

use bytes::Bytes;
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;

/// The approximate limit of queued bytes.
const WAITING_BYTES: usize = 16 << 20;
/// Maximum bytes, and messages, of one pipeline.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_MESSAGES: usize = 512;

/// A message that waits to be sent.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    pub(super) channels: Vec<String>,
    pub(super) bytes: Bytes,
    /// True if the message is worth sending after an outage.
    pub(super) outlives_outages: bool,
}

impl Outgoing {
    fn size(&self) -> usize {
        self.bytes.len() + self.channels.iter().map(|channel| channel.len() + 64).sum::<usize>()
    }
}

#[derive(Debug, Default)]
struct OutgoingState {
    messages: VecDeque<Outgoing>,
    bytes: usize,
    dropped: u64,
    /// True while a pipeline is being sent.
    sending: bool,
}

/// The queued messages, in order.
#[derive(Debug, Default)]
pub(super) struct OutgoingQueue {
    state: Mutex<OutgoingState>,
    pub(super) more: Notify,
}

impl OutgoingQueue {
    fn state(&self) -> MutexGuard<'_, OutgoingState> {
        self.state.lock()
    }

    /// Queues a message, or drops it if too many are waiting.
    pub(super) fn push(&self, message: Outgoing) {
        let mut state = self.state();
        if state.bytes + message.size() > WAITING_BYTES {
            // The loss of an ephemeral message needs no recovery, so the other nodes need not know of it.
            state.dropped += u64::from(message.outlives_outages);
            return;
        }
        state.bytes += message.size();
        state.messages.push_back(message);
        drop(state);
        self.more.notify_one();
    }

    /// Takes the messages of the next pipeline.
    pub(super) fn take(&self) -> Vec<Outgoing> {
        let mut state = self.state();
        let mut batch = vec![];
        let mut bytes = 0;
        while bytes < BATCH_BYTES
            && batch.len() < BATCH_MESSAGES
            && let Some(message) = state.messages.pop_front()
        {
            bytes += message.size();
            batch.push(message);
        }
        state.bytes -= bytes;
        state.sending = !batch.is_empty();
        batch
    }

    /// Requeues messages that could not be sent, if they are worth sending after an outage.
    pub(super) fn put_back(&self, batch: Vec<Outgoing>) {
        let mut state = self.state();
        state.sending = false;
        // From the last to the first, so that the batch keeps its order ahead of what was queued later.
        for message in batch.into_iter().rev() {
            state.bytes += message.size();
            state.messages.push_front(message);
        }
        // Typing from before an outage is outdated after it.
        state.messages.retain(|message| message.outlives_outages);
        state.bytes = state.messages.iter().map(Outgoing::size).sum();
    }

    /// The number of messages dropped since the last call whose loss needs recovery.
    pub(super) fn take_dropped(&self) -> u64 {
        std::mem::take(&mut self.state().dropped)
    }

    /// True once everything has been sent.
    pub(super) fn is_done(&self) -> bool {
        let state = self.state();
        state.messages.is_empty() && !state.sending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: usize, outlives_outages: bool) -> Outgoing {
        Outgoing { channels: vec!["c".into()], bytes: vec![0; bytes].into(), outlives_outages }
    }

    #[test]
    fn messages_beyond_the_limit_are_dropped_and_counted() {
        let queue = OutgoingQueue::default();
        (0..20).for_each(|_| queue.push(message(1 << 20, true)));
        queue.push(message(1 << 20, false));
        assert_eq!((queue.take_dropped(), queue.take_dropped()), (5, 0));
        assert_eq!(queue.take().len(), 1);
    }

    #[test]
    fn unsent_messages_are_sent_first() {
        let queue = OutgoingQueue::default();
        for (bytes, outlives_outages) in [(1, true), (2, false), (3, true)] {
            queue.push(message(bytes, outlives_outages));
        }
        let batch = queue.take();
        queue.push(message(4, true));
        queue.put_back(batch);
        let sizes: Vec<_> = queue.take().iter().map(|message| message.bytes.len()).collect();
        assert_eq!((sizes, queue.is_done(), queue.state().bytes), (vec![1, 3, 4], false, 0));
    }
}
