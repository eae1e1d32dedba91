//! A file that appears under its name once it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is being written, readable by its owner only. It is deleted unless it is finished.
#[derive(Debug)]
pub(super) struct UnfinishedFile {
    out: BufWriter<File>,
    path: PathBuf,
    name: PathBuf,
    is_finished: bool,
}

impl UnfinishedFile {
    /// Begins a file.
    ///
    /// # Errors
    /// Fails if there is one of that name, or the folder cannot be written.
    pub(super) fn create(name: &Path) -> Result<Self, String> {
        let shown = name.display();
        if name.symlink_metadata().is_ok() {
            return Err(format!("{shown} exists; name a new file"));
        }
        let mut path = name.as_os_str().to_owned();
        path.push(".part");
        let path = PathBuf::from(path);
        let file = private(&path, File::options().create(true).truncate(true));
        let file = file.map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(UnfinishedFile { out: BufWriter::new(file), path, name: name.to_owned(), is_finished: false })
    }

    /// Gives the file its name, once its bytes are on the disk.
    pub(super) fn finish(mut self) -> Result<(), String> {
        let shown = self.name.display().to_string();
        let done = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        // A link, unlike a rename, replaces nothing.
        let done = done.and_then(|()| fs::hard_link(&self.path, &self.name));
        done.map_err(|error| format!("cannot write {shown}: {error}"))?;
        self.is_finished = true;
        fs::remove_file(&self.path).map_err(|error| format!("cannot remove {}: {error}", self.path.display()))
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

/// A file without a name, which goes with the process.
pub(in crate::cli) fn nameless() -> io::Result<File> {
    let path = std::env::temp_dir().join(format!("pichat-{}", uuid::Uuid::new_v4()));
    let file = private(&path, File::options().read(true).create_new(true))?;
    fs::remove_file(path)?;
    Ok(file)
}

fn private(path: &Path, options: &mut fs::OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.write(true).open(path)
}
