//! A file that appears under its name once it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::ops::ownership;

/// A file being written, readable only by its owner. It is deleted unless it is finished.
#[derive(Debug)]
pub(super) struct UnfinishedFile {
    out: BufWriter<File>,
    path: PathBuf,
    name: PathBuf,
    is_finished: bool,
}

impl UnfinishedFile {
    /// Starts a file.
    ///
    /// # Errors
    /// Fails if a file with this name exists, or the folder cannot be written.
    pub(super) fn create(name: &Path) -> Result<Self, String> {
        let shown = name.display();
        if name.symlink_metadata().is_ok() {
            return Err(format!("{shown} exists; name a new file"));
        }
        // A unique name, because a file of the user may be next to it.
        let mut path = name.as_os_str().to_owned();
        path.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
        let path = PathBuf::from(path);
        let file = ownership::open_private(&path, File::options().create_new(true));
        let file = file.map_err(|error| format!("cannot write {shown}: {error}"))?;
        Ok(UnfinishedFile { out: BufWriter::new(file), path, name: name.to_owned(), is_finished: false })
    }

    /// Renames the file to its final name, once its bytes are on disk.
    pub(super) fn finish(mut self) -> Result<(), String> {
        let shown = self.name.display().to_string();
        let done = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        let done = done.and_then(|()| self.take_name());
        done.map_err(|error| format!("cannot write {shown}: {error}"))?;
        self.is_finished = true;
        Ok(())
    }

    fn take_name(&self) -> io::Result<()> {
        // Unlike a rename, a link replaces nothing.
        match fs::hard_link(&self.path, &self.name) {
            Ok(()) => fs::remove_file(&self.path),
            Err(error) if self.name.symlink_metadata().is_ok() => Err(error),
            // Some file systems have no links.
            Err(_) => fs::rename(&self.path, &self.name),
        }
    }
}

impl Write for UnfinishedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// An unnamed file, which is deleted when the process ends.
pub(in crate::cli) fn nameless() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("pichat-{}", uuid::Uuid::new_v4()));
    let file = ownership::open_private(&path, File::options().read(true).create_new(true))?;
    fs::remove_file(path)?;
    Ok(file)
}
