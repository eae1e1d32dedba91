//! Standard output that may be closed early, as in `pichat schema | head`.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Writes text to standard output.
///
/// A reader that has seen enough is not a failure: the text is dropped, and the exit code still reports what the
/// command did.
///
/// # Panics
///
/// If standard output cannot be written for another reason, such as a full disk.
pub(super) fn write(text: Arguments) {
    let mut output = io::stdout().lock();
    match output.write_fmt(text).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("cannot write to standard output: {error}"),
        _ => {}
    }
}

/// `print!` for an output that may be closed early.
macro_rules! out {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!($($text)*)) };
}

/// `println!` for an output that may be closed early.
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!("{}\n", format_args!($($text)*))) };
}
