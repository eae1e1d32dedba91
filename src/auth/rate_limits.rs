//! How often something may be tried, by account, user and address.
//!
//! A log-in is held against the account as tried from one address, so that nobody locks another out. Beside that
//! stand two wider bounds: of an address, against one that tries many accounts, and of an account, against many
//! addresses that try one; the latter does not hold for an address from which the account was logged in to lately.
//! Nodes tell each other what came of log-ins, so it does not matter at which of them they are tried.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ops::config::Limits;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};

mod buckets;
mod counted;

use buckets::{Buckets, Recent};
pub use counted::AnonymousSlot;
use counted::AnonymousSlots;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// So many times as many failures are allowed to an account from all addresses.
const FROM_ALL_ADDRESSES: u32 = 10;
/// So many times as many failures are allowed to an address with all accounts.
const WITH_ALL_ACCOUNTS: u32 = 20;

/// A user, or an address without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Sender {
    User(UserId),
    Address(IpAddr),
}

/// What every node should hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tried {
    /// A log-in to an account, or to what was given in its place, failed.
    Failed(String, IpAddr),
    /// Somebody logged in to an account.
    LoggedIn(String, IpAddr),
    /// Somebody made an account.
    SignedUp(IpAddr),
}

/// What was tried how often, since this node began. Its memory is bounded: of very many, those that came
/// up least lately are forgotten.
#[derive(Debug)]
pub struct RateLimits {
    pairs: Buckets<(String, IpAddr)>,
    accounts: Buckets<String>,
    addresses: Buckets<IpAddr>,
    /// Where accounts were logged in to.
    known: Recent<(String, IpAddr), ()>,
    sign_ups: Buckets<IpAddr>,
    commands: Buckets<Sender>,
    anonymous: AnonymousSlots,
}

/// A log-in under way; it counts as failed until it is said to have gone well.
#[derive(Debug)]
pub struct Attempt<'a> {
    throttles: &'a RateLimits,
    pair: (String, IpAddr),
    /// Whether it is held against the account as a whole.
    is_wide: bool,
}

impl RateLimits {
    /// Bounds as they are set; 0 is none.
    pub fn new(limits: &Limits) -> Self {
        let (failures, commands) = (limits.login_attempts_per_minute, limits.commands_per_second);
        RateLimits {
            pairs: Buckets::new(failures, MINUTE),
            accounts: Buckets::new(failures.saturating_mul(FROM_ALL_ADDRESSES), MINUTE),
            addresses: Buckets::new(failures.saturating_mul(WITH_ALL_ACCOUNTS), MINUTE),
            known: Recent::default(),
            sign_ups: Buckets::new(limits.sign_ups_per_hour, HOUR),
            commands: Buckets::new(commands, Duration::from_secs(1)).with_burst(limits.command_burst),
            anonymous: AnonymousSlots::new(limits.anonymous_connections_per_address),
        }
    }

    /// Begins a log-in to an account, or to what was given in its place.
    pub fn log_in(&self, account: &str, address: IpAddr) -> Result<Attempt<'_>> {
        let address = network(address);
        let pair = (account.to_owned(), address);
        let sentence = "too many failed log-ins; wait a little";
        self.addresses.take(&address).map_err(|wait| refused(sentence, wait))?;
        if let Err(wait) = self.pairs.take(&pair) {
            self.addresses.give_back(&address);
            return Err(refused(sentence, wait));
        }
        let is_wide = match self.accounts.take(&pair.0) {
            Err(wait) if !self.known.contains(&pair) => {
                self.addresses.give_back(&address);
                self.pairs.give_back(&pair);
                return Err(refused(sentence, wait));
            }
            taken => taken.is_ok(),
        };
        Ok(Attempt { throttles: self, pair, is_wide })
    }

    /// Counts a new account.
    pub fn sign_up(&self, address: IpAddr) -> Result<Tried> {
        let (address, sentence) = (network(address), "too many new accounts from this address; wait a little");
        self.sign_ups.take(&address).map_err(|wait| refused(sentence, wait))?;
        Ok(Tried::SignedUp(address))
    }

    /// Counts what was tried on another node. There it was allowed; here it may be one too many, which changes nothing.
    pub fn note(&self, tried: Tried) {
        match tried {
            Tried::Failed(account, address) => {
                let _ = (self.addresses.take(&address), self.accounts.take(&account));
                let _ = self.pairs.take(&(account, address));
            }
            Tried::LoggedIn(account, address) => self.known.insert((account, address), ()),
            Tried::SignedUp(address) => drop(self.sign_ups.take(&address)),
        }
    }

    /// Counts a command that comes without a connection.
    pub fn command(&self, user: Option<&UserId>, address: IpAddr) -> Result<()> {
        let sender = user.map_or_else(|| Sender::Address(network(address)), |user| Sender::User(user.clone()));
        self.commands.take(&sender).map_err(|wait| refused("too many commands; wait a little", wait))
    }

    /// A place for a connection that nobody has authenticated yet, until it is dropped.
    pub fn anonymous(&self, address: IpAddr) -> Result<AnonymousSlot> {
        self.anonymous.take(network(address)).ok_or_else(|| {
            let sentence = "too many connections from this address have not authenticated yet";
            Error::new(Code::RateLimited, sentence)
        })
    }
}

