//! An upgrade from the schema before the journal: no data is lost, and the log lists the steps.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::place;
use crate::support::process::{BINARY, Process, command};
use crate::support::{ADMIN_TOKEN, Client};

/// The schema before the journal.
const BEFORE: i64 = 16;

/// Its migrations; released migrations never change.
const SCRIPTS: [&str; 15] = [
    include_str!("../../../src/store/sqlite/migrations/V1__users_chats_messages.sql"),
    include_str!("../../../src/store/sqlite/migrations/V2__accounts.sql"),
    include_str!("../../../src/store/sqlite/migrations/V3__bans.sql"),
    include_str!("../../../src/store/sqlite/migrations/V5__marks.sql"),
    include_str!("../../../src/store/sqlite/migrations/V6__reactions_mentions_search.sql"),
    include_str!("../../../src/store/sqlite/migrations/V7__audit.sql"),
    include_str!("../../../src/store/sqlite/migrations/V8__spent_refresh_tokens.sql"),
    include_str!("../../../src/store/sqlite/migrations/V9__deletions.sql"),
    include_str!("../../../src/store/sqlite/migrations/V10__ended_chats.sql"),
    include_str!("../../../src/store/sqlite/migrations/V11__bots_and_addresses.sql"),
    include_str!("../../../src/store/sqlite/migrations/V12__operations.sql"),
    include_str!("../../../src/store/sqlite/migrations/V13__changed_users.sql"),
    include_str!("../../../src/store/sqlite/migrations/V14__posting_and_mentions.sql"),
    include_str!("../../../src/store/sqlite/migrations/V15__case_folding.sql"),
    include_str!("../../../src/store/sqlite/migrations/V16__files.sql"),
];

/// Tables that the server rebuilds: the search index, which cannot be copied.
const DERIVED: [&str; 2] = ["indexed", "to_index"];

async fn start(path: &Path, log: &Path) -> Process {
    let folder = path.parent().expect("a folder");
    let mut command = command(folder, BINARY, &[("DATABASE_URL", "sqlite://pichat.db"), ("LOG_LEVEL", "info")]);
    command.stderr(File::create(log).expect("a file for the log"));
    Process::spawn_with_its_log(command).await
}

async fn stop(mut server: Process) {
    server.terminate();
    server.ended(Duration::from_secs(30)).await;
}

/// Chats with every kind of stored data. Each ends with a change that moves the journal.
pub async fn fill(server: &Process) -> String {
    let mut admin = Client::greeted(&server.url(), ADMIN_TOKEN).await;
    let token = admin.token_of("ann").await;
    let mut ann = Client::greeted(&server.url(), &token).await;
    let mut ben = server.user("ben").await;
    let created = json!({"type":"CREATE_CHAT","kind":"channel","name":"Straße","members":["ben"]});
    let chat = ann.reply(created).await["chatId"].clone();
    for number in 0..300 {
        let message = json!({"id":format!("m{number}"),"content":format!("number {number}"),"metadata":{"n":1.50}});
        ann.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"message":message})).await;
    }
    let of = |id: &str, kind: &str| json!({"type":kind,"chatId":chat,"messageId":id});
    let mut edit = of("m1", "EDIT_MESSAGE");
    edit["content"] = json!("edited, @ben");
    ann.reply(edit).await;
    ann.reply(of("m2", "DELETE_MESSAGE")).await;
    ann.reply(of("m3", "PIN_MESSAGE")).await;
    let mut reaction = of("m4", "ADD_REACTION");
    reaction["emoji"] = json!("👍");
    ben.reply(reaction).await;
    ben.reply(json!({"type":"MARK_READ","chatId":chat,"seq":100})).await;
    ben.reply(json!({"type":"MUTE_CHAT","chatId":chat})).await;
    ben.reply(json!({"type":"UPDATE_SETTINGS","settings":{"theme":"dark"}})).await;
    admin.reply(json!({"type":"BAN_USER","userId":ben.user_id,"reason":"spam"})).await;
    admin.reply(json!({"type":"UNBAN_USER","userId":ben.user_id})).await;
    let direct =
        json!({"type":"SEND_PERSONAL_MESSAGE","to":"ben","message":{"id":"d1","content":"hello","replyTo":null}});
    let direct = ann.reply(direct).await["chatId"].clone();
    ann.reply(json!({"type":"EDIT_MESSAGE","chatId":direct,"messageId":"d1","content":"hello again"})).await;
    ann.reply(json!({"type":"UPDATE_CHAT","chatId":chat,"description":"all of it"})).await;
    token
}

