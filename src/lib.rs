//! PiChat: a chat server that speaks one protocol of commands, replies and events over one socket.
//!
//! A frame comes in at a [`socket`], becomes a request in [`wire`], meets its row of the table in [`commands`] and runs
//! as a [`command`]. What changes a chat goes through a [`lane`], which has the [`repository`] commit it and only then
//! answers the caller and gives the event to the [`bus`]; that takes it to the other nodes and to this node's
//! [`hub`], which puts it, encoded once, into the [`outbox`] of everybody concerned. Read from the top: each module
//! knows those below it and none above.
//!
//! | module | what it is |
//! |---|---|
//! | [`cli`] | the command line: reads the settings, puts the parts together, serves |
//! | [`protocol`] | the contract as files, made of the tables |
//! | [`server`] | the listener: accepts, ticks, drains |
//! | [`http`] | one port: the upgrade to WebSocket, or a page beside it |
//! | [`session`] | one connection: reads commands in order, has each answered once |
//! | [`socket`] | one WebSocket: frames in, an outbox out |
//! | [`dispatch`] | the way from a command to its answer, the same for socket and request |
//! | [`commands`] | the table of commands, one file a command |
//! | [`command`] | what a command is, and the row that erases its types |
//! | [`service`] | checks that more than one command needs |
//! | [`context`] | what commands work with |
//! | [`receipts`] | how far members have read and been reached, on its way to the storage |
//! | [`auth`] | who is calling |
//! | [`lane`] | changes become batches, and get their order |
//! | [`bus`] | where this node says something, to itself and to others |
//! | [`answer`] | the one place where a command is answered |
//! | [`ephemera`] | what is never stored: who is there, who is typing |
//! | [`hub`] | who is connected, and who hears what |
//! | [`census`] | how much there is, counted as it comes about |
//! | [`store`] | the backends of the repository |
//! | [`repository`] | the storage contract |
//! | [`rules`] | what may happen to a chat, decided the same for every backend |
//! | [`outbox`] | the bounded queue in front of one client |
//! | [`throttle`] | how often something may be tried, by account, user and address |
//! | [`wire`] | JSON text in, JSON text out |
//! | [`clock`] | where times and new ids come from |
//! | [`telemetry`] | what is counted and how it is written down |
//! | [`config`] | the settings |
//! | [`model`] | what the protocol speaks of |
//! | [`fault`] | what a test has go wrong on purpose |
//! | [`error`] | the closed list of codes that a client can see |
//!
//! What always holds:
//!
//! 1. A reply to a change, and its event, leave only after the change is durable.
//! 2. A chat's changes are committed, answered and published in the order of its `seq`, which has no gaps.
//! 3. Every command is answered exactly once, in its turn, by [`answer`]; one that is forgotten is answered INTERNAL.
//! 4. Commands return what is to be said and never write to a socket.
//! 5. Every queue has a bound, and says what happens when it is full.
//! 6. No lock is held while waiting.
//! 7. What a caller may not see is answered as what does not exist.
//! 8. Times and ids come from [`clock`], settings from a look-up function: a test knows both beforehand.

pub mod answer;
pub mod auth;
pub mod bus;
pub mod census;
pub mod cli;
pub mod clock;
pub mod command;
pub mod commands;
pub mod config;
pub mod context;
pub mod dispatch;
pub mod ephemera;
pub mod error;
pub mod fault;
pub mod http;
pub mod hub;
pub mod lane;
pub mod model;
pub mod outbox;
pub mod protocol;
pub mod receipts;
pub mod repository;
pub mod rules;
pub mod server;
pub mod service;
pub mod session;
pub mod socket;
pub mod store;
pub mod telemetry;
pub mod throttle;
pub mod wire;
