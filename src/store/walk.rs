//! Bounded walks through messages, the same for every backend: a filtered read scans some messages at a time, until its
//! page is full or its budget is spent. It then returns the results so far, and where to continue.

use std::time::Instant;

use crate::store::repository::ReadBudget;

mod across;
mod history;

pub(super) use across::{Frontier, SearchSteps, SearchedPart, search};
pub(super) use history::{Direction, HistorySteps, SeqSpan, Walked, walk};

/// The work done so far.
#[derive(Debug)]
struct Meter {
    budget: ReadBudget,
    begun: Instant,
    looked_through: u64,
}

impl Meter {
    fn new(budget: ReadBudget) -> Self {
        Meter { budget, begun: Instant::now(), looked_through: 0 }
    }

    /// The length of the next step: never more than the whole budget.
    fn span(&self, max: u64) -> u64 {
        max.min(self.budget.messages).max(1)
    }

    fn count(&mut self, messages: u64) {
        self.looked_through = self.looked_through.saturating_add(messages);
    }

    fn is_spent(&self) -> bool {
        self.looked_through >= self.budget.messages
            || self.budget.within.is_some_and(|within| self.begun.elapsed() >= within)
    }
}
