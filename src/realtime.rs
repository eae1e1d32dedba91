//! Live delivery on this node: connections, subscriptions, bounded outboxes, and the features that are never stored.
//!
//! This room knows the connections of this node and which chats they are subscribed to. Begin reading at [`hub`], which
//! fans events out, and [`outbox`], the bounded queue in front of each client.

pub mod features;
pub mod hub;
pub mod outbox;
pub mod receipts;
pub mod reply;
