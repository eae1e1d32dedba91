use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, QuantaClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::Instant;

use crate::ops::config::Limits;
use crate::protocol::error::{Code, Error};
use crate::realtime::outbox::Close;

/// Number of consecutive bad frames that ends the connection.
const MAX_BAD_FRAMES: u32 = 20;
/// Number of consecutive refusals that ends the connection.
const MAX_REFUSALS: u32 = 1000;
/// The shortest wait in a refusal.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Meters one connection. Every frame takes from the same bucket: commands, lines, malformed JSON, pings and pongs.
#[derive(Debug)]
pub(super) struct Flood {
    limiter: Option<Box<DefaultDirectRateLimiter>>,
    bad_frames: u32,
    refusals: u32,
    /// The time at which the client may try again, according to the last refusal.
    try_again_at: Option<Instant>,
}

impl Flood {
    pub(super) fn new(limits: &Limits) -> Self {
        let quota = NonZeroU32::new(limits.commands_per_second).map(|rate| {
            let burst = NonZeroU32::new(limits.command_burst).unwrap_or(rate);
            Quota::per_second(rate).allow_burst(burst)
        });
        let limiter = quota.map(|quota| Box::new(RateLimiter::direct(quota)));
        Flood { limiter, bad_frames: 0, refusals: 0, try_again_at: None }
    }

    /// Takes one frame from the bucket of the connection and then from that of its sender, who may have others.
    ///
    /// # Errors
    /// RATE_LIMITED, with the time until the bucket has room again.
    pub(super) fn take(&mut self, of_sender: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let taken = self.take_own().and_then(|()| of_sender());
        match &taken {
            // The bucket lets some frames of a flood through, so only a client that has waited resets the count.
            Ok(()) if self.try_again_at.is_none_or(|time| time <= Instant::now()) => self.refusals = 0,
            Ok(()) => {}
            Err(refusal) => self.note_refusal(refusal),
        }
        taken
    }

    /// Counts a frame that is refused for its rate.
    pub(super) fn note_refusal(&mut self, refusal: &Error) {
        self.refusals += 1;
        self.try_again_at = refusal.retry_after.map(|wait| Instant::now() + wait);
    }

    fn take_own(&self) -> Result<(), Error> {
        let Some(Err(refusal)) = self.limiter.as_ref().map(|limiter| limiter.check()) else { return Ok(()) };
        let wait = refusal.wait_time_from(QuantaClock::default().now()).max(SHORTEST_WAIT);
        Err(Error { retry_after: Some(wait), ..Error::new(Code::RateLimited, "too many commands; slow down") })
    }

    /// The close for a connection that was refused too often.
    pub(super) fn verdict(&self) -> Option<Close> {
        (self.refusals >= MAX_REFUSALS).then_some(Close { code: 4429, reason: "too many commands" })
    }

    pub(super) fn known_command(&mut self) {
        self.bad_frames = 0;
    }

    /// Counts a frame without a command; returns the close for a connection that sends nothing else.
    pub(super) fn bad_frame(&mut self, code: Code) -> Option<Close> {
        if code == Code::InvalidJson {
            self.bad_frames += 1;
        }
        (self.bad_frames >= MAX_BAD_FRAMES).then_some(Close { code: 4400, reason: "too many bad frames" })
    }
}
