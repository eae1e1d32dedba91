//! Incompatible databases, maps and stores: one sentence each, and no change.

use super::super::stores::fill;
use super::*;

const BACKEND: &str = include_str!("fastapi-backend.sql");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incompatible_database_is_refused_in_one_sentence() {
    let store = Store::sqlite();
    let folder = store.folder.path().to_owned();
    let make = |name: &str, script: &str| {
        rusqlite::Connection::open(folder.join(name)).expect("a file").execute_batch(script).expect(script);
    };
    make("empty.db", "CREATE TABLE other (id INTEGER)");
    make("foreign.db", "CREATE TABLE users (id INTEGER, login TEXT)");
    make("columns.db", "CREATE TABLE users (id INTEGER, username TEXT); CREATE TABLE messages (id INTEGER, text TEXT)");
    make("damaged.db", BACKEND);
    let mut bytes = std::fs::read(folder.join("damaged.db")).expect("the file");
    let page = bytes.len() - 4096;
    bytes[page..].fill(0x5a);
    std::fs::write(folder.join("damaged.db"), &bytes).expect("a file");
    std::fs::write(folder.join("text.db"), "something else, and long enough to be looked at").expect("a file");
    std::fs::write(folder.join("bad.toml"), "source = \"x\"\n").expect("a file");
    let before = super::super::stores::tree(&folder);
    for (map, source, more, expected) in [
        ("fastapi-backend", "absent.db", &[][..], "the file absent.db does not exist"),
        ("fastapi-backend", "text.db", &[], "text.db is damaged or not a SQLite database"),
        ("fastapi-backend", "damaged.db", &[], "damaged.db is damaged or not a SQLite database"),
        ("fastapi-backend", "empty.db", &[], "the database has no table users; check --map"),
        ("fastapi-backend", "foreign.db", &[], "the table users has no column username"),
        ("fastapi-backend", "columns.db", &[], "the table messages has no column"),
        ("fastapi", "columns.db", &[], "there is no map fastapi; give a file, or one of fastapi-application,"),
        ("bad.toml", "columns.db", &[], "the map bad.toml is not valid: missing field `chats`"),
        ("none.toml", "columns.db", &[], "cannot read the map none.toml"),
        (
            "fastapi-application",
            "columns.db",
            &["--zone", "Berlin"],
            "--zone: \"Berlin\" is not a UTC offset such as +02:00",
        ),
        (
            "windi",
            "mysql://chat:secret@db/chat",
            &[],
            "mysql is neither a SQLite file nor the address of a supported database",
        ),
        ("windi", "postgresql+asyncpg://127.0.0.1:1/chat", &[], "cannot connect to PostgreSQL at 127.0.0.1:1"),
    ] {
        let error = store.complained(&[&words(map, source)[..], more].concat(), b"").await;
        assert!(error.contains(expected), "{expected:?} is missing from {error}");
    }
    assert_eq!(super::super::stores::tree(&folder), before, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_non_empty_store_is_not_overwritten() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    sqlite_file(&store, &[BACKEND]);
    let before = store.export().await.lines();
    for more in [&[][..], &["--dry-run"]] {
        let error = store.complained(&[&words("fastapi-backend", "chat.db")[..], more].concat(), b"").await;
        assert!(error.contains("the store is not empty: it has users; import into a new one"), "{error}");
    }
    assert_eq!(store.export().await.lines(), before);
}

/// Missing tables count as empty, and a map may be a file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn older_files_and_custom_maps_are_accepted() {
    let store = Store::sqlite();
    let path = sqlite_file(&store, &[BACKEND]);
    let database = rusqlite::Connection::open(path).expect("the file");
    database
        .execute_batch(
            "PRAGMA foreign_keys = OFF; DROP TABLE message_reads; DROP TABLE message_reactions; DELETE FROM users WHERE id = 3; \
             CREATE TABLE notes (id INTEGER); INSERT INTO notes VALUES (1), (2)",
        )
        .expect("an older file");
    drop(database);
    let map = include_str!("../../../../src/cli/foreign/maps/fastapi-backend.toml").replace("\"channel\"", "\"group\"");
    std::fs::write(store.folder.path().join("own.toml"), map).expect("a map");
    let words = [&words("own.toml", "chat.db")[..], &["--owner", "keeper", "--zone", "+02:00"]].concat();
    let said = store.said(&words, b"").await;
    assert_says(
        &said,
        &[
            "message_reactions: rows 0, imported 0, left out 0",
            "notes: rows 2, imported 0, left out 2",
            "  left out 2: this table is not in the map",
            "  unknown sender, replaced with a deleted account (2): 3, 3",
            "imported chat.db: 4 users, 2 chats, 4 members, 5 messages",
        ],
    );
    let users = records_by(&store, "user", "username").await;
    assert_eq!(users["keeper"]["role"], "member");
    let chats = records_by(&store, "chat", "name").await;
    assert_eq!(chats["General"]["kind"], "group");
    assert_eq!(chats["General"]["createdBy"], users["keeper"]["id"]);
    assert_eq!(chats["general"]["createdAt"], "2021-04-01T05:11:00.000Z", "two hours before UTC");
    let verified = store.said(&["verify"], b"").await;
    assert!(verified.starts_with("no problems found: "), "{verified}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_foreign_import_resumes() {
    let store = Store::sqlite();
    let many = "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) \
        INSERT INTO messages (id, content, timestamp, room_id, sender_id) \
        SELECT i, printf('%.*c', 300, 'x'), datetime('2021-04-03', i || ' seconds'), 1 + i % 2, 1 + i % 3 FROM n;";
    sqlite_file(&store, &[BACKEND, many]);
    let whole = Store::sqlite();
    std::fs::copy(store.folder.path().join("chat.db"), whole.folder.path().join("chat.db")).expect("a copy");
    whole.said(&words("fastapi-backend", "chat.db"), b"").await;
    let mut kills = 0;
    let mut patience = std::time::Duration::from_millis(300);
    loop {
        let mut child = store.command(&words("fastapi-backend", "chat.db")).spawn().expect("the binary starts");
        tokio::time::sleep(patience).await;
        patience = patience * 5 / 4;
        if child.try_wait().expect("its state").is_some() {
            let output = child.wait_with_output().expect("an end");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            break;
        }
        child.kill().expect("it can be killed");
        kills += usize::from(!child.wait().expect("its end").success());
    }
    assert!(kills > 0);
    assert_eq!(store.export().await.lines(), whole.export().await.lines());
}
