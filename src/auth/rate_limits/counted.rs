use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use crate::ops::collections::HashMap;

type Taken = Mutex<HashMap<IpAddr, AddressCount>>;

/// The unauthenticated connections of one address.
#[derive(Debug, Default)]
struct AddressCount {
    /// Connections that have sent a request.
    slots: usize,
    /// Connections that have not, in order of arrival.
    arrivals: BTreeMap<u64, CancellationToken>,
    next: u64,
}

impl AddressCount {
    /// Ends the oldest arrivals above the limit. The newest always stays: a client with credentials must get in even if
    /// others behind its address hold all slots.
    fn evict(&mut self, max: usize) {
        while self.slots + self.arrivals.len() > max && self.arrivals.len() > 1 {
            if let Some((_, arrival)) = self.arrivals.pop_first() {
                arrival.cancel();
            }
        }
    }
}

/// Anonymous connections by address.
#[derive(Debug)]
pub(super) struct AnonymousSlots {
    max: usize,
    taken: Arc<Taken>,
}

/// A slot that is freed when this is dropped.
#[derive(Debug)]
pub struct AnonymousSlot(Option<(IpAddr, Arc<Taken>)>);

/// A connection that has not sent the head of a request yet; it is counted until this is dropped.
#[derive(Debug)]
pub struct PendingConnection {
    evicted: CancellationToken,
    _place: Option<PendingPlace>,
}

#[derive(Debug)]
struct PendingPlace {
    address: IpAddr,
    number: u64,
    taken: Arc<Taken>,
}

impl AnonymousSlots {
    /// Maximum number per address; 0 is unlimited.
    pub(super) fn new(max: usize) -> Self {
        AnonymousSlots { max, taken: Arc::default() }
    }

    pub(super) fn take(&self, address: IpAddr) -> Option<AnonymousSlot> {
        if self.max == 0 {
            return Some(AnonymousSlot(None));
        }
        let mut taken = self.taken.lock();
        let count = taken.entry(address).or_default();
        if count.slots >= self.max {
            return None;
        }
        count.slots += 1;
        count.evict(self.max);
        Some(AnonymousSlot(Some((address, self.taken.clone()))))
    }

    /// Counts a new connection, which may evict the oldest one that has not sent a request.
    pub(super) fn arrive(&self, address: IpAddr) -> PendingConnection {
        let evicted = CancellationToken::new();
        if self.max == 0 {
            return PendingConnection { evicted, _place: None };
        }
        let mut taken = self.taken.lock();
        let count = taken.entry(address).or_default();
        let number = count.next;
        count.next += 1;
        count.arrivals.insert(number, evicted.clone());
        count.evict(self.max);
        PendingConnection { evicted, _place: Some(PendingPlace { address, number, taken: self.taken.clone() }) }
    }
}

impl PendingConnection {
    /// Cancelled when the connection is evicted.
    pub fn evicted(&self) -> &CancellationToken {
        &self.evicted
    }
}

impl Drop for AnonymousSlot {
    fn drop(&mut self) {
        let Some((address, taken)) = &self.0 else { return };
        release(taken, *address, |count| count.slots -= 1);
    }
}

impl Drop for PendingPlace {
    fn drop(&mut self) {
        release(&self.taken, self.address, |count| drop(count.arrivals.remove(&self.number)));
    }
}

/// Decreases a count of an address, and forgets the address if all counts are zero.
fn release(taken: &Taken, address: IpAddr, off: impl FnOnce(&mut AddressCount)) {
    let mut taken = taken.lock();
    if let Some(count) = taken.get_mut(&address) {
        off(count);
        if count.slots == 0 && count.arrivals.is_empty() {
            taken.remove(&address);
        }
    }
}
