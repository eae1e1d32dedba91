//! The backends, each empty and alone in its place. One whose server is absent says so and gives none.

use pichat::repository::Repository;
use pichat::store::sqlite::SqliteRepository;
use tempfile::TempDir;

pub struct Place {
    // Dropped first, so that its files are closed before they are deleted.
    pub repository: Box<dyn Repository>,
    _folder: TempDir,
}

pub async fn sqlite() -> Option<Place> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let repository = SqliteRepository::open(&folder.path().join("pichat.db")).expect("a new file");
    Some(Place { repository: Box::new(repository), _folder: folder })
}
