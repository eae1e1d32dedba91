//! Opens the file: checks its owner, its integrity, and its version.

use std::cmp::Ordering;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::connections::{connect, for_writing, immutable, is_unwritable, peek};
use super::operations;
use super::rights::{beside, private, protect, require_file};
use crate::domain::look_alike_key;
use crate::store::migrations::{Script, runner, scripts, upgrade};

/// The scripts that create the tables, step by step.
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
    "V30__operation_claims"
    "V31__look_alike_blanks"
];

/// "PiCh", the application id in the file's header; `V1` writes it.
const APPLICATION_ID: i32 = 0x5069_4368;

const HISTORY: &str = "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'";
const VERSION: &str = "SELECT ifnull(max(version), 0) FROM refinery_schema_history";

/// The reason why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SqliteOpenError {
    /// Another process uses it.
    #[error("{path} is in use by another pichat process; stop it first (it holds {path}.lock)")]
    InUse {
        /// The database.
        path: String,
    },
    /// The lock file next to it cannot be created.
    #[error("cannot lock {path}.lock: {source}")]
    Lock {
        /// The database.
        path: String,
        /// The system's message.
        source: io::Error,
    },
    /// The file's content cannot be read.
    #[error("{path} is damaged or not a SQLite database; restore a backup or name another file")]
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
    /// A newer version has changed the tables.
    #[error(
        "{path} was written by a newer version of PiChat (schema {found}, this one knows {known}); \
             start that version, or restore a backup from before the upgrade"
    )]
    Newer {
        /// The database.
        path: String,
        /// The schema in the file.
        found: i32,
        /// The latest schema that this version supports.
        known: i32,
    },
    /// An older version wrote it, and it must not be changed here.
    #[error("{path} was written by an older version of PiChat; start this version on it once to bring it up to date")]
    Older {
        /// The database.
        path: String,
    },
    /// An import into it was interrupted.
    #[error("an import into {path} is not finished; run the same pichat import again")]
    Unfinished {
        /// The database.
        path: String,
    },
    /// Nothing is in it.
    #[error("{path} is empty; restore a backup or name another file")]
    Empty {
        /// The database.
        path: String,
    },
    /// It cannot be read without write access to its folder.
    #[error("cannot read {path}: reading it needs write access to {folder}, for its write-ahead log")]
    Unreadable {
        /// The database.
        path: String,
        /// The folder.
        folder: String,
    },
    /// The file does not exist.
    #[error("there is no database {path}")]
    Absent {
        /// The database.
        path: String,
    },
    /// Anything else: a missing folder, missing permissions, a full disk.
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

/// Keeps every other process from the file as long as it exists.
#[derive(Debug)]
pub(super) struct OwnerLock {
    _file: File,
}

