//! Tests that cannot run because a server is not installed on this machine.

use std::io::Write;
use std::process::{Command, Stdio};

/// Reports that the running test was skipped, and why; the caller then returns.
///
/// `run.sh test` counts these lines. They bypass the test runner, which captures what tests print.
///
/// # Panics
///
/// If `CI=true`: nothing may be skipped there.
pub fn skip(missing: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}");
    let thread = std::thread::current();
    let name = std::env::var("NEXTEST_TEST_NAME").ok();
    let name = name.as_deref().or(thread.name()).unwrap_or("a test");
    // The runner may be in the middle of a line.
    let _ = writeln!(std::io::stderr(), "\nSKIPPED {name}: {missing}");
}

/// True if a program can be started with this option; otherwise the test is reported as skipped.
pub fn is_installed(program: &str, option: &str, package: &str) -> bool {
    let found = Command::new(program).arg(option).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        skip(&format!("{program} is not installed (Debian: {package})"));
    }
    found
}
