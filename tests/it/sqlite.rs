//! SQLite only: file locking, refusals, and a full disk.

use std::path::Path;
use std::process::Command;

use pichat::domain::{Action, Change};
use pichat::protocol::error::Code;
use pichat::protocol::{ChatId, ChatKind, User};
use pichat::store::error::StoreError;
use pichat::store::repository::{Accounts, Repository, Window};
use pichat::store::sqlite::{SqliteOpenError, SqliteRepository};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::contract::scene::*;

mod journal;
mod known;
pub mod upgrades;

fn place() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("pichat.db");
    (folder, path)
}

fn open(path: &Path) -> SqliteRepository {
    SqliteRepository::open(path).expect("a sound file")
}

fn refusal(path: &Path) -> SqliteOpenError {
    SqliteRepository::open(path).expect_err("a refusal")
}

#[tokio::test]
async fn a_file_is_locked_until_its_server_exits() {
    let (_folder, path) = place();
    let first = open(&path);
    let error = refusal(&path);
    assert!(matches!(error, SqliteOpenError::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains("pichat.db is in use by another pichat process"), "{error}");
    let ann = user(&first, "ann").await;
    drop(first);
    assert_eq!(open(&path).users(&["ann"]).await.expect("an answer"), [Some(ann)]);
}

#[test]
fn a_file_without_a_database_is_refused() {
    let (_folder, path) = place();
    std::fs::write(&path, "not a database, though long enough to be looked at. ".repeat(100)).expect("a file");
    let error = refusal(&path);
    assert!(matches!(error, SqliteOpenError::Damaged { .. }), "{error:?}");
    assert!(!error.to_string().contains('\n'));
}

#[tokio::test]
async fn a_truncated_file_is_refused() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 200).await;
    drop(repository);
    let file = std::fs::File::options().write(true).open(&path).expect("the file");
    file.set_len(file.metadata().expect("its length").len() / 2 / 4096 * 4096).expect("a shorter file");
    assert!(matches!(refusal(&path), SqliteOpenError::Damaged { .. }));
}

#[test]
fn another_programs_database_is_refused_and_untouched() {
    let (_folder, path) = place();
    let other = Connection::open(&path).expect("a new file");
    other.execute_batch("CREATE TABLE theirs (x)").expect("a table");
    assert!(matches!(refusal(&path), SqliteOpenError::Foreign { .. }));
    let tables: i64 = other.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).expect("an answer");
    assert_eq!(tables, 1);
}

#[test]
fn a_file_of_a_newer_schema_is_refused() {
    let (_folder, path) = place();
    drop(open(&path));
    let later = "INSERT INTO refinery_schema_history VALUES (9999, 'later', '2030-01-01T00:00:00Z', '1')";
    Connection::open(&path).and_then(|file| file.execute(later, [])).expect("a later migration");
    let error = refusal(&path);
    assert!(matches!(error, SqliteOpenError::Newer { found: 9999, .. }), "{error:?}");
    let remedy = "newer version of PiChat (schema 9999, this one knows ";
    assert!(error.to_string().contains(remedy), "{error}");
    let remedy = "; start that version, or restore a backup from before the upgrade";
    assert!(error.to_string().ends_with(remedy), "{error}");
}

#[test]
fn a_missing_path_is_named() {
    let (folder, _) = place();
    let error = refusal(&folder.path().join("none/pichat.db")).to_string();
    assert!(error.contains("none/pichat.db"), "{error}");
}

/// The dump is from a file of the first published schema and never changes.
#[tokio::test]
async fn a_file_of_the_first_schema_is_migrated() {
    let (_folder, path) = place();
    let dump = include_str!("sqlite/first_schema.sql");
    Connection::open(&path).and_then(|file| file.execute_batch(dump)).expect("a file of the first schema");
    let repository = open(&path);
    let found = repository.users(&["ANN", "ben"]).await.expect("an answer");
    let [Some(ann), Some(_)] = found.as_slice() else { panic!("{found:?}") };
    let page = history(&repository, query("c", Window::Newest, 9)).await;
    assert_eq!((seqs(&page.messages), page.seq), (vec![2, 3], 3));
    let sent = commit(&repository, send(ann, "c", "new")).await.expect("an owner");
    assert_eq!(message(&sent).seq, 4);
}

