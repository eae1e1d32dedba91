//! The one test binary; its modules mirror `src`.

#![expect(clippy::print_stdout, reason = "the test runner captures what tests print")]

mod accounts;
mod administration;
mod architecture;
mod archive;
mod bench;
mod cli;
#[cfg(all(feature = "postgres", feature = "redis"))]
mod cluster;
mod contract;
#[cfg(feature = "cosmos")]
mod cosmos;
mod docs;
mod examples;
mod faults;
mod files;
mod golden;
mod growth;
mod handshake;
mod licences;
mod limits;
mod live;
mod ops;
#[cfg(feature = "postgres")]
mod postgres;
mod process;
mod protocol;
mod shutdown;
mod sqlite;
mod start;
mod support;
mod table;
mod telemetry;
mod tls;
mod websocket;
