//! Standard output that may be closed early, as in `pichat schema | head`.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Standard output cannot be written, for example because the disk is full.
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

/// `print!` for an output that may be closed early.
macro_rules! out {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!($($text)*)) };
}

/// `println!` for an output that may be closed early.
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!("{}\n", format_args!($($text)*))) };
}
