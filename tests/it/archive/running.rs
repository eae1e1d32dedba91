//! Exports while a server deletes what they have not read yet.

#[cfg(any(feature = "azure-files", feature = "s3-files"))]
use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use pichat::ops::clock::Clock;
#[cfg(any(feature = "azure-files", feature = "s3-files"))]
use pichat::ops::config::Config;
use pichat::ops::config::FileLocation;
use pichat::ops::crypto::sha256;
#[cfg(any(feature = "azure-files", feature = "s3-files"))]
use pichat::store::files::SegmentKey;
use pichat::store::files::{self, FileHold, FileReviewer, FileStore, ReviewHint, SEGMENT};
use pichat::store::repository::Repository;

use super::stores::{Store, file, fill};
use crate::contract::scene::{commit, delete, person};
#[cfg(any(feature = "azure-files", feature = "s3-files"))]
use crate::support::clouds::Cloud;

/// Bytes that cannot be compressed, so that a pipe fills up.
fn noise(seed: u8) -> Vec<u8> {
    let blocks = (0..2 * SEGMENT / 32).flat_map(|number| sha256(&[&[seed], &number.to_le_bytes()[..]].concat()));
    blocks.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_deleted_during_an_export_are_in_it() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let ann = person("ann");
    let mut ids = vec![];
    for seed in 1..=3 {
        ids.push(file(&*repository, &store.files(), &ann, noise(seed)).await);
    }
    let bytes = files::open(&FileLocation::Folder(store.files())).expect("a folder").expect("a store");
    let reviewer = FileReviewer { repository: repository.clone(), store: bytes.clone() };
    let mut export = store.command(&["export"]).spawn().expect("the binary starts");
    let mut out = export.stdout.take().expect("a pipe");
    let mut archive = vec![0];
    // The pipe is full before the last file is read.
    let first = tokio::task::spawn_blocking(move || out.read_exact(&mut archive).map(|()| (out, archive)));
    let begun = first.await.expect("a thread").expect("the archive begins");
    commit(&*repository, delete(&ann, "den")).await.expect("no chat");
    let now = Clock::System.now();
    reviewer.follow(ReviewHint::Chat("den".into()), now).await.expect("a review");
    for id in &ids {
        assert!(store.files().join(&**id).is_dir(), "the export needs the bytes of {id}");
    }
    let rest = tokio::task::spawn_blocking(move || {
        let (mut out, mut archive) = begun;
        out.read_to_end(&mut archive).expect("the rest");
        (export.wait_with_output().expect("an end"), archive)
    });
    let (output, archive) = rest.await.expect("a thread");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let target = Store::sqlite();
    target.said(&["import", "-"], &archive).await;
    for id in &ids {
        assert!(target.files().join(&**id).is_dir(), "the archive has {id}");
    }
    // Without an export, the next review deletes them.
    assert_eq!(bytes.holds().await.expect("holds"), Vec::<String>::new());
    reviewer.review_due(now.plus(Duration::from_secs(600))).await.expect("a review");
    for id in &ids {
        assert!(!store.files().join(&**id).exists(), "nothing needs the bytes of {id}");
    }
}

/// Two stored files, one of a chat that is deleted during a hold, which is renewed and then left behind.
async fn is_held(repository: Arc<dyn Repository>, bytes: Arc<dyn FileStore>) {
    let reviewer = FileReviewer { repository: repository.clone(), store: bytes.clone() };
    let now = Clock::System.now();
    let minutes = |count: u64| now.plus(Duration::from_secs(60 * count));
    let mut hold = FileHold::begin(bytes.clone(), now).await.expect("a hold");
    hold.renew(minutes(14)).await.expect("a hold");
    assert_eq!(bytes.holds().await.expect("holds").len(), 1);
    assert_eq!(bytes.stored(None, 10).await.expect("files").len(), 2, "a hold is no file");
    commit(&*repository, delete(&person("ann"), "den")).await.expect("no chat");
    reviewer.follow(ReviewHint::Chat("den".into()), minutes(20)).await.expect("a review");
    assert_eq!(bytes.stored(None, 10).await.expect("files").len(), 2, "the file of the deleted chat, and an avatar");
    // The process that held the store is gone.
    drop(hold);
    reviewer.review_due(minutes(40)).await.expect("a review");
    assert_eq!(bytes.stored(None, 10).await.expect("files").len(), 1, "the avatar");
    assert_eq!(bytes.holds().await.expect("holds").len(), 0);
    // One that ends leaves nothing.
    FileHold::begin(bytes.clone(), now).await.expect("a hold").end().await.expect("an end");
    assert_eq!(bytes.holds().await.expect("holds").len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hold_is_renewed_and_ends_by_itself() {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let bytes = files::open(&FileLocation::Folder(store.files())).expect("a folder").expect("a store");
    is_held(repository, bytes).await;
}

/// The same with the bytes in a cloud.
#[cfg(any(feature = "azure-files", feature = "s3-files"))]
async fn is_held_in(cloud: &Cloud) {
    let store = Store::sqlite();
    let repository = fill(&store).await;
    let near = files::open(&FileLocation::Folder(store.files())).expect("a folder").expect("a store");
    let settings: HashMap<_, _> = cloud.settings.iter().cloned().collect();
    let config = Config::from_lookup(&|name| settings.get(name).cloned()).expect("settings");
    let far = files::open(&config.files).expect("a place").expect("a store");
    for id in near.stored(None, 10).await.expect("files") {
        let record = repository.file(&id).await.expect("an answer").expect("a record");
        for (index, writer) in record.segments.iter().enumerate() {
            let key = || SegmentKey { file: &id, index, writer: *writer };
            let length = (record.size - index as u64 * SEGMENT).min(SEGMENT);
            let segment = near.get(key(), 0..length).await.expect("a segment");
            far.put(key(), segment).await.expect("a segment");
        }
    }
    is_held(repository, far).await;
}

#[cfg(feature = "s3-files")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hold_in_s3_is_renewed_and_ends_by_itself() {
    let Some(cloud) = Cloud::s3().await else { return };
    is_held_in(&cloud).await;
}

#[cfg(feature = "azure-files")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hold_in_azure_is_renewed_and_ends_by_itself() {
    let Some(cloud) = Cloud::azure().await else { return };
    is_held_in(&cloud).await;
}
