//! The administration socket: a Unix socket that speaks the same protocol. Anyone who can connect acts as the built-in
//! administrator; the system verifies the user of the calling process, so no token is needed.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::auth::security_log;

/// The permissions of a socket that only its owner may connect to.
const OWNER_ONLY: u32 = 0o600;
/// The superuser.
const ROOT: u32 = 0;

/// A problem with the path of the socket.
#[derive(Debug, thiserror::Error)]
pub enum AdminSocketError {
    /// Another server accepts connections there.
    #[error("another server listens on {}; stop it, or name another socket", .0.display())]
    InUse(PathBuf),
    /// The path is a file that is not a socket.
    #[error("{} exists and is not a socket; name another path", .0.display())]
    Occupied(PathBuf),
    /// The folder is missing, permission is denied, or the path is too long.
    #[error("cannot listen on {}: {source}", path.display())]
    Unusable {
        /// The path of the socket.
        path: PathBuf,
        /// The system's message.
        source: io::Error,
    },
}

/// A bound socket; its file is removed when it is dropped.
#[derive(Debug)]
pub struct AdminSocket {
    listener: UnixListener,
    path: PathBuf,
    /// The inode of the file, which distinguishes it from a file that replaced it.
    inode: u64,
}

impl AdminSocket {
    /// Listens at a path, and replaces the socket of a server that was killed.
    ///
    /// # Errors
    /// Fails if another server listens there or the path cannot be used.
    pub fn bind(path: &Path) -> Result<Self, AdminSocketError> {
        let unusable = |source| AdminSocketError::Unusable { path: path.to_owned(), source };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Held to the end: of two servers started at the same time, one would otherwise remove the other's new socket.
        let turn = File::open(folder).map_err(unusable)?;
        turn.lock().map_err(unusable)?;
        remove_leftover(path)?;
        let bind = || {
            let listener = UnixListener::bind(path)?;
            fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?;
            Ok(AdminSocket { listener, path: path.to_owned(), inode: fs::symlink_metadata(path)?.ino() })
        };
        bind().map_err(unusable)
    }

    /// The next connection of a user who may administer the server; all others are logged and closed.
    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let user = stream.peer_cred()?.uid();
            if may_administer(user, rustix::process::geteuid().as_raw()) {
                security_log::administered("admin_connected", user);
                return Ok(stream);
            }
            security_log::administered("admin_refused", user);
        }
    }
}

impl Drop for AdminSocket {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.path).is_ok_and(|file| file.ino() == self.inode) {
            // Nobody listens any more, so if this fails, the next start replaces the file.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn may_administer(user: u32, own: u32) -> bool {
    user == own || user == ROOT
}

/// Removes a socket on which nobody listens.
fn remove_leftover(path: &Path) -> Result<(), AdminSocketError> {
    let unusable = |source| AdminSocketError::Unusable { path: path.to_owned(), source };
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unusable(error)),
        Ok(file) if !file.file_type().is_socket() => return Err(AdminSocketError::Occupied(path.to_owned())),
        Ok(_) => {}
    }
    match std::os::unix::net::UnixStream::connect(path) {
        Ok(_) => Err(AdminSocketError::InUse(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path).map_err(unusable),
        Err(error) => Err(unusable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::may_administer;

    #[test]
    fn only_the_servers_user_and_root_can_administer_it() {
        for (user, own, may) in [(1000, 1000, true), (0, 1000, true), (1001, 1000, false), (1000, 0, false)] {
            assert_eq!(may_administer(user, own), may, "{user} at a server of {own}");
        }
    }
}
