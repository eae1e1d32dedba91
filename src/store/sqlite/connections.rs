//! Connections to the file: the writer's, readers', and those that must leave the file unchanged.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::rights::beside;
use crate::domain::name_key;

/// Number of 4 KiB pages in the write-ahead log at which the writer checkpoints itself.
pub(super) const LONGEST_LOG: u32 = 32_768;

/// Time limit for waiting for another program that locks the file briefly, such as `sqlite3`.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Number of distinct statements, all of which stay prepared.
const STATEMENTS: usize = 128;

/// Opens a copy that does not change while it is being read.
pub(super) fn immutable(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let name =
        percent_encoding::utf8_percent_encode(&path.to_string_lossy(), percent_encoding::NON_ALPHANUMERIC).to_string();
    Connection::open_with_flags(format!("file:{}?immutable=1", name.replace("%2F", "/")), flags)
}

/// Opens a connection for an export, a check or a backup, possibly of a read-only copy.
pub(super) fn connect_source(path: &Path) -> rusqlite::Result<Connection> {
    match connect(path) {
        // Data in a log would be missing.
        Err(error) if is_unwritable(&error) && !beside(path, "-wal").exists() => {
            let connection = immutable(path)?;
            add_functions(&connection)?;
            Ok(connection)
        }
        connected => connected,
    }
}

/// Configures a connection as the writer's.
pub(super) fn for_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA cache_size = -32768; PRAGMA foreign_keys = ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", LONGEST_LOG)
}

/// Opens one more connection, for reading.
pub(super) fn connect_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = connect(path)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096")?;
    Ok(connection)
}

/// Opens a file that may belong to another program and must not be changed.
pub(super) fn peek(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Opens a connection with the settings that all of them share. In WAL mode, only `FULL` makes a commit survive a power
/// cut.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise, a statement is compiled again whenever a value is bound that its plan might have depended on.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")?;
    add_functions(&connection)?;
    Ok(connection)
}

fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("says", 2, flags, |context| {
        Ok(name_key(context.get_raw(0).as_str()?).contains(context.get_raw(1).as_str()?))
    })?;
    connection.create_scalar_function("says_all", 2, flags, |context| {
        let text = name_key(context.get_raw(0).as_str()?);
        Ok(context.get_raw(1).as_str()?.split('\n').all(|word| text.contains(word)))
    })
}

/// True if SQLite cannot write to the file or beside it.
pub(super) fn is_unwritable(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen))
}
