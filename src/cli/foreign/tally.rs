//! The tally of every row that was read.

use std::collections::BTreeMap;
use std::fmt;

/// Maximum number of reported examples of one kind of change.
const EXAMPLES: usize = 20;

/// The rows of a table: how many were imported, left out and changed, and why.
#[derive(Debug)]
pub(super) struct TableTally {
    table: String,
    rows: u64,
    imported: u64,
    left_out: BTreeMap<String, u64>,
    changed: BTreeMap<String, ChangedRows>,
}

#[derive(Debug, Default)]
struct ChangedRows {
    count: u64,
    examples: Vec<String>,
}

impl TableTally {
    /// A table with its number of rows.
    pub(super) fn new(table: &str, rows: usize) -> Self {
        let rows = rows as u64;
        TableTally { table: table.to_owned(), rows, imported: 0, left_out: BTreeMap::new(), changed: BTreeMap::new() }
    }

    /// Counts a row that was read.
    pub(super) fn read(&mut self) {
        self.rows += 1;
    }

    /// Counts an imported row.
    pub(super) fn import(&mut self) {
        self.imported += 1;
    }

    /// Counts a row that is left out.
    pub(super) fn leave_out(&mut self, reason: &str) {
        self.leave_out_all(reason, 1);
    }

    /// Counts rows that are left out.
    pub(super) fn leave_out_all(&mut self, reason: &str, rows: u64) {
        if rows > 0 {
            *self.left_out.entry(reason.to_owned()).or_default() += rows;
        }
    }

    /// Moves a row from imported to left out.
    pub(super) fn drop_imported(&mut self, reason: &str) {
        self.imported -= 1;
        self.leave_out(reason);
    }

    /// Records that a value of an imported row was changed.
    pub(super) fn change(&mut self, what: &str, example: impl Into<String>) {
        let changed = self.changed.entry(what.to_owned()).or_default();
        changed.count += 1;
        if changed.examples.len() < EXAMPLES {
            changed.examples.push(example.into());
        }
    }

    /// Number of rows that are neither imported nor left out, which must be 0.
    pub(super) fn unaccounted(&self) -> u64 {
        self.rows.abs_diff(self.imported + self.left_out.values().sum::<u64>())
    }

    /// The table's name.
    pub(super) fn table(&self) -> &str {
        &self.table
    }
}

impl fmt::Display for TableTally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left_out: u64 = self.left_out.values().sum();
        let TableTally { table, rows, imported, .. } = self;
        write!(formatter, "{table}: rows {rows}, imported {imported}, left out {left_out}")?;
        for (reason, count) in &self.left_out {
            write!(formatter, "\n  left out {count}: {reason}")?;
        }
        for (what, changed) in &self.changed {
            write!(formatter, "\n  {what} ({}): {}", changed.count, changed.examples.join(", "))?;
            if changed.count > changed.examples.len() as u64 {
                formatter.write_str(", …")?;
            }
        }
        Ok(())
    }
}
