//! Connects to the account in the settings and opens its containers.

use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;
use azure_data_cosmos::models::ContainerProperties;
use azure_data_cosmos::options::{
    ConnectionPoolOptions, EndToEndOperationLatencyPolicy, OperationOptions, ServerCertificateValidation,
    ThrottlingRetryOptions, UserAgentSuffix,
};
use azure_data_cosmos::{
    AccountReference, ContainerClient, CosmosClient, CosmosError, CosmosRuntime, DatabaseClient, RoutingStrategy,
};
use azure_identity::{
    ClientSecretCredential, DeveloperToolsCredential, ManagedIdentityCredential, ManagedIdentityCredentialOptions,
    UserAssignedId, WorkloadIdentityCredential,
};
use secrecy::ExposeSecret;

use super::container::Container;
use super::layout::{self, ContainerKind};
use crate::ops::config::{CosmosAccount, CosmosCredential};
use crate::ops::crypto;

/// The reason why the server cannot start: one line with the problem and its solution.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CosmosOpenError(String);

/// The containers.
#[derive(Debug)]
pub(super) struct Containers {
    pub(super) chats: Container,
    pub(super) messages: Container,
    pub(super) users: Container,
    pub(super) settings: Container,
    /// True if the messages container has a full-text index.
    pub(super) has_full_text: bool,
}

/// A client of the account, with time limits for every operation.
pub async fn connect(account: &CosmosAccount) -> Result<CosmosClient, CosmosOpenError> {
    crypto::install();
    let to_error = |error: CosmosError| unreachable(account, &error);
    let pool = ConnectionPoolOptions::builder()
        .with_server_certificate_validation(ServerCertificateValidation::RequiredUnlessEmulator)
        .with_max_dataplane_request_timeout(Duration::from_secs(4))
        .with_max_connect_timeout(Duration::from_secs(2))
        .build()
        .map_err(to_error)?;
    let runtime = CosmosRuntime::builder().with_connection_pool(pool).build().await.map_err(to_error)?;
    CosmosClient::builder()
        .with_runtime(runtime)
        .with_default_operation_options(operation_options())
        .with_user_agent_suffix(UserAgentSuffix::try_from("pichat").map_err(to_error)?)
        .build(reference(account)?, RoutingStrategy::PreferredRegions(vec![]))
        .await
        .map_err(to_error)
}

/// Retry policy and time limit of an operation.
pub fn operation_options() -> OperationOptions {
    let mut throttling = ThrottlingRetryOptions::default();
    throttling.max_retry_count = Some(6);
    throttling.max_retry_wait_time = Some(Duration::from_secs(3));
    let mut options = OperationOptions::default();
    options.throttling_retry_options = Some(throttling);
    options.end_to_end_latency_policy = Some(EndToEndOperationLatencyPolicy::new(Duration::from_secs(6)));
    options.max_failover_retry_count = Some(3);
    options
}

fn reference(account: &CosmosAccount) -> Result<AccountReference, CosmosOpenError> {
    let bad =
        |error: &dyn std::fmt::Display| CosmosOpenError(format!("COSMOS_ENDPOINT: {}: {error}", account.endpoint));
    let endpoint = account.endpoint.parse().map_err(|error| bad(&error))?;
    if let CosmosCredential::Key(key) = &account.credential {
        return Ok(AccountReference::with_authentication_key(endpoint, key.expose_secret().to_owned()));
    }
    let credential =
        credential(&account.credential).map_err(|error| CosmosOpenError(format!("COSMOS_AUTH: {error}")))?;
    Ok(AccountReference::with_credential(endpoint, credential))
}

