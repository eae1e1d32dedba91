//! Checks that the cost of a page does not depend on the amount of other data.

use rusqlite::{Connection, StatementStatus, ToSql, named_params};

use super::journal::fold;
use super::{audit, changes, chats, marks, messages, opening, search, unread, view};
use crate::store::sql::statements as shared;

type PlanParameters<'a> = &'a [(&'a str, &'a dyn ToSql)];

/// A chat with this many messages, every 100th of them edited, among this many channels.
fn filled(count: i64) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let connection = opening::prepare(&folder.path().join("a.db")).expect("a new file");
    let count_up = "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i FROM n)";
    for (insert, count) in [
        (
            "INSERT INTO users (id, username, username_key, display_name, avatar_url, kind, role, owner_id, \
             last_seen_at, created_at) SELECT 'u' || (1000 + i), 'n' || i, 'n' || i, '', NULL, 'human', 'member', NULL, \
             NULL, 0",
            100,
        ),
        (
            "INSERT INTO chats (id, kind, name, name_key, description, active, created_by, created_at, updated_at, seq, \
             member_count, message_count, owners, changed_seq, members_seq, last_seq, pinned, posting) SELECT 'c' || i, 'channel', 'n' || i, 'n' || i, NULL, 1, 'u1001', 0, i, 1, 100, 0, 1, \
             1, 1, NULL, NULL, 'everyone'",
            count / 10,
        ),
        (
            "INSERT INTO members (chat_id, user_id, role, joined_at, read_seq, delivered_seq, left_seq) \
             SELECT 'c1', 'u' || (1000 + i), 'member', 0, 0, 0, 0",
            100,
        ),
        (
            "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
             SELECT 'c1', i, 'm' || i, CASE WHEN i % 100 = 0 THEN i + 1000000 ELSE i END, \
             CASE i WHEN 5 THEN 'u1005' ELSE 'u1001' END, 'user', 'hi', 0",
            count,
        ),
    ] {
        connection.execute(&format!("{insert} FROM {count_up}"), [count]).expect(insert);
    }
    (folder, connection)
}

fn steps(connection: &Connection, query: &str, parameters: PlanParameters<'_>) -> (usize, i32) {
    let mut statement = connection.prepare(query).expect(query);
    let mut rows = statement.query(parameters).expect(query);
    let mut count = 0;
    while rows.next().expect(query).is_some() {
        count += 1;
    }
    drop(rows);
    (count, statement.get_status(StatementStatus::VmStep))
}

fn plan(connection: &Connection, query: &str) -> String {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).expect(query);
    let mut lines = vec![];
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().expect(query) {
        lines.push(row.get::<_, String>(3).expect("a line of the plan"));
    }
    lines.join("\n")
}

/// The rows and steps of a page of every kind, from the middle of `count` messages.
fn pages(connection: &Connection, count: i64) -> Vec<(usize, i32)> {
    let history = |query, from: i64, to: i64, sender: Option<&str>| {
        let parameters = named_params! {
            ":chat": "c1", ":from": from, ":to": to, ":sender": sender, ":search": None::<&str>, ":limit": 51,
            ":skip": 0,
        };
        steps(connection, query, parameters)
    };
    let since = |query, after: i64| steps(connection, query, &[("?1", &"c1"), ("?2", &after), ("?3", &51)]);
    let public = |before: i64| {
        let parameters = named_params! {
            ":user": "u1001", ":now": "2026", ":search": None::<&str>, ":before": before, ":after": "c", ":limit": 21,
        };
        steps(connection, chats::PUBLIC, parameters)
    };
    vec![
        history(messages::OLDER, 0, i64::MAX, None),
        history(messages::OLDER, 0, count / 2, None),
        history(messages::NEWER, count / 2 + 1, i64::MAX, None),
        history(messages::OLDER_OF_SENDER, 0, i64::MAX, Some("u1005")),
        history(messages::NEWER_OF_SENDER, 0, i64::MAX, Some("u1005")),
        since(changes::SENT, count / 2),
        since(changes::EDITED, 1_000_000 + count - 500),
        public(i64::MAX),
        public(count / 20),
        steps(connection, shared::chats::MEMBERS, &[("?1", &"c1"), ("?2", &""), ("?3", &51)]),
    ]
}

#[test]
fn a_page_costs_the_same_in_a_large_chat() {
    let (_small_folder, small) = filled(1_000);
    let (_large_folder, large) = filled(200_000);
    let small = pages(&small, 1_000);
    let large = pages(&large, 200_000);
    assert!(small.iter().all(|(rows, _)| *rows > 0), "{small:?}");
    assert_eq!(small, large);
}

