//! Passwords, stored as Argon2id hashes, which take so much time and memory that guessing is expensive.
//!
//! A hash takes 66 ms of one core and 19 MiB. Dedicated threads on at most half the cores compute hashes, at a lower
//! priority than the threads that serve sockets, and take their work from a bounded, fair queue. The same threads
//! verify hashes that were imported from another server.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::oneshot;

use crate::protocol::error::{Code, Error, Result};
use crate::store::repository::PasswordHash;

mod imported;
mod queue;

pub use imported::{ImportedScheme, imported_hash, is_costly, is_imported};
use queue::FairQueue;
pub use queue::QueueKey;

/// KiB of memory, rounds and lanes, as OWASP recommends.
const COST: Cost = Cost { memory: 19 * 1024, rounds: 2, lanes: 1 };
/// A hash that matches no password, verified for unknown accounts so that they take as long as known ones.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$yEu42AuSAXoaGhFJxGgIgA$7iPXY2Y11vjeeX7To3V7eqSutE9pUfCSkLQC0S7OFjw";

/// The niceness of the threads that compute hashes.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

#[derive(Debug, PartialEq, Eq)]
struct Cost {
    memory: u32,
    rounds: u32,
    lanes: u32,
}

type HashWork = Box<dyn FnOnce() + Send>;

/// Computes and verifies password hashes.
pub struct Passwords {
    queue: Arc<FairQueue<HashWork>>,
    computed: Arc<AtomicU64>,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Passwords").field("computed", &self.computed).finish_non_exhaustive()
    }
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let queue = Arc::<FairQueue<HashWork>>::default();
        for _ in 0..(cores / 2).max(1) {
            let queue = queue.clone();
            let thread = std::thread::Builder::new().name("passwords".to_owned());
            if let Err(error) = thread.spawn(move || run(&queue)) {
                tracing::error!(%error, "a thread that computes password hashes could not be started");
            }
        }
        Passwords { queue, computed: Arc::default() }
    }
}

impl Drop for Passwords {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// Computes one hash after another until the queue is closed.
fn run(queue: &FairQueue<HashWork>) {
    // Linux has a priority per thread, other systems only one per process. If the system refuses, only fairness
    // suffers.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICENESS);
    while let Some(work) = queue.pop() {
        work();
    }
}

impl Passwords {
    /// The hash of a new password, with a random salt.
    ///
    /// # Errors
    /// `RATE_LIMITED` if the queue is full.
    pub async fn hash(&self, password: &str, key: QueueKey) -> Result<PasswordHash> {
        let password = password.to_owned();
        self.compute(key, 1, move || hash_password(&password)).await
    }

    /// True if the password matches the hash; without a hash, the refusal takes as long.
    ///
    /// # Errors
    /// `RATE_LIMITED` if the queue is full.
    pub async fn verify(&self, hash: Option<&PasswordHash>, password: &str, key: QueueKey) -> Result<bool> {
        let known = hash.cloned();
        let password = password.to_owned();
        let weight = hash.map_or(1, imported::weight);
        let verify = move || {
            let hash = known.as_ref().map_or(NOBODYS, |hash| &hash.0);
            if let Some(is_right) = imported::verify(hash, &password) {
                return Ok(is_right);
            }
            Ok(argon2()?.verify_password(password.as_bytes(), hash).is_ok() && known.is_some())
        };
        self.compute(key, weight, verify).await
    }

    /// The number of hashes computed so far.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The number of requests waiting for a hash.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// True if a request for the account with this name is waiting for a hash.
    pub fn is_waiting(&self, account: &str) -> bool {
        self.queue.has(account)
    }

    /// Drops the requests that wait and refuses others: the server stops.
    pub fn stop(&self) {
        self.queue.close();
    }