fn credential(kind: &CosmosCredential) -> azure_core::Result<Arc<dyn TokenCredential>> {
    Ok(match kind {
        CosmosCredential::ManagedIdentity(client_id) => {
            let user_assigned_id = client_id.clone().map(UserAssignedId::ClientId);
            let options = ManagedIdentityCredentialOptions { user_assigned_id, ..Default::default() };
            ManagedIdentityCredential::new(Some(options))?
        }
        CosmosCredential::WorkloadIdentity => WorkloadIdentityCredential::new(None)?,
        CosmosCredential::ClientSecret { tenant_id, client_id, secret } => {
            let secret = secret.expose_secret().to_owned().into();
            ClientSecretCredential::new(tenant_id, client_id.clone(), secret, None)?
        }
        CosmosCredential::Developer | CosmosCredential::Key(_) => DeveloperToolsCredential::new(None)?,
    })
}

/// True if the account has the container of chats. Nothing is created.
///
/// # Errors
/// Fails if the account cannot be reached or refuses the credential.
pub async fn has_containers(account: &CosmosAccount) -> Result<bool, CosmosOpenError> {
    let database = connect(account).await?.database_client(account.database.clone());
    let read = match database.container_client(account.chats.clone(), None).await {
        Ok(container) => container.read(None).await.map(drop),
        Err(error) => Err(error),
    };
    match read {
        Ok(()) => Ok(true),
        Err(error) if error.status().is_not_found() => Ok(false),
        Err(error) => Err(refused(account, &format!("the container {}", account.chats), &error)),
    }
}

/// Opens the containers; with the account's key, those that are missing are made.
pub(super) async fn open(client: &CosmosClient, account: &CosmosAccount) -> Result<Containers, CosmosOpenError> {
    let may_create = matches!(account.credential, CosmosCredential::Key(_));
    if may_create {
        made(client.create_database(&account.database, None).await)
            .map_err(|error| refused(account, &format!("the database {}", account.database), &error))?;
    }
    let database = client.database_client(account.database.clone());
    let opened = |kind| container(&database, account, kind);
    let (chats, _) = opened(ContainerKind::Chats).await?;
    let (messages, properties) = opened(ContainerKind::Messages).await?;
    let (users, _) = opened(ContainerKind::Users).await?;
    let (settings, _) = opened(ContainerKind::Settings).await?;
    Ok(Containers { chats, messages, users, settings, has_full_text: has_full_text(&properties) })
}

/// True if the container has a full-text index on message text.
fn has_full_text(properties: &ContainerProperties) -> bool {
    let policy = properties.indexing_policy.as_ref();
    policy.is_some_and(|policy| policy.full_text_indexes.iter().any(|index| index.path == layout::FULL_TEXT))
}

async fn container(
    database: &DatabaseClient,
    account: &CosmosAccount,
    kind: ContainerKind,
) -> Result<(Container, ContainerProperties), CosmosOpenError> {
    let name = match kind {
        ContainerKind::Chats => &account.chats,
        ContainerKind::Messages => &account.messages,
        ContainerKind::Users => &account.users,
        ContainerKind::Settings => &account.settings,
    };
    let to_error = |error: CosmosError| refused(account, &format!("the container {name}"), &error);
    if matches!(account.credential, CosmosCredential::Key(_)) {
        made(database.create_container(kind.properties(name), None).await).map_err(to_error)?;
    }
    let client: ContainerClient = database.container_client(name.clone(), None).await.map_err(to_error)?;
    let properties = client.read(None).await.and_then(|response| response.into_model()).map_err(to_error)?;
    let properties = with_chat_index(&client, account, kind, properties).await;
    if kind.expires_documents() && properties.default_ttl.is_forever() {
        tracing::warn!(container = %name, "turn on time to live without a default, so that opId results expire");
    }
    check(&properties, kind).map_err(|problem| CosmosOpenError(format!("Cosmos: the container {name} {problem}")))?;
    Ok((Container::new(client), properties))
}

