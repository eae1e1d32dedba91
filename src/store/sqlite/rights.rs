//! Rights to the database and to the files beside it: only their owner reads them, because the database holds the key
//! that signs access tokens.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::ops::ownership;

/// Opens a file, or makes it, so that only its owner may read it.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let file = ownership::open_private(path, File::options().create(true).truncate(false))?;
    tighten(path)?;
    Ok(file)
}

/// The file of the database's name with this after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Takes the rights of others to a file that is there.
#[cfg(unix)]
fn tighten(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    let mode = metadata.permissions().mode();
    if mode & 0o077 != 0 {
        let before = format!("{:o}", mode & 0o777);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))?;
        tracing::warn!(path = %path.display(), before, "other users could read this file; only its owner can now");
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the database and the files beside it readable by their owner only. SQLite gives new ones the database's rights.
pub(super) fn protect(path: &Path) -> io::Result<()> {
    drop(private(path)?);
    for suffix in ["-wal", "-shm"] {
        tighten(&beside(path, suffix))?;
    }
    Ok(())
}