/// As in schemas without confusable keys, which allowed two confusable channels.
#[tokio::test]
async fn confusable_keys_are_backfilled_and_the_oldest_channel_wins() {
    let (_folder, path) = place();
    let repository = open(&path);
    let [ann, ben, _] = three(&repository).await;
    let channel = |id: &str, name: &str| named(&ann, id, ChatKind::Channel, name, &[]);
    all(&repository, [channel("old", "спорт"), channel("young", "x"), channel("ascii", "plain")]).await;
    drop(repository);
    let before =
        "UPDATE chats SET look_key = NULL; UPDATE chats SET name = 'спoрт', name_key = 'спoрт' WHERE id = 'young'";
    Connection::open(&path).and_then(|file| file.execute_batch(before)).expect("the file as it was");
    for _ in 0..2 {
        let repository = open(&path);
        for name in ["спoрт", "cпoрт", "Спорт", "plаin"] {
            let refused = commit(&repository, named(&ben, "new", ChatKind::Channel, name, &[])).await;
            assert_eq!(code(refused), Code::Conflict, "{name}");
        }
        // The newer channel is unchanged.
        all(&repository, [join(&ben, "young"), leave(&ben, "young")]).await;
        assert_eq!(repository.channel_named("спoрт").await.expect("an answer"), Some("young".into()));
    }
    let repository = open(&path);
    all(&repository, [delete(&ann, "old")]).await;
    assert_eq!(code(commit(&repository, named(&ben, "new", ChatKind::Channel, "спoрт", &[])).await), Code::Conflict);
    drop(repository);
    assert_eq!(code(commit(&open(&path), named(&ben, "new", ChatKind::Channel, "Спорт", &[])).await), Code::Conflict);
}

/// As in versions that kept double blanks.
#[tokio::test]
async fn a_channel_stored_with_double_blanks_is_found_and_renamed() {
    let (_folder, path) = place();
    let repository = open(&path);
    let [ann, ben, _] = three(&repository).await;
    let channel = |id: &str, name: &str| named(&ann, id, ChatKind::Channel, name, &[]);
    all(&repository, [channel("wide", "x"), channel("other", "y")]).await;
    drop(repository);
    let before = "UPDATE chats SET look_key = NULL; \
        UPDATE chats SET name = 'team  a', name_key = 'team  a' WHERE id = 'wide'; \
        UPDATE chats SET name = 'team - b', name_key = 'team - b', look_key = 'team - b' WHERE id = 'other'; \
        DELETE FROM refinery_schema_history WHERE version >= 31";
    Connection::open(&path).and_then(|file| file.execute_batch(before)).expect("the file as it was");
    let repository = open(&path);
    for (name, id) in [("team a", "wide"), ("team  a", "wide"), ("team-b", "other"), ("team - b", "other")] {
        assert_eq!(repository.channel_named(name).await.expect("an answer"), Some(id.into()), "{name}");
    }
    for name in ["team a", "team-b"] {
        let refused = commit(&repository, named(&ben, "new", ChatKind::Channel, name, &[])).await;
        assert_eq!(code(refused), Code::Conflict, "{name}");
    }
    all(&repository, [rename(&ann, "wide", "team a"), rename(&ann, "other", "team-b")]).await;
    assert_eq!(repository.channel_named("team a").await.expect("an answer"), Some("wide".into()));
    assert_eq!(repository.channel_named("team  a").await.expect("an answer"), Some("wide".into()));
}

#[tokio::test]
async fn edited_messages_are_ordered_by_their_latest_change() {
    let (_folder, path) = place();
    let repository = open(&path);
    let [ann, ben, _] = three(&repository).await;
    talk(&repository, "c", &[&ann, &ben], 6).await;
    let edits = "UPDATE messages SET updated_seq = 8, content = 'edited' WHERE seq = 5;
        UPDATE messages SET updated_seq = 9 WHERE seq = 2; UPDATE chats SET seq = 9";
    Connection::open(&path).and_then(|file| file.execute_batch(edits)).expect("two edits");
    all(&repository, [send(&ann, "c", "x")]).await;
    for (after, limit, expected, seq, more) in [
        (1, 99, vec![3, 4, 6, 7, 5, 2, 10], 10, false),
        (3, 3, vec![4, 6, 7], 7, true),
        (7, 1, vec![5], 8, true),
        (8, 9, vec![2, 10], 10, false),
    ] {
        let found = repository.changes(&ChatId::from("c"), &ben.id, after, limit).await;
        let found = found.expect("an answer").expect("a member");
        assert_eq!((seqs(&found.messages), found.seq, found.more), (expected, seq, more), "after {after}");
    }
}

