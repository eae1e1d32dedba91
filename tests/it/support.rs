//! A real server on a free port, and clients on real sockets.

pub mod client;
pub mod frame;
pub mod http;
pub mod server;

pub use client::{Client, Closed};
pub use server::{ADMIN_TOKEN, Server, start, start_with};
