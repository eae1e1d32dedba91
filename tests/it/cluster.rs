//! Several nodes that hear each other over Redis, with Redis and the ways to it failing.

mod checks;
mod clocks;
mod delivery;
mod faults;
mod front;
mod jobs;
mod large;
mod limits;
mod nodes;
mod outcomes;
mod pauses;
mod presence;
mod reconciling;
mod revocations;
mod stage;
mod streams;
mod tls;
