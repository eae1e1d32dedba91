use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

type Taken = Mutex<HashMap<IpAddr, usize>>;

/// How many places of each address are taken.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    taken: Arc<Taken>,
}

/// One place, which is free again when it is dropped.
#[derive(Debug)]
pub struct Place(Option<(IpAddr, Arc<Taken>)>);

impl Places {
    /// So many for each address; 0: any number.
    pub(super) fn new(most: usize) -> Self {
        Places { most, taken: Arc::default() }
    }

    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        if self.most == 0 {
            return Some(Place(None));
        }
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place(Some((address, self.taken.clone()))))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((address, taken)) = &self.0 else { return };
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(address);
            }
        }
    }
}
