//! The foundation of every room: settings, metrics, cryptography, time and ids, and faults injected by tests.
//!
//! This room knows nothing of chat. Begin reading at [`config`].

pub mod clock;
pub mod collections;
pub mod command_span;
pub mod config;
pub mod crypto;
#[cfg(test)]
pub mod dice;
pub mod exported_span;
pub mod fault;
#[cfg(test)]
#[path = "../tests/fuzz/mutator.rs"]
pub mod mutator;
#[cfg(feature = "otlp")]
mod otlp;
pub mod ownership;
pub mod stats;
pub mod telemetry;
pub mod timestamp;
pub mod traceparent;
pub mod work;
