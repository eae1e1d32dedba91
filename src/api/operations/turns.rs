//! Turns at an `opId` on one node: those who send the same one wait for each other.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

use crate::domain::OperationClaim;
use crate::protocol::error::{Error, Result};
use crate::protocol::{OperationId, UserId};

/// The time that a repetition waits for the outcome on its own node.
const WAIT: Duration = Duration::from_secs(2);

/// A claim while its command runs.
#[derive(Debug)]
pub struct HeldClaim {
    claim: OperationClaim,
    is_ended: AtomicBool,
}

impl HeldClaim {
    pub(super) fn new(claim: OperationClaim) -> Self {
        HeldClaim { claim, is_ended: AtomicBool::new(false) }
    }

    /// The claim, for the write that ends it.
    pub fn claim(&self) -> &OperationClaim {
        &self.claim
    }

    /// True if a write has ended the claim.
    pub(super) fn is_ended(&self) -> bool {
        self.is_ended.load(Ordering::Relaxed)
    }

    /// Notes that a write has ended the claim.
    pub fn end(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
    }
}

type OperationKey = (UserId, OperationId);

/// The commands with an `opId` that run on this node. It has an entry for each of them and for those who wait.
#[derive(Debug, Default)]
pub struct OperationTurns {
    gates: Mutex<HashMap<OperationKey, Arc<tokio::sync::Mutex<()>>>>,
}

/// A turn at an operation.
#[derive(Debug)]
pub(super) struct OperationTurn {
    // First: the gate is removed once nobody holds it or waits.
    _guard: OwnedMutexGuard<()>,
    _place: GatePlace,
}

/// Removes its gate if it is the last at it.
#[derive(Debug)]
struct GatePlace {
    turns: Arc<OperationTurns>,
    key: OperationKey,
    gate: Option<Arc<tokio::sync::Mutex<()>>>,
}

impl Drop for GatePlace {
    fn drop(&mut self) {
        self.gate.take();
        let mut gates = self.turns.gates.lock();
        // Others take their share under this lock.
        if gates.get(&self.key).is_some_and(|gate| Arc::strong_count(gate) == 1) {
            gates.remove(&self.key);
        }
    }
}

impl OperationTurns {
    pub(super) async fn enter(self: &Arc<Self>, key: OperationKey) -> Result<OperationTurn> {
        let gate = self.gates.lock().entry(key.clone()).or_default().clone();
        let place = GatePlace { turns: self.clone(), key, gate: Some(gate.clone()) };
        let guard = timeout(WAIT, gate.lock_owned()).await.map_err(|_| running(Duration::from_secs(1)))?;
        Ok(OperationTurn { _guard: guard, _place: place })
    }
}

/// The refusal of a repetition while the command runs.
pub(super) fn running(retry_after: Duration) -> Error {
    let mut error = Error::passing("this command is still running under the same opId; try again with the same opId");
    error.retry_after = Some(retry_after);
    error
}
