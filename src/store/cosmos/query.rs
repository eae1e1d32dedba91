use azure_data_cosmos::Query;
use serde::Serialize;

use crate::store::error::{Result, StoreError};

/// A query that is given its parameters one by one.
pub(super) struct CosmosQuery(pub(super) Query);

impl CosmosQuery {
    pub(super) fn with<T: Serialize>(self, name: &str, value: T) -> Result<Self> {
        self.0.with_parameter(name, value).map(CosmosQuery).map_err(StoreError::internal)
    }
}
