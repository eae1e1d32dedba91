//! Archives: exported from every store and imported into every other, by the real binary.

mod backup;
mod coverage;
mod forged;
mod full_disk;
mod predecessors;
mod running;
mod scrub;
pub mod stores;
mod verify;

use std::time::Duration;

use pichat::protocol::ChatId;
use stores::{Store, fill, finished, lines, tree};

use crate::contract::scene::{commit, person, say};
use crate::support::client::PATIENCE;

/// Imports a store's content into every other store and exports it unchanged.
async fn arrives_in_every_store(source: Store) {
    let repository = fill(&source).await;
    let first = source.export().await;
    assert!(first.told.contains(" messages") && first.told.contains("SHA-256"), "{}", first.told);
    for target in Store::all().await {
        let said = target.said(&["import", "-"], &first.bytes).await;
        assert!(said.starts_with("imported the archive: 5 users,"), "{said}");
        let second = target.export().await;
        assert_eq!(second.lines(), first.lines());
        assert_eq!(tree(&target.files()), tree(&source.files()));
        goes_on(&target).await;
    }
    drop(repository);
}

/// Asserts that a server can run on the store.
async fn goes_on(store: &Store) {
    let repository = store.open().await;
    let ann = person("ann");
    let before = repository.chat(&"den".into(), &ann.id).await.expect("an answer").expect("the chat");
    let outcome = commit(&*repository, say(&ann, "den", "m-after", "later")).await.expect("a message");
    assert_eq!(outcome.event.seq(), Some(before.seq + 1));
    let chat = repository.chat(&"den".into(), &ann.id).await.expect("an answer").expect("the chat");
    assert_eq!(chat.message_count, before.message_count + 1);
    assert!(repository.has_ended(&ChatId::from("gone")).await.expect("an answer"));
    let own = repository.memberships(&ann.id).await.expect("an answer");
    assert!(own.contains(&"den".into()), "{own:?}");
    let ben = repository.chat(&"den".into(), &person("ben").id).await.expect("an answer").expect("the chat");
    let unread = ben.viewer.expect("a member").unread_count;
    assert!(unread > 0 && unread < chat.message_count, "{unread} of {}", chat.message_count);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_that_read_create_no_store() {
    let source = Store::sqlite();
    drop(source.open().await);
    let archive = source.export().await.bytes;
    for store in Store::all().await {
        for words in [&["user", "list"][..], &["token", "list", "ann"], &["export"], &["verify"]] {
            let error = store.complained(words, b"").await;
            assert!(error.contains("DATABASE_URL: ") || error.contains("COSMOS_DATABASE: "), "{words:?}: {error}");
        }
        let said = store.said(&["import", "--dry-run", "-"], &archive).await;
        assert!(said.contains("can be imported"), "{said}");
        store.complained(&["user", "list"], b"").await;
    }
}

/// Starts a server on the store and stops it. The first start creates the built-in administrator and secrets.
async fn started_once(store: &Store) {
    let mut server = store.serve().await;
    server.terminate();
    server.ended(PATIENCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_whose_server_was_started_once_can_be_filled() {
    let source = Store::sqlite();
    drop(fill(&source).await);
    started_once(&source).await;
    let first = source.export().await;
    for target in Store::all().await {
        started_once(&target).await;
        let said = target.said(&["import", "--dry-run", "-"], &first.bytes).await;
        assert!(said.contains("can be imported"), "{said}");
        target.said(&["import", "-"], &first.bytes).await;
        assert_eq!(target.export().await.lines(), first.lines());
        started_once(&target).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_does_not_share_the_files_of_another_database() {
    let source = Store::sqlite();
    drop(fill(&source).await);
    started_once(&source).await;
    let archive = source.export().await.bytes;
    let target = Store::sqlite();
    for words in [&["import", "--dry-run", "-"][..], &["import", "-"]] {
        let mut import = target.command(words);
        import.env("FILES_URL", format!("file://{}", source.files().display()));
        let error = String::from_utf8(finished(import, archive.clone()).await.stderr).expect("text");
        assert_eq!(error, "pichat: FILES_URL: it belongs to another database; name an empty place\n");
        assert_eq!(tree(target.folder.path()).len(), 0);
    }
    target.said(&["import", "/dev/stdin"], &archive).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_fails_if_the_store_could_not_be_created() {
    let store = Store::sqlite();
    drop(store.open().await);
    let archive = store.export().await.bytes;
    let mut import = store.command(&["import", "--dry-run", "-"]);
    import.env("DATABASE_URL", "sqlite://missing/pichat.db");
    let output = finished(import, archive).await;
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(error, "pichat: DATABASE_URL: there is no folder missing\n");
    assert!(!output.status.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sqlite_archive_imports_into_every_store() {
    arrives_in_every_store(Store::sqlite()).await;
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_archive_imports_into_every_store() {
    let Some(store) = Store::postgres().await else { return };
    arrives_in_every_store(store).await;
}

#[cfg(feature = "cosmos")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cosmos_archive_imports_into_every_store() {
    let Some(store) = Store::cosmos().await else { return };
    arrives_in_every_store(store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_is_a_new_owner_only_file() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    store.said(&["export", "a.pichat"], b"").await;
    let path = store.folder.path().join("a.pichat");
    let archive = std::fs::read(&path).expect("the archive");
    assert_eq!(lines(&archive)[1..], store.export().await.lines());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).expect("the archive").permissions().mode() & 0o777, 0o600);
    }
    let error = store.complained(&["export", "a.pichat"], b"").await;
    assert!(error.contains("a.pichat exists; name a new file"), "{error}");
    assert_eq!(std::fs::read(&path).expect("the archive"), archive);
    // A device that is always full stands for a full disk.
    let mut full = store.command(&["export"]);
    full.stdout(std::fs::File::options().write(true).open("/dev/full").expect("the device"));
    let output = finished(full, vec![]).await;
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success() && error.contains("cannot write the archive: No space left"), "{error}");
    std::fs::remove_dir_all(store.files()).expect("files");
    let error = store.complained(&["export", "b.pichat"], b"").await;
    assert!(error.contains("bytes from offset 0 are missing") && error.contains("run pichat verify"), "{error}");
    let names: Vec<_> =
        tree(store.folder.path()).into_keys().filter(|name| name.to_string_lossy().contains("b.")).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with("b.")), "{names:?}");
    drop(repository);
}

/// Invalid archives and the message their import prints.
struct BadInput {
    bytes: Vec<u8>,
    words: &'static str,
}

fn packed(text: &str) -> Vec<u8> {
    zstd::stream::encode_all(text.as_bytes(), 0).expect("memory")
}

fn bad_inputs(good: &[u8]) -> Vec<BadInput> {
    let text = lines(good);
    let joined = |lines: &[String]| packed(&(lines.join("\n") + "\n"));
    let mut flipped = good.to_vec();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    let mut reworded = text.clone();
    let place = reworded.iter().position(|line| line.contains("hello @ann")).expect("a message");
    reworded[place] = reworded[place].replace("hello @ann", "hello @ben");
    let mut newer = text.clone();
    newer[0] = newer[0].replace("\"format\":1", "\"format\":2");
    let mut older = text.clone();
    older[0] = older[0].replace("\"format\":1", "\"format\":0");
    let mut shuffled = text.clone();
    let last = shuffled.len() - 2;
    shuffled.swap(1, last);
    let mut alien = text.clone();
    alien[1] = "{\"type\":\"alien\"}".into();
    let mut broken = text.clone();
    broken[1] = "{user".into();
    // The digest of the compressed stream is its end.
    let mut unsound = good.to_vec();
    *unsound.last_mut().expect("an end") ^= 1;
    let input = |bytes: Vec<u8>, words: &'static str| BadInput { bytes, words };
    vec![
        input(vec![], "not a PiChat archive"),
        input(b"PK\x03\x04 some other file".to_vec(), "not a PiChat archive"),
        input(packed("{\"type\":\"message\"}\n"), "not a PiChat archive"),
        input(good[..good.len() / 2].to_vec(), "truncated"),
        input(good[..good.len() - 1].to_vec(), "truncated"),
        input(joined(&text[..text.len() - 1]), "truncated"),
        input(flipped, "damaged at record"),
        input(joined(&reworded), "the SHA-256 does not match"),
        input([good, b"x".as_slice()].concat(), "damaged at record"),
        input(joined(&shuffled), "damaged at record"),
        input(joined(&alien), "damaged at record 1: the type or a field is unknown or missing; copy"),
        input(joined(&broken), "damaged at record 1: the line is not JSON; copy"),
        input(unsound, "the compressed data is damaged; copy"),
        input(joined(&older), "not a PiChat archive"),
        input(joined(&newer), "has format 2 and this version reads up to 1"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_incomplete_archive_changes_nothing() {
    let source = Store::sqlite();
    drop(fill(&source).await);
    let good = source.export().await.bytes;
    let target = Store::sqlite();
    for BadInput { bytes, words } in bad_inputs(&good) {
        let error = target.complained(&["import", "-"], &bytes).await;
        assert!(error.contains(words), "{words:?} is missing from {error}");
        assert_eq!(tree(target.folder.path()).len(), 0, "{words}");
    }
    let said = target.said(&["import", "-", "--dry-run"], &good).await;
    assert!(said.contains("can be imported: 5 users,"), "{said}");
    assert_eq!(tree(target.folder.path()).len(), 0, "a dry run writes nothing");
    target.said(&["import", "-"], &good).await;
    // No archive can be imported a second time.
    for words in [&["import", "-"][..], &["import", "-", "--dry-run"]] {
        let error = target.complained(words, &good).await;
        assert!(error.contains("the store is not empty: it has users; import into a new one"), "{error}");
    }
    assert_eq!(target.export().await.lines(), source.export().await.lines());
}

#[cfg(feature = "postgres")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_import_leaves_an_older_postgres_database_untouched() {
    let Some(older) = Store::postgres().await else { return };
    let source = Store::sqlite();
    drop(fill(&source).await);
    let archive = source.export().await.bytes;
    drop(fill(&older).await);
    // This migration changes no table.
    older.damage("DELETE FROM refinery_schema_history WHERE version = 26").await;
    for words in [&["import", "-"][..], &["import", "-", "--dry-run"]] {
        let error = older.complained(words, &archive).await;
        assert!(error.contains("the store is not empty: it has users; import into a new one"), "{error}");
    }
    // It fails if the migration was repeated.
    older.damage("SELECT 1 / (2 - count(*)) FROM refinery_schema_history WHERE version >= 25").await;
}

/// An import that is killed repeatedly, each time a little later, completes.
async fn survives_kills(target: Store, archive: &[u8], expected: &[String]) {
    let mut kills = 0;
    let mut patience = Duration::from_millis(150);
    std::fs::write(target.folder.path().join("a.pichat"), archive).expect("a file");
    loop {
        let mut child = target.command(&["import", "a.pichat"]).spawn().expect("the binary starts");
        tokio::time::sleep(patience).await;
        patience = patience * 3 / 2;
        if child.try_wait().expect("its state").is_some() {
            let output = child.wait_with_output().expect("an end");
            let error = String::from_utf8_lossy(&output.stderr);
            // The previous run may have been killed right after completing.
            assert!(output.status.success() || error.contains("the store is not empty"), "{error}");
            break;
        }
        child.kill().expect("it can be killed");
        kills += usize::from(!child.wait().expect("its end").success());
    }
    assert!(kills > 0);
    assert_eq!(target.export().await.lines(), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_import_resumes() {
    let source = Store::sqlite();
    let repository = fill(&source).await;
    for round in 0..20 {
        let ann = person("ann");
        let many = (0..100).map(|number| say(&ann, "den", &format!("n{round}-{number}"), &"word ".repeat(200)));
        crate::contract::scene::all(&*repository, many).await;
    }
    let archive = source.export().await;
    for target in Store::all().await {
        survives_kills(target, &archive.bytes, &archive.lines()).await;
    }
    drop(repository);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exports_require_the_current_schema_version() {
    let store = Store::sqlite();
    let error = store.complained(&["export"], b"").await;
    assert!(error.contains("there is no database"), "{error}");
    let path = store.folder.path().join("pichat.db");
    std::fs::write(&path, b"something else, and long enough to be looked at as a database").expect("a file");
    let error = store.complained(&["export"], b"").await;
    assert!(error.contains("damaged or not a SQLite database"), "{error}");
    std::fs::remove_file(&path).expect("no file");
    let foreign = rusqlite::Connection::open(&path).expect("a file");
    foreign.execute_batch("CREATE TABLE users (id TEXT)").expect("a table");
    drop(foreign);
    let before = std::fs::read(&path).expect("the file");
    let error = store.complained(&["export"], b"").await;
    assert!(error.contains("a database of another program"), "{error}");
    assert_eq!(std::fs::read(&path).expect("the file"), before);
}
