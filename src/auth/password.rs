//! Passwords: kept as hashes of Argon2id, which take so much time and memory that guessing is dear.
//!
//! A hash takes 66 ms of one core and 19 MiB. So hashes are made by threads of their own, on half of the cores at most,
//! which go behind those that serve sockets, and those who wait for one have a bound: log-ins do not keep messages
//! waiting.

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::{Semaphore, oneshot};

use crate::protocol::error::{Code, Error, Result};
use crate::store::repository::PasswordHash;

/// KiB of memory, rounds, and lanes, as OWASP recommends them.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Those who may wait for a hash; whoever comes then is told to come again.
const WAITING: usize = 256;
/// Nobody's password: verified where there is no account, so that this takes as long as where there is one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$yEu42AuSAXoaGhFJxGgIgA$7iPXY2Y11vjeeX7To3V7eqSutE9pUfCSkLQC0S7OFjw";

/// How far the threads that make hashes go behind others, as `nice` counts.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

type Work = Box<dyn FnOnce() + Send>;

/// Makes and verifies the hashes of passwords.
#[derive(Debug)]
pub struct Passwords {
    places: Semaphore,
    /// To the threads, which end with it.
    work: mpsc::Sender<Work>,
    computed: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let (work, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..(cores / 2).max(1) {
            let waiting = waiting.clone();
            let thread = std::thread::Builder::new().name("passwords".to_owned());
            if let Err(error) = thread.spawn(move || run(&waiting)) {
                tracing::error!(%error, "a thread that makes the hashes of passwords could not be started");
            }
        }
        Passwords { places: Semaphore::new(WAITING), work, computed: AtomicU64::new(0) }
    }
}

/// Does what comes, one after another.
fn run(waiting: &Mutex<mpsc::Receiver<Work>>) {
    // Linux has it for each thread, others for the whole process only; where it is refused, hashes are as important.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, BEHIND);
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // Whoever waits for it hears of the panic.
        drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)));
    }
}

impl Passwords {
    /// The hash of a new password, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<PasswordHash> {
        let password = password.to_owned();
        let made = self.compute(move || {
            let hash: argon2::PasswordHash = argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?;
            Ok(PasswordHash(hash.to_string()))
        });
        made.await?
    }

    /// Whether the password is the one of that hash; where there is none, it takes as long to say no.
    pub async fn verify(&self, hash: Option<&PasswordHash>, password: &str) -> Result<bool> {
        let (known, password) = (hash.cloned(), password.to_owned());
        let verified = self.compute(move || {
            let hash = known.as_ref().map_or(NOBODYS, |hash| &hash.0);
            Ok(argon2()?.verify_password(password.as_bytes(), hash).is_ok() && known.is_some())
        });
        verified.await?
    }

    /// How many hashes have been computed so far.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    async fn compute<T>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<Result<T>>
    where
        T: Send + 'static,
    {
        let _place = self.places.try_acquire().map_err(|_| {
            let mut error = Error::new(Code::RateLimited, "too many people log in at this moment; try again");
            error.retry_after = Some(Duration::from_secs(1));
            error
        })?;
        let (sender, receiver) = oneshot::channel();
        let work = move || {
            // Whoever has gone meanwhile costs nothing.
            if !sender.is_closed() {
                drop(sender.send(work()));
            }
        };
        self.computed.fetch_add(1, Ordering::Relaxed);
        self.work.send(Box::new(work)).map_err(|_| Error::internal("no thread makes the hashes of passwords"))?;
        receiver.await.map_err(Error::internal)
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_and_nobodys_takes_one_hash_too() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse").await.expect("a hash");
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        assert_ne!(passwords.hash("correct horse").await.expect("a hash"), hash);
        for (known, password, right) in [
            (Some(&hash), "correct horse", true),
            (Some(&hash), "correct horses", false),
            (None, "correct horse", false),
        ] {
            let before = passwords.computed();
            assert_eq!(passwords.verify(known, password).await.expect("an answer"), right);
            assert_eq!(passwords.computed(), before + 1);
        }
    }

    #[test]
    fn nobodys_hash_costs_what_others_do() {
        let parsed = argon2::PasswordHash::new(NOBODYS).expect("a hash");
        let params = Params::try_from(&parsed).expect("parameters");
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), COST);
    }
}
