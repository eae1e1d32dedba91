//! Startup errors caused by a misconfigured account.

use azure_data_cosmos::models::{ContainerProperties, IndexingPolicy};
use pichat::ops::config::{CosmosAccount, CosmosCredential};
use pichat::store::cosmos::{CosmosRepository, connect};

use crate::contract::scene::*;
use crate::support::emulator;

async fn account() -> CosmosAccount {
    tokio::task::spawn_blocking(emulator::account).await.expect("an account")
}

async fn refusal(account: &CosmosAccount) -> String {
    let error = CosmosRepository::open(account).await.expect_err("a refusal").to_string();
    assert!(!error.contains('\n'), "one line: {error}");
    error
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn existing_containers_are_used_unchanged() {
    let account = account().await;
    let first = CosmosRepository::open(&account).await.expect("new containers");
    let [ann, ben, _] = three(&first).await;
    talk(&first, "c", &[&ann, &ben], 3).await;
    let second = CosmosRepository::open(&account).await.expect("the same containers");
    assert_eq!(clock(&second, "c").await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_key_is_reported() {
    let key = CosmosCredential::Key("d3Jvbmc=".to_owned().into());
    let error = refusal(&CosmosAccount { credential: key, ..account().await }).await;
    assert!(error.contains("COSMOS_KEY"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unreachable_account_is_named() {
    let error = refusal(&CosmosAccount { endpoint: "http://127.0.0.1:9/".into(), ..account().await }).await;
    assert!(error.contains("http://127.0.0.1:9/"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_partition_key_is_reported() {
    let account = account().await;
    with_container(&account, ContainerProperties::new("messages", "/id".into())).await;
    let error = refusal(&account).await;
    for part in ["messages", "/id", "/chatId"] {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_index_path_is_named() {
    let account = account().await;
    let policy = IndexingPolicy::default().with_included_path("/seq/?").with_excluded_path("/*");
    let container = ContainerProperties::new("messages", "/chatId".into()).with_indexing_policy(policy);
    with_container(&account, container).await;
    let error = refusal(&account).await;
    assert!(error.contains("messages") && error.contains("/updatedSeq/?"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_composite_index_is_named() {
    for (name, order) in [
        ("chats", "/updatedAt (Descending), /chat (Ascending)"),
        ("messages", "/sender/id (Ascending), /seq (Descending)"),
    ] {
        let account = account().await;
        with_container(&account, ContainerProperties::new(name, "/chatId".into())).await;
        let error = refusal(&account).await;
        assert!(error.contains(name) && error.contains(order), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn older_containers_get_the_chat_index() {
    let account = account().await;
    CosmosRepository::open(&account).await.expect("new containers");
    let client = connect(&account).await.expect("the account");
    let database = client.database_client(account.database.clone());
    let container = database.container_client("messages".to_owned(), None).await.expect("a container");
    let read = || async { container.read(None).await.expect("an answer").into_model().expect("its properties") };
    let is_indexed = |properties: &ContainerProperties| {
        let policy = properties.indexing_policy.as_ref().expect("a policy");
        policy.included_paths.iter().any(|path| path.path == "/chatId/?")
    };
    let mut properties = read().await;
    assert!(is_indexed(&properties));
    let policy = properties.indexing_policy.as_mut().expect("a policy");
    policy.included_paths.retain(|path| path.path != "/chatId/?");
    container.replace(properties, None).await.expect("an older policy");
    assert!(!is_indexed(&read().await));
    CosmosRepository::open(&account).await.expect("the same containers");
    assert!(is_indexed(&read().await));
}

async fn with_container(account: &CosmosAccount, container: ContainerProperties) {
    let client = connect(account).await.expect("the account");
    client.create_database(&account.database, None).await.expect("a new database");
    let database = client.database_client(account.database.clone());
    database.create_container(container, None).await.expect("a new container");
}
