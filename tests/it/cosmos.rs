//! What only holds for the backend in Azure Cosmos DB: what requests cost, and what happens when they fail.

mod faults;
mod nodes;
mod opening;
mod rates;
mod requests;
mod search;
mod units;
mod unread;