impl Attempt<'_> {
    /// The password was wrong: it stays counted.
    pub fn failed(self) -> Tried {
        Tried::Failed(self.pair.0, self.pair.1)
    }

    /// The password was right: nothing is held against anybody.
    pub fn succeeded(self) -> Tried {
        self.throttles.pairs.give_back(&self.pair);
        if self.is_wide {
            self.throttles.accounts.give_back(&self.pair.0);
        }
        self.throttles.addresses.give_back(&self.pair.1);
        self.throttles.known.insert(self.pair.clone(), ());
        Tried::LoggedIn(self.pair.0, self.pair.1)
    }
}

/// Whoever has one address of IPv6 has the 2^64 beside it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

fn refused(sentence: &'static str, wait: Duration) -> Error {
    Error { retry_after: Some(wait), ..Error::new(Code::RateLimited, sentence) }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::RateLimits;
    use crate::ops::config::Config;
    use crate::protocol::error::Code;

    fn throttles(own: &[(&str, &str)]) -> RateLimits {
        let lookup = |name: &str| own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        RateLimits::new(&Config::from_lookup(&lookup).expect("good settings").limits)
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn five_failures_are_enough_from_one_address_and_nothing_to_another() {
        let throttles = throttles(&[]);
        for _ in 0..5 {
            drop(throttles.log_in("ann", address(1)).expect("an attempt"));
        }
        let refused = throttles.log_in("ann", address(1)).expect_err("the sixth");
        assert_eq!(refused.code, Code::RateLimited);
        assert!(refused.retry_after.is_some_and(|wait| wait.as_secs() <= 12), "{refused:?}");
        throttles.log_in("ann", address(2)).expect("the victim's own").succeeded();
        throttles.log_in("ben", address(1)).expect("another account").succeeded();
    }

    #[test]
    fn a_victim_gets_in_from_where_they_were_before() {
        let throttles = throttles(&[]);
        throttles.log_in("ann", address(250)).expect("an attempt").succeeded();
        let failed = (0..200_u8).filter(|last| throttles.log_in("ann", address(*last)).is_ok()).count();
        assert_eq!(failed, 50);
        throttles.log_in("ann", address(250)).expect("where ann was before").succeeded();
        throttles.log_in("ann", address(251)).expect_err("anywhere else");
    }

    #[test]
    fn who_tries_many_accounts_is_stopped() {
        let throttles = throttles(&[]);
        let tried = (0..200).filter(|number| throttles.log_in(&format!("user{number}"), address(1)).is_ok()).count();
        assert_eq!(tried, 100);
    }

    #[test]
    fn success_costs_nothing_and_zero_is_off() {
        let usual = throttles(&[]);
        for _ in 0..100 {
            usual.log_in("ann", address(1)).expect("an attempt").succeeded();
        }
        let off = throttles(&[("LOGIN_ATTEMPTS_PER_MINUTE", "0"), ("SIGN_UPS_PER_HOUR", "0")]);
        for _ in 0..100 {
            drop(off.log_in("ann", address(1)).expect("an attempt"));
            off.sign_up(address(1)).expect("another");
        }
        let signed_up = (0..100).filter(|_| usual.sign_up(address(1)).is_ok()).count();
        assert_eq!(signed_up, 20);
    }

    #[test]
    fn what_was_tried_elsewhere_counts_here() {
        let [here, there] = [throttles(&[("SIGN_UPS_PER_HOUR", "1")]), throttles(&[])];
        for _ in 0..3 {
            here.note(there.log_in("ann", address(1)).expect("an attempt").failed());
        }
        let tried = (0..5).filter(|_| here.log_in("ann", address(1)).is_ok()).count();
        assert_eq!(tried, 2);
        here.note(there.log_in("ben", address(2)).expect("an attempt").succeeded());
        (0..100).for_each(|last| here.note(super::Tried::Failed("ben".into(), address(100 + last))));
        here.log_in("ben", address(2)).expect("where ben was, on another node");
        here.log_in("ben", address(3)).expect_err("anywhere else");
        here.note(there.sign_up(address(4)).expect("the first"));
        here.sign_up(address(4)).expect_err("the second");
    }

    #[test]
    fn the_neighbours_of_an_address_of_ipv6_are_the_same_client() {
        let throttles = throttles(&[("SIGN_UPS_PER_HOUR", "1")]);
        let parsed = |text: &str| text.parse::<IpAddr>().expect("an address");
        throttles.sign_up(parsed("2001:db8::1")).expect("the first");
        throttles.sign_up(parsed("2001:db8::ffff:1")).expect_err("the same network");
        throttles.sign_up(parsed("2001:db8:0:1::1")).expect("another network");
    }

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let throttles = throttles(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2")]);
        let places: Vec<_> = (0..2).map(|_| throttles.anonymous(address(1)).expect("a place")).collect();
        throttles.anonymous(address(1)).expect_err("no third");
        drop(throttles.anonymous(address(2)).expect("another address"));
        drop(places);
        drop(throttles.anonymous(address(1)).expect("a place again"));
    }
}
