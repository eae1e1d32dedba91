//! A bounded queue that is fair to accounts and addresses.
//!
//! Requests from one address form a flow, and flows take turns, so a flood from one address delays every other address
//! by one request per round. Accounts that have recently logged in from their address go before strangers, but every
//! fourth request is a stranger's, so that a flood of valid log-ins cannot shut strangers out. A full queue drops the
//! newest request of the longest flow, so a newcomer is admitted at the flood's expense.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};

use parking_lot::{Condvar, Mutex};

/// Maximum number of waiting requests.
const WAITING: usize = 256;
/// Maximum number of strangers' requests waiting for one account.
const PER_ACCOUNT: usize = 8;
/// Number of requests from known accounts served before a stranger's.
const KNOWN_IN_A_ROW: u32 = 3;

/// The account and address that a request is counted against.
#[derive(Clone, Debug)]
pub struct QueueKey {
    /// The account, or the given name if there is no account.
    pub account: String,
    /// The client's address.
    pub address: IpAddr,
    /// True if the account has recently logged in from this address.
    pub is_known: bool,
}

/// The queue, shared by waiting requests and worker threads.
#[derive(Debug)]
pub(super) struct FairQueue<T> {
    state: Mutex<FlowState<T>>,
    available: Condvar,
}

#[derive(Debug)]
struct FlowState<T> {
    known: Class<T>,
    strangers: Class<T>,
    known_in_a_row: u32,
    is_closed: bool,
}

/// Flows that take turns.
#[derive(Debug)]
struct Class<T> {
    flows: HashMap<IpAddr, VecDeque<QueuedRequest<T>>>,
    turns: VecDeque<IpAddr>,
    accounts: HashMap<String, usize>,
    len: usize,
}

#[derive(Debug)]
struct QueuedRequest<T> {
    account: String,
    work: T,
}

impl<T> Default for FairQueue<T> {
    fn default() -> Self {
        let state =
            FlowState { known: Class::default(), strangers: Class::default(), known_in_a_row: 0, is_closed: false };
        FairQueue { state: Mutex::new(state), available: Condvar::new() }
    }
}

impl<T> Default for Class<T> {
    fn default() -> Self {
        Class { flows: HashMap::new(), turns: VecDeque::new(), accounts: HashMap::new(), len: 0 }
    }
}

impl<T> FairQueue<T> {
    /// Adds a request; false if there is no room for it. Drops the work of a request that is evicted to make room.
    pub(super) fn push(&self, key: QueueKey, work: T) -> bool {
        let flow = flow(key.address);
        let mut state = self.state.lock();
        let has_room = state.make_room(&key, flow);
        if has_room {
            let class = if key.is_known { &mut state.known } else { &mut state.strangers };
            class.push(flow, QueuedRequest { account: key.account, work });
            self.available.notify_one();
        }
        has_room
    }

    /// The next request; waits until there is one, and returns none once the queue is closed.
    pub(super) fn pop(&self) -> Option<T> {
        let mut state = self.state.lock();
        loop {
            if state.is_closed {
                return None;
            }
            if let Some(work) = state.pop() {
                return Some(work);
            }
            self.available.wait(&mut state);
        }
    }

    /// The number of waiting requests.
    pub(super) fn len(&self) -> usize {
        let state = self.state.lock();
        state.known.len + state.strangers.len
    }

    /// True if a request for the account is waiting.
    pub(super) fn has(&self, account: &str) -> bool {
        let state = self.state.lock();
        state.known.accounts.contains_key(account) || state.strangers.accounts.contains_key(account)
    }

    /// Ends every [`FairQueue::pop`].
    pub(super) fn close(&self) {
        self.state.lock().is_closed = true;
        self.available.notify_all();
    }
}

impl<T> FlowState<T> {
    fn make_room(&mut self, key: &QueueKey, flow: IpAddr) -> bool {
        if !key.is_known && self.strangers.accounts.get(&key.account).is_some_and(|count| *count >= PER_ACCOUNT) {
            return false;
        }
        if self.known.len + self.strangers.len < WAITING {
            return true;
        }
        // A known account displaces any stranger; otherwise only a longer flow makes room.
        let own = if key.is_known { &self.known } else { &self.strangers };
        let own = own.flows.get(&flow).map_or(0, VecDeque::len);
        let strangers = if key.is_known { 0 } else { own + 1 };
        self.strangers.drop_from_longest(strangers) || key.is_known && self.known.drop_from_longest(own + 1)
    }

