use std::time::Duration;

/// The work that one read may do before it returns the results so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadBudget {
    /// The time after which no further step begins; none for no limit.
    pub within: Option<Duration>,
    /// The number of scanned messages after which no further step begins.
    pub messages: u64,
}

impl ReadBudget {
    /// No limit.
    pub const UNLIMITED: ReadBudget = ReadBudget { within: None, messages: u64::MAX };

    /// A time limit alone; zero is none.
    pub fn of_time(within: Duration) -> Self {
        ReadBudget { within: Some(within).filter(|within| !within.is_zero()), ..ReadBudget::UNLIMITED }
    }
}
