use azure_data_cosmos::Query;
use serde::Serialize;

use super::queries;
use crate::store::error::{Result, StoreError};

/// A query over several chats, whose conditions follow its text.
///
/// The conditions are ranges: for equality the SDK would send one request per key, for ranges one per physical
/// partition.
pub(super) fn of_chats(text: &str, chats: &[&str]) -> Result<CosmosQuery> {
    let names: Vec<String> = (0..chats.len()).map(|place| format!("@chat{place}")).collect();
    let ranges: Vec<String> = names.iter().map(|name| format!("{} {name} AND {name}", queries::ONE_CHAT)).collect();
    let query = CosmosQuery(Query::from(format!("{text} ({})", ranges.join(" OR "))));
    names.iter().zip(chats).try_fold(query, |query, (name, chat)| query.with(name, chat))
}

/// A query whose parameters are added one by one.
pub(super) struct CosmosQuery(pub(super) Query);

impl CosmosQuery {
    pub(super) fn with<T: Serialize>(self, name: &str, value: T) -> Result<Self> {
        self.0.with_parameter(name, value).map(CosmosQuery).map_err(StoreError::internal)
    }
}
