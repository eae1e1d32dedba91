//! Turns for the connections that read. All reads together may fill the pool, but those of one user never more than
//! half of it: while one user's reads are slow, other users still get a connection.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use crate::protocol::UserId;

tokio::task_local! {
    static READER: UserId;
}

/// Maximum number of users remembered before those without a running read are forgotten.
const USERS: usize = 10_000;

/// Runs a future whose reads count as this user's.
pub async fn reading_for<F: Future>(user: UserId, future: F) -> F::Output {
    READER.scope(user, future).await
}

/// Turns for a number of connections.
#[derive(Debug)]
pub(super) struct Turns {
    of_all: Arc<Semaphore>,
    per_user: usize,
    of_users: Mutex<HashMap<UserId, Arc<Semaphore>>>,
}

/// A turn, held until it is dropped.
#[derive(Debug)]
pub(super) struct ReadTurn {
    _of_user: Option<OwnedSemaphorePermit>,
    _of_all: OwnedSemaphorePermit,
}

impl Turns {
    /// Creates turns for a number of connections.
    pub(super) fn new(connections: usize) -> Self {
        Turns {
            of_all: Arc::new(Semaphore::new(connections)),
            per_user: (connections / 2).max(1),
            of_users: Mutex::default(),
        }
    }

    /// Waits for a turn: first behind the same user's reads, then behind all reads.
    pub(super) async fn wait(&self) -> Result<ReadTurn, AcquireError> {
        let of_user = match READER.try_with(|user| self.of(user)) {
            Ok(turns) => Some(turns.acquire_owned().await?),
            Err(_) => None,
        };
        Ok(ReadTurn { _of_user: of_user, _of_all: self.of_all.clone().acquire_owned().await? })
    }

    fn of(&self, user: &UserId) -> Arc<Semaphore> {
        let mut users = self.of_users.lock();
        if users.len() >= USERS && !users.contains_key(user) {
            users.retain(|_, turns| Arc::strong_count(turns) > 1);
        }
        users.entry(user.clone()).or_insert_with(|| Arc::new(Semaphore::new(self.per_user))).clone()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn turn_of(turns: &Turns, user: &str) -> Option<ReadTurn> {
        reading_for(UserId::from(user), turns.wait()).now_or_never().map(|turn| turn.expect("turns are never closed"))
    }

    #[test]
    fn one_user_can_hold_at_most_half_of_the_connections() {
        let turns = Turns::new(4);
        let held: Vec<_> = (0..2).map(|_| turn_of(&turns, "ann").expect("half of them")).collect();
        assert!(turn_of(&turns, "ann").is_none(), "no more than half");
        let others = [turn_of(&turns, "ben").expect("another user's"), turn_of(&turns, "ben").expect("another")];
        assert!(turn_of(&turns, "cem").is_none(), "all connections are taken");
        drop(held);
        drop(turn_of(&turns, "cem").expect("one is free again"));
        drop(others);
        let nobody = turns.wait().now_or_never();
        assert!(nobody.is_some_and(|turn| turn.is_ok()), "the server's own reads count for no user");
    }

    #[test]
    fn a_single_connection_is_shared_by_all_users() {
        let turns = Turns::new(1);
        drop(turn_of(&turns, "ann").expect("the only one"));
        drop(turn_of(&turns, "ben").expect("the same"));
    }
}
