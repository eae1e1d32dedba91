//! Archives from and to a PostgreSQL database, over a connection without the time limits that apply to clients'
//! requests.

mod inspect;
mod read;
mod source;
mod target;
mod write;

pub use source::PostgresSource;
pub use target::PostgresTarget;
