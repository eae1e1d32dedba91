//! The journal of new messages and marks: its cost, and that reads include it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use pichat::domain::{Action, Change, Draft, Operation, RepeatedOperation};
use pichat::protocol::{Attachment, ChatId, ChatKind, Seq, User, UserId};
use pichat::store::repository::{
    Accounts, Advance, ChatScope, ChatsFrom, ChatsQuery, Heads, HistoryQuery, ReadBudget, ReadCursors, Repository,
    Search, SearchPage, SearchQuery, StoredCounts, Window,
};
use pichat::store::sqlite::SqliteRepository;
use rusqlite::Connection;

use super::{open, place};
use crate::contract::scene::*;

/// The variable that passes the file to child processes of these tests.
const FILE: &str = "PICHAT_TEST_JOURNAL";

/// Runs this test in a separate process.
fn child(test: &str, file: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", &format!("sqlite::journal::{test}"), "--nocapture"]).env(FILE, file);
    command
}

fn count(path: &Path, query: &str) -> i64 {
    let connection = Connection::open(path).expect("the file");
    connection.query_row(query, [], |row| row.get(0)).expect("a count")
}

/// The rows only in the journal.
const PENDING: &str = "SELECT count(*) FROM journal j JOIN chats c ON c.id = j.chat_id WHERE j.seq > c.seq";

/// Bytes written by this process so far.
fn written() -> u64 {
    let text = std::fs::read_to_string("/proc/self/io").expect("figures of this process");
    let line = text.lines().find_map(|line| line.strip_prefix("wchar: ")).expect("bytes written");
    line.parse().expect("a number")
}

/// One message per chat in turn, as many clients would send them; 64 per batch.
async fn rounds(repository: &SqliteRepository, ann: &User, chats: usize, rounds: std::ops::Range<usize>) {
    let text = "x".repeat(150);
    for round in rounds {
        let sends: Vec<Change> = (0..chats)
            .map(|chat| change(ann, &format!("chat-{chat:05}"), Action::Send(draft(&format!("id-{round:05}"), &text))))
            .collect();
        for batch in sends.chunks(64) {
            assert!(repository.commit(batch.into(), now()).await.iter().all(Result::is_ok));
        }
    }
}

async fn groups(repository: &SqliteRepository, ann: &User, ben: &User, chats: usize) {
    let create = |chat| create(ann, &format!("chat-{chat:05}"), ChatKind::Group, &[ben]);
    let changes: Vec<Change> = (0..chats).map(create).collect();
    assert!(repository.commit(changes.into(), now()).await.iter().all(Result::is_ok));
}

async fn mark(repository: &SqliteRepository, user: &User, chat: &str, read: Seq, delivered: Seq) {
    let step = Advance { chat: chat.into(), user: user.id.clone(), read, delivered, at: now(), clears_unread: false };
    assert!(repository.mark(&[step]).await.expect("an answer")[0].is_some());
}