/// Writes an admin of a chat directly into the table.
#[tokio::test]
async fn chat_admins_can_remove_members_but_not_owners_or_admins() {
    let (_folder, path) = place();
    let repository = open(&path);
    let [ann, ben, cem] = three(&repository).await;
    let dan = user(&repository, "dan").await;
    all(&repository, [create(&ann, "c", ChatKind::Group, &[&ben, &cem, &dan])]).await;
    let appoint = "UPDATE members SET role = 'admin' WHERE user_id IN ('id-of-ben', 'id-of-cem')";
    Connection::open(&path).and_then(|file| file.execute(appoint, [])).expect("two admins");
    for other in [&ann, &cem] {
        assert_eq!(code(commit(&repository, remove(&ben, "c", &[other])).await), Code::Forbidden);
    }
    all(&repository, [remove(&ben, "c", &[&dan]), add(&ben, "c", &[&dan]), rename(&ben, "c", "new")]).await;
    assert_eq!(code(commit(&repository, delete(&ben, "c")).await), Code::Forbidden);
    all(&repository, [remove(&ben, "c", &[&ben])]).await;
}

#[tokio::test]
async fn a_locked_database_is_unavailable_until_unlocked() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 0).await;
    let other = Connection::open(&path).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let batch = [send(&ann, "c", "a"), send(&ann, "c", "b")];
    let results = repository.commit(batch_of(&batch), now()).await;
    assert!(results.iter().all(|result| matches!(result, Err(StoreError::Unavailable { .. }))));
    assert_eq!(clock(&repository, "c").await, 1, "reads continue");
    other.execute_batch("ROLLBACK").expect("the end of the lock");
    let results = repository.commit(batch_of(&batch), now()).await;
    assert!(results.iter().all(|result| matches!(result, Ok(done) if !done.duplicate)), "{results:?}");
}

#[tokio::test]
async fn the_wal_is_checkpointed_under_concurrent_writes() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 0).await;
    let length = || std::fs::metadata(&path).expect("the file").len();
    let before = length();
    let mut round = 0;
    while length() == before {
        let batch: Vec<_> = (0..100).map(|index| send(&ann, "c", &format!("{round}-{index}"))).collect();
        repository.commit(batch_of(&batch), now()).await;
        round += 1;
        assert!(round < 100, "10,000 messages and no checkpoint");
    }
}

/// Runs itself in a process with a file size limit of 1 MiB, which SQLite reports as a full disk.
#[test]
fn a_full_disk_is_reported_and_loses_nothing_acknowledged() {
    if std::env::var_os("PICHAT_TEST_FULL_DISK").is_some() {
        return tokio::runtime::Runtime::new().expect("a runtime").block_on(within_a_full_disk());
    }
    let name = "sqlite::a_full_disk_is_reported_and_loses_nothing_acknowledged";
    let script = "trap '' XFSZ; ulimit -S -f 2048; exec \"$0\" --exact \"$1\" --nocapture";
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(program).arg(name).env("PICHAT_TEST_FULL_DISK", "1");
    let output = command.output().expect("a shell");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
}

async fn within_a_full_disk() {
    let (_folder, path) = place();
    let repository = open(&path);
    let ann = user(&repository, "ann").await;
    talk(&repository, "c", &[&ann], 0).await;
    let batch = |round: usize| -> Vec<Change> {
        let text = "x".repeat(1000);
        let send = |index| change(&ann, "c", Action::Send(draft(&format!("{round}-{index}"), &text)));
        (0..50).map(send).collect()
    };
    let mut round = 0;
    let refused = loop {
        let results = repository.commit(batch_of(&batch(round)), now()).await;
        if results.iter().any(Result::is_err) {
            break results;
        }
        round += 1;
        assert!(round < 1000, "the disk was never full");
    };
    assert!(refused.into_iter().all(|result| code(result) == Code::Unavailable), "every result is UNAVAILABLE");
    assert_eq!(clock(&repository, "c").await, 1 + 50 * round as u64, "nothing lost, no leftovers");
    let pid = std::process::id().to_string();
    let room = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status();
    assert!(room.expect("prlimit, of util-linux").success());
    continues(&repository, &batch(round), &ann).await;
    drop(repository);
    assert!(clock(&open(&path), "c").await > 50 * round as u64);
}

/// Once there is space again, the same batch succeeds.
async fn continues(repository: &SqliteRepository, batch: &[Change], ann: &User) {
    for result in repository.commit(batch_of(batch), now()).await {
        assert!(!result.expect("room").duplicate);
    }
    all(repository, [create(ann, "d", ChatKind::Group, &[])]).await;
}
