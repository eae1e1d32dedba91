//! PiChat (FastAPI): conversations with an assistant, in containers of Azure Cosmos DB.

use azure_data_cosmos::models::ContainerProperties;
use pichat::store::cosmos::connect;

use super::*;
use crate::support::emulator;

/// An account with the documents of a version of the program, as settings.
async fn documents(state: &str) -> Vec<(&'static str, String)> {
    use pichat::ops::config::CosmosCredential;
    use secrecy::ExposeSecret;

    let account = tokio::task::spawn_blocking(emulator::account).await.expect("an account");
    let client = connect(&account).await.expect("the account");
    client.create_database(&account.database, None).await.expect("a new database");
    let database = client.database_client(account.database.clone());
    let states: Value = serde_json::from_str(include_str!("pichat-fastapi.json")).expect("JSON");
    for (name, documents) in states[state].as_object().expect("containers") {
        let key = match name.as_str() {
            "messages" => "chat_id",
            "settings" => "user_id",
            _ => "id",
        };
        let properties = ContainerProperties::new(name.clone(), format!("/{key}").into());
        database.create_container(properties, None).await.expect("a new container");
        let container = database.container_client(name.clone(), None).await.expect("the container");
        for document in documents.as_array().expect("documents") {
            let partition = document[key].as_str().expect("a key").to_owned();
            let id = document["id"].as_str().expect("an id").to_owned();
            // The account sets `_ts` itself.
            let document = document.to_string().replace("\"_ts\"", "\"written\"");
            let document: Value = serde_json::from_str(&document).expect("JSON");
            container.create_item(partition, &id, document, None).await.expect("a document");
        }
    }
    let CosmosCredential::Key(key) = &account.credential else { panic!("the tests set a key") };
    vec![
        ("COSMOS_ENDPOINT", account.endpoint.clone()),
        ("COSMOS_KEY", key.expose_secret().to_owned()),
        ("COSMOS_DATABASE", account.database.clone()),
    ]
}

/// Imports the documents of a version by a map; `written.toml` reads the times of writing from another field.
async fn imported(state: &str, map: &str) -> (Store, String) {
    let store = Store::sqlite();
    let text = include_str!("../../../../src/cli/foreign/maps/pichat-fastapi.toml").replace("_ts", "written");
    std::fs::write(store.folder.path().join("written.toml"), text).expect("a map");
    let mut command = store.command(&[&words(map, "cosmos://")[..], &["--owner", "mira"]].concat());
    command.envs(documents(state).await);
    let output = super::super::stores::finished(command, vec![]).await;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    let said = String::from_utf8(output.stdout).expect("text");
    let verified = store.said(&["verify"], b"").await;
    assert!(verified.starts_with("no problems found: "), "{verified}");
    (store, said)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conversations_of_the_first_schema_import_with_utc_times() {
    let (store, said) = imported("first", "written.toml").await;
    assert_says(
        &said,
        &[
            "chats: rows 2, imported 2, left out 0",
            "messages: rows 2, imported 2, left out 0",
            "  local time corrected (1): c1d2e3f4-0516-4728-8394-a5b6c7d8e903",
            "settings: rows 2, imported 0, left out 2",
            "users: rows 2, imported 0, left out 2",
            "imported the database: 2 users, 2 chats, 4 members, 2 messages",
        ],
    );
    let messages = records(&store, "message").await;
    let id = messages[0]["id"].as_str().expect("an id");
    assert!(id.starts_with("pichat-fastapi:message:") && !id.contains(['/', ' ']), "{id}");
    assert_eq!(messages[0]["metadata"], r#"{"imported":{"from":"pichat-fastapi","id":"my first:message/1"}}"#);
    assert_eq!(messages[1]["createdAt"], "2021-04-02T08:00:00.950Z");
    assert_eq!(
        (&messages[1]["role"], &messages[1]["senderId"]),
        (&json!("assistant"), &json!("pichat-fastapi:bot:assistant"))
    );
    let chats = records_by(&store, "chat", "name").await;
    assert_eq!(chats.keys().collect::<Vec<_>>(), ["Chat 2021-04-02 10:00", "Plans"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conversations_of_the_later_schema_import_with_devices() {
    let (store, said) = imported("later", "pichat-fastapi").await;
    assert_says(
        &said,
        &[
            "processed_messages: rows 2, imported 0, left out 2",
            "imported the database: 2 users, 2 chats, 4 members, 2 messages",
        ],
    );
    let chats = records_by(&store, "chat", "name").await;
    assert_eq!(chats["Chat 2021-04-02 08:00"]["kind"], "group");
    assert_eq!(chats["IoT Device Chat - pi-01"]["description"], "pi-01");
    let messages = records(&store, "message").await;
    let metadata: Value = serde_json::from_str(messages[0]["metadata"].as_str().expect("JSON")).expect("JSON");
    assert_eq!(metadata["deviceId"], "pi-01");
    assert_eq!(messages[1]["createdAt"], "2021-04-02T08:05:02.750Z");
    let users = records_by(&store, "user", "username").await;
    assert_eq!(messages[0]["senderId"], users["mira"]["id"]);
    assert_eq!(users["assistant"]["ownerId"], users["mira"]["id"]);
}