/// Takes the file for this process, unless it belongs to another program or a newer version: those files are left
/// unchanged.
pub(super) fn own(path: &Path) -> Result<OwnerLock, SqliteOpenError> {
    let shown = path.display().to_string();
    require_file(path).map_err(|error| SqliteOpenError::unusable(path, &error))?;
    if path.metadata().is_ok_and(|file| file.len() > 0) {
        match peek(path).and_then(|connection| FileOrigin::of(&connection)) {
            Ok(origin) => origin.require_known(path)?,
            Err(error) if is_damage(&error) => return Err(refusal(path, &error)),
            // Any other problem is reported when the file is opened.
            Err(_) => {}
        }
    }
    let file = private(&beside(path, ".lock"));
    let file = file.map_err(|source| SqliteOpenError::Lock { path: shown.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(OwnerLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(SqliteOpenError::InUse { path: shown }),
        Err(TryLockError::Error(source)) => Err(SqliteOpenError::Lock { path: shown, source }),
    }
}

/// Opens the file for writing and upgrades its tables.
pub(super) fn prepare(path: &Path) -> Result<Connection, SqliteOpenError> {
    protect(path).map_err(|error| SqliteOpenError::unusable(path, &error))?;
    let failure = |error: rusqlite::Error| refusal(path, &error);
    let mut connection = connect(path).map_err(failure)?;
    let origin = FileOrigin::of(&connection).map_err(failure)?;
    origin.require_known(path)?;
    for runner in upgrade(SCRIPTS, origin.schema) {
        runner.run(&mut connection).map_err(|error| SqliteOpenError::unusable(path, &root(&error)))?;
    }
    fill_look_keys(&mut connection).map_err(failure)?;
    for_writing(&connection).map_err(failure)?;
    operations::abandon(&connection).map_err(failure)?;
    Ok(connection)
}

/// Computes the look-alike keys that the migration left out. A taken key stays with its holder.
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

/// Checks that the file is a database of this version, without changing it.
pub(super) fn inspect(path: &Path) -> Result<(), SqliteOpenError> {
    let shown = path.display().to_string();
    if !path.is_file() {
        return Err(SqliteOpenError::Absent { path: shown });
    }
    let connection = still(path)?;
    let origin = FileOrigin::of(&connection).map_err(|error| refusal(path, &error))?;
    origin.require_known(path)?;
    match origin.schema.cmp(&latest()) {
        Ordering::Less if origin.is_empty => Err(SqliteOpenError::Empty { path: shown }),
        Ordering::Less => Err(SqliteOpenError::Older { path: shown }),
        Ordering::Equal | Ordering::Greater => Ok(()),
    }
}

/// Opens a file for reading without changing it. A file that nobody may write to is assumed to be an unchanging copy,
/// unless it has a log or a lock.
fn still(path: &Path) -> Result<Connection, SqliteOpenError> {
    let readable =
        |connection: &Connection| connection.query_row("SELECT 1 FROM sqlite_schema", [], |_| Ok(())).optional();
    let error = match peek(path).and_then(|connection| readable(&connection).map(|_| connection)) {
        Ok(connection) => return Ok(connection),
        Err(error) => error,
    };
    if !is_unwritable(&error) || File::open(path).is_err() {
        return Err(refusal(path, &error));
    }
    if ["-wal", ".lock"].iter().any(|suffix| beside(path, suffix).exists()) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.display().to_string();
        return Err(SqliteOpenError::Unreadable { path: path.display().to_string(), folder });
    }
    immutable(path).map_err(|error| refusal(path, &error))
}

/// The root cause of an error, which says what to do about it.
fn root<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    error.source().map_or(error, root)
}

/// The reason why SQLite cannot use the file.
fn refusal(path: &Path, error: &rusqlite::Error) -> SqliteOpenError {
    if is_damage(error) {
        return SqliteOpenError::Damaged { path: path.display().to_string() };
    }
    SqliteOpenError::unusable(path, error)
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// The latest migration that this version supports.
fn latest() -> i32 {
    runner(SCRIPTS).get_migrations().iter().map(|migration| migration.version()).max().unwrap_or(0)
}

/// The origin of a file.
#[derive(Clone, Copy, Debug)]
struct FileOrigin {
    /// True if the file belongs to another program.
    is_foreign: bool,
    /// True if the file has no tables.
    is_empty: bool,
    /// The latest migration applied to the file; 0 for a new file.
    schema: i32,
}

impl FileOrigin {
    fn of(connection: &Connection) -> rusqlite::Result<FileOrigin> {
        let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        // An interrupted first start leaves an empty list of migrations and no id.
        let has_begun = connection.query_row(HISTORY, [], |_| Ok(())).optional()?.is_some();
        let is_foreign = id != APPLICATION_ID && (id != 0 || tables > 0 && !has_begun);
        let schema = match has_begun {
            true => connection.query_row(VERSION, [], |row| row.get(0))?,
            false => 0,
        };
        Ok(FileOrigin { is_foreign, is_empty: tables == 0, schema })
    }

    /// Refuses a file that this version must not change.
    fn require_known(self, path: &Path) -> Result<(), SqliteOpenError> {
        let shown = path.display().to_string();
        let known = latest();
        match self.schema {
            _ if self.is_foreign => Err(SqliteOpenError::Foreign { path: shown }),
            found if found > known => Err(SqliteOpenError::Newer { path: shown, found, known }),
            _ => Ok(()),
        }
    }
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
    fn a_migration_is_applied_and_recorded_in_one_transaction() {
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
