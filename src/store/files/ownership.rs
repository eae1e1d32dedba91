//! The database that a file store belongs to: both hold the same id, the store in a small file named [`MARK`].
//!
//! A server that treated another database's files as its own would find no records of them and delete them all. A store
//! is therefore claimed at the first start, and only by a database that knows some of its files, or if it has none.

use super::FileStore;
use crate::ops::crypto;
use crate::store::error::{Result, StoreError};
use crate::store::jobs;
use crate::store::repository::Repository;

/// The name of the file or object with the id.
pub const MARK: &str = "pichat-store-id";
/// Number of an unmarked store's files that are looked up in the database.
const SAMPLE: usize = 100;

/// The relation of a file store to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The store and the database have the same id.
    Own,
    /// The store has no id yet.
    Unclaimed,
    /// The store has no id, but files that the database does not know.
    Unknown,
    /// The store belongs to another database.
    Foreign,
}

impl Ownership {
    /// The advice for a store that cannot be used; none if it can.
    pub fn problem(self) -> Option<String> {
        match self {
            Ownership::Own | Ownership::Unclaimed => None,
            Ownership::Unknown => Some(
                "it has files, and none of the first hundred is in this database; correct DATABASE_URL, or name an \
                 empty place"
                    .to_owned(),
            ),
            Ownership::Foreign => Some(format!(
                "it belongs to another database; correct DATABASE_URL, or name an empty place. If this database \
                 replaces the other one, delete {MARK} there and start again"
            )),
        }
    }
}

/// Compares the ids and changes nothing.
///
/// # Errors
/// Fails if the database or the file store fails.
pub async fn compare(store: &dyn FileStore, repository: &dyn Repository) -> Result<Ownership> {
    let own = jobs::read(repository).await?.files.store_id;
    Ok(match store.owner().await? {
        None => Ownership::Unclaimed,
        mark if mark == own => Ownership::Own,
        Some(_) => Ownership::Foreign,
    })
}

/// Compares the ids, and marks a store that has none.
///
/// # Errors
/// Fails if the database or the file store fails.
pub async fn claim(store: &dyn FileStore, repository: &dyn Repository) -> Result<Ownership> {
    let found = compare(store, repository).await?;
    if found != Ownership::Unclaimed {
        return Ok(found);
    }
    if !is_known(store, repository).await? {
        return Ok(Ownership::Unknown);
    }
    let digits: [u8; 16] = crypto::random().map_err(StoreError::internal)?;
    // Nodes that start at the same time agree on the id in the database.
    let id = jobs::file_store_id(repository, &data_encoding::HEXLOWER.encode(&digits)).await?;
    store.claim(&id).await?;
    compare(store, repository).await
}

/// True if the store has no files, or some that are in the database.
async fn is_known(store: &dyn FileStore, repository: &dyn Repository) -> Result<bool> {
    let found = store.stored(None, SAMPLE).await?;
    for file in &found {
        if repository.file(file).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(found.is_empty())
}
