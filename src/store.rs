//! Storage: the [`Repository`](repository::Repository) contract and its backends.
//!
//! This room knows how state is kept and nothing of who is connected. Begin reading at [`repository`], then
//! [`sqlite`], the simplest backend.

pub mod cosmos;
mod found;
mod page;
pub mod postgres;
pub mod repository;
pub mod sqlite;
pub mod stats;
