//! The `pichat` binary.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match pichat::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed, the exit code still reports the failure.
            let _ = writeln!(std::io::stderr(), "pichat: {error}");
            ExitCode::FAILURE
        }
    }
}
