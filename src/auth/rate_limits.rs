//! Bounds on how often something may be tried, by account, user and address.
//!
//! Every password check counts against the name that was given, as tried from one address, so that nobody locks
//! another out. It is the name and not the account: otherwise the refusal of an e-mail address after failures with a
//! username would tell that both are one account. Two wider bounds stand behind it: per address, against one client
//! that tries many accounts, and per name, against many addresses that try one account; the latter does not hold for
//! an address from which the account has recently logged in. Wrong tokens of every kind count per address; a token
//! that has worked from an address keeps working while others behind that address are throttled.
//!
//! Nodes tell each other the outcomes, so it does not matter at which of them something is tried.

use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ops::clock;
use crate::ops::config::Limits;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};

mod buckets;
mod counted;

use buckets::{Buckets, Recent};
pub use counted::AnonymousSlot;
use counted::AnonymousSlots;

use super::security_log;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// So many times as many failures are allowed to an account from all addresses.
const FROM_ALL_ADDRESSES: u32 = 10;
/// So many times as many failures are allowed to an address with all accounts.
const WITH_ALL_ACCOUNTS: u32 = 20;
/// Milliseconds after which throttling of the same address is logged again.
const LOGGED_EVERY: u64 = 60_000;

/// A user, or the address of a client without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Requester {
    User(UserId),
    Address(IpAddr),
}

/// An outcome that every node should hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tried {
    /// A password check failed, for the name that was given.
    Failed(String, IpAddr),
    /// A password was right, for the name that was given.
    LoggedIn(String, IpAddr),
    /// An account was made.
    SignedUp(IpAddr),
    /// A token was wrong.
    BadToken(IpAddr),
}

/// A bound whose refusals are logged.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Passwords,
    Tokens,
    SignUps,
}

impl Limit {
    fn name(self) -> &'static str {
        match self {
            Limit::Passwords => "passwords",
            Limit::Tokens => "tokens",
            Limit::SignUps => "sign-ups",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Limit::Passwords => "too many wrong passwords; wait a little",
            Limit::Tokens => "too many wrong tokens from this address; wait a little",
            Limit::SignUps => "too many new accounts from this address; wait a little",
        }
    }
}

/// Counts since this node started. Their memory is bounded: of very many keys, the least recent are forgotten.
#[derive(Debug)]
pub struct RateLimits {
    pairs: Buckets<(String, IpAddr)>,
    accounts: Buckets<String>,
    addresses: Buckets<IpAddr>,
    /// Where accounts were logged in to.
    known: Recent<(String, IpAddr), ()>,
    tokens: Buckets<IpAddr>,
    /// Hashes of tokens by the addresses they have worked from.
    proven: Recent<([u8; 32], IpAddr), ()>,
    /// When the log was last told of throttling, in milliseconds of uptime.
    logged: Recent<(&'static str, IpAddr), u64>,
    sign_ups: Buckets<IpAddr>,
    commands: Buckets<Requester>,
    anonymous: AnonymousSlots,
}

/// A password check under way; it counts as failed until it has succeeded.
#[derive(Debug)]
pub struct PasswordAttempt<'a> {
    rate_limits: &'a RateLimits,
    pair: (String, IpAddr),
    /// True if it is held against the account as a whole.
    is_wide: bool,
}

impl RateLimits {
    /// Bounds as they are set; 0 is none.
    pub fn new(limits: &Limits) -> Self {
        let failures = limits.login_attempts_per_minute;
        let commands = limits.commands_per_second;
        RateLimits {
            pairs: Buckets::new(failures, MINUTE),
            accounts: Buckets::new(failures.saturating_mul(FROM_ALL_ADDRESSES), MINUTE),
            addresses: Buckets::new(failures.saturating_mul(WITH_ALL_ACCOUNTS), MINUTE),
            known: Recent::default(),
            tokens: Buckets::new(failures.saturating_mul(WITH_ALL_ACCOUNTS), MINUTE),
            proven: Recent::default(),
            logged: Recent::default(),
            sign_ups: Buckets::new(limits.sign_ups_per_hour, HOUR),
            commands: Buckets::new(commands, Duration::from_secs(1)).with_burst(limits.command_burst),
            anonymous: AnonymousSlots::new(limits.anonymous_connections_per_address),
        }
    }

