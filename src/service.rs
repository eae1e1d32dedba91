//! Rules that more than one command needs.

pub mod accounts;
pub mod chats;
pub mod check;
pub mod seen;
pub mod sessions;
pub mod settings;
pub mod streams;
pub mod users;
