//! The backends of [`Repository`](crate::repository::Repository).

pub mod cosmos;
pub mod sqlite;
