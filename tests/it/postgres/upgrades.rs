//! An upgrade from release 0.2.0 by nodes that start together, one of which is killed halfway.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use pichat::ops::config::PostgresServer;
use tokio_postgres::Client as Database;

use crate::sqlite::upgrades::{fill, told};
use crate::support::client::PATIENCE;
use crate::support::postgres::{Server, shared};
use crate::support::process::{BINARY, Process, command};

/// The migrations of that release; released migrations never change.
const SCRIPTS: [&str; 15] = [
    include_str!("../../../src/store/postgres/migrations/V1__users_chats_messages.sql"),
    include_str!("../../../src/store/postgres/migrations/V2__marks.sql"),
    include_str!("../../../src/store/postgres/migrations/V3__reactions_mentions.sql"),
    include_str!("../../../src/store/postgres/migrations/V4__audit.sql"),
    include_str!("../../../src/store/postgres/migrations/V5__ordinals.sql"),
    include_str!("../../../src/store/postgres/migrations/V6__spent_refresh_tokens.sql"),
    include_str!("../../../src/store/postgres/migrations/V7__message_text.sql"),
    include_str!("../../../src/store/postgres/migrations/V8__deletions.sql"),
    include_str!("../../../src/store/postgres/migrations/V9__ended_chats.sql"),
    include_str!("../../../src/store/postgres/migrations/V10__bots_and_addresses.sql"),
    include_str!("../../../src/store/postgres/migrations/V11__operations.sql"),
    include_str!("../../../src/store/postgres/migrations/V12__changed_users.sql"),
    include_str!("../../../src/store/postgres/migrations/V13__posting_and_mentions.sql"),
    include_str!("../../../src/store/postgres/migrations/V14__case_folding.sql"),
    include_str!("../../../src/store/postgres/migrations/V15__files.sql"),
];

/// The last schema of that release.
const BEFORE: i32 = 15;

/// Tables that running servers write.
const LIVELY: [&str; 6] = ["documents", "indexed", "message_text", "sessions", "to_index", "tokens"];

/// The number of contended locks.
const WAITING: &str = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = to_regclass('chats')";

fn node(folder: &Path, url: &str, log: &str) -> std::process::Command {
    let mut command = command(folder, BINARY, &[("DATABASE_URL", url), ("LOG_LEVEL", "info"), ("FILES_URL", "")]);
    command.stderr(File::create(folder.join(log)).expect("a file for the log"));
    command
}

async fn stop(mut server: Process) {
    server.terminate();
    server.ended(PATIENCE).await;
}

