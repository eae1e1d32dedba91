use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, QuantaClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use crate::ops::config::Limits;
use crate::protocol::error::{Code, Error};
use crate::realtime::outbox::Close;

/// Bad frames in a row that end the connection.
const MAX_BAD_FRAMES: u32 = 20;
/// Refusals in a row that end the connection.
const MAX_REFUSALS: u32 = 1000;

/// Meters one connection: its rate of commands, its bad frames and its refusals.
#[derive(Debug)]
pub(super) struct Flood {
    limiter: Option<Box<DefaultDirectRateLimiter>>,
    bad_frames: u32,
    refusals: u32,
}

impl Flood {
    pub(super) fn new(limits: &Limits) -> Self {
        let quota = NonZeroU32::new(limits.commands_per_second).map(|rate| {
            let burst = NonZeroU32::new(limits.command_burst).unwrap_or(rate);
            Quota::per_second(rate).allow_burst(burst)
        });
        let limiter = quota.map(|quota| Box::new(RateLimiter::direct(quota)));
        Flood { limiter, bad_frames: 0, refusals: 0 }
    }

    /// Counts a command; an error refuses it.
    pub(super) fn command(&mut self, is_known: bool) -> Option<Error> {
        if is_known {
            self.bad_frames = 0;
        }
        let refusal = self.limiter.as_ref().and_then(|limiter| limiter.check().err());
        let Some(refusal) = refusal else {
            self.refusals = 0;
            return None;
        };
        self.refusals += 1;
        let wait = refusal.wait_time_from(QuantaClock::default().now()).max(Duration::from_millis(1));
        let mut error = Error::new(Code::RateLimited, "too many commands; wait a little");
        error.retry_after = Some(wait);
        Some(error)
    }

    /// The close of a connection that has been refused too often.
    pub(super) fn verdict(&self) -> Option<Close> {
        (self.refusals >= MAX_REFUSALS).then_some(Close { code: 4429, reason: "too many commands" })
    }

    /// Counts a frame without a command; returns the close of a connection that sends nothing else.
    pub(super) fn bad_frame(&mut self, code: Code) -> Option<Close> {
        if code == Code::InvalidJson {
            self.bad_frames += 1;
        }
        (self.bad_frames >= MAX_BAD_FRAMES).then_some(Close { code: 4400, reason: "too many bad frames" })
    }
}
