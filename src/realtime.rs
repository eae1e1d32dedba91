//! Live delivery on this node: connections, subscriptions, bounded outboxes, and the features that are never stored.
//!
//! This room knows the connections of this node and their subscriptions. Begin reading at [`hub`], which fans events
//! out, and [`outbox`], the bounded queue of each client; [`bus`] publishes to this node and to the others, [`node`]
//! applies what they publish. Each feature – presence, typing, streams, receipts – has its local and its remote half in
//! its own folder.

pub mod bus;
mod connection;
mod corrections;
pub mod features;
pub mod hub;
pub mod newcomers;
pub mod node;
pub mod outbox;
mod presence;
pub mod receipts;
pub mod reply;
pub mod streams;
mod typing;
