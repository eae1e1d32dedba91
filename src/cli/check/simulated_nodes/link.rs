//! A node's link to the storage, which is slow and fails as the seed determines.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use tokio::time::{Instant, sleep, sleep_until};

use crate::ops::dice::Dice;
use crate::store::error::{Result, StoreError};
use crate::store::memory::StoreLink;

/// A link that occasionally loses calls and answers.
#[derive(Debug)]
pub(super) struct SimulatedLink(Mutex<LinkHealth>);

#[derive(Debug)]
struct LinkHealth {
    dice: Dice,
    /// Maximum delay in each direction in milliseconds.
    delay: u64,
    /// The number of calls of which one is refused, and of answers of which one is lost; 0 for none.
    loses_one_of: u64,
    frozen_until: Instant,
    is_dead: bool,
}

/// The fate of one call or answer.
enum Fate {
    Arrives(Duration),
    Lost,
    /// The node was killed.
    Never,
}

impl SimulatedLink {
    pub(super) fn new(seed: u64) -> Arc<Self> {
        let frozen_until = Instant::now();
        let health = LinkHealth { dice: Dice(seed), delay: 0, loses_one_of: 0, frozen_until, is_dead: false };
        Arc::new(SimulatedLink(Mutex::new(health)))
    }

    /// Sets how slow and how unreliable the link is.
    pub(super) fn set(&self, delay: u64, loses_one_of: u64) {
        let mut health = self.0.lock();
        health.delay = delay;
        health.loses_one_of = loses_one_of;
    }

    pub(super) fn freeze(&self, until: Instant) {
        self.0.lock().frozen_until = until;
    }

    /// Stops answering.
    pub(super) fn kill(&self) {
        self.0.lock().is_dead = true;
    }

    fn fate(&self) -> Fate {
        let LinkHealth { dice, delay, loses_one_of, is_dead, .. } = &mut *self.0.lock();
        if *is_dead {
            return Fate::Never;
        }
        if *loses_one_of > 0 && dice.below(*loses_one_of) == 0 {
            return Fate::Lost;
        }
        Fate::Arrives(Duration::from_millis(dice.below(*delay + 1)))
    }

    async fn pass(&self, loss: &'static str) -> Result<()> {
        let frozen_until = self.0.lock().frozen_until;
        if frozen_until > Instant::now() {
            sleep_until(frozen_until).await;
        }
        match self.fate() {
            Fate::Arrives(Duration::ZERO) => Ok(()),
            Fate::Arrives(delay) => {
                sleep(delay).await;
                Ok(())
            }
            Fate::Lost => Err(StoreError::unavailable(loss)),
            Fate::Never => std::future::pending().await,
        }
    }
}

#[async_trait]
impl StoreLink for SimulatedLink {
    async fn carry_call(&self) -> Result<()> {
        self.pass("the simulation lost the call").await
    }

    async fn carry_answer(&self) -> Result<()> {
        self.pass("the simulation lost the answer").await
    }
}
