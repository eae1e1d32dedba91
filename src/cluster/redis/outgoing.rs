use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

/// About how many bytes wait at most.
const WAITING_BYTES: usize = 16 << 20;
/// How many bytes, and how many letters, are sent at once.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_LETTERS: usize = 512;

/// A letter on its way out.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    pub(super) channels: Vec<String>,
    pub(super) bytes: Bytes,
    /// Whether it is worth sending when it is late.
    pub(super) keeps: bool,
}

impl Outgoing {
    fn size(&self) -> usize {
        self.bytes.len() + self.channels.iter().map(|channel| channel.len() + 64).sum::<usize>()
    }
}

#[derive(Debug, Default)]
struct OutgoingState {
    letters: VecDeque<Outgoing>,
    bytes: usize,
    dropped: u64,
    /// Some are being sent.
    sending: bool,
}

/// The letters that wait to be sent, in their order.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<OutgoingState>,
    pub(super) more: Notify,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, OutgoingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a letter in, or drops it where too many wait.
    pub(super) fn push(&self, letter: Outgoing) {
        let mut state = self.state();
        if state.bytes + letter.size() > WAITING_BYTES {
            state.dropped += u64::from(letter.keeps);
            return;
        }
        state.bytes += letter.size();
        state.letters.push_back(letter);
        drop(state);
        self.more.notify_one();
    }

    /// What is sent next, at once.
    pub(super) fn take(&self) -> Vec<Outgoing> {
        let mut state = self.state();
        let (mut batch, mut bytes) = (vec![], 0);
        while bytes < BATCH_BYTES
            && batch.len() < BATCH_LETTERS
            && let Some(letter) = state.letters.pop_front()
        {
            bytes += letter.size();
            batch.push(letter);
        }
        state.bytes -= bytes;
        state.sending = !batch.is_empty();
        batch
    }

    /// Takes back what could not be sent and is worth sending late; the rest is of no use any more.
    pub(super) fn put_back(&self, batch: Vec<Outgoing>) {
        let mut state = self.state();
        state.sending = false;
        for letter in batch.into_iter().rev() {
            state.bytes += letter.size();
            state.letters.push_front(letter);
        }
        state.letters.retain(|letter| letter.keeps);
        state.bytes = state.letters.iter().map(Outgoing::size).sum();
    }

    /// How many letters were dropped that others will miss, since the last call.
    pub(super) fn take_dropped(&self) -> u64 {
        std::mem::take(&mut self.state().dropped)
    }

    /// Whether everything has been sent.
    pub(super) fn is_done(&self) -> bool {
        let state = self.state();
        state.letters.is_empty() && !state.sending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(bytes: usize, keeps: bool) -> Outgoing {
        Outgoing { channels: vec!["c".into()], bytes: vec![0; bytes].into(), keeps }
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_counted() {
        let queue = Queue::default();
        (0..20).for_each(|_| queue.push(letter(1 << 20, true)));
        queue.push(letter(1 << 20, false));
        assert_eq!((queue.take_dropped(), queue.take_dropped()), (5, 0));
        assert_eq!(queue.take().len(), 1);
    }

    #[test]
    fn what_could_not_be_sent_comes_first_again() {
        let queue = Queue::default();
        for (bytes, keeps) in [(1, true), (2, false), (3, true)] {
            queue.push(letter(bytes, keeps));
        }
        let batch = queue.take();
        queue.push(letter(4, true));
        queue.put_back(batch);
        let sizes: Vec<_> = queue.take().iter().map(|letter| letter.bytes.len()).collect();
        assert_eq!((sizes, queue.is_done(), queue.state().bytes), (vec![1, 3, 4], false, 0));
    }
}