/// In a separate process, because the other tests in this one write too.
#[test]
fn a_message_in_a_small_chat_writes_a_few_kilobytes() {
    if let Some(file) = std::env::var_os(FILE) {
        return tokio::runtime::Runtime::new().expect("a runtime").block_on(write_in_many_chats(file.as_ref()));
    }
    let (_folder, path) = place();
    let test = "a_message_in_a_small_chat_writes_a_few_kilobytes";
    let output = child(test, &path).output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

async fn write_in_many_chats(path: &Path) {
    let repository = open(path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    groups(&repository, &ann, &ben, 500).await;
    let before = written();
    rounds(&repository, &ann, 500, 0..20).await;
    for chat in 0..500 {
        mark(&repository, &ben, &format!("chat-{chat:05}"), 21, 21).await;
    }
    // Moves everything to its table, and checkpoints the WAL.
    drop(repository);
    let bytes = (written() - before) / 10_000;
    println!("{bytes} bytes a message");
    assert!(bytes < 4096, "{bytes} bytes a message of 150");
    assert_eq!(count(path, "SELECT count(*) FROM messages"), 10_000);
}

/// The results of every read of these chats.
async fn told(repository: &SqliteRepository, users: &[&User; 3]) -> Vec<String> {
    let [ann, ben, cem] = *users;
    let mut told = vec![];
    for chat in ["c", "d", "e"] {
        for window in windows() {
            for (sender, search) in
                [(None, None), (Some(&ben.id), None), (None, Some("m3")), (Some(&ann.id), Some("9"))]
            {
                for (limit, messages) in [(1, u64::MAX), (4, u64::MAX), (500, u64::MAX), (4, 3), (500, 20)] {
                    let search = search.map(str::to_owned);
                    let budget = ReadBudget { within: None, messages };
                    let query = HistoryQuery { sender: sender.cloned(), search, budget, ..query(chat, window, limit) };
                    told.push(format!("{query:?}: {:?}", repository.history(&query).await));
                }
            }
        }
        for user in users {
            told.push(format!("{chat} for {}: {:?}", user.username, self::chat(repository, chat, user).await));
            let access = repository.chat_access(&chat.into(), &user.id).await;
            told.push(format!("{chat} for {}: {access:?}", user.username));
            for (after, limit) in [(0, 500), (3, 2), (20, 500), (41, 5), (400, 5)] {
                let changes = repository.changes(&chat.into(), &user.id, after, limit).await;
                told.push(format!("{chat} after {after} for {}: {changes:?}", user.username));
            }
            let viewer = repository.viewer(&chat.into(), &user.id, 9).await;
            told.push(format!("{chat} read to 9 by {}: {viewer:?}", user.username));
        }
        for id in ["m2", "m4", "x5", "x29", "none"] {
            told.push(format!("{chat} {id}: {:?}", repository.message(&chat.into(), &id.into()).await));
        }
        for (after, to) in [(0, 99), (0, 4), (30, 33), (2, 20)] {
            let mut authors: Vec<UserId> = repository.authors(&chat.into(), after, to).await.expect("an answer");
            authors.sort();
            told.push(format!("{chat} authors {after}..{to}: {authors:?}"));
        }
        for ahead in [vec![], vec![(cem.id.clone(), 30)], vec![(ann.id.clone(), 99), (ben.id.clone(), 99)]] {
            told.push(format!("{chat} {ahead:?}: {:?}", repository.read_by_all(&chat.into(), &ahead, now()).await));
        }
        told.push(format!("{chat}: {:?}", repository.members(&chat.into(), None, 9).await));
    }
    let chats = ["c", "d", "e", "none"].map(ChatId::from);
    told.push(format!("heads: {:?}", repository.heads(&chats).await));
    told.push(format!("totals: {:?}", repository.totals().await));
    told.extend(lists(repository, users).await);
    told.extend(searches(repository, users).await);
    told
}

fn windows() -> Vec<Window> {
    let mut windows = vec![Window::Newest];
    for seq in [0, 1, 4, 5, 6, 20, 33, 34, 35, 99] {
        windows.extend([Window::Before(seq), Window::After(seq), Window::Around(seq), Window::Skip(seq)]);
        windows.push(Window::SkipBefore { before: 34, skip: seq });
    }
    windows
}

/// All pages of all lists of chats.
async fn lists(repository: &SqliteRepository, users: &[&User; 3]) -> Vec<String> {
    let mut told = vec![];
    for user in users {
        for scope in [ChatScope::Mine, ChatScope::Public, ChatScope::Archived] {
            for (limit, search) in [(1, None), (2, None), (9, None), (9, Some("of d"))] {
                for mut from in starts(repository).await {
                    for _ in 0..5 {
                        let search = search.map(str::to_owned);
                        let user_id = user.id.clone();
                        let query =
                            ChatsQuery { user: user_id, scope, search, from: from.clone(), limit, now: moment() };
                        let page = repository.chats(&query).await.expect("an answer");
                        told.push(format!("{scope:?} of {} {from:?}: {page:?}", user.username));
                        let Some(last) = page.items.last().filter(|_| page.more) else { break };
                        from = from.past(last.updated_at, &last.id);
                    }
                }
            }
        }
    }
    told
}

/// First pages of lists: by activity, and by id since times before, between and after the latest activities.
async fn starts(repository: &SqliteRepository) -> Vec<ChatsFrom> {
    let mut starts = vec![ChatsFrom::Newest];
    let ann = person("ann");
    for id in ["c", "d", "e"] {
        let chat = chat(repository, id, &ann).await.expect("the chat");
        starts.push(ChatsFrom::Active { since: chat.updated_at, after: "".into() });
    }
    starts
}

fn moment() -> pichat::protocol::Timestamp {
    pichat::protocol::Timestamp::from_millis(1_800_000_000_000)
}

/// All pages of some searches.
async fn searches(repository: &SqliteRepository, users: &[&User; 3]) -> Vec<String> {
    let mut told = vec![];
    let budgets = [ReadBudget::UNLIMITED, ReadBudget { within: None, messages: 5 }];
    for (chat, budget) in [None, Some("c")].into_iter().flat_map(|chat| budgets.map(|budget| (chat, budget))) {
        for (words, sender) in [(vec!["text"], None), (vec!["x1", "of"], None), (vec!["text"], Some(&users[1].id))] {
            let mut after = None;
            for _ in 0..50 {
                let words = words.iter().map(|word| (*word).to_owned()).collect();
                let chat = chat.map(ChatId::from);
                let user = users[0].id.clone();
                let sender = sender.cloned();
                let query = SearchQuery { user, chat, words, sender, after, limit: 7, budget };
                let SearchPage { messages, next, partial } = repository.search(&query).await.expect("an answer");
                let places = messages.iter().map(|item| (&item.chat_id, item.seq)).collect::<Vec<_>>();
                told.push(format!("{query:?}: {places:?} {next:?} {partial}"));
                after = next;
                if after.is_none() {
                    break;
                }
            }
        }
    }
    told
}

#[tokio::test]
async fn every_reader_sees_journaled_messages() {
    let (_folder, path) = place();
    let repository = open(&path);
    let users = three(&repository).await;
    let [ann, ben, cem] = &users;
    talk(&repository, "c", &[ann, ben, cem], 3).await;
    all(&repository, [create(ann, "d", ChatKind::Channel, &[ben]), create(ben, "e", ChatKind::Channel, &[ann])]).await;
    all(&repository, [send(ann, "e", "m2"), edit(ben, "c", "m3", "edited m3"), erase(ann, "c", "m2")]).await;
    let sends = |chat| (0..30).map(move |index| (chat, [ann, ben][index % 3 / 2], format!("x{index}")));
    for (chat, user, id) in sends("c").chain(sends("d")) {
        all(&repository, [send(user, chat, &id)]).await;
    }
    mark(&repository, ben, "c", 33, 35).await;
    mark(&repository, cem, "c", 0, 36).await;
    mark(&repository, cem, "c", 12, 0).await;
    mark(&repository, ben, "e", 2, 2).await;
    // The journal is not moved while another program locks the file.
    let other = Connection::open(&path).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let pending: i64 = other.query_row(PENDING, [], |row| row.get(0)).expect("a count");
    assert_eq!(pending, 61, "the messages are in the journal");
    let all_of_c = "SELECT count(*) FROM all_messages WHERE chat_id = 'c'";
    assert_eq!(other.query_row(all_of_c, [], |row| row.get(0)), Ok(33_i64));
    let users = [ann, ben, cem];
    let before = told(&repository, &users).await;
    other.execute_batch("ROLLBACK").expect("the end of the lock");
    drop(repository);
    assert_eq!((count(&path, PENDING), count(&path, all_of_c)), (0, 33), "all messages are in their table");
    let after = told(&open(&path), &users).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
    let newest = history(&open(&path), query("c", Window::Newest, 500)).await;
    assert_eq!(seqs(&newest.messages), (2..=4).chain(7..=36).collect::<Vec<_>>());
}

/// An op id's outcome is as durable as its message, which keeps all its fields.
#[tokio::test]
async fn journaled_messages_keep_every_field_and_op_id_outcome() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben]), send(&ann, "c", "m1")]).await;
    let attachment = Attachment {
        id: Some("file-1".into()),
        url: "/files/file-1".into(),
        name: "plan.pdf".into(),
        size: 7,
        mime_type: "application/pdf".into(),
        width: Some(2),
        height: Some(1),
    };
    let metadata = serde_json::from_str(r#"{"b":1.0,"a":12345678901234567890}"#).expect("an object");
    let full = Draft {
        attachments: vec![attachment],
        reply_to: Some("m1".into()),
        metadata: Some(metadata),
        ..draft("m2", "see there")
    };
    let operation = Some(Operation { id: "once".into(), fingerprint: "abc".into() });
    let sending = Change { operation, ..change(&ann, "c", Action::Send(full)) };
    let sent = message(&commit(&repository, sending.clone()).await.expect("a member")).clone();
    // The journal is not moved while another program locks the file.
    let other = Connection::open(&path).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    assert_eq!(other.query_row(PENDING, [], |row| row.get(0)), Ok(2_i64));
    assert_eq!(stored(&repository, "c", "m2").await, sent);
    other.execute_batch("ROLLBACK").expect("the end of the lock");
    // Simulates a power failure.
    let copy = path.with_file_name("copy.db");
    other.execute("VACUUM INTO ?1", [copy.to_str()]).expect("a backup");
    for file in [repository, open(&copy)] {
        let again = commit(&file, sending.clone()).await.expect_err("it was done");
        let kept = RepeatedOperation::of(&again).expect("its outcome");
        assert_eq!((kept.chat_id.as_deref(), kept.seq), (Some("c"), sent.seq));
        assert_eq!(stored(&file, "c", "m2").await, sent);
        assert_eq!(clock(&file, "c").await, sent.seq);
    }
    assert_eq!(count(&path, PENDING), 0, "moved at shutdown");
    assert_eq!(stored(&open(&path), "c", "m2").await, sent);
}

