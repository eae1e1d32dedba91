//! PostgreSQL only: opening, encryption, several nodes, and server outages.

mod faults;
mod nodes;
mod old_writes;
mod opening;
mod outcomes;
mod plans;
mod search;
mod shares;
mod upgrades;
pub mod way;
