//! The backends of [`Repository`](crate::repository::Repository).

pub mod cosmos;
mod found;
mod page;
pub mod postgres;
pub mod sqlite;
