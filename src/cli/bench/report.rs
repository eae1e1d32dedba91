//! Formats figures.

use std::time::Duration;

use crate::cli::output::OutputError;

/// Durations of many events, in microseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Times(Vec<u32>);

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        self.0.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    }

    pub(super) fn append(&mut self, other: &mut Times) {
        self.0.append(&mut other.0);
    }

    /// The duration that this share of them does not exceed.
    pub(super) fn percentile(&mut self, share: f64) -> Option<u32> {
        if self.0.is_empty() {
            return None;
        }
        let place = ((self.0.len() - 1) as f64 * share).round() as usize;
        Some(*self.0.select_nth_unstable(place).1)
    }

    /// The three usual percentiles.
    pub(super) fn summary(&mut self) -> String {
        let mut milliseconds = |share| self.percentile(share).map_or(f64::NAN, |micros| f64::from(micros) / 1000.0);
        let p50 = milliseconds(0.5);
        let p95 = milliseconds(0.95);
        let p99 = milliseconds(0.99);
        format!("p50 {p50:.2} ms, p95 {p95:.2} ms, p99 {p99:.2} ms")
    }
}

/// One line of a report.
pub(super) fn line(name: &str, value: impl std::fmt::Display) -> Result<(), OutputError> {
    outln!("  {name:<12} {value}")
}

/// A number with grouped thousands.
pub(super) fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_measured_values() {
        let mut times = Times::default();
        assert_eq!(times.percentile(0.5), None);
        (1..=101).rev().for_each(|micros| times.add(Duration::from_micros(micros)));
        assert_eq!(times.percentile(0.5), Some(51));
        assert_eq!(times.percentile(0.95), Some(96));
        assert_eq!(times.percentile(1.0), Some(101));
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(number(1_234_567.4), "1,234,567");
        assert_eq!(number(12.0), "12");
    }
}
