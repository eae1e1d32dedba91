//! Backups of a running server, and restoring them elsewhere.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::stores::{Store, fill, finished, tree};
use crate::live::chats::made;
use crate::support::Process;

/// The messages of an archive's lines.
fn messages(lines: &[String]) -> Vec<&String> {
    lines.iter().filter(|line| line.starts_with("{\"type\":\"message\"")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_restores_one_consistent_state() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let server = Process::start(store.folder.path(), &[]).await;
    let mut eve = server.user("eve").await;
    let chat = made(&mut eve, "group", "load", &mut []).await;
    eve.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"first"})).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let until = is_over.clone();
    let load = tokio::spawn(async move {
        while !until.load(Ordering::Relaxed) {
            eve.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"more"})).await;
        }
        eve.reply(json!({"type":"SEND_MESSAGE","chatId":chat,"content":"last"})).await;
    });
    let before = store.export().await;
    let said = store.said(&["backup", "copy"], b"").await;
    assert!(said.contains("and 2 files to copy"), "{said}");
    is_over.store(true, Ordering::Relaxed);
    load.await.expect("a load");
    let after = store.export().await;
    let other = Store::sqlite();
    let copy = store.folder.path().join("copy");
    let said = other.said(&["restore", &copy.display().to_string()], b"").await;
    assert!(said.starts_with("restored "), "{said}");
    let said = other.said(&["verify"], b"").await;
    assert!(said.starts_with("no problems found"), "{said}");
    assert_eq!(tree(&other.files()), tree(&store.files()));
    let before = before.lines();
    let restored = other.export().await.lines();
    let after = after.lines();
    let [early, copied, late] = [&before, &restored, &after].map(|lines| messages(lines));
    // A consistent state: everything before one moment, nothing after it, no gap.
    assert!(early.len() <= copied.len() && copied.len() < late.len());
    assert!(early.iter().all(|line| copied.contains(line)) && copied.iter().all(|line| late.contains(line)));
    drop(server);
}

