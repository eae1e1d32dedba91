use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

type Taken = Mutex<HashMap<IpAddr, usize>>;

/// Anonymous connections by address.
#[derive(Debug)]
pub(super) struct AnonymousSlots {
    most: usize,
    taken: Arc<Taken>,
}

/// A slot that is free again once this is dropped.
#[derive(Debug)]
pub struct AnonymousSlot(Option<(IpAddr, Arc<Taken>)>);

impl AnonymousSlots {
    /// At most so many per address; 0 is unlimited.
    pub(super) fn new(most: usize) -> Self {
        AnonymousSlots { most, taken: Arc::default() }
    }

    pub(super) fn take(&self, address: IpAddr) -> Option<AnonymousSlot> {
        if self.most == 0 {
            return Some(AnonymousSlot(None));
        }
        let mut taken = self.taken.lock();
        let count = taken.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(AnonymousSlot(Some((address, self.taken.clone()))))
    }
}

impl Drop for AnonymousSlot {
    fn drop(&mut self) {
        let Some((address, taken)) = &self.0 else { return };
        let mut taken = taken.lock();
        if let Some(count) = taken.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(address);
            }
        }
    }
}
