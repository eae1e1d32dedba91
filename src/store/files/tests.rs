use bytes::Bytes;

use super::folder::FolderStore;
use super::{FileStore, SegmentKey};
use crate::protocol::FileId;
use crate::protocol::error::{Code, Error};

fn file(digit: char) -> FileId {
    FileId::from(digit.to_string().repeat(33))
}

#[tokio::test]
async fn segments_round_trip_and_are_owner_only() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let root = folder.path().join("deep/files");
    let store = FolderStore::new(root.clone());
    store.prepare().await.expect("a folder that can be made");
    let one = file('a');
    let key = |writer: u32| SegmentKey { file: &one, index: 0, writer };
    store.put(key(1), Bytes::from_static(b"first")).await.expect("stored");
    store.put(key(2), Bytes::from_static(b"second")).await.expect("stored");
    assert_eq!(store.get(key(1), 1..4).await.expect("its bytes"), "irs");
    assert_eq!(store.get(key(2), 0..6).await.expect("its bytes"), "second");
    assert_eq!(Error::from(store.get(key(2), 0..7).await.expect_err("more than there is")).code, Code::Unavailable);
    #[cfg(unix)]
    for (path, mode) in [(root.clone(), 0o700), (root.join(&*one), 0o700), (root.join(&*one).join("000000-1"), 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, mode, "{path:?}");
    }
    store.delete(&one).await.expect("deleted");
    store.delete(&one).await.expect("nothing to delete");
    assert_eq!(Error::from(store.get(key(1), 0..1).await.expect_err("it is gone")).code, Code::Unavailable);
}

#[tokio::test]
async fn files_are_listed_in_pages() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let store = FolderStore::new(folder.path().to_owned());
    for digit in ['c', 'a', 'b'] {
        let key = SegmentKey { file: &file(digit), index: 0, writer: 1 };
        store.put(key, Bytes::from_static(b"x")).await.expect("stored");
    }
    std::fs::create_dir(folder.path().join("lost+found")).expect("a folder of somebody else");
    assert_eq!(store.stored(None, 2).await.expect("a page"), [file('a'), file('b')]);
    assert_eq!(store.stored(Some(&file('b')), 2).await.expect("a page"), [file('c')]);
}

#[tokio::test]
async fn invalid_ids_resolve_to_no_path() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let store = FolderStore::new(folder.path().join("files"));
    for name in ["", ".", "..", "../../etc", "a/../../b", &"A".repeat(33), &format!("..{}", "a".repeat(31))] {
        let file = FileId::from(name);
        let key = SegmentKey { file: &file, index: 0, writer: 1 };
        assert_eq!(Error::from(store.put(key.clone(), Bytes::new()).await.expect_err(name)).code, Code::Internal);
        assert_eq!(Error::from(store.get(key, 0..0).await.expect_err(name)).code, Code::Internal);
        assert_eq!(Error::from(store.delete(&file).await.expect_err(name)).code, Code::Internal);
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn an_existing_folders_permissions_are_not_changed() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder for the test");
    let root = folder.path().join("srv");
    let rights = |mode| std::fs::set_permissions(&root, std::fs::Permissions::from_mode(mode)).expect("rights");
    std::fs::create_dir(&root).expect("a folder");
    let prepare = async || {
        let error = FolderStore::new(root.clone()).prepare().await.err()?;
        Some(std::error::Error::source(&error).expect("a cause").to_string())
    };
    rights(0o755);
    assert_eq!(prepare().await, None);
    std::fs::write(root.join("passwords"), b"").expect("a file");
    let problem = prepare().await.expect("the folder of something else");
    assert!(problem.ends_with("has other content; name a new or empty folder"), "{problem}");
    std::fs::write(root.join(super::MARK), b"id").expect("a mark");
    assert_eq!(prepare().await, None);
    let mode = || std::fs::metadata(&root).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(), 0o755);
    rights(0o775);
    let problem = prepare().await.expect("others can write to it");
    assert!(problem.contains("can be written to by other users"), "{problem}");
    assert_eq!(mode(), 0o775);
}