#[cfg(unix)]
fn rights(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_and_restores_never_overwrite() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    store.said(&["backup", "copy"], b"").await;
    let copy = store.folder.path().join("copy");
    #[cfg(unix)]
    {
        assert_eq!(rights(&copy), 0o700);
        assert_eq!(rights(&copy.join("pichat.db")), 0o600);
    }
    let kept = tree(store.folder.path());
    let error = store.complained(&["backup", "copy"], b"").await;
    assert!(error.contains("copy exists; name a new folder"), "{error}");
    let error = store.complained(&["backup", "no/such/place"], b"").await;
    assert!(error.contains("cannot write no/such/place: "), "{error}");
    let error = store.complained(&["restore", "copy"], b"").await;
    assert!(error.contains("pichat.db exists; set DATABASE_URL to a path that does not exist"), "{error}");
    let error = store.complained(&["restore", "files"], b"").await;
    assert!(error.contains("files is not a backup: it has no pichat.db"), "{error}");
    assert_eq!(tree(store.folder.path()), kept);
    // Existing files may belong to another user.
    let other = Store::sqlite();
    std::fs::create_dir_all(other.files().join("x")).expect("a folder");
    let error = other.complained(&["restore", &copy.display().to_string()], b"").await;
    assert!(error.contains("has files; set FILES_URL to a new folder"), "{error}");
    assert!(!other.folder.path().join("pichat.db").exists());
    std::fs::write(copy.join("pichat.db"), b"not a database at all, and not short either").expect("a file");
    std::fs::remove_dir_all(other.files()).expect("no folder");
    let error = other.complained(&["restore", &copy.display().to_string()], b"").await;
    assert!(error.contains("damaged or not a SQLite database"), "{error}");
    assert!(!other.folder.path().join("pichat.db").exists() && !other.files().exists());
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The second and last segment of the first file in a folder of files; the other one is an avatar.
fn last_segment(files: &Path) -> std::path::PathBuf {
    files.join(&names(files)[0]).join("000001-3")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_fails_if_file_contents_are_missing() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let mut elsewhere = store.command(&["backup", "copy"]);
    elsewhere.env("FILES_URL", "file://elsewhere");
    let output = finished(elsewhere, vec![]).await;
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success() && error.contains("FILES_URL: ") && error.contains("are missing"), "{error}");
    let segment = last_segment(&store.files());
    let sound = std::fs::read(&segment).expect("a segment");
    let damages: [&[u8]; 2] = [b"1234", b"12345"];
    for damage in damages {
        std::fs::write(&segment, damage).expect("a segment");
        let error = store.complained(&["backup", "copy"], b"").await;
        assert!(error.contains("FILES_URL: file "), "{error}");
    }
    std::fs::remove_dir_all(store.files()).expect("no files");
    let error = store.complained(&["backup", "copy"], b"").await;
    assert!(error.contains("FILES_URL: file "), "{error}");
    assert!(names(store.folder.path()).iter().all(|name| !name.starts_with("copy")), "nothing is left");
    std::fs::create_dir_all(segment.parent().expect("a folder")).expect("a folder");
    std::fs::write(&segment, sound).expect("a segment");
    let error = store.complained(&["backup", "copy"], b"").await;
    assert!(error.contains("bytes from offset 0 are missing"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_not_restored() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    store.said(&["backup", "copy"], b"").await;
    let copy = store.folder.path().join("copy");
    std::fs::write(last_segment(&copy.join("files")), b"1234").expect("a segment");
    let other = Store::sqlite();
    let error = other.complained(&["restore", &copy.display().to_string()], b"").await;
    assert!(error.contains("the backup is damaged: file ") && error.contains("from offset 524288"), "{error}");
    assert!(names(other.folder.path()).iter().all(|name| name.ends_with(".lock")), "nothing is left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_next_to_a_backup_or_archive_are_untouched() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let part = store.folder.path().join("copy.part");
    std::fs::create_dir_all(part.join("files")).expect("a folder");
    std::fs::write(part.join("mine.txt"), "precious").expect("a file");
    std::fs::write(store.folder.path().join("a.pichat.part"), "precious too").expect("a file");
    store.said(&["backup", "copy"], b"").await;
    assert_eq!(names(&store.folder.path().join("copy")), ["files", "pichat.db"]);
    store.said(&["export", "a.pichat"], b"").await;
    std::fs::remove_dir_all(store.files()).expect("no files");
    store.complained(&["backup", "again"], b"").await;
    store.complained(&["export", "b.pichat"], b"").await;
    assert_eq!(names(&part), ["files", "mine.txt"]);
    assert_eq!(std::fs::read(part.join("mine.txt")).expect("a file"), b"precious");
    assert_eq!(std::fs::read(store.folder.path().join("a.pichat.part")).expect("a file"), b"precious too");
    let error = store.complained(&["export", "no/such/place"], b"").await;
    assert!(error.contains("cannot write no/such/place: "), "{error}");
}

/// A file size limit stands for a full disk, which would need privileges.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_restore_can_be_retried() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    store.said(&["backup", "copy"], b"").await;
    let copy = store.folder.path().join("copy").display().to_string();
    for is_there in [false, true] {
        let other = Store::sqlite();
        if is_there {
            std::fs::create_dir(other.files()).expect("a folder");
        }
        let words = format!("ulimit -f 500; trap '' XFSZ; exec \"$0\" restore {copy}");
        let output = finished(other.wrapped("bash", &["-c", &words, crate::support::process::BINARY]), vec![]).await;
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success() && error.contains("cannot write ") && error.contains("/files"), "{error}");
        assert!(!other.folder.path().join("pichat.db").exists());
        assert!(!other.files().exists() || names(&other.files()).is_empty());
        // Leftovers of a killed run are no obstacle either.
        std::fs::create_dir_all(other.files().join("killed.part")).expect("a folder");
        let said = other.said(&["restore", &copy], b"").await;
        assert!(said.starts_with("restored "), "{said}");
        other.said(&["verify"], b"").await;
    }
    let other = Store::sqlite();
    let mut nowhere = other.command(&["restore", &copy]);
    nowhere.env("FILES_URL", "file://no/such/folder");
    let output = finished(nowhere, vec![]).await;
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success() && error.contains("no/such/folder"), "{error}");
}