    fn pop(&mut self) -> Option<T> {
        let is_strangers_turn = self.known_in_a_row >= KNOWN_IN_A_ROW && self.strangers.len > 0;
        if self.known.len > 0 && !is_strangers_turn {
            self.known_in_a_row += 1;
            return self.known.pop();
        }
        self.known_in_a_row = 0;
        self.strangers.pop()
    }
}

impl<T> Class<T> {
    fn push(&mut self, flow: IpAddr, request: QueuedRequest<T>) {
        *self.accounts.entry(request.account.clone()).or_default() += 1;
        self.len += 1;
        let waiting = self.flows.entry(flow).or_default();
        if waiting.is_empty() {
            self.turns.push_back(flow);
        }
        waiting.push_back(request);
    }

    fn pop(&mut self) -> Option<T> {
        let flow = self.turns.pop_front()?;
        let waiting = self.flows.get_mut(&flow)?;
        let request = waiting.pop_front()?;
        if waiting.is_empty() {
            self.flows.remove(&flow);
        } else {
            self.turns.push_back(flow);
        }
        self.forget(&request.account);
        Some(request.work)
    }

    /// Drops the newest request of the longest flow if the flow has more than `least` requests.
    fn drop_from_longest(&mut self, least: usize) -> bool {
        let longest = self.flows.iter().max_by_key(|(_, waiting)| waiting.len()).map(|(flow, _)| *flow);
        let Some(flow) = longest else { return false };
        let Some(waiting) = self.flows.get_mut(&flow).filter(|waiting| waiting.len() > least) else { return false };
        let Some(dropped) = waiting.pop_back() else { return false };
        if waiting.is_empty() {
            self.flows.remove(&flow);
            self.turns.retain(|turn| *turn != flow);
        }
        self.forget(&dropped.account);
        true
    }

    fn forget(&mut self, account: &str) {
        self.len -= 1;
        if let Some(count) = self.accounts.get_mut(account) {
            *count -= 1;
            if *count == 0 {
                self.accounts.remove(account);
            }
        }
    }
}

/// An IPv6 client usually owns a /64 and can easily get a /48: 65,536 of them.
fn flow(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 80 << 80).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(account: &str, address: &str, is_known: bool) -> QueueKey {
        QueueKey { account: account.to_owned(), address: address.parse().expect("an address"), is_known }
    }

    fn order<T>(queue: &FairQueue<T>, count: usize) -> Vec<T> {
        (0..count).map_while(|_| queue.pop()).collect()
    }

    #[test]
    fn addresses_alternate_and_known_accounts_take_precedence() {
        let queue = FairQueue::default();
        for number in 0..5 {
            assert!(queue.push(key(&format!("a{number}"), "192.0.2.1", false), format!("flood {number}")));
        }
        queue.push(key("b", "192.0.2.2", false), "stranger".to_owned());
        for number in 0..5 {
            queue.push(key("k", "192.0.2.3", true), format!("known {number}"));
        }
        let expected =
            ["known 0", "known 1", "known 2", "flood 0", "known 3", "known 4", "stranger", "flood 1", "flood 2"];
        assert_eq!(order(&queue, 9), expected);
    }

    #[test]
    fn a_full_queue_evicts_from_the_longest_flow() {
        let queue = FairQueue::default();
        for number in 0..WAITING {
            assert!(queue.push(key(&format!("a{number}"), &format!("2001:db8:0:{number:x}::1"), false), number));
        }
        assert!(!queue.push(key("x", "2001:db8:0:ffff::1", false), 1000), "one /48 is one flow");
        assert!(queue.push(key("b", "192.0.2.2", false), 1001));
        assert!(queue.push(key("k", "192.0.2.3", true), 1002));
        assert_eq!(order(&queue, 4), [1002, 0, 1001, 1]);
        assert_eq!(order(&queue, WAITING - 4).last(), Some(&(WAITING - 3)), "the newest two were dropped");
    }

    #[test]
    fn one_account_cannot_fill_the_queue_from_many_addresses() {
        let queue = FairQueue::default();
        let admitted = (0..100).filter(|n| queue.push(key("victim", &format!("192.0.2.{n}"), false), *n)).count();
        assert_eq!(admitted, PER_ACCOUNT);
        assert!(queue.push(key("victim", "198.51.100.1", true), 100), "the victim's own address");
        assert_eq!(order(&queue, 1), [100]);
    }
}
