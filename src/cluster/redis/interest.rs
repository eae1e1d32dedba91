use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use redis::aio::MultiplexedConnection;
use tokio::time::Instant;

use crate::cluster::message::Topic;
use crate::ops::collections::HashMap;

/// The time for which an unused topic stays subscribed, for users who reconnect soon.
const KEPT: Duration = Duration::from_secs(30);

/// A topic's subscription, and the time of its last request.
#[derive(Debug)]
struct Subscription {
    confirmed: bool,
    since: Instant,
}

#[derive(Debug, Default)]
struct InterestState {
    topics: HashMap<Topic, Subscription>,
    /// The connection, once every needed topic is confirmed on it.
    connection: Option<MultiplexedConnection>,
    /// Counts connections, because a subscription ends with its connection.
    generation: u64,
}

/// Topics to subscribe to on a connection.
#[derive(Debug)]
pub(super) struct SubscriptionRequest {
    pub(super) connection: MultiplexedConnection,
    pub(super) generation: u64,
    pub(super) topics: Vec<Topic>,
}

/// The topics that this node needs.
#[derive(Debug, Default)]
pub(super) struct Interest(Mutex<InterestState>);

impl Interest {
    fn state(&self) -> MutexGuard<'_, InterestState> {
        self.0.lock()
    }

    pub(super) fn is_subscribed(&self, topic: &Topic) -> bool {
        let state = self.state();
        state.connection.is_some() && state.topics.get(topic).is_some_and(|subscription| subscription.confirmed)
    }

    /// Records topics as needed; returns a request for those not yet confirmed.
    pub(super) fn want(&self, topics: &[Topic]) -> Option<SubscriptionRequest> {
        let mut state = self.state();
        let mut new = vec![];
        for topic in topics {
            let fresh = Subscription { confirmed: false, since: Instant::now() };
            let subscription = state.topics.entry(topic.clone()).or_insert(fresh);
            // Also for a known topic: the sweep must not take one that was requested just now.
            subscription.since = Instant::now();
            if !subscription.confirmed {
                new.push(topic.clone());
            }
        }
        let connection = state.connection.clone().filter(|_| !new.is_empty())?;
        Some(SubscriptionRequest { connection, generation: state.generation, topics: new })
    }

    /// Records the subscriptions of the connection with this number.
    pub(super) fn confirm(&self, generation: u64, topics: &[Topic]) {
        let mut state = self.state();
        // A late answer may belong to a connection that has been replaced.
        if state.generation == generation {
            for topic in topics {
                if let Some(subscription) = state.topics.get_mut(topic) {
                    subscription.confirmed = true;
                }
            }
        }
    }

    /// Starts a new connection without subscriptions; returns its number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        state.connection = None;
        state.generation += 1;
        state.topics.values_mut().for_each(|subscription| subscription.confirmed = false);
        state.generation
    }

    /// At most `max` needed topics that are not confirmed; if none are left, the connection is in use.
    pub(super) fn unconfirmed(&self, max: usize, connection: &MultiplexedConnection) -> Vec<Topic> {
        let mut state = self.state();
        let unconfirmed =
            state.topics.iter().filter(|(_, subscription)| !subscription.confirmed).map(|(topic, _)| topic.clone());
        let unconfirmed: Vec<Topic> = unconfirmed.take(max).collect();
        // Under the lock of `want`: any later request for a topic finds the connection and subscribes on it.
        if unconfirmed.is_empty() {
            state.connection = Some(connection.clone());
        }
        unconfirmed
    }

    /// Forgets topics that have been unused for a while; returns a request to unsubscribe from them.
    pub(super) fn sweep(&self, is_used: impl Fn(&Topic) -> bool) -> Option<SubscriptionRequest> {
        let mut state = self.state();
        let idle =
            |topic: &Topic, subscription: &mut Subscription| subscription.since.elapsed() > KEPT && !is_used(topic);
        let swept: Vec<Topic> =
            state.topics.extract_if(|topic, subscription| idle(topic, subscription)).map(|(topic, _)| topic).collect();
        let connection = state.connection.clone().filter(|_| !swept.is_empty())?;
        Some(SubscriptionRequest { connection, generation: state.generation, topics: swept })
    }
}