/// Runs in a separate process, which is killed.
#[test]
fn the_journal_of_a_killed_process_is_recovered_and_backed_up() {
    if let Some(file) = std::env::var_os(FILE) {
        return tokio::runtime::Runtime::new().expect("a runtime").block_on(write_and_wait(file.as_ref()));
    }
    let (_folder, path) = place();
    let test = "the_journal_of_a_killed_process_is_recovered_and_backed_up";
    let mut child = child(test, &path).stdout(Stdio::piped()).spawn().expect("a process");
    let output = BufReader::new(child.stdout.take().expect("its output"));
    assert!(output.lines().any(|line| line.expect("a line").contains("all are acknowledged")));
    child.kill().expect("a process that waits");
    child.wait().expect("its end");
    assert_eq!(count(&path, PENDING), 4_000);
    let copy = path.with_file_name("copy.db");
    let file = Connection::open(&path).expect("the file");
    file.execute("VACUUM INTO ?1", [copy.to_str()]).expect("a backup");
    drop(file);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(after_the_kill(&path));
    runtime.block_on(after_the_kill(&copy));
}

async fn write_and_wait(path: &Path) {
    let repository = open(path);
    let ann = user(&repository, "ann").await;
    let ben = user(&repository, "ben").await;
    groups(&repository, &ann, &ben, 100).await;
    for chat in 0..100 {
        mark(&repository, &ben, &format!("chat-{chat:05}"), 1, 1).await;
    }
    rounds(&repository, &ann, 100, 0..40).await;
    mark(&repository, &ben, "chat-00007", 30, 35).await;
    println!("all are acknowledged");
    std::thread::park();
}

