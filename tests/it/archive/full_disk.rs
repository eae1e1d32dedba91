//! A disk that fills up halfway: one error line, no leftovers, and a successful retry.

use super::stores::{Store, fill, finished, tree};
use crate::support::process::BINARY;

/// The file size limit of a full folder in bytes: less than one file segment.
const ROOM: u32 = 400 << 10;

/// The binary's error line under that file size limit, which stands for a full disk.
async fn cramped(store: &Store, words: &[&str]) -> String {
    let script = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" \"$@\"", ROOM / 512);
    let words = [&["-c", &*script, BINARY], words].concat();
    let output = finished(store.wrapped("sh", &words), vec![]).await;
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(error.trim_end().lines().count(), 1, "one line: {error}");
    error
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_failed_by_a_full_disk_can_be_retried() {
    let store = Store::sqlite();
    drop(fill(&store).await);
    let content = store.export().await.lines();
    let kept = tree(store.folder.path());
    let error = cramped(&store, &["backup", "copy"]).await;
    assert!(error.contains("cannot write copy: File too large"), "{error}");
    assert_eq!(tree(store.folder.path()), kept, "leftovers, or changed files");
    store.said(&["export", "a.pichat"], b"").await;
    store.said(&["backup", "copy"], b"").await;

    let other = Store::sqlite();
    let copy = store.folder.path().join("copy");
    let copy = copy.to_str().expect("UTF-8");
    let error = cramped(&other, &["restore", copy]).await;
    assert!(error.contains("cannot write ") && error.contains("File too large"), "{error}");
    assert!(!other.files().exists() && !other.folder.path().join("pichat.db").exists());
    other.said(&["restore", copy], b"").await;
    assert_eq!(other.export().await.lines(), content);
    assert_eq!(tree(&other.files()), tree(&store.files()));

    let third = Store::sqlite();
    let archive = store.folder.path().join("a.pichat");
    let archive = archive.to_str().expect("UTF-8");
    cramped(&third, &["import", archive]).await;
    third.said(&["import", archive], b"").await;
    assert_eq!(third.export().await.lines(), content);
    assert_eq!(tree(&third.files()), tree(&store.files()));
}
