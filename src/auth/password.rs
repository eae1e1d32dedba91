//! Passwords: kept as hashes of Argon2id, which take so much time and memory that guessing is dear.
//!
//! A hash takes 66 ms of one core and 19 MiB. So hashes are made beside the threads that serve sockets, on half of the
//! cores at most, and those who wait for one have a bound: log-ins never keep messages waiting.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::error::{Code, Error, Result};
use crate::repository::PasswordHash;

/// KiB of memory, rounds, and lanes, as OWASP recommends them.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Those who may wait for a hash; whoever comes then is told to come again.
const WAITING: usize = 256;
/// Nobody's password: verified where there is no account, so that this takes as long as where there is one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$yEu42AuSAXoaGhFJxGgIgA$7iPXY2Y11vjeeX7To3V7eqSutE9pUfCSkLQC0S7OFjw";

/// Makes and verifies the hashes of passwords.
#[derive(Debug)]
pub struct Passwords {
    places: Semaphore,
    turns: Arc<Semaphore>,
    computed: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let turns = Arc::new(Semaphore::new((cores / 2).max(1)));
        Passwords { places: Semaphore::new(WAITING), turns, computed: AtomicU64::new(0) }
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
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let task = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        });
        task.await.map_err(Error::internal)
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
