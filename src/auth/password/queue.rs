//! A bounded queue that is fair to accounts and addresses.
//!
//! Requests from one address form a flow, and flows take turns by their work: after a request that costs as much as
//! sixteen, the other flows have sixteen before the next (start-time fair queueing, Goyal et al. 1996). A flood from one
//! address therefore delays every other address by one request per round. Accounts that have recently logged in from
//! their address go before strangers, but every fourth request is a stranger's, so that a flood of valid log-ins cannot
//! shut strangers out. A full queue drops the newest request of the longest flow, so a newcomer is admitted at the
//! flood's expense.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};

use parking_lot::{Condvar, Mutex};
use tokio_util::sync::CancellationToken;

/// Maximum number of waiting requests.
const WAITING: usize = 256;
/// Maximum number of strangers' requests waiting for one account.
const PER_ACCOUNT: usize = 8;
/// Work of known accounts that goes before a stranger's.
const KNOWN_IN_A_ROW: u64 = 3;
/// Flows without a request whose last turn is remembered; all are forgotten when there are more.
const REMEMBERED: usize = 1024;

/// The account and address that a request is counted against.
#[derive(Clone, Debug)]
pub struct QueueKey {
    /// The account, or the given name if there is no account.
    pub account: String,
    /// The client's address.
    pub address: IpAddr,
    /// True if the account has recently logged in from this address.
    pub is_known: bool,
    /// Cancelled when nobody waits for the answer any more.
    pub gone: CancellationToken,
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
    known_in_a_row: u64,
    is_closed: bool,
}

/// Flows that take turns by their work.
#[derive(Debug)]
struct Class<T> {
    flows: HashMap<IpAddr, Flow<T>>,
    /// The work after which a flow without requests may have its next turn, if that is in the future.
    ended: HashMap<IpAddr, u64>,
    /// The start of the latest turn.
    clock: u64,
    /// Puts flows with the same start in their order.
    arrivals: u64,
    accounts: HashMap<String, usize>,
    len: usize,
}

/// The requests of one address.
#[derive(Debug)]
struct Flow<T> {
    waiting: VecDeque<QueuedRequest<T>>,
    start: u64,
    arrival: u64,
}

#[derive(Debug)]
struct QueuedRequest<T> {
    account: String,
    weight: u64,
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
        Class { flows: HashMap::new(), ended: HashMap::new(), clock: 0, arrivals: 0, accounts: HashMap::new(), len: 0 }
    }
}

