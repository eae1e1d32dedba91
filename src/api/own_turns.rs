//! Turns of a user at changing their own state: marks, mutes and settings. On one node the events of such changes leave in
//! the order of their writes, because each keeps its turn until it is published.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

use crate::ops::collections::HashMap;
use crate::protocol::{ChatId, UserId};

/// States remembered before those without a change under way are forgotten.
const STATES: usize = 10_000;

/// One user's state in a chat, or outside of all chats.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct OwnTurnKey {
    user: UserId,
    chat: Option<ChatId>,
}

/// The turns of all users.
#[derive(Debug, Default)]
pub struct OwnTurns(Mutex<HashMap<OwnTurnKey, Arc<tokio::sync::Mutex<()>>>>);

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct OwnTurn {
    _turn: OwnedMutexGuard<()>,
}

impl OwnTurns {
    /// Waits for the user's other changes in a chat, or of settings.
    pub async fn wait(&self, user: &UserId, chat: Option<&ChatId>) -> OwnTurn {
        let turns = self.of(OwnTurnKey { user: user.clone(), chat: chat.cloned() });
        OwnTurn { _turn: turns.lock_owned().await }
    }

    fn of(&self, state: OwnTurnKey) -> Arc<tokio::sync::Mutex<()>> {
        let mut states = self.0.lock();
        if states.len() >= STATES && !states.contains_key(&state) {
            states.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        states.entry(state).or_default().clone()
    }
}
