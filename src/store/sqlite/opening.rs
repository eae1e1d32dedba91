//! Opening the file: whose it is, whether it is sound, and what must be known to read it.

use std::cmp::Ordering;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};

use crate::domain::{look_alike_key, name_key};
use crate::store::migrations::{Script, runner, scripts, upgrade};

/// Pages of 4 KiB in the write-ahead log at which the writer checkpoints itself.
pub(super) const LONGEST_LOG: u32 = 32_768;

/// The tables, step by step.
const SCRIPTS: &[Script] = scripts![
    "migrations":
    "V1__users_chats_messages"
    "V2__accounts"
    "V3__bans"
    "V5__marks"
    "V6__reactions_mentions_search"
    "V7__audit"
    "V8__spent_refresh_tokens"
    "V9__deletions"
    "V10__ended_chats"
    "V11__bots_and_addresses"
    "V12__operations"
    "V13__changed_users"
    "V14__posting_and_mentions"
    "V15__case_folding"
    "V16__files"
    "V20__journal"
    "V21__unread_marks"
    "V23__retention"
    "V27__look_alikes"
    "V29__audit_retention"
];

/// "PiCh", the application id in the file's header; `V1` writes it.
const APPLICATION_ID: i32 = 0x5069_4368;

/// Time limit for waiting for another program that locks the file briefly, such as `sqlite3`.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

const HISTORY: &str = "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'";

/// The rights of a file that only its owner may read and write.
#[cfg(unix)]
const OWNER_ONLY: u32 = 0o600;

/// Distinct statements; all of them stay prepared.
const STATEMENTS: usize = 128;

/// Says why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SqliteOpenError {
    /// Another process has it.
    #[error("{path} is in use by another PiChat; stop that one first (it holds {path}.lock)")]
    InUse {
        /// The database.
        path: String,
    },
    /// The lock beside it cannot be made.
    #[error("cannot lock {path}.lock: {source}")]
    Lock {
        /// The database.
        path: String,
        /// The system's message.
        source: io::Error,
    },
    /// The file's content cannot be read.
    #[error("{path} is damaged or not a SQLite database; restore a back-up or name another file")]
    Damaged {
        /// The database.
        path: String,
    },
    /// The file is some other program's.
    #[error("{path} is a database of another program; name another file")]
    Foreign {
        /// The database.
        path: String,
    },
    /// A later version has changed the tables.
    #[error(
        "{path} was written by a newer version of PiChat (schema {found}, this one knows {known}); \
             start that version, or restore a back-up from before the upgrade"
    )]
    Newer {
        /// The database.
        path: String,
        /// The schema in the file.
        found: i32,
        /// The latest schema that this program knows.
        known: i32,
    },
    /// An earlier version wrote it, and it must not be changed here.
    #[error("{path} was written by an older version of PiChat; start this version on it once to bring it up to date")]
    Older {
        /// The database.
        path: String,
    },
    /// There is none.
    #[error("there is no database {path}")]
    Absent {
        /// The database.
        path: String,
    },
    /// Anything else: no such folder, no permission, disk full.
    #[error("cannot open {path}: {reason}")]
    Unusable {
        /// The database.
        path: String,
        /// The message of the system or of SQLite.
        reason: String,
    },
}

impl SqliteOpenError {
    pub(super) fn unusable(path: &Path, reason: &dyn std::fmt::Display) -> Self {
        SqliteOpenError::Unusable { path: path.display().to_string(), reason: reason.to_string() }
    }
}

/// Keeps every other process from the file as long as it lives.
#[derive(Debug)]
pub(super) struct OwnerLock {
    _file: File,
}

/// Takes the file for this process.
pub(super) fn own(path: &Path) -> Result<OwnerLock, SqliteOpenError> {
    let shown = path.display().to_string();
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let file = private(&PathBuf::from(beside));
    let file = file.map_err(|source| SqliteOpenError::Lock { path: shown.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(OwnerLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(SqliteOpenError::InUse { path: shown }),
        Err(TryLockError::Error(source)) => Err(SqliteOpenError::Lock { path: shown, source }),
    }
}

/// Opens a file, or makes it, so that only its owner may read it: the database holds the key that signs access tokens.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, OWNER_ONLY);
    let file = options.open(path)?;
    tighten(path)?;
    Ok(file)
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
fn protect(path: &Path) -> io::Result<()> {
    drop(private(path)?);
    for suffix in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(suffix);
        tighten(Path::new(&beside))?;
    }
    Ok(())
}

/// Opens the file for writing and brings its tables up to date.
pub(super) fn prepare(path: &Path) -> Result<Connection, SqliteOpenError> {
    protect(path).map_err(|error| SqliteOpenError::unusable(path, &error))?;
    let shown = || path.display().to_string();
    let failure = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => SqliteOpenError::Damaged { path: shown() },
        _ => SqliteOpenError::unusable(path, &error),
    };
    let mut connection = connect(path).map_err(failure)?;
    if belongs_to_another(&connection).map_err(failure)? {
        return Err(SqliteOpenError::Foreign { path: shown() });
    }
    let runner = runner(SCRIPTS);
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max().unwrap_or(0);
    let found = schema(&connection).map_err(failure)?;
    if found > known {
        return Err(SqliteOpenError::Newer { path: shown(), found, known });
    }
    for runner in upgrade(SCRIPTS, found) {
        runner.run(&mut connection).map_err(|error| SqliteOpenError::unusable(path, &error))?;
    }
    fill_look_keys(&mut connection).map_err(failure)?;
    for_writing(&connection).map_err(failure)?;
    Ok(connection)
}

