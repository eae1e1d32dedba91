//! Strips optimized programs of their symbols, a fifth of their size. Cargo ignores `strip` in a profile that also has
//! settings for this package.

#![allow(clippy::print_stdout)] // Cargo reads what a build script prints.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).as_deref() == Ok(value);
    // With debug information, for a profiler, the symbols stay.
    if is("PROFILE", "release") && is("DEBUG", "false") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--strip-all");
    }
}