    /// Computes a hash of a weight: the multiple of the time that one of this server's own takes.
    async fn compute<T>(
        &self,
        key: QueueKey,
        weight: u64,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T>
    where
        T: Send + 'static,
    {
        let gone = key.gone.clone();
        let (sender, receiver) = oneshot::channel();
        let computed = self.computed.clone();
        let work = move || {
            // If the caller has stopped waiting, no hash is computed.
            if !sender.is_closed() {
                computed.fetch_add(1, Ordering::Relaxed);
                let result = catch_unwind(AssertUnwindSafe(work));
                drop(sender.send(result.unwrap_or_else(|_| Err(Error::internal("computing a hash panicked")))));
            }
        };
        if !self.queue.push(key, weight, Box::new(work)) {
            return Err(self.refusal());
        }
        tokio::select! {
            // The sender is dropped unused if the request is evicted to make room for another address.
            result = receiver => result.unwrap_or_else(|_| Err(self.refusal())),
            // The receiver is dropped, so that the hash is not computed.
            () = gone.cancelled() => Err(Error::passing("the client has gone")),
        }
    }

    fn refusal(&self) -> Error {
        if self.queue.is_closed() { Error::passing("the server is stopping; try again") } else { crowded() }
    }
}

fn crowded() -> Error {
    let mut error = Error::new(Code::RateLimited, "too many log-ins are waiting; try again later");
    error.retry_after = Some(Duration::from_secs(1));
    error
}

/// The hash of a new password, computed on this thread.
///
/// # Errors
/// `INTERNAL` if the system provides no random salt.
pub fn hash_password(password: &str) -> Result<PasswordHash> {
    let hash: argon2::PasswordHash = argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?;
    Ok(PasswordHash(hash.to_string()))
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(COST.memory, COST.rounds, COST.lanes, None);
    let params = params.map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;

    fn key() -> QueueKey {
        let gone = CancellationToken::new();
        QueueKey { account: "ann".to_owned(), address: [192, 0, 2, 1].into(), is_known: false, gone }
    }

    #[tokio::test]
    async fn passwords_verify_and_unknown_users_cost_one_hash() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse", key()).await.expect("a hash");
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        assert_ne!(passwords.hash("correct horse", key()).await.expect("a hash"), hash);
        for (known, password, right) in [
            (Some(&hash), "correct horse", true),
            (Some(&hash), "correct horses", false),
            (None, "correct horse", false),
        ] {
            let before = passwords.computed();
            assert_eq!(passwords.verify(known, password, key()).await.expect("an answer"), right);
            assert_eq!(passwords.computed(), before + 1);
        }
    }

    #[tokio::test]
    async fn no_hash_is_computed_for_clients_that_have_gone_nor_after_a_stop() {
        let passwords = Passwords::default();
        let gone = CancellationToken::new();
        let waiting: Vec<_> = (0..8)
            .map(|number| QueueKey { account: format!("a{number}"), gone: gone.clone(), ..key() })
            .map(|key| passwords.verify(None, "wrong password", key))
            .collect();
        let all = futures_util::future::join_all(waiting);
        gone.cancel();
        assert!(all.await.iter().all(Result::is_err));
        // Behind them in the queue: what was dropped has had its turn.
        assert_eq!(passwords.verify(None, "wrong password", key()).await.ok(), Some(false));
        let before = passwords.computed();
        assert!(before < 8, "{before}");
        passwords.stop();
        let refused = passwords.hash("correct horse", key()).await.expect_err("it has stopped");
        assert_eq!((refused.code, passwords.waiting()), (Code::Unavailable, 0));
        assert_eq!(passwords.computed(), before);
    }

    #[test]
    fn the_dummy_hash_costs_as_much_as_a_real_one() {
        let parsed = argon2::PasswordHash::new(NOBODYS).expect("a hash");
        let params = Params::try_from(&parsed).expect("parameters");
        let cost = Cost { memory: params.m_cost(), rounds: params.t_cost(), lanes: params.p_cost() };
        assert_eq!(cost, COST);
    }
}
