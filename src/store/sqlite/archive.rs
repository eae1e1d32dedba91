//! Archives from and to a SQLite file.

mod inspect;
mod read;
mod source;
mod target;
mod write;

pub use source::SqliteSource;
pub use target::SqliteTarget;