async fn after_the_kill(path: &Path) {
    let repository = open(path);
    let ann = person("ann");
    for chat in 0..100 {
        let chat = format!("chat-{chat:05}");
        let found = history(&repository, query(&chat, Window::Newest, 500)).await;
        assert_eq!(seqs(&found.messages), (2..=41).collect::<Vec<_>>());
        let again = commit(&repository, send(&ann, &chat, "id-00039")).await.expect("the same");
        assert!(again.duplicate && message(&again).seq == 41);
        assert_eq!(message(&commit(&repository, send(&ann, &chat, "new")).await.expect("a member")).seq, 42);
    }
    let members = repository.members(&"chat-00007".into(), None, 9).await.expect("an answer").items;
    assert_eq!((members[1].read_seq, members[1].delivered_seq), (30, 35));
    let viewer = chat(&repository, "chat-00007", &person("ben")).await.and_then(|chat| chat.viewer).expect("a member");
    assert_eq!(viewer.unread_count, 12);
    drop(repository);
    assert_eq!((count(path, PENDING), count(path, "SELECT count(*) FROM messages")), (0, 4_100));
    assert_eq!(count(path, "SELECT count(*) FROM messages WHERE seq <> ordinal + 1 OR own_ordinal <> ordinal"), 0);
}

/// A file of the first schema is read, written and moved like a new one.
#[tokio::test]
async fn migrating_the_first_schema_creates_a_journal() {
    let (_folder, path) = place();
    let dump = include_str!("first_schema.sql");
    Connection::open(&path).and_then(|file| file.execute_batch(dump)).expect("a file of the first schema");
    let repository = open(&path);
    let ann = repository.users(&["ann"]).await.expect("an answer").remove(0).expect("the owner");
    all(&repository, (0..300).map(|index| send(&ann, "c", &format!("new{index}")))).await;
    let read = |repository: SqliteRepository| async move {
        let page = history(&repository, query("c", Window::Newest, 500)).await;
        (seqs(&page.messages), clock(&repository, "c").await)
    };
    let before = read(repository).await;
    assert_eq!(before, ((2..=303).collect(), 303));
    assert_eq!((count(&path, PENDING), count(&path, "SELECT count(*) FROM journal")), (0, 0));
    assert_eq!(read(open(&path)).await, before);
}
