use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;

use crate::cluster::letter::Topic;

/// How long a topic is still heard that nobody needs: whoever comes back finds it there.
const KEPT: Duration = Duration::from_secs(30);

/// Whether a topic is heard, and since when it may be of no use.
#[derive(Debug)]
struct Wanted {
    heard: bool,
    since: Instant,
}

#[derive(Debug, Default)]
struct InterestState {
    topics: HashMap<Topic, Wanted>,
    /// Open once everything that was wanted is heard on it.
    connection: Option<MultiplexedConnection>,
    /// Counts connections: what was heard on one is not heard on the next.
    generation: u64,
}

/// The topics that this node must hear.
#[derive(Debug, Default)]
pub(super) struct Interest(Mutex<InterestState>);

impl Interest {
    fn state(&self) -> MutexGuard<'_, InterestState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn hears(&self, topic: &Topic) -> bool {
        let state = self.state();
        state.connection.is_some() && state.topics.get(topic).is_some_and(|wanted| wanted.heard)
    }

    /// Notes topics that must be heard; gives those that are not, and on which connection to ask for them.
    pub(super) fn want(&self, topics: &[Topic]) -> Option<(MultiplexedConnection, u64, Vec<Topic>)> {
        let mut state = self.state();
        let mut new = vec![];
        for topic in topics {
            let fresh = Wanted { heard: false, since: Instant::now() };
            let wanted = state.topics.entry(topic.clone()).or_insert(fresh);
            wanted.since = Instant::now();
            if !wanted.heard {
                new.push(topic.clone());
            }
        }
        let connection = state.connection.clone().filter(|_| !new.is_empty())?;
        Some((connection, state.generation, new))
    }

    /// Notes what is heard on the connection of that number.
    pub(super) fn confirm(&self, generation: u64, topics: &[Topic]) {
        let mut state = self.state();
        if state.generation == generation {
            for topic in topics {
                if let Some(wanted) = state.topics.get_mut(topic) {
                    wanted.heard = true;
                }
            }
        }
    }

    /// Begins with a connection on which nothing is heard; gives its number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        state.connection = None;
        state.generation += 1;
        state.topics.values_mut().for_each(|wanted| wanted.heard = false);
        state.generation
    }

    /// What is wanted and not heard, up to so many; with nothing left, the connection is open to all.
    pub(super) fn unheard(&self, most: usize, connection: &MultiplexedConnection) -> Vec<Topic> {
        let mut state = self.state();
        let unheard = state.topics.iter().filter(|(_, wanted)| !wanted.heard).map(|(topic, _)| topic.clone());
        let unheard: Vec<Topic> = unheard.take(most).collect();
        if unheard.is_empty() {
            state.connection = Some(connection.clone());
        }
        unheard
    }

    /// Forgets what has been of no use for a while.
    pub(super) fn sweep(&self, is_of_use: impl Fn(&Topic) -> bool) -> Option<(MultiplexedConnection, Vec<Topic>)> {
        let mut state = self.state();
        let idle = |topic: &Topic, wanted: &mut Wanted| wanted.since.elapsed() > KEPT && !is_of_use(topic);
        let swept: Vec<Topic> =
            state.topics.extract_if(|topic, wanted| idle(topic, wanted)).map(|(topic, _)| topic).collect();
        state.connection.clone().filter(|_| !swept.is_empty()).map(|connection| (connection, swept))
    }
}
