use std::path::PathBuf;

use super::{BadSetting, CosmosAccount, Lookup, PostgresServer};

/// The storage.
#[derive(Clone, Debug)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// An Azure Cosmos DB account.
    Cosmos(Box<CosmosAccount>),
    /// A database of a PostgreSQL server.
    Postgres(Box<PostgresServer>),
}

impl Lookup<'_> {
    pub(super) fn database(&self) -> Result<Database, BadSetting> {
        let url = match self.given("DATABASE_URL") {
            None if self.given("COSMOS_ENDPOINT").is_some() => "cosmos://".to_owned(),
            _ => self.text("DATABASE_URL"),
        };
        if url.trim_end_matches('/') == "cosmos:" {
            return Ok(Database::Cosmos(Box::new(self.cosmos()?)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Database::Postgres(Box::new(self.postgres(&url)?)));
        }
        match url.strip_prefix("sqlite://") {
            // Everybody who writes three slashes before a dot means the working directory, as other programs do.
            Some(path) if path.starts_with("/./") || path.starts_with("/../") => Ok(Database::Sqlite(path[1..].into())),
            Some(path) if !path.is_empty() => Ok(Database::Sqlite(path.into())),
            _ => Err(BadSetting {
                name: "DATABASE_URL".into(),
                problem: "write it as sqlite://pichat.db (or sqlite:///var/lib/pichat/pichat.db), \
                    postgres://USER:PASSWORD@HOST/DATABASE or cosmos://"
                    .into(),
            }),
        }
    }
}
