//! Several nodes over Redis, with failures of Redis and of the connections to it.

mod checks;
mod clocks;
mod delivery;
mod faults;
mod front;
mod jobs;
mod large;
mod limits;
#[cfg(feature = "s3-files")]
mod moving;
mod nodes;
mod outcomes;
mod pauses;
mod presence;
mod reconciling;
mod revocations;
mod stage;
mod streams;
mod tls;