/// A schema of that release, filled from the tables of the current one.
async fn take_back(server: &Server, present: &Database, present_name: &str) -> PostgresServer {
    let place = server.place().await;
    let old = server.connect_in(&place).await;
    for script in SCRIPTS {
        old.batch_execute(script).await.expect("a script");
    }
    let history = format!(
        "CREATE TABLE refinery_schema_history AS SELECT * FROM {present_name}.refinery_schema_history WHERE version <= {BEFORE}"
    );
    old.batch_execute(&history).await.expect("the history");
    // Without triggers and references, because everything is copied.
    old.batch_execute("SET session_replication_role = replica").await.expect("a superuser");
    for (table, columns) in tables(&old).await {
        let copy = format!(
            "DELETE FROM {table}; INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {present_name}.{table}"
        );
        old.batch_execute(&copy).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    let copied: i64 = present.query_one("SELECT count(*) FROM messages", &[]).await.expect("a count").get(0);
    assert!(copied > 300, "{copied} messages");
    place
}

/// The tables of a schema and their columns, except the migration history.
async fn tables(database: &Database) -> BTreeMap<String, String> {
    let names = "SELECT table_name::text, string_agg(column_name::text, ', ' ORDER BY ordinal_position) \
        FROM information_schema.columns \
        WHERE table_schema = current_schema() AND is_generated = 'NEVER' AND table_name NOT LIKE 'refinery%' GROUP BY 1";
    let rows = database.query(names, &[]).await.expect("tables");
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Every row of these tables as text.
async fn rows(database: &Database, tables: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, columns) in tables {
        let query = format!("SELECT t::text FROM (SELECT {columns} FROM {table}) t ORDER BY 1");
        let rows = database.query(&query, &[]).await.unwrap_or_else(|error| panic!("{table}: {error}"));
        all.insert(table.clone(), rows.iter().map(|row| row.get(0)).collect());
    }
    all
}

/// Waits until a node waits for a lock on the chats table.
async fn someone_waits(database: &Database) {
    let begun = Instant::now();
    while database.query_one(WAITING, &[]).await.expect("a count").get::<_, i64>(0) == 0 {
        assert!(begun.elapsed() < PATIENCE, "no migration waits for the chats table");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn steps(folder: &Path, log: &str) -> Vec<String> {
    let log = std::fs::read_to_string(folder.join(log)).expect("the log");
    log.lines().filter(|line| line.contains("upgrading the database")).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_upgrade_is_completed_once_by_waiting_nodes() {
    let Some(server) = shared().await else { return };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let here = folder.path();
    let present = server.place().await;
    let filled = Process::spawn_with_its_log(node(here, &server.url_of(&present), "filled")).await;
    let token = fill(&filled).await;
    let before = told(&filled, &token).await;
    stop(filled).await;
    let database = server.connect_in(&present).await;
    let name: String = database.query_one("SELECT current_schema()::text", &[]).await.expect("a name").get(0);
    let place = take_back(server, &database, &name).await;
    let old = server.connect_in(&place).await;
    let tables = tables(&old).await;
    let expected = rows(&old, &tables).await;

    // The second migration waits for the chats table; the first node is killed there.
    let holder = server.connect_in(&place).await;
    holder.batch_execute("BEGIN; LOCK TABLE chats IN ACCESS SHARE MODE").await.expect("the table");
    let url = server.url_of(&place);
    let mut killed = node(here, &url, "killed").spawn().expect("the first node starts");
    someone_waits(&old).await;
    let others = async {
        let two = Process::spawn_with_its_log(node(here, &url, "two"));
        let three = Process::spawn_with_its_log(node(here, &url, "three"));
        tokio::join!(two, three)
    };
    let accident = async {
        killed.kill().expect("it can be killed");
        killed.wait().expect("it has ended");
        holder.batch_execute("ROLLBACK").await.expect("the table is free");
    };
    let ((two, three), ()) = tokio::join!(others, accident);
    for node in [&two, &three] {
        assert_eq!(told(node, &token).await, before);
    }
    stop(two).await;
    stop(three).await;

    let found = rows(&old, &tables).await;
    for table in tables.keys().filter(|table| !LIVELY.contains(&table.as_str())) {
        match table.as_str() {
            // Connecting updates the user's last-seen time.
            "users" => assert_eq!(found[table].len(), expected[table].len()),
            _ => assert_eq!(found[table], expected[table], "{table}"),
        }
    }
    let begun = steps(here, "killed");
    assert!(begun.len() == 2 && begun[0].contains("migration=V16__unread_marks"), "{begun:?}");
    assert!(begun[1].contains("migration=V18__retention") && begun[1].contains("step=2"), "{begun:?}");
    let [two, three] = [steps(here, "two"), steps(here, "three")];
    let (went_on, found_done) = if three.is_empty() { (two, three) } else { (three, two) };
    assert!(went_on[0].contains("migration=V18__retention") && went_on[0].contains("step=1"), "{went_on:?}");
    assert!(found_done.is_empty(), "a migration ran twice: {found_done:?}");
    let twice = "SELECT count(*) FROM (SELECT version FROM refinery_schema_history GROUP BY 1 HAVING count(*) > 1) t";
    assert_eq!(old.query_one(twice, &[]).await.expect("a count").get::<_, i64>(0), 0);
}
