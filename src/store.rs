//! Storage: the [`Repository`](repository::Repository) contract and its backends.
//!
//! This room knows how state is stored and nothing of who is connected. Begin reading at [`repository`], then
//! [`sqlite`], the simplest backend.

pub mod archive;
#[cfg(feature = "cosmos")]
pub mod cosmos;
pub mod digest;
pub mod error;
pub mod files;
mod found;
pub mod jobs;
mod loader;
pub mod memory;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod migrations;
pub mod own_changes;
mod page;
mod persisted;
#[cfg(feature = "postgres")]
pub mod postgres;
pub mod repository;
pub mod scrub;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod sql;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod stats;
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres")),
    expect(dead_code, reason = "Cosmos has no pool of connections")
)]
pub mod turns;
mod walk;
