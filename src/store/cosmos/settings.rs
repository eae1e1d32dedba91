//! The settings of users and the secrets of the server: one document each, in its own partition.

use async_trait::async_trait;
use azure_data_cosmos::Query;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::container::WriteResult;
use super::readable::{self, Readable};
use super::{CosmosRepository, Store, ids, queries};
use crate::store::archive::ArchivedDocument;
use crate::store::error::Result;
use crate::store::repository::{Document, Documents};

const ID: &str = "document";

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SettingDocument {
    id: String,
    scope: String,
    version: u64,
    /// Text, because Cosmos would round its numbers.
    text: String,
    /// The write that produced the document, by which its writer recognises that it has succeeded.
    stamp: String,
    #[serde(rename = "_etag", default, skip_serializing)]
    etag: String,
}

#[async_trait]
impl Documents for CosmosRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        let found = self.setting(place).await?;
        Ok(found.map(|SettingDocument { version, text, .. }| Document { version, text }))
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        let setting = SettingDocument {
            id: ID.to_owned(),
            scope: place.to_owned(),
            version: document.version,
            text: document.text.clone(),
            stamp: uuid::Uuid::new_v4().simple().to_string(),
            etag: String::new(),
        };
        let settings = &self.store.settings;
        let written = if document.version == 1 {
            settings.create(place, ID, &setting, "settings").await?
        } else {
            match self.setting(place).await? {
                Some(found) if found.version + 1 == document.version => {
                    settings.replace(place, ID, &setting, &found.etag, "settings").await?
                }
                _ => return Ok(false),
            }
        };
        if let WriteResult::Done(_) = written {
            return Ok(true);
        }
        // A request that was sent twice finds its own write.
        Ok(self.setting(place).await?.is_some_and(|found| found.stamp == setting.stamp))
    }
}

impl Store {
    /// Every document, if it can be read, by place.
    pub(super) async fn every_document(&self) -> Result<Vec<Readable<ArchivedDocument>>> {
        let found: Vec<Value> = self.settings.query_all(Query::from(queries::EVERY_DOCUMENT), "export").await?;
        let read = |document: &Value| {
            let SettingDocument { scope, version, text, .. } = readable::DOCUMENT.read(document)?;
            Ok(ArchivedDocument { place: scope, version, text })
        };
        let mut documents: Vec<Readable<ArchivedDocument>> = found.iter().map(read).collect();
        documents.sort_by_cached_key(|document| document.as_ref().ok().map(|document| document.place.clone()));
        Ok(documents)
    }

    /// Writes a document of an archive unchanged.
    pub(super) async fn restore_document(&self, document: &ArchivedDocument) -> Result<()> {
        let setting = SettingDocument {
            id: ID.to_owned(),
            scope: document.place.clone(),
            version: document.version,
            text: document.text.clone(),
            stamp: "import".to_owned(),
            etag: String::new(),
        };
        self.settings.upsert(&document.place, ID, &setting, "import").await.map(drop)
    }

    /// Removes a document.
    pub(super) async fn remove_document(&self, place: &str) -> Result<()> {
        self.settings.delete(place, ID, None, "import").await.map(drop)
    }
}

impl CosmosRepository {
    async fn setting(&self, place: &str) -> Result<Option<SettingDocument>> {
        if !ids::fits(place) {
            return Ok(None);
        }
        self.store.settings.read(place, ID, "settings").await
    }
}
