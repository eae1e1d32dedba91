//! The backends, each empty and isolated. A backend without its server prints that it is skipped.

use std::any::Any;
use std::sync::Arc;

use pichat::ops::clock::Clock;
#[cfg(feature = "cosmos")]
use pichat::store::cosmos::CosmosRepository;
use pichat::store::memory::MemoryRepository;
#[cfg(feature = "postgres")]
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::Repository;
use pichat::store::sqlite::SqliteRepository;

#[cfg(feature = "cosmos")]
use crate::support::emulator;
#[cfg(feature = "postgres")]
use crate::support::postgres as server;

pub struct Place {
    // Dropped first, so that its files are closed before they are deleted.
    pub repository: Arc<dyn Repository>,
    pub keep: Box<dyn Any + Send + Sync>,
}

/// The reference implementation.
pub async fn memory() -> Option<Place> {
    let repository = MemoryRepository::new(Arc::new(Clock::System));
    Some(Place { repository: Arc::new(repository), keep: Box::new(()) })
}

pub async fn sqlite() -> Option<Place> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let repository = SqliteRepository::open(&folder.path().join("pichat.db")).expect("a new file");
    Some(Place { repository: Arc::new(repository), keep: Box::new(folder) })
}

#[cfg(feature = "cosmos")]
pub async fn cosmos() -> Option<Place> {
    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    let repository = CosmosRepository::open(&account).await.expect("new containers");
    Some(Place { repository: Arc::new(repository), keep: Box::new(()) })
}

#[cfg(feature = "postgres")]
pub async fn postgres() -> Option<Place> {
    let place = server::shared().await?.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    Some(Place { repository: Arc::new(repository), keep: Box::new(()) })
}
