//! Several nodes that hear each other over Redis, with Redis and the ways to it failing.

mod delivery;
mod faults;
mod limits;
mod presence;
mod revocations;
mod stage;
mod streams;
