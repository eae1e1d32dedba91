//! Folders that appear under their name once they are complete, and copies of file segments.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::ops::ownership;

/// The suffix of incomplete folders and files.
pub(super) const PART: &str = ".part";

/// A folder being filled. It is deleted unless it is renamed to its final name.
#[derive(Debug)]
pub(super) struct StagedFolder {
    path: PathBuf,
    is_placed: bool,
}

impl StagedFolder {
    /// A folder next to the final path with a unique name, because a folder of the user may be there.
    pub(super) fn beside(place: &Path) -> io::Result<StagedFolder> {
        // Without the slash at the end that completion by a shell adds.
        let mut path = place.components().as_path().as_os_str().to_owned();
        path.push(format!(".{}", unique()));
        StagedFolder::make(path.into())
    }

    /// A folder next to the files folder, or in it if it exists, because that may be a separate file system.
    pub(super) fn for_files(files: &Path) -> io::Result<StagedFolder> {
        if files.is_dir() { StagedFolder::make(files.join(unique())) } else { StagedFolder::beside(files) }
    }

    fn make(path: PathBuf) -> io::Result<StagedFolder> {
        ownership::make_private_folder(&path)?;
        Ok(StagedFolder { path, is_placed: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Renames the folder to the final path.
    pub(super) fn take_name(mut self, place: &Path) -> io::Result<()> {
        fs::rename(&self.path, place)?;
        self.is_placed = true;
        Ok(())
    }

    /// Becomes the files folder, or moves its content into the existing one.
    pub(super) fn take_place(self, files: &Path) -> io::Result<()> {
        if self.path.parent() != Some(files) {
            return self.take_name(files);
        }
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            fs::rename(entry.path(), files.join(entry.file_name()))?;
        }
        Ok(())
    }
}

impl Drop for StagedFolder {
    fn drop(&mut self) {
        if !self.is_placed {
            // The first problem is the one to report.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn unique() -> String {
    format!("{}{PART}", uuid::Uuid::new_v4().simple())
}

/// The reason why files cannot be copied.
#[derive(Debug)]
pub(super) enum CopyError {
    Read { path: PathBuf, error: io::Error },
    Write(io::Error),
}

impl CopyError {
    /// The error message for a copy with this path.
    pub(super) fn in_words(&self, copy: &Path) -> String {
        match self {
            CopyError::Read { path, error } => format!("cannot read {}: {error}", path.display()),
            CopyError::Write(error) => format!("cannot write {}: {error}", copy.display()),
        }
    }
}

/// Copies the segments that have not been copied yet: those of known files, or of all.
pub(super) fn copy_files(from: &Path, to: &Path, known: Option<&BTreeSet<String>>) -> Result<(), CopyError> {
    for name in names(from)? {
        let is_wanted = known.is_none_or(|known| known.contains(&*name.to_string_lossy()));
        let file = from.join(&name);
        if is_wanted && file.is_dir() {
            copy_segments(&file, &to.join(&name))?;
        }
    }
    Ok(())
}

fn copy_segments(from: &Path, to: &Path) -> Result<(), CopyError> {
    if !to.is_dir() {
        ownership::make_private_folder(to).map_err(CopyError::Write)?;
    }
    for name in names(from)? {
        let copy = to.join(&name);
        if name.to_string_lossy().ends_with(PART) || copy.exists() {
            continue;
        }
        let segment = from.join(&name);
        match File::open(&segment) {
            Ok(segment) => copy_segment(segment, &copy)?,
            // A file deleted in the meantime is not needed, unless the database refers to it.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(CopyError::Read { path: segment, error }),
        }
    }
    File::open(to).and_then(|folder| folder.sync_all()).map_err(CopyError::Write)
}

/// A copy gets its name once its bytes are on disk.
fn copy_segment(mut segment: File, copy: &Path) -> Result<(), CopyError> {
    let mut part = copy.as_os_str().to_owned();
    part.push(PART);
    let mut write = || {
        let mut file = ownership::open_private(Path::new(&part), File::options().create_new(true))?;
        io::copy(&mut segment, &mut file)?;
        file.sync_all()?;
        fs::rename(&part, copy)
    };
    write().map_err(CopyError::Write)
}

/// The names in a folder; none if it does not exist.
fn names(folder: &Path) -> Result<Vec<OsString>, CopyError> {
    let read = || fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<_>>();
    match read() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(CopyError::Read { path: folder.to_owned(), error }),
        Ok(names) => Ok(names),
    }
}
