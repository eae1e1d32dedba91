//! One container: reads and writes documents, and counts the cost of each request.

use azure_data_cosmos::feed::FeedScope;
use azure_data_cosmos::models::{ResponseHeaders, TransactionalBatch};
use azure_data_cosmos::options::{
    ItemReadOptions, ItemWriteOptions, MaxItemCountHint, OperationOptions, Precondition, QueryOptions,
    ReadConsistencyStrategy,
};
use azure_data_cosmos::{ContainerClient, CosmosError, Query};
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::failure;
use crate::ops::exported_span::PartSpan;
use crate::ops::telemetry::{self, StorageRequest};
use crate::store::error::{Result, StoreError};

/// A container; every request names the operation that it is counted under.
#[derive(Clone)]
pub(super) struct Container {
    client: ContainerClient,
}

impl std::fmt::Debug for Container {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Container").finish_non_exhaustive()
    }
}

/// The outcome of writing one document.
#[derive(Debug, PartialEq)]
pub(super) enum WriteResult {
    /// The document is durable, with this etag.
    Done(String),
    /// A document with this id already exists.
    Exists,
    /// The document was changed or deleted since it was read.
    Changed,
}

/// The outcome of a transactional batch.
#[derive(Debug)]
pub(super) enum Batched {
    /// The whole batch is durable; the etag of its last document.
    Done(String),
    /// Nothing was written, because this operation was refused with this status.
    Refused(usize, u16),
}

/// The part of the container that a query reads, and the operation that it is counted under.
struct ContainerSearch {
    scope: FeedScope,
    operation: &'static str,
}

impl Container {
    pub(super) fn new(client: ContainerClient) -> Self {
        Container { client }
    }

    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        partition: &str,
        id: &str,
        operation: &'static str,
    ) -> Result<Option<T>> {
        let _part = PartSpan::here("read");
        let _request = StorageRequest::begin(true);
        let mut response = self.client.read_item(partition.to_owned(), id, None).await;
        if let Err(error) = &response
            && is_behind(error)
        {
            failed(operation, error);
            let options = ItemReadOptions::default().with_operation_options(latest());
            response = self.client.read_item(partition.to_owned(), id, Some(options)).await;
        }
        match response {
            Ok(response) => {
                spent(operation, response.headers());
                response.into_model().map(Some).map_err(failure)
            }
            Err(error) if is_absent(&error) => {
                failed(operation, &error);
                Ok(None)
            }
            Err(error) => Err(counted(operation, error)),
        }
    }

    /// Creates a document that must not exist yet.
    pub(super) async fn create<T: Serialize>(
        &self,
        partition: &str,
        id: &str,
        document: &T,
        operation: &'static str,
    ) -> Result<WriteResult> {
        let _request = StorageRequest::begin(false);
        written(operation, self.client.create_item(partition.to_owned(), id, document, None).await)
    }

    /// Creates or replaces a document.
    pub(super) async fn upsert<T: Serialize>(
        &self,
        partition: &str,
        id: &str,
        document: &T,
        operation: &'static str,
    ) -> Result<WriteResult> {
        let _request = StorageRequest::begin(false);
        written(operation, self.client.upsert_item(partition.to_owned(), id, document, None).await)
    }

    /// Replaces a document that is unchanged since it was read.
    pub(super) async fn replace<T: Serialize>(
        &self,
        partition: &str,
        id: &str,
        document: &T,
        etag: &str,
        operation: &'static str,
    ) -> Result<WriteResult> {
        let _request = StorageRequest::begin(false);
        written(operation, self.client.replace_item(partition.to_owned(), id, document, unchanged(etag)).await)
    }

    /// Deletes a document, if it is unchanged since it was read.
    pub(super) async fn delete(
        &self,
        partition: &str,
        id: &str,
        etag: Option<&str>,
        operation: &'static str,
    ) -> Result<WriteResult> {
        let _request = StorageRequest::begin(false);
        written(operation, self.client.delete_item(partition.to_owned(), id, etag.and_then(unchanged)).await)
    }

    /// Writes a batch: all of it or nothing.
    pub(super) async fn batch(&self, batch: TransactionalBatch, operation: &'static str) -> Result<Batched> {
        let _request = StorageRequest::begin(false);
        let response = self.client.execute_transactional_batch(batch, None).await;
        let response = response.map_err(|error| counted(operation, error))?;
        spent(operation, response.headers());
        let response = response.into_model().map_err(failure)?;
        let results = response.results();
        match results.iter().position(|result| !result.is_success() && result.status_code() != 424) {
            Some(index) => Ok(Batched::Refused(index, results[index].status_code())),
            None => match results.last() {
                Some(last) if last.is_success() => Ok(Batched::Done(last.etag().unwrap_or_default().to_owned())),
                _ => Err(StoreError::unavailable("a batch got an empty response")),
            },
        }
    }

    /// All results of a query in one partition.
    pub(super) async fn query<T>(&self, partition: &str, query: Query, operation: &'static str) -> Result<Vec<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        self.query_until(partition, query, operation, |_: &[T]| false).await
    }

    /// All results of a query across all partitions. The cost grows with the container.
    pub(super) async fn query_all<T>(&self, query: Query, operation: &'static str) -> Result<Vec<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        // A session token of one partition says nothing about the others.
        let options = QueryOptions::default().with_max_item_count(MaxItemCountHint::ServerDecides);
        let options = options.with_operation_options(latest());
        let search = ContainerSearch { scope: FeedScope::full_container(), operation };
        let found = self.pages(search, query, options, &|_: &[T]| false).await;
        found.map_err(|error| counted(operation, error))
    }

    /// Runs a query in one partition until it has found enough.
    pub(super) async fn query_until<T, F>(
        &self,
        partition: &str,
        query: Query,
        operation: &'static str,
        is_enough: F,
    ) -> Result<Vec<T>>
    where
        T: DeserializeOwned + Send + 'static,
        F: Fn(&[T]) -> bool,
    {
        // By default, a page of the SDK has 100 documents, and one of ours would take several requests.
        let options = QueryOptions::default().with_max_item_count(MaxItemCountHint::ServerDecides);
        let search = || ContainerSearch { scope: FeedScope::partition(partition.to_owned()), operation };
        let found = self.pages(search(), query.clone(), options.clone(), &is_enough).await;
        let found = match found {
            Err(error) if is_behind(&error) => {
                failed(operation, &error);
                let options = options.with_operation_options(latest());
                self.pages(search(), query, options, &is_enough).await
            }
            found => found,
        };
        found.map_err(|error| counted(operation, error))
    }

    async fn pages<T, F>(
        &self,
        search: ContainerSearch,
        query: Query,
        options: QueryOptions,
        is_enough: &F,
    ) -> azure_data_cosmos::Result<Vec<T>>
    where
        T: DeserializeOwned + Send + 'static,
        F: Fn(&[T]) -> bool,
    {
        let ContainerSearch { scope, operation } = search;
        let _part = PartSpan::here("read");
        let _request = StorageRequest::begin(true);
        let mut pages = self.client.query_items::<T>(query, scope, Some(options)).await?.into_pages();
        let mut items = vec![];
        while let Some(page) = pages.next().await {
            let page = page?;
            spent(operation, page.headers());
            items.extend(page.into_items());
            if is_enough(&items) {
                break;
            }
        }
        Ok(items)
    }
}

