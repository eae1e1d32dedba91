//! A real server on a free port, and clients on real sockets.

pub mod absent;
pub mod client;
pub mod clouds;
pub mod dice;
#[cfg(feature = "cosmos")]
pub mod emulator;
pub mod faulty;
pub mod frame;
pub mod http;
#[expect(dead_code, reason = "targets that need no server, in the unit tests, use the rest")]
#[path = "../fuzz/mutator.rs"]
pub mod mutator;
#[cfg(feature = "otlp")]
pub mod otlp;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod raw;
#[cfg(all(feature = "postgres", feature = "redis"))]
pub mod redis;
pub mod server;

pub use client::{Client, Closed};
pub use process::Process;
pub use raw::Raw;
pub use server::{ADMIN_TOKEN, Server, start, start_with};
