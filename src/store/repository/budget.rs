use std::time::Duration;

/// The work that one read may do before it answers with what it has found so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadBudget {
    /// The time after which no further step begins; without one, there is no such bound.
    pub within: Option<Duration>,
    /// The number of messages looked through after which no further step begins.
    pub messages: u64,
}

impl ReadBudget {
    /// No bound on the work.
    pub const UNLIMITED: ReadBudget = ReadBudget { within: None, messages: u64::MAX };

    /// A bound on the time alone; zero is none.
    pub fn of_time(within: Duration) -> Self {
        ReadBudget { within: Some(within).filter(|within| !within.is_zero()), ..ReadBudget::UNLIMITED }
    }
}