/// True if the account's state is older than this client has seen, as after a restore from a backup. By then the SDK
/// has asked every region.
fn is_behind(error: &CosmosError) -> bool {
    const NO_SESSION: u16 = 20310;
    let status = error.status();
    status.is_read_session_not_available()
        || status.sub_status().is_some_and(|sub_status| sub_status.value() == NO_SESSION)
}

/// Reads the account's current state, ignoring the client's session token.
fn latest() -> OperationOptions {
    let mut options = OperationOptions::default();
    options.read_consistency_strategy = Some(ReadConsistencyStrategy::LatestCommitted);
    options
}

fn unchanged(etag: &str) -> Option<ItemWriteOptions> {
    Some(ItemWriteOptions::default().with_precondition(Precondition::if_match(etag.to_owned())))
}

fn is_absent(error: &CosmosError) -> bool {
    // 404 with a sub-status means that a replica is behind, or that the container was deleted.
    error.status().is_not_found() && error.status().sub_status().is_none_or(|sub_status| sub_status.value() == 0)
}

fn written(
    operation: &'static str,
    response: azure_data_cosmos::Result<azure_data_cosmos::models::ItemResponse>,
) -> Result<WriteResult> {
    match response {
        Ok(response) => {
            spent(operation, response.headers());
            Ok(WriteResult::Done(response.headers().etag().map(ToString::to_string).unwrap_or_default()))
        }
        Err(error) => {
            failed(operation, &error);
            match u16::from(error.status().status_code()) {
                409 => Ok(WriteResult::Exists),
                412 => Ok(WriteResult::Changed),
                404 if is_absent(&error) => Ok(WriteResult::Changed),
                _ => Err(failure(error)),
            }
        }
    }
}

/// The operations that requests are counted under.
const OPERATIONS: [&str; 37] = [
    "account",
    "audit",
    "bots",
    "changed",
    "chat",
    "chats",
    "clear",
    "commit",
    "count",
    "directory",
    "export",
    "files",
    "heads",
    "history",
    "import",
    "journal",
    "list",
    "maintain",
    "mark",
    "members",
    "message",
    "name",
    "operation",
    "people",
    "reaction",
    "retention",
    "scrub",
    "search",
    "seen",
    "session",
    "settings",
    "standing",
    "sync",
    "time",
    "token",
    "unread",
    "user",
];

/// Lets the counters of all operations begin at 0.
pub fn expect_requests() {
    telemetry::expect_cosmos_requests(&OPERATIONS);
}

/// Counts the cost of a request.
fn spent(operation: &'static str, headers: &ResponseHeaders) {
    debug_assert!(OPERATIONS.contains(&operation), "{operation} is missing from the list of operations");
    let charge = headers.request_charge().map_or(0.0, |charge| charge.value());
    metrics::counter!("pichat_cosmos_requests_total", "operation" => operation, "status" => "good").increment(1);
    metrics::histogram!("pichat_cosmos_request_units", "operation" => operation).record(charge);
}

/// Counts the cost of a failed request, which its response reports if there is one.
fn failed(operation: &'static str, error: &CosmosError) {
    let status = u16::from(error.status().status_code()).to_string();
    metrics::counter!("pichat_cosmos_requests_total", "operation" => operation, "status" => status).increment(1);
    if let Some(charge) = error.response().and_then(|response| response.headers().request_charge.as_ref()) {
        metrics::histogram!("pichat_cosmos_request_units", "operation" => operation).record(charge.value());
    }
}

fn counted(operation: &'static str, error: CosmosError) -> StoreError {
    failed(operation, &error);
    failure(error)
}
