//! The `pichat` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    match pichat::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pichat: {error}");
            ExitCode::FAILURE
        }
    }
}
