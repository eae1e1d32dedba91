//! Limits on how often something may be tried, by account, user and address.
//!
//! Every password check counts against the given name, as tried from one address, so that nobody can lock another user
//! out. It counts against the name and not the account: otherwise an e-mail address that is refused after failures with
//! a username would reveal that both belong to one account. Two wider limits apply as well: per address, against one
//! client that tries many accounts, and per name, against many addresses that try one account; the latter does not
//! apply to an address from which the account has recently logged in. Wrong tokens of every kind count per address; a
//! token that has worked from an address keeps working while others behind that address are throttled.
//!
//! Nodes share the outcomes, so limits hold over all nodes.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::Ipv6Net;
use serde::{Deserialize, Serialize};

use crate::ops::clock;
use crate::ops::config::Limits;
use crate::protocol::UserId;
use crate::protocol::error::{Code, Error, Result};

mod attempt;
mod buckets;
mod counted;
#[cfg(test)]
mod tests;

pub use attempt::PasswordAttempt;
use buckets::{Buckets, Recent};
use counted::AnonymousSlots;
pub use counted::{AnonymousSlot, PendingConnection};

use super::security_log;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// Factor by which an account's limit for all addresses together is higher.
const FROM_ALL_ADDRESSES: u32 = 10;
/// Factor by which an address's limit for all accounts together is higher.
const WITH_ALL_ACCOUNTS: u32 = 20;
/// Frames of all connections from an address that nobody has authenticated yet, relative to one connection: many people
/// may share an address.
const STRANGERS_SHARE: u32 = 5;
/// Milliseconds after which throttling of the same address is logged again.
const LOGGED_EVERY: u64 = 60_000;

/// A user, or the address of a client without one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Requester {
    User(UserId),
    Address(IpAddr),
}

/// An outcome that every node counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tried {
    /// A password check failed, for the given name.
    Failed(String, IpAddr),
    /// A password was correct, for the given name.
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
            Limit::Passwords => "too many wrong passwords; try again later",
            Limit::Tokens => "too many wrong tokens from this address; try again later",
            Limit::SignUps => "too many new accounts from this address; try again later",
        }
    }
}

/// Counts since this node started. Their memory is bounded: if there are very many keys, the least recent are
/// forgotten.
#[derive(Debug)]
pub struct RateLimits {
    pairs: Buckets<(String, IpAddr)>,
    accounts: Buckets<String>,
    addresses: Buckets<IpAddr>,
    /// Accounts and the addresses from which they have logged in.
    known: Recent<(String, IpAddr), ()>,
    tokens: Buckets<IpAddr>,
    /// Hashes of tokens and the addresses from which they have worked.
    proven: Recent<([u8; 32], IpAddr), ()>,
    /// Time of the last log entry about throttling, in milliseconds of uptime.
    logged: Recent<(&'static str, IpAddr), u64>,
    sign_ups: Buckets<IpAddr>,
    commands: Buckets<Requester>,
    /// Everything that clients without credentials send from an address.
    strangers: Buckets<IpAddr>,
    anonymous: AnonymousSlots,
}

impl RateLimits {
    /// The limits from the settings; 0 is none.
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
            strangers: Buckets::new(commands.saturating_mul(STRANGERS_SHARE), Duration::from_secs(1))
                .with_burst(limits.command_burst.saturating_mul(STRANGERS_SHARE)),
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

    /// True if a correct password has recently been given for this name from this address.
    pub fn is_known(&self, name: &str, address: IpAddr) -> bool {
        self.known.contains(&(name.to_owned(), network(address)))
    }

    /// Refuses an address that has presented too many wrong tokens, unless this token has worked from there.
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
        // Several concurrent attempts may have passed the check, so the bucket may be empty; that changes nothing for
        // them.
        let _ = self.tokens.take(&address);
        Tried::BadToken(address)
    }

    /// Records that a token works from an address.
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

    /// The error; the first one of a series is logged.
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

    /// Counts an attempt on another node. It was allowed there; exceeding the limit here changes nothing.
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

    /// Counts a handshake or frame that comes without valid credentials, whichever connection it comes from.
    ///
    /// # Errors
    /// `RATE_LIMITED` with the time to wait.
    pub fn stranger(&self, address: IpAddr) -> Result<()> {
        let sentence = "too many commands from this address without authentication; wait a little";
        self.strangers.take(&network(address)).map_err(|wait| refused(sentence, wait))
    }

    /// Counts a command sent without a connection.
    pub fn command(&self, user: Option<&UserId>, address: IpAddr) -> Result<()> {
        if user.is_none() {
            self.stranger(address)?;
        }
        let sender = user.map_or_else(|| Requester::Address(network(address)), |user| Requester::User(user.clone()));
        self.commands.take(&sender).map_err(|wait| refused("too many commands; slow down", wait))
    }

    /// Counts a connection until its first request has arrived. It is evicted if its address has more such connections
    /// than it may have anonymous ones.
    pub fn arrive(&self, address: IpAddr) -> PendingConnection {
        self.anonymous.arrive(network(address))
    }

    /// A slot for an unauthenticated connection, held until it is dropped.
    pub fn anonymous(&self, address: IpAddr) -> Result<AnonymousSlot> {
        self.anonymous.take(network(address)).ok_or_else(|| {
            let sentence = "too many unauthenticated connections from this address";
            Error::new(Code::RateLimited, sentence)
        })
    }
}

/// The network that counts as one client. IPv6 clients usually own a /64, so addresses are grouped by it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Net::new_assert(address, 64).network().into(),
        address => address,
    }
}

fn refused(sentence: &'static str, wait: Duration) -> Error {
    Error { retry_after: Some(wait), ..Error::new(Code::RateLimited, sentence) }
}