/// The replies to a user's reads.
pub async fn told(server: &Process, token: &str) -> Vec<Value> {
    let mut ann = Client::greeted(&server.url(), token).await;
    let chats = ann.reply(json!({"type":"GET_CHATS"})).await["chats"].clone();
    let mut all = vec![chats.clone()];
    for chat in chats.as_array().expect("chats") {
        for kind in ["GET_CHAT_HISTORY", "GET_MEMBERS"] {
            all.push(ann.reply(json!({"type":kind,"chatId":chat["id"],"limit":200})).await);
        }
        let found = json!({"type":"SEARCH_MESSAGES","chatId":chat["id"],"query":"number 29"});
        all.push(ann.reply(found).await);
    }
    all.iter_mut().for_each(forget_presence);
    all
}

/// Presence is not stored: the bots are offline or not, whatever the database says.
fn forget_presence(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        ["status", "lastSeenAt", "requestId"].iter().for_each(|field| drop(object.remove(*field)));
    }
    match value {
        Value::Object(object) => object.values_mut().for_each(forget_presence),
        Value::Array(array) => array.iter_mut().for_each(forget_presence),
        _ => {}
    }
}

/// A file of the schema before the journal, filled from the tables of the current one.
fn take_back(from: &Path, to: &Path) {
    let old = Connection::open(to).expect("a new file");
    SCRIPTS.iter().for_each(|script| old.execute_batch(script).expect("a script"));
    let attach = format!("ATTACH '{}' AS present; PRAGMA foreign_keys = OFF", from.display());
    old.execute_batch(&attach).expect("the present file");
    let pending: i64 = old.query_row("SELECT count(*) FROM present.journal", [], |row| row.get(0)).expect("a count");
    assert_eq!(pending, 0, "everything was moved from the journal");
    old.execute_batch(&format!(
        "CREATE TABLE refinery_schema_history AS SELECT * FROM present.refinery_schema_history WHERE version <= {BEFORE}"
    ))
    .expect("the history");
    for (table, columns) in tables(&old) {
        let columns = columns.join(", ");
        let copy =
            format!("DELETE FROM {table}; INSERT INTO {table} ({columns}) SELECT {columns} FROM present.{table}");
        old.execute_batch(&copy).unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    // The triggers counted the copied rows too.
    old.execute_batch("DELETE FROM deletions; INSERT INTO deletions SELECT * FROM present.deletions").expect("counts");
    old.execute_batch("INSERT OR IGNORE INTO to_index SELECT id FROM chats WHERE seq >= 256").expect("chats to index");
}

/// The tables of a file and their columns.
fn tables(file: &Connection) -> BTreeMap<String, Vec<String>> {
    let names = "SELECT m.name, group_concat(c.name) FROM main.sqlite_schema m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'message_text%' AND m.name NOT LIKE 'refinery%' GROUP BY 1";
    let mut statement = file.prepare(names).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
    let tables = rows.expect("tables").map(|row| row.expect("a table"));
    let tables = tables.filter(|(name, _)| !DERIVED.contains(&name.as_str()));
    tables.map(|(name, columns)| (name, columns.split(',').map(str::to_owned).collect())).collect()
}

/// Every row of these tables.
fn rows(path: &Path, tables: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let file = Connection::open(path).expect("the file");
    let read = |(table, columns): (&String, &Vec<String>)| {
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let query = format!("SELECT concat_ws(' | ', {}) FROM {table} ORDER BY 1", quoted.join(", "));
        let mut statement = file.prepare(&query).expect("a statement");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        (table.clone(), rows.map(|row| row.expect("a row")).collect())
    };
    tables.iter().map(read).collect()
}

#[tokio::test]
async fn upgrades_keep_all_data_and_log_each_step() {
    let (folder, path) = place();
    let log = folder.path().join("log");
    let server = start(&path, &log).await;
    let token = fill(&server).await;
    let before = told(&server, &token).await;
    stop(server).await;
    assert!(!std::fs::read_to_string(&log).expect("the log").contains("upgrading"), "a new file needs no upgrade");

    let (_other, old) = place();
    take_back(&path, &old);
    let tables = tables(&Connection::open(&old).expect("the old file"));
    let expected = rows(&old, &tables);
    assert!(expected["messages"].len() > 300 && expected["audit"].len() >= 2, "{:?}", expected.keys());
    let server = start(&old, &log).await;
    assert_eq!(told(&server, &token).await, before);
    stop(server).await;
    let found = rows(&old, &tables);
    for table in ["messages", "chats", "members", "reactions", "mentions", "deletions", "operations", "audit"] {
        assert_eq!(found[table], expected[table], "{table}");
    }
    let log = std::fs::read_to_string(log).expect("the log");
    let steps: Vec<&str> = log.lines().filter(|line| line.contains("upgrading the database")).collect();
    assert!(steps[0].contains("migration=V20__journal") && steps[0].contains("step=1"), "{steps:?}");
    assert!(steps.iter().all(|line| line.contains(&format!("of={}", steps.len()))), "{steps:?}");
}
