use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, QuantaClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use crate::ops::config::Limits;
use crate::protocol::error::{Code, Error};
use crate::realtime::outbox::Close;

/// So many frames in a row without a command end the connection.
const BAD_FRAMES: u32 = 20;
/// So many refusals in a row end the connection.
const LIMITED_COMMANDS: u32 = 1000;

/// Keeps one connection from asking for too much or talking nonsense for ever.
#[derive(Debug)]
pub(super) struct Flood {
    limiter: Option<Box<DefaultDirectRateLimiter>>,
    bad: u32,
    limited: u32,
}

impl Flood {
    pub(super) fn new(limits: &Limits) -> Self {
        let quota = NonZeroU32::new(limits.commands_per_second).map(|rate| {
            let burst = NonZeroU32::new(limits.command_burst).unwrap_or(rate);
            Quota::per_second(rate).allow_burst(burst)
        });
        let limiter = quota.map(|quota| Box::new(RateLimiter::direct(quota)));
        Flood { limiter, bad: 0, limited: 0 }
    }

    /// Counts a command; what is returned refuses it.
    pub(super) fn command(&mut self, known: bool) -> Option<Error> {
        if known {
            self.bad = 0;
        }
        let refusal = self.limiter.as_ref().and_then(|limiter| limiter.check().err());
        let Some(refusal) = refusal else {
            self.limited = 0;
            return None;
        };
        self.limited += 1;
        let wait = refusal.wait_time_from(QuantaClock::default().now()).max(Duration::from_millis(1));
        let mut error = Error::new(Code::RateLimited, "too many commands; wait a little");
        error.retry_after = Some(wait);
        Some(error)
    }

    /// Whether the commands so far end the connection.
    pub(super) fn verdict(&self) -> Option<Close> {
        (self.limited >= LIMITED_COMMANDS).then_some(Close { code: 4429, reason: "too many commands" })
    }

    /// Counts a frame that holds no command.
    pub(super) fn bad_frame(&mut self, code: Code) -> Option<Close> {
        if code == Code::InvalidJson {
            self.bad += 1;
        }
        (self.bad >= BAD_FRAMES).then_some(Close { code: 4400, reason: "too many bad frames" })
    }
}
