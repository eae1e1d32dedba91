//! Standard output that may be closed early, as in `pichat schema | head`.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// `print!` for an output that may be closed early.
macro_rules! out {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!($($text)*)) };
}

/// `println!` for an output that may be closed early.
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!("{}\n", format_args!($($text)*))) };
}

/// Standard output cannot be written, for instance because the disk is full.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output: {0}")]
pub(super) struct OutputError(io::Error);

/// Writes text to standard output.
pub(super) fn write(text: Arguments) -> Result<(), OutputError> {
    judge(io::stdout().lock().write_fmt(text))
}

/// Judges the result of the final write. A reader that has closed early is not a failure: the text is dropped, and the
/// exit code still reports what the command did.
///
/// # Errors
/// Fails if standard output cannot be written for another reason.
pub(super) fn judge(written: io::Result<()>) -> Result<(), OutputError> {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(OutputError(error)),
        _ => Ok(()),
    }
}

/// A number of things in words.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Rows under a heading, each column as wide as its widest cell.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(super) fn new(heading: &[&str]) -> Table {
        Table { rows: vec![heading.iter().map(|name| name.to_uppercase()).collect()] }
    }

    /// Adds a row; an empty cell is shown as a dash.
    pub(super) fn add(&mut self, cells: Vec<String>) {
        self.rows.push(cells.into_iter().map(|cell| if cell.is_empty() { "-".to_owned() } else { cell }).collect());
    }

    /// Prints the heading and the rows.
    ///
    /// # Errors
    /// Fails if standard output cannot be written.
    pub(super) fn print(&self) -> Result<(), OutputError> {
        let columns = self.rows[0].len();
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            outln!("{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}
