//! The commands: a table of rows, one file for each command, and the path from a request to its reply.
//!
//! This room validates fields, checks permissions and calls the rooms below. A command returns its reply and never
//! writes to a socket. Begin reading at [`command`] (its definition), then [`handlers`] (the table) and any file below
//! it; all commands take the path in [`dispatch`].

pub mod accounts;
pub mod audit;
pub mod bots;
pub mod changes;
pub mod chat_access;
pub mod chat_pages;
pub mod clock_check;
pub mod command;
pub mod context;
pub mod contract;
pub mod departure;
pub mod digests;
pub mod dispatch;
pub mod export;
pub mod files;
#[cfg(test)]
mod fuzz;
pub mod group_mentions;
pub mod handlers;
pub mod jobs;
pub mod last_seen;
pub mod operations;
pub mod own_turns;
pub mod paged_list;
pub mod partial_commit;
pub mod pending_departures;
pub mod quota_checks;
pub mod quotas;
pub mod reply_budget;
pub mod retention;
pub mod scrub;
pub mod sessions;
pub mod stats;
pub mod streams;
pub mod sync_cursor;
pub mod user_lookup;
pub mod user_settings;
pub mod validate;
pub mod wrong_credential;
