//! FastAPI Chat Application: accounts, and chats with members derived from their messages.

use super::*;

const ACCOUNTS: &str = include_str!("fastapi-application.sql");
const CHATS: &str = include_str!("fastapi-application-chats.sql");

const USERS: [&str; 3] = [
    "users: rows 3, imported 3, left out 0",
    "  username changed (2): \"Tobin Lake\" is now Tobin_Lake, \"Mira\" is now Mira_2",
    "  email left out, another user has it (1): tobin@chat.example of Mira",
];

fn message(number: u32) -> String {
    format!("fastapi-application:message:{number}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imported_accounts_can_log_in() {
    let store = Store::sqlite();
    sqlite_file(&store, &[ACCOUNTS]);
    let said = import(&store, "fastapi-application", "chat.db").await;
    assert_says(&said, &USERS);
    assert_says(&said, &["imported chat.db: 3 users"]);
    assert!(hashes(&store).await["Mira_2"].starts_with("$sha256-hex$2b$12$"));
    let mut server = store.serve().await;
    log_in(&server, "Tobin@chat.example", PASSWORD).await;
    server.kill();
    assert!(hashes(&store).await["Tobin_Lake"].starts_with("$argon2id$"));
}

async fn chats_are_as_they_were(store: &Store, source: &str) {
    let said = import(store, "fastapi-application", source).await;
    assert_says(&said, &USERS);
    assert_says(
        &said,
        &[
            "chats: rows 2, imported 2, left out 0",
            "messages: rows 6, imported 5, left out 1",
            "  left out 1: no visible text and no attachment",
            "  unknown sender, replaced with a deleted account (1): nobody",
        ],
    );
    let chats = records_by(store, "chat", "name").await;
    assert_eq!((&chats["Chat 7"]["kind"], &chats["Chat 7"]["memberCount"]), (&json!("group"), &json!(3)));
    assert_eq!((&chats["Chat 9001"]["kind"], &chats["Chat 9001"]["memberCount"]), (&json!("group"), &json!(2)));
    assert_eq!(chats["Chat 9001"]["messageCount"], 2);
    let members = records(store, "member").await;
    let read: Vec<&Value> = members
        .iter()
        .filter(|member| member["chatId"] == "fastapi-application:chat:7")
        .map(|member| &member["readSeq"])
        .collect();
    assert_eq!(read, [&json!(3), &json!(0), &json!(0)], "user 1 has read until the second message");
    let server = store.serve().await;
    let mut mira = log_in(&server, "mira@chat.example", PASSWORD).await;
    let messages = history(&mut mira, "fastapi-application:chat:7").await;
    let ids: Vec<&str> = messages.iter().filter_map(|message| message["id"].as_str()).collect();
    assert_eq!(ids, [message(1), message(2), message(3)]);
    assert_eq!(messages[1]["mentions"], json!([mira.user_id]));
    let group = history(&mut mira, "fastapi-application:chat:9001").await;
    assert_eq!(group[1]["sender"]["displayName"], "Deleted account");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_derived_from_messages() {
    let store = Store::sqlite();
    sqlite_file(&store, &[ACCOUNTS, CHATS]);
    chats_are_as_they_were(&store, "chat.db").await;
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_derived_from_messages_on_postgres() {
    let chats = CHATS.replace("DATETIME", "TIMESTAMP");
    let Some(source) = postgres_database(&[ACCOUNTS, &chats]).await else { return };
    let Some(store) = Store::postgres().await else { return };
    chats_are_as_they_were(&store, &source).await;
}

/// Two chats of one pair are merged in chronological order, and empty chats are skipped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn duplicate_direct_chats_are_merged() {
    let store = Store::sqlite();
    let pairs = "INSERT INTO chats VALUES (11, TRUE, '2021-05-01 08:00:00'), (12, FALSE, '2021-05-01 09:00:00'), \
        (13, FALSE, '2021-05-01 10:00:00'); INSERT INTO messages VALUES \
        (20, 11, 1, 2, 'one', TRUE, '2021-05-01 08:00:01'), (21, 12, 2, 1, 'two', FALSE, '2021-05-01 09:00:01'), \
        (22, 11, 2, 1, 'three', FALSE, '2021-05-01 09:30:00');";
    sqlite_file(&store, &[ACCOUNTS, CHATS, pairs]);
    let said = import(&store, "fastapi-application", "chat.db").await;
    assert_says(
        &said,
        &[
            "chats: rows 5, imported 4, left out 1",
            "  left out 1: it never had a message",
            "  direct chat merged with another of the same pair (1): 12",
        ],
    );
    let messages = records(&store, "message").await;
    let joined: Vec<&str> = messages
        .iter()
        .filter(|message| message["chatId"].as_str().is_some_and(|chat| chat.starts_with("d:")))
        .filter_map(|message| message["content"].as_str())
        .collect();
    assert_eq!(joined, ["one", "two", "three"]);
}

/// The first version of the program has messages only in rooms.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_of_the_first_schema_become_channels() {
    let store = Store::sqlite();
    let rooms = "CREATE TABLE messages (id INTEGER PRIMARY KEY, username VARCHAR, message TEXT, timestamp DATETIME, \
        room VARCHAR); INSERT INTO messages VALUES (1, 'Tobin Lake', 'hello', '2021-04-02 08:00:00', 'general'), \
        (2, 'Mira', 'which one?', '2021-04-02 08:00:01', 'general'), (3, 'Tobin Lake', 'x', '2021-04-02 08:00:02', '');";
    sqlite_file(&store, &[ACCOUNTS, rooms]);
    let said = import(&store, "fastapi-application-rooms", "chat.db").await;
    assert_says(&said, &["messages: rows 3, imported 3, left out 0"]);
    let chats = records_by(&store, "chat", "name").await;
    assert_eq!(chats.keys().collect::<Vec<_>>(), ["chat-", "general"]);
    let messages = records(&store, "message").await;
    let senders: Vec<&Value> = messages.iter().map(|message| &message["senderId"]).collect();
    assert_eq!(senders[1..], [&json!("fastapi-application:user:2"), &json!("fastapi-application:user:name:Mira")]);
}
