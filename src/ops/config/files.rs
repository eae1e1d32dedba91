use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{BadSetting, Database, SettingSource};

const NAME: &str = "FILES_URL";
/// Settings passed on to the S3 client.
#[cfg(feature = "s3-files")]
const OF_S3: [&str; 5] =
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL"];
/// Settings passed on to the Azure Blob Storage client.
#[cfg(feature = "azure-files")]
const OF_AZURE: [&str; 5] = [
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_ENDPOINT",
    "AZURE_CLIENT_ID",
    "AZURE_TENANT_ID",
    "AZURE_CLIENT_SECRET",
];

/// The location of the bytes of files.
#[derive(Clone, Debug)]
pub enum FileLocation {
    /// Nowhere: several nodes share no folder, and nothing else is set.
    Off,
    /// A folder of this machine.
    Folder(PathBuf),
    /// A container of Azure Blob Storage.
    #[cfg(feature = "azure-files")]
    Azure(CloudPlace),
    /// A bucket in S3, or in a server that speaks its protocol.
    #[cfg(feature = "s3-files")]
    S3(CloudPlace),
}

/// A location in a cloud.
#[derive(Clone, Debug)]
pub struct CloudPlace {
    /// The storage account; empty for S3.
    pub account: String,
    /// The container or bucket.
    pub container: String,
    /// The prefix of every name, without surrounding slashes; may be empty.
    pub prefix: String,
    /// Credentials, region and endpoint, as far as set.
    pub options: Vec<CloudOption>,
}

/// A setting passed on to the client of a cloud.
#[derive(Clone, Debug)]
pub struct CloudOption {
    /// The setting.
    pub name: &'static str,
    /// The value, which may be a secret.
    pub value: SecretString,
}

impl SettingSource<'_> {
    pub(super) fn files(&self, database: &Database) -> Result<FileLocation, BadSetting> {
        let url = self.text(NAME);
        let bad = |problem: &str| BadSetting { name: NAME.into(), problem: problem.to_owned() };
        if let Some(path) = url.strip_prefix("file://").filter(|path| !path.is_empty()) {
            if self.given("REDIS_URL").is_none() {
                return Ok(FileLocation::Folder(beside(database, path)));
            }
            return match self.given(NAME) {
                None => Ok(FileLocation::Off),
                Some(_) => Err(bad(
                    "a folder serves one node; with REDIS_URL, use az://ACCOUNT/CONTAINER or s3://BUCKET/PREFIX",
                )),
            };
        }
        if url.starts_with("az://") {
            BadSetting::require(cfg!(feature = "azure-files"), NAME, "Azure Blob Storage", "azure-files")?;
            #[cfg(feature = "azure-files")]
            return self.azure(&url).ok_or_else(|| bad("write it as az://ACCOUNT/CONTAINER, optionally with /PREFIX"));
        }
        if url.starts_with("s3://") {
            BadSetting::require(cfg!(feature = "s3-files"), NAME, "S3", "s3-files")?;
            #[cfg(feature = "s3-files")]
            return self.s3(&url).ok_or_else(|| bad("write it as s3://BUCKET or s3://BUCKET/PREFIX"));
        }
        Err(bad(
            "write it as file://files (or file:///var/lib/pichat/files), az://ACCOUNT/CONTAINER or s3://BUCKET/PREFIX",
        ))
    }

    #[cfg(feature = "azure-files")]
    fn azure(&self, url: &str) -> Option<FileLocation> {
        let (account, place) = url.strip_prefix("az://")?.split_once('/')?;
        self.place(account, place, &OF_AZURE).map(FileLocation::Azure)
    }

    #[cfg(feature = "s3-files")]
    fn s3(&self, url: &str) -> Option<FileLocation> {
        self.place("s3", url.strip_prefix("s3://")?, &OF_S3).map(FileLocation::S3)
    }

    #[cfg(any(feature = "azure-files", feature = "s3-files"))]
    fn place(&self, account: &str, place: &str, names: &[&'static str]) -> Option<CloudPlace> {
        let (container, prefix) = place.split_once('/').unwrap_or((place, ""));
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        };
        if !is_name(account) || !is_name(container) {
            return None;
        }
        let option = |name: &&'static str| Some(CloudOption { name, value: self.given(name)?.into() });
        Some(CloudPlace {
            account: account.to_owned(),
            container: container.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            options: names.iter().filter_map(option).collect(),
        })
    }
}

/// Resolves a relative path against the folder of a SQLite file, otherwise against the working directory.
fn beside(database: &Database, path: &str) -> PathBuf {
    match database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(file) => file.parent().unwrap_or(Path::new("")).join(path),
        #[cfg(any(feature = "postgres", feature = "cosmos"))]
        _ => Path::new(path).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::FileLocation;
    use crate::ops::config::Config;

    fn location(settings: &[(&str, &str)]) -> Result<FileLocation, String> {
        let lookup =
            |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(&lookup).map(|config| config.files).map_err(|error| error.to_string())
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn the_files_folder_is_next_to_the_database() {
        for (database, url, path) in [
            ("sqlite://pichat.db", None, "files"),
            ("sqlite:///var/lib/pichat/pichat.db", None, "/var/lib/pichat/files"),
            ("sqlite:///var/lib/pichat/pichat.db", Some("file://more/files"), "/var/lib/pichat/more/files"),
            ("sqlite:///var/lib/pichat/pichat.db", Some("file:///srv/files"), "/srv/files"),
        ] {
            let mut settings = vec![("DATABASE_URL", database)];
            settings.extend(url.map(|url| ("FILES_URL", url)));
            let Ok(FileLocation::Folder(found)) = location(&settings) else { panic!("no folder for {settings:?}") };
            assert_eq!(found.to_string_lossy(), path);
        }
    }

    #[cfg(all(feature = "postgres", feature = "redis"))]
    #[test]
    fn a_files_folder_is_refused_with_several_nodes() {
        let shared = [("DATABASE_URL", "postgres://ann@db/chat"), ("REDIS_URL", "redis://127.0.0.1")];
        assert!(matches!(location(&shared), Ok(FileLocation::Off)));
        let refusal = location(&[shared[0], shared[1], ("FILES_URL", "file:///srv/files")]).expect_err("a folder");
        assert!(refusal.starts_with("FILES_URL: a folder serves one node"), "{refusal}");
    }

    #[test]
    fn invalid_file_locations_are_refused() {
        for url in ["files", "file://", "ftp://host/files", "az://account", "az:///container", "s3://", "s3://a b"] {
            let refusal = location(&[("FILES_URL", url)]).map(drop).expect_err(url);
            assert!(refusal.starts_with("FILES_URL: "), "{refusal}");
        }
    }

    #[cfg(feature = "s3-files")]
    #[test]
    fn a_bucket_has_its_prefix_and_credentials() {
        let found = location(&[("FILES_URL", "s3://chat/some/files/"), ("AWS_REGION", "eu-central-1")]);
        let Ok(FileLocation::S3(place)) = found else { panic!("no bucket: {found:?}") };
        assert_eq!((&*place.container, &*place.prefix), ("chat", "some/files"));
        assert_eq!(place.options.iter().map(|option| option.name).collect::<Vec<_>>(), ["AWS_REGION"]);
    }
}
