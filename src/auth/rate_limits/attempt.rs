use std::net::IpAddr;

use super::{RateLimits, Tried};

/// A password check in progress; it counts as failed until it has succeeded.
#[derive(Debug)]
pub struct PasswordAttempt<'a> {
    pub(super) rate_limits: &'a RateLimits,
    pub(super) pair: (String, IpAddr),
    /// True if it counts against the account from all addresses.
    pub(super) is_wide: bool,
}

impl PasswordAttempt<'_> {
    /// The password was wrong: the attempt stays counted.
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

    /// The password was correct: nothing is counted, and the name is known from this address from now on.
    pub fn succeeded(self) -> Tried {
        self.cancelled();
        self.rate_limits.known.insert(self.pair.clone(), ());
        Tried::LoggedIn(self.pair.0, self.pair.1)
    }
}
