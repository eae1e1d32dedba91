//! The backends of [`Repository`](crate::repository::Repository).

pub mod sqlite;
