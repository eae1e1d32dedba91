//! A folder on this machine: one subfolder per file, one file per segment, readable only by the owner.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use bytes::Bytes;

use super::{FileStore, MARK, SegmentKey};
use crate::ops::ownership;
use crate::protocol::FileId;
use crate::store::error::{Result, StoreError};
use crate::store::repository::shard_of;

/// A file that is written to check that the folder is writable.
const PROBE: &str = ".writable";
/// The folder of holds, which exists while an export runs.
const HOLDS: &str = "holds";

#[derive(Debug)]
pub(super) struct FolderStore {
    path: PathBuf,
}

impl FolderStore {
    pub(super) fn new(path: PathBuf) -> FolderStore {
        FolderStore { path }
    }

    /// Accepts only ids of this server, so that no other name from a client reaches the file system.
    fn folder_of(&self, file: &FileId) -> Result<PathBuf> {
        shard_of(file).ok_or_else(|| StoreError::internal("not the id of a file"))?;
        Ok(self.path.join(&**file))
    }
}

#[async_trait]
impl FileStore for FolderStore {
    async fn prepare(&self) -> Result<()> {
        let path = self.path.clone();
        blocking(move || {
            match fs::metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => make_folder(&path)?,
                found => require_own(&path, &found?)?,
            }
            let probe = path.join(PROBE);
            write_private(&probe, b"")?;
            fs::remove_file(probe)
        })
        .await
    }

    async fn put(&self, key: SegmentKey<'_>, bytes: Bytes) -> Result<()> {
        let root = self.path.clone();
        let folder = self.folder_of(key.file)?;
        let name = key.name();
        blocking(move || {
            if !folder.is_dir() {
                make_folder(&root)?;
                make_folder(&folder)?;
                File::open(&root)?.sync_all()?;
            }
            // The name appears once all bytes are on disk: a crash leaves a whole segment or none.
            let unfinished = folder.join(format!("{name}.part"));
            write_private(&unfinished, &bytes)?;
            fs::rename(&unfinished, folder.join(name))?;
            File::open(&folder)?.sync_all()
        })
        .await
    }

    async fn get(&self, key: SegmentKey<'_>, range: Range<u64>) -> Result<Bytes> {
        let path = self.folder_of(key.file)?.join(key.name());
        blocking(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(range.start))?;
            let length = usize::try_from(range.end.saturating_sub(range.start)).map_err(io::Error::other)?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)?;
            Ok(bytes.into())
        })
        .await
    }

    async fn discard(&self, key: SegmentKey<'_>) -> Result<()> {
        let path = self.folder_of(key.file)?.join(key.name());
        blocking(move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    async fn delete(&self, file: &FileId) -> Result<()> {
        let folder = self.folder_of(file)?;
        blocking(move || match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    async fn stored(&self, after: Option<&FileId>, limit: usize) -> Result<Vec<FileId>> {
        let path = self.path.clone();
        let after = after.cloned();
        blocking(move || {
            let entries = match fs::read_dir(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
                entries => entries?,
            };
            let mut found = vec![];
            for entry in entries {
                let Ok(name) = entry?.file_name().into_string() else { continue };
                let file = FileId::from(name);
                if shard_of(&file).is_some() && after.as_ref().is_none_or(|after| file > *after) {
                    found.push(file);
                }
            }
            found.sort();
            found.truncate(limit);
            Ok(found)
        })
        .await
    }

    async fn owner(&self) -> Result<Option<String>> {
        let path = self.path.join(MARK);
        blocking(move || match fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            mark => Ok(Some(mark?.trim().to_owned())),
        })
        .await
    }

    async fn add_hold(&self, name: &str) -> Result<()> {
        let root = self.path.clone();
        let hold = root.join(HOLDS).join(name);
        blocking(move || {
            // A store that was never used has no bytes to keep.
            if !root.is_dir() {
                return Ok(());
            }
            make_folder(&root.join(HOLDS))?;
            write_private(&hold, b"")
        })
        .await
    }

    async fn remove_hold(&self, name: &str) -> Result<()> {
        let holds = self.path.join(HOLDS);
        let hold = holds.join(name);
        blocking(move || {
            match fs::remove_file(hold) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            // It stays if another export holds the store.
            let _ = fs::remove_dir(holds);
            Ok(())
        })
        .await
    }

    async fn holds(&self) -> Result<Vec<String>> {
        let holds = self.path.join(HOLDS);
        blocking(move || match fs::read_dir(holds) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
            entries => entries?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect(),
        })
        .await
    }

    async fn claim(&self, owner: &str) -> Result<()> {
        let root = self.path.clone();
        let line = format!("{owner}\n");
        blocking(move || {
            make_folder(&root)?;
            let unfinished = root.join(format!("{MARK}.part"));
            write_private(&unfinished, line.as_bytes())?;
            // Unlike a rename, a link never replaces the mark of another database.
            let linked = fs::hard_link(&unfinished, root.join(MARK));
            fs::remove_file(&unfinished)?;
            match linked {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            File::open(&root)?.sync_all()
        })
        .await
    }
}

/// Runs file operations off the threads that serve sockets.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let task = tokio::task::spawn_blocking(work).await.map_err(StoreError::internal)?;
    task.map_err(StoreError::unavailable)
}

fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_folder(above)?;
    }
    match ownership::make_private_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// Refuses a folder that serves another purpose, or that other users may write to. The permissions of an existing
/// folder are never changed, because the whole system may need them.
fn require_own(path: &Path, found: &fs::Metadata) -> io::Result<()> {
    let refused = |problem: &str| Err(io::Error::other(format!("{} {problem}", path.display())));
    if !found.is_dir() {
        return refused("is not a folder");
    }
    let mut others = false;
    let mut is_ours = false;
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        is_ours |= name == MARK || shard_of(&FileId::from(&*name)).is_some();
        // The root of a volume has the former, and a crash may leave the latter.
        others |= name != "lost+found" && name != PROBE && name != HOLDS;
    }
    if others && !is_ours {
        return refused("has other content; name a new or empty folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = found.permissions().mode();
        if mode & 0o022 != 0 {
            return refused("can be written to by other users; remove that permission (chmod go-w)");
        }
        if mode & 0o055 != 0 {
            tracing::warn!(path = %path.display(), "other users can list this folder; chmod 700 prevents that");
        }
    }
    Ok(())
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = ownership::open_private(path, File::options().create(true).truncate(true))?;
    file.write_all(bytes)?;
    file.sync_all()
}
