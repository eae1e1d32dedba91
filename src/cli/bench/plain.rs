//! The loops that durable sends are compared with.

use super::{BenchPlace, Result};

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

/// A thread or connection that only writes messages, in transactions of one size: the upper bound set by the disk and
/// the storage. The tables, indexes and settings are the server's; checkpoints are SQLite's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// Number of chats that the messages are spread over.
    pub(super) rooms: u32,
    /// Average number of messages in one transaction.
    pub(super) batch: f64,
    /// Number of characters per message.
    pub(super) content: u64,
    pub(super) seconds: u64,
}

/// The speed of some loops together.
#[derive(Debug)]
pub(super) struct Rate {
    pub(super) loops: &'static str,
    /// Rows per second.
    pub(super) rows: f64,
}

impl Work {
    /// Measures plain loops on the storage of the measured server.
    pub(super) async fn rates(self, place: &BenchPlace) -> Result<Vec<Rate>> {
        match &place.database {
            #[cfg(feature = "postgres")]
            Some(url) => self.on_postgres(url).await,
            #[cfg(feature = "sqlite")]
            None => self.on_sqlite(place).await,
            #[cfg(not(feature = "postgres"))]
            Some(_) => Ok(vec![]),
            #[cfg(not(feature = "sqlite"))]
            None => Ok(vec![]),
        }
    }
}
