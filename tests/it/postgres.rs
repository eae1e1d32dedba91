//! Rules of PostgreSQL alone: opening, encryption, several nodes, and losing the server.

mod faults;
mod nodes;
mod opening;
mod outcomes;
mod plans;
mod search;
mod shares;
mod upgrades;
pub mod way;
