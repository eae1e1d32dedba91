use std::os::unix::net::SocketAddr;
use std::path::PathBuf;

use super::database::Database;
use super::{BadSetting, SettingSource};

const NAME: &str = "ADMIN_SOCKET";

/// The Unix socket through which programs of the server's own user, and of root, administer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminSocketSettings {
    /// The file of the socket.
    pub path: PathBuf,
    /// True if the socket is set explicitly. A server that cannot use the default path starts without a socket.
    pub is_required: bool,
}

impl SettingSource<'_> {
    pub(super) fn admin_socket(&self, database: &Database) -> Result<Option<AdminSocketSettings>, BadSetting> {
        let Some(given) = self.given(NAME) else { return Ok(default_socket(database)) };
        if given.trim() == "off" {
            return Ok(None);
        }
        let path = PathBuf::from(given.trim());
        if let Err(error) = SocketAddr::from_pathname(&path) {
            // The system limits a socket's path to 108 bytes, including the terminating zero.
            let problem = format!("{error}: give a path of at most 107 bytes, or off");
            return Err(BadSetting { name: NAME.into(), problem });
        }
        Ok(Some(AdminSocketSettings { path, is_required: true }))
    }
}

/// The socket next to a SQLite database. With any other storage, several nodes may run on one machine, so no default
/// path belongs to one node alone.
fn default_socket(database: &Database) -> Option<AdminSocketSettings> {
    match database {
        #[cfg(feature = "sqlite")]
        Database::Sqlite(path) => {
            let mut beside = path.as_os_str().to_owned();
            beside.push(".sock");
            Some(AdminSocketSettings { path: beside.into(), is_required: false })
        }
        #[cfg(any(feature = "postgres", feature = "cosmos"))]
        _ => None,
    }
}
