//! Reads the documents of another program.

use azure_data_cosmos::{CosmosClient, Query};
use serde_json::{Map, Value};

use super::account::{CosmosOpenError, connect};
use super::container::Container;
use super::failure::failure;
use super::queries;
use crate::ops::config::CosmosAccount;
use crate::store::error::Result;

/// A database of an account, with unknown content.
#[derive(Debug)]
pub struct ForeignDocuments {
    client: CosmosClient,
    database: String,
}

impl ForeignDocuments {
    /// Connects to the account.
    ///
    /// # Errors
    /// Fails if the account does not respond.
    pub async fn open(account: &CosmosAccount) -> std::result::Result<Self, CosmosOpenError> {
        Ok(ForeignDocuments { client: connect(account).await?, database: account.database.clone() })
    }

    /// Every document of a container, with the fields added by the account; none if the container does not exist.
    ///
    /// # Errors
    /// Fails if the container cannot be read.
    pub async fn all(&self, container: &str) -> Result<Option<Vec<Map<String, Value>>>> {
        let database = self.client.database_client(self.database.clone());
        let found = match database.container_client(container.to_owned(), None).await {
            Err(error) if error.status().is_not_found() => return Ok(None),
            found => found.map_err(failure)?,
        };
        Container::new(found).query_all(Query::from(queries::FOREIGN), "import").await.map(Some)
    }
}
