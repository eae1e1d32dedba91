//! Archives include all stored data.

use std::collections::BTreeMap;

use pichat::store::sqlite::SqliteRepository;

/// The columns that archive records contain, or that are derived from them (in brackets).
const ARCHIVED: [(&str, &str); 12] = [
    (
        "users",
        "avatar_url ban changed_at created_at deleted_at display_name email (email_key) email_unconfirmed ended_tokens \
         id kind last_seen_at owner_id password role tokens_valid_from username username_key version",
    ),
    ("sessions", "created_at device_id expires_at family id last_seen_at refresh spent spent_at user_id"),
    ("tokens", "created_at expires_at hash id last_used_at maker_id name scopes user_id"),
    ("documents", "place text version"),
    (
        "chats",
        "active changed_seq created_at created_by description first_seq hold id kind last_seq (look_key) member_count \
         members_seq message_count name (name_key) owners pinned posting retention_days seq updated_at",
    ),
    (
        "members",
        "ban chat_id delivered_at delivered_seq joined_at left_seq muted_until read_at read_seq role unread_from user_id",
    ),
    (
        "messages",
        "attachments chat_id content created_at deleted_at edited_at id mentions metadata (ordinal) (own_ordinal) \
         reactions reply_to role sender_id seq updated_seq",
    ),
    ("mentions", "chat_id (created_at) mentioned_seq seq user_id"),
    ("reactions", "chat_id emoji message_id seq user_id"),
    ("ended_chats", "id"),
    ("files", "(chat_id) (due_at) (id) (owner_id) record (size) (state) (version)"),
    ("audit", "actor_id at chat_id command id reason target_id"),
];

/// Tables that are derived, transient or expiring, such as outcomes of operations. The floor of the audit log is raised
/// again by the next removal.
const LEFT_OUT: [&str; 9] = [
    "audit_floor",
    "deletions",
    "indexed",
    "journal",
    "journal_marks",
    "message_text",
    "operations",
    "refinery_schema_history",
    "to_index",
];

#[test]
fn every_column_is_archived_or_derived() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("pichat.db");
    drop(SqliteRepository::open(&path).expect("a new file"));
    let database = rusqlite::Connection::open(&path).expect("the database");
    let query = "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
        WHERE t.type IN ('table', 'virtual') AND t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.name";
    let mut statement = database.prepare(query).expect("a query");
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in statement.query_map([], pair).expect("columns") {
        let (table, column) = pair.expect("a column");
        found.entry(table).or_default().push(column);
    }
    found.retain(|table, _| !LEFT_OUT.contains(&&**table));
    let columns = |columns: &str| -> Vec<String> {
        let mut columns: Vec<_> = columns.split(' ').map(|column| column.trim_matches(['(', ')']).to_owned()).collect();
        columns.sort();
        columns
    };
    let expected: BTreeMap<String, Vec<String>> =
        ARCHIVED.iter().map(|(table, names)| ((*table).to_owned(), columns(names))).collect();
    assert_eq!(
        found, expected,
        "add new columns to src/store/archive/record.rs and docs/archive.md, or exclude them here"
    );
}
