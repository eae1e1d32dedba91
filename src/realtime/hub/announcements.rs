use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Announcements in one burst.
const BURST: NonZeroU32 = NonZeroU32::new(20).expect("20 is not 0");
/// Time until another is allowed.
const INTERVAL: Duration = Duration::from_secs(2);

/// Limits announcements to all connections to a rate that a person can read. Every new channel is announced to every
/// client, so one user creating many would burden all of them. Lists of channels show those that were not announced.
#[derive(Debug)]
pub(super) struct Announcements(DefaultDirectRateLimiter);

impl Default for Announcements {
    fn default() -> Self {
        let quota = Quota::with_period(INTERVAL).expect("the interval is not 0").allow_burst(BURST);
        Announcements(RateLimiter::direct(quota))
    }
}

impl Announcements {
    /// True if another announcement may be sent now.
    pub(super) fn take(&self) -> bool {
        self.0.check().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_announcements_is_limited() {
        let announcements = Announcements::default();
        let sent = (0..1000).filter(|_| announcements.take()).count();
        assert!((20..40).contains(&sent), "{sent}");
    }
}
