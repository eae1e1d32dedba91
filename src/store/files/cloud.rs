//! Azure Blob Storage and S3: one object per segment.

use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use secrecy::ExposeSecret;

use super::{FileStore, MARK, SegmentKey};
use crate::ops::config::{BadSetting, CloudPlace};
use crate::ops::crypto;
use crate::protocol::FileId;
use crate::store::error::{Result, StoreError};
use crate::store::repository::shard_of;

/// The folder of holds.
const HOLDS: &str = "holds";
/// Number of objects deleted concurrently.
const TOGETHER: usize = 8;

#[derive(Debug)]
struct CloudStore {
    objects: Box<dyn ObjectStore>,
    prefix: Path,
}

/// A container of Azure Blob Storage.
#[cfg(feature = "azure-files")]
pub(super) fn azure(place: &CloudPlace) -> Result<Arc<dyn FileStore>, BadSetting> {
    use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};

    crypto::install();
    let mut builder = MicrosoftAzureBuilder::from_env();
    for option in &place.options {
        let value = option.value.expose_secret();
        let key: AzureConfigKey = option.name.to_ascii_lowercase().parse().map_err(refused)?;
        builder = builder.with_config(key, value).with_allow_http(allows_http(place));
    }
    let built = builder.with_account(&place.account).with_container_name(&place.container).build();
    Ok(over(built.map_err(refused)?, place))
}

/// A bucket of S3.
#[cfg(feature = "s3-files")]
pub(super) fn s3(place: &CloudPlace) -> Result<Arc<dyn FileStore>, BadSetting> {
    use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};

    crypto::install();
    let mut builder = AmazonS3Builder::from_env();
    for option in &place.options {
        let value = option.value.expose_secret();
        let key: AmazonS3ConfigKey = option.name.to_ascii_lowercase().parse().map_err(refused)?;
        builder = builder.with_config(key, value).with_allow_http(allows_http(place));
    }
    Ok(over(builder.with_bucket_name(&place.container).build().map_err(refused)?, place))
}

/// True if an endpoint without TLS is set, for example a server on the same machine.
fn allows_http(place: &CloudPlace) -> bool {
    place.options.iter().any(|option| option.value.expose_secret().starts_with("http://"))
}

fn refused(error: object_store::Error) -> BadSetting {
    BadSetting { name: "FILES_URL".into(), problem: error.to_string() }
}

fn over(objects: impl ObjectStore, place: &CloudPlace) -> Arc<dyn FileStore> {
    Arc::new(CloudStore { objects: Box::new(objects), prefix: Path::from(&*place.prefix) })
}

impl CloudStore {
    fn folder_of(&self, file: &FileId) -> Result<Path> {
        shard_of(file).ok_or_else(|| StoreError::internal("not the id of a file"))?;
        Ok(self.prefix.clone().join(&**file))
    }

    fn object(&self, key: &SegmentKey<'_>) -> Result<Path> {
        Ok(self.folder_of(key.file)?.join(key.name()))
    }
}

#[async_trait]
impl FileStore for CloudStore {
    async fn prepare(&self) -> Result<()> {
        let probe = self.prefix.clone().join("writable");
        self.objects.put(&probe, Bytes::new().into()).await.map_err(StoreError::unavailable)?;
        self.objects.delete(&probe).await.map_err(StoreError::unavailable)
    }

    async fn put(&self, key: SegmentKey<'_>, bytes: Bytes) -> Result<()> {
        self.objects.put(&self.object(&key)?, bytes.into()).await.map(drop).map_err(StoreError::unavailable)
    }

    async fn get(&self, key: SegmentKey<'_>, range: Range<u64>) -> Result<Bytes> {
        self.objects.get_range(&self.object(&key)?, range).await.map_err(StoreError::unavailable)
    }

    async fn discard(&self, key: SegmentKey<'_>) -> Result<()> {
        match self.objects.delete(&self.object(&key)?).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            deleted => deleted.map_err(StoreError::unavailable),
        }
    }

    async fn delete(&self, file: &FileId) -> Result<()> {
        let folder = self.folder_of(file)?;
        let found = self.objects.list(Some(&folder)).map_err(StoreError::unavailable);
        let deleted = found.try_for_each_concurrent(TOGETHER, |object| async move {
            match self.objects.delete(&object.location).await {
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                deleted => deleted.map_err(StoreError::unavailable),
            }
        });
        deleted.await
    }

    async fn stored(&self, after: Option<&FileId>, limit: usize) -> Result<Vec<FileId>> {
        // Names within a folder begin with digits; object_store would encode most other characters.
        let offset = match after {
            Some(after) => self.folder_of(after)?.join("z"),
            None => self.prefix.clone(),
        };
        let prefix = Some(&self.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        let mut objects = self.objects.list_with_offset(prefix, &offset).boxed();
        let mut found: Vec<FileId> = vec![];
        while let Some(object) = objects.try_next().await.map_err(StoreError::unavailable)? {
            let mut parts = object.location.prefix_match(&self.prefix).into_iter().flatten();
            let Some(file) = parts.next().map(|part| FileId::from(part.as_ref())) else { continue };
            // Not every server supports starting after a name.
            let is_past = after.is_none_or(|after| file > *after);
            if !is_past || shard_of(&file).is_none() || found.contains(&file) {
                continue;
            }
            if found.len() == limit {
                break;
            }
            found.push(file);
        }
        Ok(found)
    }

    async fn owner(&self) -> Result<Option<String>> {
        match self.objects.get(&self.prefix.clone().join(MARK)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            found => {
                let bytes = found.map_err(StoreError::unavailable)?.bytes().await.map_err(StoreError::unavailable)?;
                Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
            }
        }
    }

    async fn add_hold(&self, name: &str) -> Result<()> {
        let hold = self.prefix.clone().join(HOLDS).join(name);
        self.objects.put(&hold, Bytes::new().into()).await.map(drop).map_err(StoreError::unavailable)
    }

    async fn remove_hold(&self, name: &str) -> Result<()> {
        match self.objects.delete(&self.prefix.clone().join(HOLDS).join(name)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            deleted => deleted.map_err(StoreError::unavailable),
        }
    }

    async fn holds(&self) -> Result<Vec<String>> {
        let objects = self.objects.list(Some(&self.prefix.clone().join(HOLDS)));
        let names = objects.map_ok(|object| object.location.filename().unwrap_or_default().to_owned());
        names.try_collect().await.map_err(StoreError::unavailable)
    }

    async fn claim(&self, owner: &str) -> Result<()> {
        let mark = self.prefix.clone().join(MARK);
        self.objects.put(&mark, format!("{owner}\n").into()).await.map(drop).map_err(StoreError::unavailable)
    }
}
