//! Rules of the backend in Azure Cosmos DB alone: the number of its requests, and their failures.

mod faults;
mod nodes;
mod opening;
mod rates;
mod requests;
mod search;
mod units;
mod unread;
