//! Rules that more than one command needs.

pub mod accounts;
pub mod audit;
pub mod bots;
pub mod changes;
pub mod chats;
pub mod check;
pub mod departure;
pub mod export;
pub mod messages;
pub mod moderation;
pub mod seen;
pub mod sessions;
pub mod settings;
pub mod stats;
pub mod streams;
pub mod users;
