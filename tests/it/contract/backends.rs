//! The backends, each empty and alone in its place. One whose server is absent says so and gives none.

use std::any::Any;
use std::sync::Arc;

use pichat::store::cosmos::CosmosRepository;
use pichat::store::postgres::PostgresRepository;
use pichat::store::repository::Repository;
use pichat::store::sqlite::SqliteRepository;

use crate::support::{emulator, postgres as server};

pub struct SearchCursor {
    // Dropped first, so that its files are closed before they are deleted.
    pub repository: Arc<dyn Repository>,
    pub keep: Box<dyn Any + Send + Sync>,
}

pub async fn sqlite() -> Option<SearchCursor> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let repository = SqliteRepository::open(&folder.path().join("pichat.db")).expect("a new file");
    Some(SearchCursor { repository: Arc::new(repository), keep: Box::new(folder) })
}

pub async fn cosmos() -> Option<SearchCursor> {
    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    let repository = CosmosRepository::open(&account).await.expect("new containers");
    Some(SearchCursor { repository: Arc::new(repository), keep: Box::new(()) })
}

pub async fn postgres() -> Option<SearchCursor> {
    let place = server::shared().await?.place().await;
    let repository = PostgresRepository::open(&place).await.expect("an empty schema");
    Some(SearchCursor { repository: Arc::new(repository), keep: Box::new(()) })
}
