use parking_lot::Mutex;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::cluster::Wakers;
use crate::ops::collections::HashMap;
use crate::protocol::{ChatId, UserId};

use super::Hub;

/// A frame for a user's own connections.
#[derive(Debug)]
pub struct OwnFrame {
    /// The chat that the frame concerns; connections that are no longer subscribed do not get the frame.
    pub chat: Option<ChatId>,
    pub text: Utf8Bytes,
}

impl Hub {
    /// Sends a user's connections frames with state read at a given time; sends nothing and returns false if they may
    /// have received newer state since.
    pub fn tell_own(&self, user: &UserId, frames: &[OwnFrame], read_at: Instant, wakers: &mut Wakers) -> bool {
        // Events are recorded under the same lock, so none can be sent between the check and the frames.
        let users = self.users.lock();
        if self.own_events.came_since(user, read_at) {
            return false;
        }
        for connection in users.get(user).into_iter().flatten() {
            for OwnFrame { chat, text } in frames {
                if chat.as_ref().is_none_or(|chat| connection.hears(chat)) {
                    wakers.keep(connection.outbox.push_vital(text.clone(), None));
                }
            }
        }
        true
    }
}

/// Users whose latest event is remembered.
const MOST: usize = 10_000;

/// The time of the latest event for each user's own connections.
#[derive(Debug, Default)]
pub(super) struct OwnEvents(Mutex<LatestEvents>);

#[derive(Debug, Default)]
struct LatestEvents {
    of_users: HashMap<UserId, Instant>,
    /// The latest event for any user who is no longer remembered.
    of_others: Option<Instant>,
}

impl OwnEvents {
    /// Records an event that is about to be sent to the user's own connections.
    pub(super) fn note(&self, user: &UserId) {
        let mut latest = self.0.lock();
        let now = Instant::now();
        if latest.of_users.len() >= MOST && !latest.of_users.contains_key(user) {
            latest.of_users.clear();
            latest.of_others = Some(now);
        }
        latest.of_users.insert(user.clone(), now);
    }

    fn came_since(&self, user: &UserId, time: Instant) -> bool {
        let latest = self.0.lock();
        latest.of_users.get(user).copied().or(latest.of_others).is_some_and(|at| at >= time)
    }
}
