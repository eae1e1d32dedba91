//! Rules that more than one command needs.

pub mod chats;
pub mod check;
pub mod seen;
pub mod streams;
pub mod users;
