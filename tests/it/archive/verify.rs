//! `pichat verify`: accepts sound data and reports every injected damage.

use std::path::Path;
use std::time::{Duration, Instant};

#[cfg(feature = "cosmos")]
use azure_data_cosmos::{Query, feed::FeedScope};
#[cfg(feature = "cosmos")]
use futures_util::TryStreamExt;
#[cfg(feature = "cosmos")]
use serde_json::{Value, json};

use super::stores::{Store, fill};
use crate::support::client::PATIENCE;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_accepts_server_data_on_every_store() {
    for store in Store::all().await {
        let repository = fill(&store).await;
        let said = store.said(&["verify"], b"").await;
        assert!(said.starts_with("no problems found: 5 users,") && said.lines().count() == 1, "{said}");
        drop(repository);
    }
}

/// A statement that causes damage, and the expected finding.
const DAMAGE: [(&str, &str); 25] = [
    ("UPDATE chats SET message_count = message_count + 1 WHERE id = 'den'", "messages, and there are"),
    ("UPDATE chats SET owners = 5 WHERE id = 'den'", "chat den: it has 5 owners, and there are 1"),
    ("UPDATE chats SET seq = 5 WHERE id = 'den'", "is beyond the clock 5"),
    ("UPDATE chats SET last_seq = 1 WHERE id = 'den'", "chat den: it has 1 for its last position"),
    ("UPDATE chats SET pinned = '[\"nothing\"]' WHERE id = 'den'", "the pinned message nothing does not exist"),
    ("DELETE FROM members WHERE chat_id = 'den' AND user_id = 'id-of-ben'", "members, and there are 2"),
    ("UPDATE members SET read_seq = 100000 WHERE user_id = 'id-of-ben'", "readSeq 100000 of id-of-ben is beyond"),
    (
        "UPDATE reactions SET user_id = 'nobody' WHERE chat_id = 'den' \
         AND seq = (SELECT max(seq) FROM reactions WHERE chat_id = 'den')",
        "a reaction: the user nobody does not exist",
    ),
    (
        "UPDATE reactions SET message_id = 'none' WHERE chat_id = 'den' \
         AND seq = (SELECT min(seq) FROM reactions WHERE chat_id = 'den')",
        "message none: it has a reaction and does not exist",
    ),
    ("UPDATE reactions SET seq = 100000 WHERE chat_id = 'den'", "a reaction's position 100000 is beyond the clock"),
    ("DELETE FROM reactions WHERE chat_id = 'den'", "it lists the reactions"),
    ("UPDATE mentions SET user_id = 'id-of-cem' WHERE chat_id = 'den'", "no message there mentions that user"),
    ("DELETE FROM mentions WHERE chat_id = 'den'", "its mentions differ from those listed"),
    ("UPDATE messages SET own_ordinal = 0 WHERE chat_id = 'den' AND id = 'rich'", "it has a wrong ordinal"),
    ("DELETE FROM deletions WHERE chat_id = 'den'", "chat den: its deleted messages are counted wrong"),
    ("UPDATE chats SET seq = seq + 3 WHERE id = 'hall'", "and nothing in it is later than"),
    ("UPDATE members SET unread_from = 100000 WHERE user_id = 'id-of-ben'", "unreadFromSeq 100000 of id-of-ben"),
    ("UPDATE chats SET first_seq = 100000 WHERE id = 'den'", "firstSeq 100000 is beyond its clock"),
    ("UPDATE users SET username_key = 'x' WHERE id = 'id-of-ben'", "user id-of-ben: ben cannot be found by the key x"),
    (
        "UPDATE users SET avatar_url = '/avatars/00000000000000000000000000000000a' WHERE id = 'id-of-cem'",
        "file 00000000000000000000000000000000a: it is the avatar of a user but has no record",
    ),
    (
        "UPDATE messages SET updated_seq = (SELECT max(seq) FROM messages WHERE chat_id = 'den') \
         WHERE chat_id = 'den' AND id = 'rich'",
        "another message has its position",
    ),
    (
        "UPDATE chats SET kind = 'direct' WHERE id = 'hall'",
        "chat hall: it is a direct chat and has 1 members instead of 2",
    ),
    (
        "INSERT INTO audit (id, at, actor_id, command) SELECT 'z', at, 'nobody', command FROM audit WHERE reason IS NULL",
        ": the actor: the user nobody does not exist",
    ),
    (
        "UPDATE chats SET created_by = 'nobody' WHERE id = 'den'",
        "chat den: the creator: the user nobody does not exist",
    ),
    ("INSERT INTO ended_chats VALUES ('den')", "chat den: it exists and is recorded as deleted"),
];