/// A backup of a store, which stays in the store's folder.
async fn backed_up(store: &Store) -> String {
    drop(fill(store).await);
    store.said(&["backup", "copy"], b"").await;
    store.folder.path().join("copy").display().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restore_refuses_leftover_parts_of_a_database() {
    let store = Store::sqlite();
    let copy = backed_up(&store).await;
    for suffix in ["-wal", "-journal", "-shm"] {
        let other = Store::sqlite();
        let leftover = other.folder.path().join(format!("pichat.db{suffix}"));
        std::fs::write(&leftover, b"leftover").expect("a file");
        let error = other.complained(&["restore", &copy], b"").await;
        assert!(error.contains(&format!("pichat.db{suffix} would become part of the restored database")), "{error}");
        assert!(leftover.exists() && !other.folder.path().join("pichat.db").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restore_includes_the_write_ahead_log() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let copied = store.folder.path().join("copied");
    std::fs::create_dir(&copied).expect("a folder");
    for name in ["pichat.db", "pichat.db-wal"] {
        std::fs::copy(store.folder.path().join(name), copied.join(name)).expect("a copy");
    }
    assert!(copied.join("pichat.db-wal").metadata().expect("the log").len() > 0);
    let files = std::process::Command::new("cp").arg("-r").arg(store.files()).arg(copied.join("files")).status();
    assert!(files.expect("cp runs").success());
    let other = Store::sqlite();
    other.said(&["restore", &copied.display().to_string()], b"").await;
    assert_eq!(other.export().await.lines(), store.export().await.lines());
    assert!(names(other.folder.path()).iter().all(|name| !name.contains("part")), "nothing is left");
    drop(repository);
}

/// Takes the latest step from a database's history of migrations.
fn make_older(path: &Path) {
    let database = rusqlite::Connection::open(path).expect("a database");
    let step = "DELETE FROM refinery_schema_history WHERE version = (SELECT max(version) FROM refinery_schema_history)";
    assert_eq!(database.execute(step, []).expect("a history"), 1);
}

/// The latest migration of a database.
fn schema(path: &Path) -> i64 {
    let database = rusqlite::Connection::open(path).expect("a database");
    database.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0)).expect("a history")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restore_keeps_the_schema_of_an_older_backup() {
    let store = Store::sqlite();
    let copy = backed_up(&store).await;
    let database = Path::new(&copy).join("pichat.db");
    make_older(&database);
    let other = Store::sqlite();
    other.said(&["restore", &copy], b"").await;
    assert_eq!(schema(&other.folder.path().join("pichat.db")), schema(&database));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup_accepts_a_trailing_slash_and_refuses_an_unfinished_import() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    store.said(&["backup", "copy/"], b"").await;
    assert!(store.folder.path().join("copy/pichat.db").exists());
    let database = rusqlite::Connection::open(store.folder.path().join("pichat.db")).expect("the database");
    let note = "INSERT INTO documents (place, version, text) VALUES ('import', 1, '{}')";
    database.execute(note, []).expect("a document");
    drop(database);
    let error = store.complained(&["backup", "other"], b"").await;
    assert!(error.contains("is not finished; run the same pichat import again"), "{error}");
    assert!(!store.folder.path().join("other").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_import_does_not_upgrade_the_database() {
    let source = Store::sqlite();
    drop(source.open().await);
    let archive = source.export().await.bytes;
    let target = Store::sqlite();
    drop(fill(&target).await);
    let database = target.folder.path().join("pichat.db");
    make_older(&database);
    let before = schema(&database);
    for words in [&["import", "-", "--dry-run"][..], &["import", "-"]] {
        let error = target.complained(words, &archive).await;
        assert!(error.contains("the store is not empty: it has users"), "{error}");
        assert_eq!(schema(&database), before);
    }
}