#[test]
fn no_page_scans_or_sorts() {
    let (_folder, connection) = filled(100);
    for query in [
        messages::OLDER,
        messages::NEWER,
        messages::OLDER_OF_SENDER,
        messages::NEWER_OF_SENDER,
        messages::COUNT,
        messages::COUNT_OF_SENDER,
        messages::TOTAL,
        messages::BY_ID,
        messages::BY_SEQ,
        messages::PREVIOUS,
        search::MENTIONS,
        search::MENTION_COUNT,
        search::SAYING,
        shared::reactions::SINCE,
        shared::reactions::NEXT,
        changes::SENT,
        changes::EDITED,
        shared::chats::MEMBERS,
        shared::chats::MEMBERSHIPS,
        chats::CHANNEL,
        marks::LOWEST,
        marks::FURTHEST,
        marks::EVERY_MARK,
        marks::EVERY_PROGRESS,
        marks::NEXT,
        marks::OWN,
        unread::GONE,
        unread::OTHERS,
        view::JOURNALED,
        chats::ONE_PUBLIC,
        chats::ONE_OF_MINE,
        fold::MESSAGE,
        fold::ORDINAL,
        fold::OWN_ORDINAL,
        fold::CHAT,
        fold::MARKS,
        fold::REMOVE,
        fold::REMOVE_MARKS,
        audit::ALL,
        audit::BY_ACTOR,
        audit::BY_TARGET,
    ] {
        let plan = plan(&connection, query).replace("SCAN CONSTANT ROW", "");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{query}\n{plan}");
    }
    let plan = plan(&connection, chats::PUBLIC);
    assert!(plan.contains("USING INDEX public_chats") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn a_total_reads_only_the_changed_messages() {
    let (_folder, connection) = filled(10_000);
    let deletions = "UPDATE messages SET deleted_at = 1 WHERE seq % 200 = 0; \
        UPDATE chats SET message_count = 9950 WHERE id = 'c1'";
    connection.execute_batch(deletions).expect("50 of the edited ones");
    let total: i64 = connection.query_row(messages::TOTAL, ["c1"], |row| row.get(0)).expect("a total");
    assert_eq!(total, 10_000);
    let (_, steps) = steps(&connection, messages::TOTAL, &[("?1", &"c1")]);
    assert!(steps < 2_000, "{steps} steps for 100 changed messages");
}

#[test]
fn statements_are_prepared_once_for_all_values() {
    let (_folder, connection) = filled(1_000);
    for query in [messages::BY_ID, messages::BY_SEQ, messages::TOTAL, shared::chats::MEMBERS, changes::SENT] {
        let mut statement = connection.prepare(query).expect(query);
        for value in 1..=5 {
            statement.raw_bind_parameter(1, format!("c{value}")).expect(query);
            for place in 2..=statement.parameter_count() {
                statement.raw_bind_parameter(place, value).expect(query);
            }
            statement.raw_query().next().expect(query);
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{query}");
    }
}

/// Other users' deleted messages after a position, counted by blocks and singly.
#[test]
fn deletions_are_counted_per_block() {
    let (_folder, connection) = filled(200_000);
    let senders = "UPDATE messages SET sender_id = 'u1002' WHERE seq % 3 = 0";
    let deletions = "UPDATE messages SET deleted_at = 1 WHERE seq % 10 <> 0";
    connection.execute_batch(&format!("{senders}; {deletions}; {deletions}")).expect("deletions");
    let one_by_one = "SELECT count(*) FROM messages \
        WHERE chat_id = ?1 AND seq > ?3 AND sender_id <> ?2 AND deleted_at IS NOT NULL";
    for read in [0, 1, 255, 256, 300, 65_535, 65_536, 70_000, 131_071, 140_000, 196_608, 199_800, 200_000, 300_000] {
        for user in ["u1001", "u1002", "u1003"] {
            let parameters: PlanParameters<'_> = &[("?1", &"c1"), ("?2", &user), ("?3", &read)];
            let count = |query: &str| {
                let mut statement = connection.prepare(query).expect(query);
                let count = statement.query_row(parameters, |row| row.get::<_, i64>(0));
                (count.expect(query), statement.get_status(StatementStatus::VmStep))
            };
            let (found, steps) = count(unread::GONE);
            assert_eq!(found, count(one_by_one).0, "of {user} after {read}");
            assert!(steps < 20_000, "{steps} steps for {user} after {read}");
        }
    }
}