/// Adds the index of chats, which the messages container of an earlier version lacks. If that is not permitted, the
/// server starts anyway, and finding several chats together costs more.
async fn with_chat_index(
    client: &ContainerClient,
    account: &CosmosAccount,
    kind: ContainerKind,
    properties: ContainerProperties,
) -> ContainerProperties {
    let policy = properties.indexing_policy.clone().unwrap_or_default();
    let is_indexed = policy.included_paths.iter().any(|path| path.path == layout::CHAT_ID || path.path == "/*");
    if kind != ContainerKind::Messages || properties.indexing_policy.is_none() || is_indexed {
        return properties;
    }
    let indexed = properties.clone().with_indexing_policy(policy.with_included_path(layout::CHAT_ID));
    let replaced = match &account.credential {
        CosmosCredential::Key(_) => client
            .replace(indexed, None)
            .await
            .and_then(|response| response.into_model())
            .map_err(|error| first_line(&error)),
        _ => Err("COSMOS_KEY is not set".to_owned()),
    };
    match replaced {
        Ok(replaced) => replaced,
        Err(reason) => {
            let path = layout::CHAT_ID;
            tracing::warn!(container = %account.messages, path, reason, "add this path to the included paths of the indexing policy");
            properties
        }
    }
}

fn made<T>(result: Result<T, CosmosError>) -> Result<(), CosmosError> {
    match result {
        Err(error) if !error.status().is_conflict() => Err(error),
        _ => Ok(()),
    }
}

/// Checks a container that may have been created by another program.
fn check(properties: &ContainerProperties, kind: ContainerKind) -> Result<(), String> {
    let value = serde_json::to_value(properties).map_err(|error| error.to_string())?;
    let texts = |list: &serde_json::Value| -> Vec<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(|one| one.as_str().or_else(|| one["path"].as_str()).map(str::to_owned)).collect()
    };
    let keys = texts(&value["partitionKey"]["paths"]);
    if keys != [kind.partition_key()] {
        return Err(format!("has the partition key {} instead of {}", keys.join(", "), kind.partition_key()));
    }
    let policy = &value["indexingPolicy"];
    let included = texts(&policy["includedPaths"]);
    let excluded = texts(&policy["excludedPaths"]);
    let is_indexed = |path: &&str| {
        included.iter().any(|one| one == path || one == "/*" && !excluded.iter().any(|other| other == path))
    };
    let required = kind.indexed().iter().filter(|path| **path != layout::CHAT_ID);
    if let Some(path) = required.into_iter().find(|path| !is_indexed(path)) {
        return Err(format!("does not index {path}; add it to the included paths of its indexing policy"));
    }
    let required: Vec<_> = kind.ordered_together().iter().map(|(path, _)| (*path).to_owned()).collect();
    let composites = policy["compositeIndexes"].as_array().into_iter().flatten();
    if !required.is_empty() && !composites.map(texts).any(|paths| paths == required) {
        let named = kind.ordered_together().iter().map(|(path, order)| format!("{path} ({order:?})"));
        let named = named.collect::<Vec<_>>().join(", ");
        return Err(format!("has no composite index of {named}; add it to its indexing policy"));
    }
    Ok(())
}

fn unreachable(account: &CosmosAccount, error: &CosmosError) -> CosmosOpenError {
    let endpoint = &account.endpoint;
    CosmosOpenError(match u16::from(error.status().status_code()) {
        401 => format!("Cosmos: {endpoint} refuses the key or identity (COSMOS_KEY, COSMOS_AUTH)"),
        403 => {
            format!("Cosmos: {endpoint} refuses access to this server; assign it a role, or open the firewall")
        }
        code => format!("Cosmos: {endpoint} returned an unexpected error ({code}): {}", first_line(error)),
    })
}

fn refused(account: &CosmosAccount, what: &str, error: &CosmosError) -> CosmosOpenError {
    match u16::from(error.status().status_code()) {
        401 => unreachable(account, error),
        403 => CosmosOpenError(format!("Cosmos: no right to open {what} of {}", account.endpoint)),
        404 => {
            CosmosOpenError(format!("Cosmos: {what} is missing in {}; create it, or set COSMOS_KEY", account.endpoint))
        }
        code => CosmosOpenError(format!("Cosmos: {what} cannot be opened ({code}): {}", first_line(error))),
    }
}

fn first_line(error: &CosmosError) -> String {
    error.to_string().lines().next().unwrap_or_default().chars().take(300).collect()
}
