//! The configured store, as the source or the target of an archive.

use std::error::Error;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::ops::config::BadSetting;
use crate::ops::config::{Config, Database};
use crate::store::archive::{ArchiveError, ArchiveSource, ArchiveTarget};
#[cfg(feature = "cosmos")]
use crate::store::cosmos::{CosmosSource, CosmosTarget};
#[cfg(feature = "postgres")]
use crate::store::postgres::{PostgresSource, PostgresTarget};
#[cfg(feature = "sqlite")]
use crate::store::sqlite::{SqliteSource, SqliteTarget};

type Opened<T> = Result<T, Box<dyn Error>>;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn bad(error: &dyn Error) -> Box<dyn Error> {
    BadSetting { name: "DATABASE_URL".into(), problem: error.to_string() }.into()
}

/// The store to read, if it is complete.
pub(in crate::cli) async fn source(config: &Config) -> Opened<Box<dyn ArchiveSource>> {
    let mut source = any_source(config).await?;
    if source.is_unfinished().await.map_err(ArchiveError::from)? {
        return Err(ArchiveError::Unfinished.into());
    }
    Ok(source)
}

async fn any_source(config: &Config) -> Opened<Box<dyn ArchiveSource>> {
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => Ok(Box::new(SqliteSource::open(path).map_err(|error| bad(&error))?)),
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => Ok(Box::new(PostgresSource::open(server).await.map_err(|error| bad(&error))?)),
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => Ok(Box::new(CosmosSource::open(account).await?)),
    }
}

/// The store to fill, which is created if it is missing.
pub(super) async fn target(config: &Config) -> Opened<Box<dyn ArchiveTarget>> {
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => Ok(Box::new(SqliteTarget::open(path).map_err(|error| bad(&error))?)),
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => Ok(Box::new(PostgresTarget::open(server).await.map_err(|error| bad(&error))?)),
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => Ok(Box::new(CosmosTarget::open(account).await?)),
    }
}

/// The store to fill, if it exists: a dry run creates none.
pub(super) async fn existing_target(config: &Config) -> Opened<Option<Box<dyn ArchiveTarget>>> {
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) if !path.exists() => Ok(None),
        _ => target(config).await.map(Some),
    }
}
