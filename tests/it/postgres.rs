//! What holds of PostgreSQL alone: opening, encryption, several nodes, and what happens when the server goes away.

mod faults;
mod nodes;
mod opening;
mod outcomes;
mod plans;
mod search;
mod shares;
mod upgrades;
pub mod way;