/// The findings of a run, which must fail and print their number.
async fn found(store: &Store) -> String {
    let output = store.run(&["verify"], b"").await;
    let told = String::from_utf8(output.stdout).expect("text");
    let error = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{told}{error}");
    let count = told.lines().count();
    let sum = if count == 1 { "there is 1 problem".to_owned() } else { format!("there are {count} problems") };
    assert_eq!(error, format!("pichat: {sum}\n"), "{told}");
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_detects_damage_to_a_sqlite_file() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let path = store.folder.path().join("pichat.db");
    let sound = std::fs::read(&path).expect("the database");
    let index =
        [("INSERT INTO indexed (number, chat_id, seq) VALUES (999, 'den', 40)", "the search index does not match")];
    for (statement, words) in DAMAGE.into_iter().chain(index) {
        std::fs::write(&path, &sound).expect("the database");
        let database = rusqlite::Connection::open(&path).expect("the database");
        database.execute_batch("PRAGMA foreign_keys = OFF").expect("a setting");
        database.execute_batch("DELETE FROM indexed; DELETE FROM to_index").expect("no index");
        database.execute_batch(statement).expect(statement);
        drop(database);
        let told = found(&store).await;
        assert!(told.contains(words), "{words:?} is missing after {statement}: {told}");
    }
    std::fs::write(&path, &sound).expect("the database");
    let mut files = std::fs::read_dir(store.files()).expect("files").map(|file| file.expect("a file").path());
    let segment = files.find(|file| file.join("000001-3").exists()).expect("a file with two segments");
    std::fs::write(segment.join("000001-3"), b"12345").expect("a segment");
    let told = found(&store).await;
    assert!(told.contains("its bytes do not match its SHA-256"), "{told}");
    std::fs::remove_file(segment.join("000001-3")).expect("no segment");
    let told = found(&store).await;
    assert!(told.contains("bytes from offset 524288 are missing"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_detects_a_damaged_sqlite_page() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let path = store.folder.path().join("pichat.db");
    let database = rusqlite::Connection::open(&path).expect("the database");
    let root: i64 = database
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'messages_by_sender'", [], |row| row.get(0))
        .expect("an index");
    drop(database);
    let mut bytes = std::fs::read(&path).expect("the database");
    let page = usize::try_from(root - 1).expect("a page") * 4096;
    bytes[page + 1..page + 64].fill(0x5a);
    std::fs::write(&path, bytes).expect("the database");
    let told = found(&store).await;
    assert!(told.contains("malformed") || told.contains("database: "), "{told}");
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_detects_damage_to_a_postgres_database() {
    let Some(store) = Store::postgres().await else { return };
    drop(fill(&store).await);
    let hall = "UPDATE channels SET active = NOT active WHERE chat_id = 'hall'";
    let channels = [(hall, "chat hall: the list of channels does not match it")];
    // The damage stays and must not hide later findings.
    let hides = |statement: &str| {
        statement.contains("seq = 5") || statement.contains("DELETE FROM members") || statement.contains("kind =")
    };
    for (statement, words) in DAMAGE.into_iter().chain(channels).filter(|(statement, _)| !hides(statement)) {
        store.damage(statement).await;
        let told = found(&store).await;
        assert!(told.contains(words), "{words:?} is missing after {statement}: {told}");
    }
}

/// Records that cannot be read, and what else is wrong behind them.
const UNREADABLE: &str = "UPDATE messages SET attachments = '[{\"name\":\"x\"}]' WHERE chat_id = 'den' AND id = 'rich'; \
    UPDATE members SET role = 'ghost' WHERE chat_id = 'den' AND user_id = 'id-of-cem'; \
    UPDATE chats SET kind = 'ghost' WHERE id = 'hall'; \
    UPDATE users SET owner_id = 'nobody' WHERE id = 'a-bot'";

/// Numbers that must not be negative, and the finding.
const NEGATIVE: [[&str; 2]; 3] = [
    [
        "UPDATE members SET left_seq = -5 WHERE chat_id = 'den' AND user_id = 'id-of-ben'",
        "chat den: member id-of-ben: it cannot be read: the column left_seq of the table members has -5",
    ],
    [
        "UPDATE messages SET updated_seq = -6 WHERE chat_id = 'den' AND id = 'rich'",
        "chat den: message rich: it cannot be read: the column updated_seq of the table messages has -6",
    ],
    [
        "UPDATE reactions SET seq = -7 WHERE chat_id = 'den' AND message_id = 'm-edited' AND user_id = 'id-of-ben'",
        "chat den: message m-edited: it cannot be read: the column seq of the table reactions has -7",
    ],
];

/// Asserts that every negative number is named.
async fn names_negative_numbers(store: &Store) {
    let told = found(store).await;
    for [_, words] in NEGATIVE {
        assert!(told.contains(&format!("{words}, and must not be negative\n")), "{words:?} is missing: {told}");
    }
}

/// Asserts that every record is named, that verify goes on, and that the export names the first.
async fn names_unreadable_records(store: &Store) {
    let told = found(store).await;
    for words in [
        "chat den: message rich: it cannot be read: ",
        "chat den: member id-of-cem: it cannot be read: ",
        "chat hall: it cannot be read: ",
        "user a-bot: the owner nobody does not exist",
    ] {
        assert!(told.contains(words), "{words:?} is missing: {told}");
    }
    assert!(!told.contains("the store failed"), "{told}");
    let error = store.complained(&["export", "a.pichat"], b"").await;
    assert!(error.contains("the store failed: chat den: member id-of-cem: it cannot be read: "), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_records_that_cannot_be_read_and_goes_on() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let database = rusqlite::Connection::open(store.folder.path().join("pichat.db")).expect("the database");
    database.execute_batch("PRAGMA foreign_keys = OFF").expect("a setting");
    database.execute_batch(UNREADABLE).expect("damage");
    drop(database);
    names_unreadable_records(&store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_the_columns_of_negative_numbers() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let database = rusqlite::Connection::open(store.folder.path().join("pichat.db")).expect("the database");
    for [statement, _] in NEGATIVE {
        database.execute_batch(statement).expect(statement);
    }
    drop(database);
    names_negative_numbers(&store).await;
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_the_columns_of_negative_postgres_numbers() {
    let Some(store) = Store::postgres().await else { return };
    drop(fill(&store).await);
    for [statement, _] in NEGATIVE {
        store.damage(statement).await;
    }
    names_negative_numbers(&store).await;
}

/// Changes the documents of a partition for which `change` returns true.
#[cfg(feature = "cosmos")]
async fn change_documents(store: &Store, place: [&str; 2], change: impl Fn(&mut Value) -> bool) {
    let [container, partition] = place;
    let container = store.container(container).await;
    let everything = Query::from("SELECT * FROM c");
    let scope = FeedScope::partition(partition.to_owned());
    let found = container.query_items::<Value>(everything, scope, None).await.expect("documents");
    let documents: Vec<Value> = found.try_collect().await.expect("documents");
    let mut changed = 0;
    for mut document in documents {
        if change(&mut document) {
            let id = document["id"].as_str().expect("an id").to_owned();
            container.upsert_item(partition.to_owned(), &id, &document, None).await.expect("a change");
            changed += 1;
        }
    }
    assert!(changed > 0, "nothing to change in {partition}");
}

#[cfg(feature = "cosmos")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_cosmos_documents_that_cannot_be_read_and_goes_on() {
    let Some(store) = Store::cosmos().await else { return };
    drop(fill(&store).await);
    let set = |field: &'static str, value: Value, is_it: fn(&Value) -> bool| {
        move |document: &mut Value| {
            let is_it = is_it(document);
            if is_it {
                document[field] = value.clone();
            }
            is_it
        }
    };
    let rich: fn(&Value) -> bool = |document| document["messageId"] == "rich";
    let attachments = json!([{"name": "x"}]);
    change_documents(&store, ["messages", "den"], set("attachments", attachments, rich)).await;
    let cem = |document: &Value| document["userId"] == "id-of-cem";
    change_documents(&store, ["messages", "den"], set("role", json!("ghost"), cem)).await;
    let reaction = |document: &Value| document["reactor"] == "id-of-ben";
    change_documents(&store, ["messages", "den"], set("reactedSeq", json!(-7), reaction)).await;
    let head = |document: &Value| document["id"] == "head";
    change_documents(&store, ["messages", "hall"], set("owners", json!(-1), head)).await;
    let profile = |document: &Value| document["id"] == "profile";
    change_documents(&store, ["users", "id-of-dan"], set("version", json!("x"), profile)).await;
    change_documents(&store, ["users", "a-bot"], set("owner", json!("nobody"), profile)).await;
    let session = |document: &Value| document["sessionId"] == "s1";
    change_documents(&store, ["users", "id-of-ann"], set("session", json!(1), session)).await;
    let token = |document: &Value| document["tokenId"] == "token0";
    change_documents(&store, ["users", "id-of-ben"], set("hash", json!([1]), token)).await;
    let told = found(&store).await;
    for words in [
        "chat den: message rich: it cannot be read: ",
        "chat den: member id-of-cem: it cannot be read: ",
        "reaction den m-edited",
        "chat hall: it cannot be read: ",
        "user id-of-dan: it cannot be read: ",
        "user a-bot: the owner nobody does not exist",
        "session id-of-ann s1: it cannot be read: ",
        "token token0: it cannot be read: ",
    ] {
        assert!(told.contains(words), "{words:?} is missing: {told}");
    }
    assert!(!told.contains("the store failed"), "{told}");
    let error = store.complained(&["export", "a.pichat"], b"").await;
    assert!(error.contains("the store failed: user id-of-dan: it cannot be read: "), "{error}");
}

#[cfg(feature = "cosmos")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_compares_the_texts_of_searches_with_cosmos_messages() {
    let Some(store) = Store::cosmos().await else { return };
    drop(fill(&store).await);
    change_documents(&store, ["messages", "den"], |document| {
        let is_it = document["messageId"] == "rich";
        if is_it {
            document["folded"] = json!("quite another text");
        }
        is_it
    })
    .await;
    assert_eq!(found(&store).await, "chat den: message rich: searches look through another text\n");
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_names_postgres_records_that_cannot_be_read_and_goes_on() {
    let Some(store) = Store::postgres().await else { return };
    drop(fill(&store).await);
    store.damage("ALTER TABLE users DROP CONSTRAINT IF EXISTS users_owner_id_fkey").await;
    for statement in UNREADABLE.split("; ") {
        store.damage(statement).await;
    }
    names_unreadable_records(&store).await;
}

/// Waits until the index has messages and nothing waits for it.
async fn indexed(path: &Path) {
    let database = rusqlite::Connection::open(path).expect("the database");
    let is_done = "SELECT (SELECT count(*) FROM to_index) = 0 AND (SELECT count(*) FROM indexed) > 0";
    let begun = Instant::now();
    while !database.query_row(is_done, [], |row| row.get::<_, bool>(0)).expect("an answer") {
        assert!(begun.elapsed() < PATIENCE, "the messages are not indexed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_compares_the_search_index_with_sqlite_messages() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let path = store.folder.path().join("pichat.db");
    indexed(&path).await;
    drop(repository);
    let said = store.said(&["verify"], b"").await;
    assert!(said.starts_with("no problems found"), "{said}");
    let sound = std::fs::read(&path).expect("the database");
    for (statement, words) in [
        (
            "UPDATE messages SET content = 'quite another text' WHERE chat_id = 'den' AND id = 'rich'",
            "chat den: message rich: the search index has another text\n",
        ),
        (
            "DELETE FROM message_text WHERE rowid = (SELECT (i.number << 32) + m.seq FROM messages m \
             JOIN indexed i USING (chat_id) WHERE chat_id = 'den' AND m.id = 'rich')",
            "chat den: message rich: the search index does not match it\n",
        ),
        (
            "INSERT INTO message_text (rowid, text) SELECT (number << 32) + 100000, 'lost' FROM indexed \
             WHERE chat_id = 'den'",
            "chat den: position 100000: the search index has an entry without a message\n",
        ),
    ] {
        std::fs::write(&path, &sound).expect("the database");
        rusqlite::Connection::open(&path).expect("the database").execute_batch(statement).expect(statement);
        assert_eq!(found(&store).await, words, "{statement}");
    }
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_compares_the_texts_of_searches_with_postgres_messages() {
    let Some(store) = Store::postgres().await else { return };
    drop(fill(&store).await);
    store.damage("UPDATE messages SET content = 'quite another text' WHERE chat_id = 'den' AND id = 'rich'").await;
    let told = found(&store).await;
    assert!(told.contains("chat den: message rich: searches look through another text\n"), "{told}");
    store.damage("UPDATE messages SET content_key = content WHERE chat_id = 'den' AND id = 'rich'").await;
    store
        .damage("INSERT INTO indexed (chat_id, seq) VALUES ('den', 3) ON CONFLICT (chat_id) DO UPDATE SET seq = 3")
        .await;
    store
        .damage(
            "INSERT INTO message_text SELECT (i.number << 32) + m.seq, '{1,2}' FROM messages m, indexed i \
             WHERE i.chat_id = 'den' AND m.chat_id = 'den' AND m.seq <= i.seq AND m.deleted_at IS NULL \
             ON CONFLICT (place) DO UPDATE SET parts = excluded.parts",
        )
        .await;
    let told = found(&store).await;
    assert!(told.contains("chat den: message rich: the search index has another text\n"), "{told}");
    store
        .damage("INSERT INTO message_text SELECT (number << 32) + 100000, '{1}' FROM indexed WHERE chat_id = 'den'")
        .await;
    let told = found(&store).await;
    let words = "chat den: position 100000: the search index has an entry without a message\n";
    assert!(told.contains(words), "{told}");
}
