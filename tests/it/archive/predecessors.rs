//! Databases of other chat servers, imported by the real binary and used over a real socket.

mod application;
mod backend;
#[cfg(feature = "cosmos")]
mod conversations;
#[cfg(target_os = "linux")]
mod large;
#[cfg(feature = "postgres")]
mod pythia;
mod refusals;
#[cfg(feature = "postgres")]
mod windi;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::stores::Store;
use crate::support::Client;
use crate::support::process::Process;

/// The password of every user in the sample databases.
const PASSWORD: &str = "correct-horse-7";

/// A sample database as a SQLite file in the folder of the store.
fn sqlite_file(store: &Store, scripts: &[&str]) -> PathBuf {
    let path = store.folder.path().join("chat.db");
    let database = rusqlite::Connection::open(&path).expect("a file");
    for script in scripts {
        database.execute_batch(script).expect("a sample database");
    }
    path
}

/// A sample database on PostgreSQL: its address. None if there is no server.
#[cfg(feature = "postgres")]
async fn postgres_database(scripts: &[&str]) -> Option<String> {
    let server = crate::support::postgres::shared().await?;
    let place = server.place().await;
    for script in scripts {
        server.execute_in(&place, script).await;
    }
    Some(server.url_of(&place))
}

/// The arguments of an import.
fn words<'a>(map: &'a str, source: &'a str) -> Vec<&'a str> {
    vec!["import", "--from", "fastapi", "--map", map, source]
}

/// Imports a database twice; asserts that every row is accounted for, the store is consistent and the second import
/// adds nothing. Returns the output of the first.
async fn import(store: &Store, map: &str, source: &str) -> String {
    let words = words(map, source);
    let dry = store.said(&[&words[..], &["--dry-run"]].concat(), b"").await;
    assert!(dry.contains(" can be imported: "), "{dry}");
    let said = store.said(&words, b"").await;
    assert!(said.lines().last().expect("a line").starts_with("imported "), "{said}");
    for line in said.lines().filter(|line| line.contains(": rows ")) {
        let numbers: Vec<u64> = line.split([' ', ',']).filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers[0], numbers[1] + numbers[2], "{line}");
    }
    let before = store.export().await.lines();
    let again = store.said(&words, b"").await;
    assert!(again.lines().last().expect("a line").starts_with("nothing to import: all "), "{again}");
    assert_eq!(store.export().await.lines(), before);
    let verified = store.said(&["verify"], b"").await;
    assert!(verified.starts_with("no problems found: "), "{verified}");
    said
}

/// The lines in an account of rows.
fn assert_says(said: &str, lines: &[&str]) {
    for line in lines {
        assert!(said.lines().any(|known| known == *line), "{line:?} is missing from\n{said}");
    }
}

/// The records of one type in an export.
async fn records(store: &Store, kind: &str) -> Vec<Value> {
    let lines = store.export().await.lines();
    let records = lines.iter().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    records.filter(|record| record["type"] == kind).collect()
}

/// Records by one of their fields.
async fn records_by(store: &Store, kind: &str, field: &str) -> BTreeMap<String, Value> {
    let records = records(store, kind).await;
    records.into_iter().map(|record| (record[field].as_str().expect(field).to_owned(), record)).collect()
}

/// A new connection, logged in by password.
async fn log_in(server: &Process, name: &str, password: &str) -> Client {
    let mut client = Client::connect(&server.url()).await;
    assert_eq!(client.next().await["type"], "CONNECTED");
    let field = if name.contains('@') { "email" } else { "username" };
    let reply = client.reply(json!({ "type": "LOG_IN", field: name, "password": password })).await;
    assert_eq!(reply["type"], "AUTHENTICATED", "{reply}");
    reply["user"]["id"].as_str().expect("an id").clone_into(&mut client.user_id);
    client
}

/// The messages of a chat, oldest first.
async fn history(client: &mut Client, chat: &str) -> Vec<Value> {
    let reply = client.reply(json!({ "type": "GET_CHAT_HISTORY", "chatId": chat, "limit": 100 })).await;
    let mut messages = reply["messages"].as_array().unwrap_or_else(|| panic!("{reply}")).clone();
    messages.sort_by_key(|message| message["seq"].as_u64());
    messages
}

/// The stored hashes of passwords, by username.
async fn hashes(store: &Store) -> BTreeMap<String, String> {
    let users = records_by(store, "user", "username").await;
    let hash = |user: &Value| user["password"].as_str().unwrap_or_default().to_owned();
    users.iter().map(|(name, user)| (name.clone(), hash(user))).collect()
}