/// Computes the look-alike keys that the migration left out. A key that is taken stays with its holder.
fn fill_look_keys(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let unfilled: Vec<(String, String)> = transaction
        .prepare("SELECT id, name_key FROM chats WHERE kind = 'channel' AND look_key IS NULL ORDER BY created_at, id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (chat, name_key) in unfilled {
        let filled = params![chat, look_alike_key(&name_key)];
        transaction.execute("UPDATE OR IGNORE chats SET look_key = ?2 WHERE id = ?1", filled)?;
    }
    transaction.commit()
}

/// Checks that there is a database of this version, without changing it.
pub(super) fn inspect(path: &Path) -> Result<(), SqliteOpenError> {
    let shown = path.display().to_string();
    if !path.is_file() {
        return Err(SqliteOpenError::Absent { path: shown });
    }
    let look = || {
        let connection = peek(path)?;
        Ok((belongs_to_another(&connection)?, schema(&connection)?))
    };
    let (is_foreign, found) = look().map_err(|error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => SqliteOpenError::Damaged { path: shown.clone() },
        _ => SqliteOpenError::unusable(path, &error),
    })?;
    let known = runner(SCRIPTS).get_migrations().iter().map(|migration| migration.version()).max().unwrap_or(0);
    match found.cmp(&known) {
        _ if is_foreign => Err(SqliteOpenError::Foreign { path: shown }),
        Ordering::Equal => Ok(()),
        Ordering::Less => Err(SqliteOpenError::Older { path: shown }),
        Ordering::Greater => Err(SqliteOpenError::Newer { path: shown, found, known }),
    }
}

/// Makes a connection the writer's.
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

/// Opens a file that may be anybody's, and that must stay as it is.
pub(super) fn peek(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Opens a connection with what all of them share. `FULL`: in WAL mode, only that makes a commit outlive a power cut.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without it, a statement is compiled again whenever a value is bound that its plan might have depended on.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("says", 2, flags, |context| {
        Ok(name_key(context.get_raw(0).as_str()?).contains(context.get_raw(1).as_str()?))
    })?;
    connection.create_scalar_function("says_all", 2, flags, |context| {
        let text = name_key(context.get_raw(0).as_str()?);
        Ok(context.get_raw(1).as_str()?.split('\n').all(|word| text.contains(word)))
    })?;
    Ok(connection)
}

fn belongs_to_another(connection: &Connection) -> rusqlite::Result<bool> {
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    // A first start that was interrupted leaves an empty list of migrations and no id.
    let begun = connection.query_row(HISTORY, [], |_| Ok(())).optional()?.is_some();
    Ok(id != APPLICATION_ID && (id != 0 || tables > 0 && !begun))
}

/// The latest migration that the file has seen; 0 for a new file.
fn schema(connection: &Connection) -> rusqlite::Result<i32> {
    if connection.query_row(HISTORY, [], |_| Ok(())).optional()?.is_none() {
        return Ok(0);
    }
    connection.query_row("SELECT ifnull(max(version), 0) FROM refinery_schema_history", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use refinery_core::Target;
    use rusqlite::Connection;

    use super::SCRIPTS;
    use crate::store::migrations::{assert_complete, runner};

    #[test]
    fn every_migration_is_compiled_in() {
        assert_complete("sqlite/migrations", SCRIPTS);
    }

    #[test]
    fn a_script_is_applied_and_noted_in_one_transaction() {
        let mut connection = Connection::open_in_memory().expect("a database");
        let upgrade = |connection: &mut Connection, version| {
            runner(SCRIPTS).set_target(Target::Version(version)).run(connection).map(drop)
        };
        upgrade(&mut connection, 11).expect("an upgrade");
        connection
            .execute_batch(
                "CREATE TRIGGER killed BEFORE INSERT ON refinery_schema_history BEGIN SELECT RAISE(ABORT, 'killed'); END",
            )
            .expect("a trigger");
        upgrade(&mut connection, 12).expect_err("the script cannot be noted");
        connection.execute_batch("DROP TRIGGER killed").expect("no trigger");
        upgrade(&mut connection, 12).expect("the script is applied again");
    }
}