impl<T> FairQueue<T> {
    /// Adds a request of a weight, at least 1; false if there is no room for it. The work of a request that makes room is
    /// dropped.
    pub(super) fn push(&self, key: QueueKey, weight: u64, work: T) -> bool {
        let flow = flow(key.address);
        let mut state = self.state.lock();
        let has_room = !state.is_closed && state.make_room(&key, flow);
        if has_room {
            let class = if key.is_known { &mut state.known } else { &mut state.strangers };
            class.push(flow, QueuedRequest { account: key.account, weight, work });
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

    /// Drops every request, refuses others and ends every [`FairQueue::pop`].
    pub(super) fn close(&self) {
        let dropped = {
            let mut state = self.state.lock();
            state.is_closed = true;
            (std::mem::take(&mut state.known), std::mem::take(&mut state.strangers))
        };
        self.available.notify_all();
        // Those who wait for the work are woken without the lock.
        drop(dropped);
    }

    /// True after [`FairQueue::close`].
    pub(super) fn is_closed(&self) -> bool {
        self.state.lock().is_closed
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
        let own = own.flows.get(&flow).map_or(0, |flow| flow.waiting.len());
        let strangers = if key.is_known { 0 } else { own + 1 };
        self.strangers.drop_from_longest(strangers) || key.is_known && self.known.drop_from_longest(own + 1)
    }

    fn pop(&mut self) -> Option<T> {
        let is_strangers_turn = self.known_in_a_row >= KNOWN_IN_A_ROW && self.strangers.len > 0;
        if self.known.len > 0 && !is_strangers_turn {
            let request = self.known.pop()?;
            self.known_in_a_row += request.weight;
            return Some(request.work);
        }
        self.known_in_a_row = 0;
        self.strangers.pop().map(|request| request.work)
    }
}

impl<T> Class<T> {
    fn push(&mut self, flow: IpAddr, request: QueuedRequest<T>) {
        *self.accounts.entry(request.account.clone()).or_default() += 1;
        self.len += 1;
        let waiting = self.flows.entry(flow).or_insert_with(|| {
            self.arrivals += 1;
            let start = self.ended.remove(&flow).unwrap_or(0).max(self.clock);
            Flow { waiting: VecDeque::new(), start, arrival: self.arrivals }
        });
        waiting.waiting.push_back(request);
    }

    fn pop(&mut self) -> Option<QueuedRequest<T>> {
        let first = self.flows.iter().min_by_key(|(_, flow)| (flow.start, flow.arrival));
        let address = first.map(|(address, _)| *address)?;
        let flow = self.flows.get_mut(&address)?;
        let request = flow.waiting.pop_front()?;
        self.clock = flow.start;
        flow.start += request.weight;
        self.arrivals += 1;
        flow.arrival = self.arrivals;
        if flow.waiting.is_empty() {
            let end = flow.start;
            self.flows.remove(&address);
            self.remember(address, end);
        }
        self.forget(&request.account);
        Some(request)
    }

    /// A flow that sends one request after another waits for its turns like one that sends them at once.
    fn remember(&mut self, address: IpAddr, end: u64) {
        let clock = self.clock;
        self.ended.retain(|_, end| *end > clock);
        if self.ended.len() >= REMEMBERED {
            self.ended.clear();
        }
        self.ended.insert(address, end);
    }

    /// Drops the newest request of the longest flow if the flow has more than `least` requests.
    fn drop_from_longest(&mut self, least: usize) -> bool {
        let longest = self.flows.iter().max_by_key(|(_, flow)| flow.waiting.len()).map(|(address, _)| *address);
        let Some(address) = longest else { return false };
        let Some(flow) = self.flows.get_mut(&address).filter(|flow| flow.waiting.len() > least) else { return false };
        let Some(dropped) = flow.waiting.pop_back() else { return false };
        if flow.waiting.is_empty() {
            self.flows.remove(&address);
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
        let address = address.parse().expect("an address");
        QueueKey { account: account.to_owned(), address, is_known, gone: CancellationToken::new() }
    }

    fn order<T>(queue: &FairQueue<T>, count: usize) -> Vec<T> {
        (0..count).map_while(|_| queue.pop()).collect()
    }

    #[test]
    fn addresses_alternate_and_known_accounts_take_precedence() {
        let queue = FairQueue::default();
        for number in 0..5 {
            assert!(queue.push(key(&format!("a{number}"), "192.0.2.1", false), 1, format!("flood {number}")));
        }
        queue.push(key("b", "192.0.2.2", false), 1, "stranger".to_owned());
        for number in 0..5 {
            queue.push(key("k", "192.0.2.3", true), 1, format!("known {number}"));
        }
        let expected =
            ["known 0", "known 1", "known 2", "flood 0", "known 3", "known 4", "stranger", "flood 1", "flood 2"];
        assert_eq!(order(&queue, 9), expected);
    }

    #[test]
    fn a_full_queue_evicts_from_the_longest_flow() {
        let queue = FairQueue::default();
        for number in 0..WAITING {
            assert!(queue.push(key(&format!("a{number}"), &format!("2001:db8:0:{number:x}::1"), false), 1, number));
        }
        assert!(!queue.push(key("x", "2001:db8:0:ffff::1", false), 1, 1000), "one /48 is one flow");
        assert!(queue.push(key("b", "192.0.2.2", false), 1, 1001));
        assert!(queue.push(key("k", "192.0.2.3", true), 1, 1002));
        assert_eq!(order(&queue, 4), [1002, 0, 1001, 1]);
        assert_eq!(order(&queue, WAITING - 4).last(), Some(&(WAITING - 3)), "the newest two were dropped");
    }

    #[test]
    fn one_account_cannot_fill_the_queue_from_many_addresses() {
        let queue = FairQueue::default();
        let admitted = (0..100).filter(|n| queue.push(key("victim", &format!("192.0.2.{n}"), false), 1, *n)).count();
        assert_eq!(admitted, PER_ACCOUNT);
        assert!(queue.push(key("victim", "198.51.100.1", true), 1, 100), "the victim's own address");
        assert_eq!(order(&queue, 1), [100]);
    }

    #[test]
    fn addresses_take_turns_by_their_work() {
        let queue = FairQueue::default();
        for number in 0..3 {
            assert!(queue.push(key("imported", "192.0.2.1", false), 16, format!("heavy {number}")));
        }
        for number in 0..60 {
            assert!(queue.push(key(&format!("a{}", number / 6), "192.0.2.2", false), 1, format!("light {number}")));
        }
        let order = order(&queue, 63);
        let heavy = |number: usize| order.iter().position(|work| *work == format!("heavy {number}"));
        assert_eq!([heavy(0), heavy(1), heavy(2)], [Some(0), Some(17), Some(34)], "{order:?}");
    }

    #[test]
    fn one_request_after_another_gets_no_more_turns_than_all_at_once() {
        let queue = FairQueue::default();
        for number in 0..40 {
            assert!(queue.push(key(&format!("a{}", number / 6), "192.0.2.2", false), 1, false));
        }
        let mut heavy = 0;
        for _ in 0..40 {
            if !queue.has("imported") {
                assert!(queue.push(key("imported", "192.0.2.1", false), 16, true));
            }
            heavy += usize::from(queue.pop() == Some(true));
        }
        assert_eq!(heavy, 3);
    }

    #[test]
    fn a_closed_queue_drops_what_waits_and_takes_nothing() {
        let queue = FairQueue::default();
        let work = std::sync::Arc::new(());
        assert!(queue.push(key("a", "192.0.2.1", false), 1, work.clone()));
        queue.close();
        assert_eq!((std::sync::Arc::strong_count(&work), queue.len()), (1, 0));
        assert!(!queue.push(key("a", "192.0.2.1", false), 1, work));
        assert_eq!(queue.pop(), None);
    }
}
