//! The network edge: everything between an accepted TCP connection and a command.
//!
//! This room knows sockets, HTTP and TLS. It turns bytes into commands for [`api`](crate::api) and writes the frames
//! queued in a connection's [`outbox`](crate::realtime::outbox); it knows nothing of chats. Begin reading at
//! [`listener`], then follow a connection through [`http`] (the upgrade) into [`session`]. `text_mode` translates for
//! people at a terminal.

pub mod http;
pub mod listener;
pub mod session;
mod text_mode;
pub mod websocket;
