//! PiChat: a chat server with one binary, one socket and one protocol of commands, replies and events.
//!
//! The crate has eleven rooms. Each may use the rooms below it; a test holds the arrows.
//!
//! | room | purpose |
//! |---|---|
//! | [`cli`] | the command line: serve, user, token, seed, stats, check, bench |
//! | [`net`] | listener, TLS, HTTP pages, WebSocket, one session per connection |
//! | [`api`] | the table of commands and their handlers |
//! | [`auth`] | passwords, tokens, sessions, rate limits |
//! | [`commit`] | the queue that batches and orders durable changes, and publishes their outcome |
//! | [`realtime`] | subscriptions, fan-out, outboxes, presence, typing, streams, receipts |
//! | [`cluster`] | messages between nodes, gap filling, reconciliation |
//! | [`store`] | the storage contract and its backends |
//! | [`domain`] | pure decisions about chats, the same for every store |
//! | [`protocol`] | ids, objects, events, frames, errors |
//! | [`ops`] | settings, metrics, clock, fault injection |
//!
//! Invariants:
//!
//! 1. The reply to a change, and its event, leave only after the change is durable.
//! 2. A chat's changes are committed, answered and published in the order of its `seq`, which has no gaps.
//! 3. Every command is answered exactly once, in order.
//! 4. Handlers return; they never write to a socket.
//! 5. Every queue is bounded in bytes and has a policy for when it is full.
//! 6. No lock is held across an await.
//! 7. What a caller may not see is answered like what does not exist.
//! 8. Times and ids come from [`ops::clock`], settings from a look-up function, so that tests control both.

pub mod api;
pub mod auth;
pub mod cli;
pub mod cluster;
pub mod commit;
pub mod domain;
pub mod net;
pub mod ops;
pub mod protocol;
pub mod realtime;
pub mod store;
