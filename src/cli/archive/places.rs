//! The configured store, as the source or the target of an archive.

use std::error::Error;

use crate::ops::config::{BadSetting, Config, Database};
use crate::store::archive::{ArchiveError, ArchiveSource, ArchiveTarget, StoreOccupancy};
#[cfg(feature = "cosmos")]
use crate::store::cosmos::{CosmosSource, CosmosTarget, has_containers};
#[cfg(feature = "postgres")]
use crate::store::postgres::{PostgresSource, PostgresTarget, connect_to_read, has_tables};
#[cfg(feature = "sqlite")]
use crate::store::sqlite::{SqliteSource, SqliteTarget};

type Opened<T> = Result<T, Box<dyn Error>>;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn bad(error: &dyn std::fmt::Display) -> Box<dyn Error> {
    BadSetting { name: "DATABASE_URL".into(), problem: error.to_string() }.into()
}

/// The store to read, if it is complete.
pub(in crate::cli) async fn source(config: &Config) -> Opened<Box<dyn ArchiveSource>> {
    require(config).await?;
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

/// The content of the store to be filled, which is neither created nor upgraded.
///
/// # Errors
/// Fails if it can be neither read nor created where the settings place it.
pub(super) async fn occupancy(config: &Config) -> Opened<StoreOccupancy> {
    if !exists(config).await? {
        return Ok(StoreOccupancy::default());
    }
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => SqliteTarget::occupancy(path).map_err(|error| bad(&error)),
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => {
            let client = connect_to_read(server).await.map_err(|error| bad(&error))?;
            Ok(PostgresTarget::occupancy(&client).await?)
        }
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => {
            let occupancy = CosmosTarget::open(account).await?.occupancy().await;
            Ok(occupancy.map_err(ArchiveError::from)?)
        }
    }
}

/// True if the store has been created.
///
/// # Errors
/// Fails if it can be neither read nor created where the settings place it.
pub(in crate::cli) async fn exists(config: &Config) -> Opened<bool> {
    match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            match folder.filter(|folder| !folder.is_dir()) {
                Some(folder) => Err(bad(&format!("there is no folder {}", folder.display()))),
                None => Ok(path.exists()),
            }
        }
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => has_tables(server).await.map_err(|error| bad(&error)),
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => Ok(has_containers(account).await?),
    }
}

/// Refuses a store that has not been created: in the wrong place, a new one would hide the mistake.
///
/// # Errors
/// Fails naming the setting.
pub(in crate::cli) async fn require(config: &Config) -> Opened<()> {
    if exists(config).await? {
        return Ok(());
    }
    Err(match &config.database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => bad(&format!("there is no database {}", path.display())),
        #[cfg(feature = "postgres")]
        Database::Postgres(server) => bad(&format!("{} has no PiChat tables", server.place())),
        #[cfg(feature = "cosmos")]
        Database::Cosmos(account) => {
            let problem = format!("there is no database {} with a container {}", account.database, account.chats);
            BadSetting { name: "COSMOS_DATABASE".into(), problem }.into()
        }
    })
}
