//! Azure Cosmos DB only: request counts and failures.

mod faults;
mod nodes;
mod opening;
mod rates;
mod requests;
mod search;
mod units;
mod unread;
