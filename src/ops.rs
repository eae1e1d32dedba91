//! The foundation of every room: settings, metrics, cryptography, time and ids, and faults that tests inject.
//!
//! This room knows nothing of chat. Begin reading at [`config`].

pub mod clock;
pub mod config;
pub mod crypto;
pub mod fault;
#[cfg(test)]
#[path = "../tests/fuzz/mutator.rs"]
pub mod mutator;
pub mod ownership;
pub mod stats;
pub mod telemetry;
pub mod timestamp;
pub mod work;
