//! Permissions of the database and the files next to it: only their owner may read them, because the database contains
//! the key that signs access tokens.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::ops::ownership;

/// Opens or creates a file that only its owner may read.
pub(super) fn private(path: &Path) -> io::Result<File> {
    require_file(path)?;
    let file = ownership::open_private(path, File::options().create(true).truncate(false))?;
    tighten(path)?;
    Ok(file)
}

/// Refuses an existing path that is not a file: a device that the whole system uses, such as /dev/null, could be
/// opened, and everybody would lose access to it.
pub(super) fn require_file(path: &Path) -> io::Result<()> {
    if path.metadata().is_ok_and(|found| !found.is_file()) { Err(io::Error::other("it is not a file")) } else { Ok(()) }
}

/// The path of a file named like the database with this suffix.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Removes other users' permissions for an existing file.
#[cfg(unix)]
fn tighten(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?,
    };
    if !metadata.is_file() {
        return Ok(());
    }
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

/// Makes the database and the files next to it readable only by their owner. SQLite gives new ones the database's
/// permissions.
pub(super) fn protect(path: &Path) -> io::Result<()> {
    drop(private(path)?);
    for suffix in ["-wal", "-shm"] {
        tighten(&beside(path, suffix))?;
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn permissions_of_non_files_are_not_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("socket");
        let _listener = UnixListener::bind(&path).expect("a socket");
        let mode = || path.metadata().expect("a socket").permissions().mode() & 0o777;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).expect("rights");
        let refused = private(&path).expect_err("a refusal");
        assert_eq!(refused.to_string(), "it is not a file");
        tighten(&path).expect("nothing to do");
        assert_eq!(mode(), 0o666);
        let file = folder.path().join("a.db");
        std::fs::write(&file, "").expect("a file");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("rights");
        drop(private(&file).expect("a file"));
        assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
    }
}
