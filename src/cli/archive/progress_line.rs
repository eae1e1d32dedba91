//! A terminal line that shows the progress of an operation.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(200);

/// Writes to standard error, if that is a terminal.
#[derive(Debug)]
pub(super) struct ProgressLine {
    what: &'static str,
    expected: u64,
    is_shown: bool,
    begun: Instant,
    told: Instant,
}

impl ProgressLine {
    pub(super) fn new(what: &'static str, expected: u64) -> Self {
        let now = Instant::now();
        ProgressLine { what, expected, is_shown: io::stderr().is_terminal(), begun: now, told: now }
    }

    /// Shows the number of records so far, their rate and the time left.
    pub(super) fn tell(&mut self, records: u64) {
        if !self.is_shown || self.told.elapsed() < EVERY {
            return;
        }
        self.told = Instant::now();
        // A closed standard error has no reader, so a failure to write is ignored.
        let _ = write!(io::stderr(), "\r\x1b[K{}", line(self.what, records, self.expected, self.begun.elapsed()));
    }

    /// Clears the line.
    pub(super) fn end(&self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

fn line(what: &str, records: u64, expected: u64, since: Duration) -> String {
    let rate = records as f64 / since.as_secs_f64().max(0.001);
    let left = expected.saturating_sub(records) as f64 / rate.max(1.0);
    let percent = (100 * records).checked_div(expected.max(records)).unwrap_or(100);
    format!("{what} {records} records, {percent} %, {rate:.0}/s, {left:.0} s left")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::line;

    #[test]
    fn rate_and_remaining_time_follow_from_progress() {
        let told = line("imported", 2_000, 10_000, Duration::from_secs(4));
        assert_eq!(told, "imported 2000 records, 20 %, 500/s, 16 s left");
        assert_eq!(line("exported", 5, 0, Duration::from_secs(1)), "exported 5 records, 100 %, 5/s, 0 s left");
    }
}
