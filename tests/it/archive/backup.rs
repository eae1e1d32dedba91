//! Back-ups of a running server, and what comes of them elsewhere.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::stores::{Store, fill, tree};
use crate::live::chats::made;
use crate::support::Process;

/// The messages of an archive's lines.
fn messages(lines: &[String]) -> Vec<&String> {
    lines.iter().filter(|line| line.starts_with("{\"type\":\"message\"")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_back_up_under_load_is_restored_elsewhere_as_of_one_moment() {
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
    assert!(said.contains("and 1 files to copy"), "{said}");
    is_over.store(true, Ordering::Relaxed);
    load.await.expect("a load");
    let after = store.export().await;
    let other = Store::sqlite();
    let copy = store.folder.path().join("copy");
    let said = other.said(&["restore", &copy.display().to_string()], b"").await;
    assert!(said.starts_with("restored "), "{said}");
    let said = other.said(&["verify"], b"").await;
    assert!(said.starts_with("everything fits together"), "{said}");
    assert_eq!(tree(&other.files()), tree(&store.files()));
    let before = before.lines();
    let restored = other.export().await.lines();
    let after = after.lines();
    let [early, copied, late] = [&before, &restored, &after].map(|lines| messages(lines));
    // One moment: all that came before it, nothing that came after it, no gap.
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
async fn neither_a_back_up_nor_a_restore_replaces_anything() {
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
    assert!(error.contains("cannot make no/such/place.part"), "{error}");
    let error = store.complained(&["restore", "copy"], b"").await;
    assert!(error.contains("pichat.db exists; restore to a new place"), "{error}");
    let error = store.complained(&["restore", "files"], b"").await;
    assert!(error.contains("files is not a back-up: it has no pichat.db"), "{error}");
    assert_eq!(tree(store.folder.path()), kept);
    // What lies there may belong to somebody.
    let other = Store::sqlite();
    std::fs::create_dir_all(other.files().join("x")).expect("a folder");
    let error = other.complained(&["restore", &copy.display().to_string()], b"").await;
    assert!(error.contains("has files; restore to a new place"), "{error}");
    assert!(!other.folder.path().join("pichat.db").exists());
    std::fs::write(copy.join("pichat.db"), b"not a database at all, and not short either").expect("a file");
    std::fs::remove_dir_all(other.files()).expect("no folder");
    let error = other.complained(&["restore", &copy.display().to_string()], b"").await;
    assert!(error.contains("damaged or not a SQLite database"), "{error}");
    assert!(!other.folder.path().join("pichat.db").exists() && !other.files().exists());
}