    /// Begins a password check for a name. It counts as failed until [`PasswordAttempt::succeeded`].
    ///
    /// # Errors
    /// `RATE_LIMITED` with the time to wait.
    pub fn password(&self, name: &str, address: IpAddr) -> Result<PasswordAttempt<'_>> {
        let address = network(address);
        let pair = (name.to_owned(), address);
        self.addresses.take(&address).map_err(|wait| self.refused(Limit::Passwords, address, wait))?;
        if let Err(wait) = self.pairs.take(&pair) {
            self.addresses.give_back(&address);
            return Err(self.refused(Limit::Passwords, address, wait));
        }
        let is_wide = match self.accounts.take(&pair.0) {
            Err(wait) if !self.known.contains(&pair) => {
                self.addresses.give_back(&address);
                self.pairs.give_back(&pair);
                return Err(self.refused(Limit::Passwords, address, wait));
            }
            taken => taken.is_ok(),
        };
        Ok(PasswordAttempt { rate_limits: self, pair, is_wide })
    }

    /// True if a password has recently been right for that name from that address.
    pub fn is_known(&self, name: &str, address: IpAddr) -> bool {
        self.known.contains(&(name.to_owned(), network(address)))
    }

    /// Refuses an address that has shown too many wrong tokens, unless this one has worked from there.
    ///
    /// # Errors
    /// `RATE_LIMITED` with the time to wait.
    pub fn token(&self, hash: &[u8; 32], address: IpAddr) -> Result<()> {
        let address = network(address);
        match self.tokens.look(&address) {
            Err(wait) if !self.proven.contains(&(*hash, address)) => Err(self.refused(Limit::Tokens, address, wait)),
            _ => Ok(()),
        }
    }

    /// Counts a wrong token.
    pub fn token_failed(&self, address: IpAddr) -> Tried {
        let address = network(address);
        // Many at once may all have passed the look: that the bucket is empty by now changes nothing for them.
        let _ = self.tokens.take(&address);
        Tried::BadToken(address)
    }

    /// Notes that a token works from an address.
    pub fn token_worked(&self, hash: [u8; 32], address: IpAddr) {
        self.proven.insert((hash, network(address)), ());
    }

    /// Counts a new account.
    ///
    /// # Errors
    /// `RATE_LIMITED` with the time to wait.
    pub fn sign_up(&self, address: IpAddr) -> Result<Tried> {
        let address = network(address);
        self.sign_ups.take(&address).map_err(|wait| self.refused(Limit::SignUps, address, wait))?;
        Ok(Tried::SignedUp(address))
    }

    /// The refusal; the first of a series is logged.
    fn refused(&self, limit: Limit, address: IpAddr, wait: Duration) -> Error {
        let key = (limit.name(), address);
        let now = clock::uptime_millis();
        let is_new = self.logged.get(&key).is_none_or(|last| now.saturating_sub(last) >= LOGGED_EVERY);
        if is_new {
            self.logged.insert(key, now);
            security_log::throttled(limit.name(), address);
        }
        refused(limit.sentence(), wait)
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
            Tried::BadToken(address) => drop(self.tokens.take(&address)),
        }
    }

    /// Counts a command that comes without a connection.
    pub fn command(&self, user: Option<&UserId>, address: IpAddr) -> Result<()> {
        let sender = user.map_or_else(|| Requester::Address(network(address)), |user| Requester::User(user.clone()));
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

impl PasswordAttempt<'_> {
    /// The password was wrong: it stays counted.
    pub fn failed(self) -> Tried {
        Tried::Failed(self.pair.0, self.pair.1)
    }

    /// The password was not checked: nothing is counted.
    pub fn cancelled(&self) {
        self.rate_limits.pairs.give_back(&self.pair);
        if self.is_wide {
            self.rate_limits.accounts.give_back(&self.pair.0);
        }
        self.rate_limits.addresses.give_back(&self.pair.1);
    }

    /// The password was right: nothing is counted, and the name is known from this address from now on.
    pub fn succeeded(self) -> Tried {
        self.cancelled();
        self.rate_limits.known.insert(self.pair.clone(), ());
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

    fn rate_limits(own: &[(&str, &str)]) -> RateLimits {
        let lookup = |name: &str| own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        RateLimits::new(&Config::from_lookup(&lookup).expect("good settings").limits)
    }

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[test]
    fn five_failures_are_enough_from_one_address_and_nothing_to_another() {
        let limits = rate_limits(&[]);
        for _ in 0..5 {
            drop(limits.password("ann", address(1)).expect("an attempt"));
        }
        let refused = limits.password("ann", address(1)).expect_err("the sixth");
        assert_eq!(refused.code, Code::RateLimited);
        assert!(refused.retry_after.is_some_and(|wait| wait.as_secs() <= 12), "{refused:?}");
        limits.password("ann", address(2)).expect("the victim's own").succeeded();
        limits.password("ben", address(1)).expect("another account").succeeded();
    }

    #[test]
    fn a_victim_gets_in_from_where_they_were_before() {
        let limits = rate_limits(&[]);
        limits.password("ann", address(250)).expect("an attempt").succeeded();
        let failed = (0..200_u8).filter(|last| limits.password("ann", address(*last)).is_ok()).count();
        assert_eq!(failed, 50);
        limits.password("ann", address(250)).expect("where ann was before").succeeded();
        limits.password("ann", address(251)).expect_err("anywhere else");
    }

    #[test]
    fn who_tries_many_accounts_is_stopped() {
        let limits = rate_limits(&[]);
        let tried = (0..200).filter(|number| limits.password(&format!("user{number}"), address(1)).is_ok()).count();
        assert_eq!(tried, 100);
    }

    #[test]
    fn success_costs_nothing_and_zero_is_off() {
        let usual = rate_limits(&[]);
        for _ in 0..100 {
            usual.password("ann", address(1)).expect("an attempt").succeeded();
        }
        let off = rate_limits(&[("LOGIN_ATTEMPTS_PER_MINUTE", "0"), ("SIGN_UPS_PER_HOUR", "0")]);
        for _ in 0..100 {
            drop(off.password("ann", address(1)).expect("an attempt"));
            off.sign_up(address(1)).expect("another");
        }
        let signed_up = (0..100).filter(|_| usual.sign_up(address(1)).is_ok()).count();
        assert_eq!(signed_up, 20);
    }

    #[test]
    fn what_was_tried_elsewhere_counts_here() {
        let [here, there] = [rate_limits(&[("SIGN_UPS_PER_HOUR", "1")]), rate_limits(&[])];
        for _ in 0..3 {
            here.note(there.password("ann", address(1)).expect("an attempt").failed());
        }
        let tried = (0..5).filter(|_| here.password("ann", address(1)).is_ok()).count();
        assert_eq!(tried, 2);
        here.note(there.password("ben", address(2)).expect("an attempt").succeeded());
        (0..100).for_each(|last| here.note(super::Tried::Failed("ben".into(), address(100 + last))));
        here.password("ben", address(2)).expect("where ben was, on another node");
        here.password("ben", address(3)).expect_err("anywhere else");
        here.note(there.sign_up(address(4)).expect("the first"));
        here.sign_up(address(4)).expect_err("the second");
    }

    #[test]
    fn wrong_tokens_of_an_address_are_bounded_and_tokens_that_worked_there_are_not() {
        let [here, there] = [rate_limits(&[]), rate_limits(&[])];
        here.token_worked([1; 32], address(1));
        let tried = (0..200).filter(|_| {
            here.token(&[9; 32], address(1)).is_ok_and(|()| {
                there.note(here.token_failed(address(1)));
                true
            })
        });
        assert_eq!(tried.count(), 100);
        for limits in [&here, &there] {
            assert_eq!(limits.token(&[9; 32], address(1)).expect_err("too many").code, Code::RateLimited);
            limits.token(&[9; 32], address(2)).expect("another address");
        }
        here.token(&[1; 32], address(1)).expect("a token that has worked here");
    }

    #[test]
    fn the_neighbours_of_an_address_of_ipv6_are_the_same_client() {
        let limits = rate_limits(&[("SIGN_UPS_PER_HOUR", "1")]);
        let parsed = |text: &str| text.parse::<IpAddr>().expect("an address");
        limits.sign_up(parsed("2001:db8::1")).expect("the first");
        limits.sign_up(parsed("2001:db8::ffff:1")).expect_err("the same network");
        limits.sign_up(parsed("2001:db8:0:1::1")).expect("another network");
    }

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let limits = rate_limits(&[("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2")]);
        let places: Vec<_> = (0..2).map(|_| limits.anonymous(address(1)).expect("a place")).collect();
        limits.anonymous(address(1)).expect_err("no third");
        drop(limits.anonymous(address(2)).expect("another address"));
        drop(places);
        drop(limits.anonymous(address(1)).expect("a place again"));
    }
}
