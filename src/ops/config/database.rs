use std::borrow::Cow;
#[cfg(feature = "sqlite")]
use std::path::PathBuf;

#[cfg(feature = "cosmos")]
use super::CosmosAccount;
#[cfg(feature = "postgres")]
use super::PostgresServer;
use super::{BadSetting, POSTGRES_CONNECTIONS, SIGN_INS, SettingSource, unknown_sign_in};

const NAME: &str = "DATABASE_URL";

/// The storage, one of those compiled in.
#[derive(Clone, Debug)]
pub enum Database {
    /// A SQLite file.
    #[cfg(feature = "sqlite")]
    Sqlite(PathBuf),
    /// An Azure Cosmos DB account.
    #[cfg(feature = "cosmos")]
    Cosmos(Box<CosmosAccount>),
    /// A database of a PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(Box<PostgresServer>),
}

impl Database {
    /// True if several nodes can share the storage.
    pub(super) fn is_shared(&self) -> bool {
        match self {
            #[cfg(feature = "sqlite")]
            Database::Sqlite(_) => false,
            #[cfg(feature = "cosmos")]
            Database::Cosmos(_) => true,
            #[cfg(feature = "postgres")]
            Database::Postgres(_) => true,
        }
    }
}

/// The URL without the name of a driver, as in SQLAlchemy's `postgresql+asyncpg://`. Its SQLite URLs are left unchanged
/// and refused, because their slashes have another meaning.
fn without_driver(url: &str) -> Cow<'_, str> {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme.strip_prefix("postgresql+")?, rest))) {
        Some((_, rest)) => format!("postgresql://{rest}").into(),
        None => url.into(),
    }
}

impl SettingSource<'_> {
    /// Checks the settings of storages not in use: they would otherwise be refused on the day of a migration.
    pub(super) fn other_storage(&self) -> Result<(), BadSetting> {
        self.within::<u64>("POSTGRES_CONNECTIONS", POSTGRES_CONNECTIONS)?;
        match self.given("COSMOS_AUTH") {
            Some(given) if !SIGN_INS.contains(&given.as_str()) => Err(unknown_sign_in(&given)),
            _ => Ok(()),
        }
    }

    pub(super) fn database(&self) -> Result<Database, BadSetting> {
        let url = match self.given(NAME) {
            None if self.given("COSMOS_ENDPOINT").is_some() => "cosmos://".to_owned(),
            _ => self.text(NAME),
        };
        if url.trim_end_matches('/') == "cosmos:" {
            BadSetting::require(cfg!(feature = "cosmos"), NAME, "Azure Cosmos DB", "cosmos")?;
            #[cfg(feature = "cosmos")]
            return Ok(Database::Cosmos(Box::new(self.cosmos()?)));
        }
        let url = without_driver(&url);
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            BadSetting::require(cfg!(feature = "postgres"), NAME, "PostgreSQL", "postgres")?;
            #[cfg(feature = "postgres")]
            return Ok(Database::Postgres(Box::new(self.postgres(&url)?)));
        }
        let path = url.strip_prefix("sqlite://").filter(|path| !path.is_empty());
        BadSetting::require(cfg!(feature = "sqlite") || path.is_none(), NAME, "SQLite", "sqlite")?;
        #[cfg(feature = "sqlite")]
        if let Some(path) = path {
            if path.contains(":memory:") {
                let problem = "the data is stored in a file; name one, as in sqlite://pichat.db".into();
                return Err(BadSetting { name: NAME.into(), problem });
            }
            // With three slashes before a dot, people mean the working directory, as in other programs.
            let is_relative = path.starts_with("/./") || path.starts_with("/../");
            return Ok(Database::Sqlite(if is_relative { path[1..].into() } else { path.into() }));
        }
        let problem = "write it as sqlite://pichat.db (or sqlite:///var/lib/pichat/pichat.db), \
            postgres://USER:PASSWORD@HOST/DATABASE or cosmos://";
        Err(BadSetting { name: NAME.into(), problem: problem.into() })
    }
}

#[cfg(test)]
mod tests {
    use crate::ops::config::Config;

    #[test]
    fn a_driver_suffix_in_a_url_is_removed() {
        assert_eq!(super::without_driver("postgresql+asyncpg://ann@db/chat"), "postgresql://ann@db/chat");
        assert_eq!(super::without_driver("postgres://ann:a+b@db/chat"), "postgres://ann:a+b@db/chat");
        assert_eq!(super::without_driver("sqlite+aiosqlite:///chat.db"), "sqlite+aiosqlite:///chat.db");
    }

    #[test]
    fn a_backend_not_compiled_in_names_its_feature() {
        for (url, product, feature, is_built) in [
            ("sqlite://a.db", "SQLite", "sqlite", cfg!(feature = "sqlite")),
            ("postgres://ann@db/chat", "PostgreSQL", "postgres", cfg!(feature = "postgres")),
            ("cosmos://", "Azure Cosmos DB", "cosmos", cfg!(feature = "cosmos")),
        ] {
            let lookup = |name: &str| match name {
                "DATABASE_URL" => Some(url.to_owned()),
                "COSMOS_ENDPOINT" => Some("https://name.documents.azure.com:443/".to_owned()),
                "COSMOS_KEY" => Some("secret".to_owned()),
                _ => None,
            };
            let problem = Config::from_lookup(&lookup).err().map(|error| error.to_string());
            let refusal =
                format!("DATABASE_URL: this build has no {product} support; rebuild with --features {feature}");
            assert_eq!(problem, (!is_built).then_some(refusal));
        }
    }
}
