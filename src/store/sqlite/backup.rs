//! Copies of the file, even while a server runs on it.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::connections::{connect_source, peek};
use super::opening::{OwnerLock, SqliteOpenError, inspect, own};
use super::rights::{beside, private};
use super::values::SqliteJson;
use crate::store::archive::UNFINISHED;
use crate::store::jobs;
use crate::store::repository::StoredFile;

const FILES: &str = "SELECT record FROM files ORDER BY id";
const HAS_FILES: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'files')";
const IS_UNFINISHED: &str = "SELECT EXISTS (SELECT 1 FROM documents WHERE place = ?1)";

/// Files beside a database that SQLite takes for a part of it.
const COMPANIONS: [&str; 3] = ["-wal", "-journal", "-shm"];

/// Copies the file as of a single point in time, readable only by its owner. Blocks.
///
/// # Errors
/// Fails if the file is not a database of this version, an import into it is not finished, or the copy exists or
/// cannot be written.
pub fn copy_database(from: &Path, to: &Path) -> Result<(), SqliteOpenError> {
    inspect(from)?;
    let is_unfinished =
        connect_source(from).and_then(|source| source.query_row(IS_UNFINISHED, [UNFINISHED], |row| row.get(0)));
    if is_unfinished.map_err(|error| SqliteOpenError::unusable(from, &error))? {
        return Err(SqliteOpenError::Unfinished { path: from.display().to_string() });
    }
    let failed = |error: &dyn std::fmt::Display| SqliteOpenError::unusable(to, error);
    // SQLite fills an empty file and keeps its permissions.
    drop(private(to).map_err(|error| failed(&error))?);
    let copy = |connection: Connection| connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map(drop);
    let copied = connect_source(from).and_then(copy);
    // The copy does not own the files of the original.
    let forget = || Connection::open(to)?.execute("DELETE FROM documents WHERE place = ?1", [jobs::DOCUMENT]).map(drop);
    copied.and_then(|()| forget()).map_err(|error| failed(&error))?;
    File::open(to).and_then(|copy| copy.sync_all()).map_err(|error| failed(&error))
}

/// The records of all files in a database of this or an older version that nobody writes to.
pub fn recorded_files(path: &Path) -> Result<Vec<StoredFile>, SqliteOpenError> {
    let read = || -> rusqlite::Result<Vec<StoredFile>> {
        let connection: Connection = peek(path)?;
        if !connection.query_row(HAS_FILES, [], |row| row.get(0))? {
            return Ok(vec![]);
        }
        let mut statement = connection.prepare(FILES)?;
        let files = statement.query_map([], |row| row.get(0).map(|SqliteJson(file)| file))?;
        files.collect()
    };
    read().map_err(|error| SqliteOpenError::unusable(path, &error))
}

/// A copy next to the path of a missing database, which it takes at the end. It is deleted unless it does.
#[derive(Debug)]
pub struct StagedDatabase {
    part: PathBuf,
    to: PathBuf,
    is_placed: bool,
    _lock: OwnerLock,
}

impl StagedDatabase {
    /// Copies a database with what is in its write-ahead log, and keeps every server from its new place. An older
    /// version's database is copied as it is; the server upgrades it when it starts. Blocks.
    ///
    /// # Errors
    /// Fails if there is a database or a part of one at the new place, or a server starts there, or the copy is not a
    /// database of this or an older version.
    pub fn copy(from: &Path, to: &Path) -> Result<StagedDatabase, SqliteOpenError> {
        match inspect(from) {
            Ok(()) | Err(SqliteOpenError::Older { .. }) => {}
            Err(error) => return Err(error),
        }
        if let Some(leftover) = COMPANIONS.map(|suffix| beside(to, suffix)).into_iter().find(|path| path.exists()) {
            let reason = format!("{} would become part of the restored database; move it away", leftover.display());
            return Err(SqliteOpenError::unusable(to, &reason));
        }
        let lock = own(to)?;
        if to.symlink_metadata().is_ok() {
            return Err(SqliteOpenError::unusable(to, &"it exists; restore to a path that does not exist"));
        }
        let mut part = to.as_os_str().to_owned();
        part.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
        let staged = StagedDatabase { part: part.into(), to: to.to_owned(), is_placed: false, _lock: lock };
        copy_with_log(from, &staged.part).map_err(|reason| SqliteOpenError::unusable(to, &reason))?;
        Ok(staged)
    }

    /// The records of all files in the copy.
    ///
    /// # Errors
    /// Fails if they cannot be read.
    pub fn recorded_files(&self) -> Result<Vec<StoredFile>, SqliteOpenError> {
        recorded_files(&self.part)
    }

    /// Gives the copy its name.
    pub fn place(mut self) -> Result<(), SqliteOpenError> {
        std::fs::rename(&self.part, &self.to).map_err(|error| SqliteOpenError::unusable(&self.to, &error))?;
        self.is_placed = true;
        Ok(())
    }
}

impl Drop for StagedDatabase {
    fn drop(&mut self) {
        if !self.is_placed {
            // The error that made it unnecessary is the one to report.
            let _ = std::fs::remove_file(&self.part);
            for suffix in COMPANIONS {
                let _ = std::fs::remove_file(beside(&self.part, suffix));
            }
        }
    }
}

/// Copies a database that nobody writes to, and merges its log or journal into the copy.
fn copy_with_log(from: &Path, to: &Path) -> Result<(), String> {
    let copy = |from: &Path, to: &Path| {
        let mut copy = private(to)?;
        std::io::copy(&mut File::open(from)?, &mut copy)?;
        copy.sync_all()
    };
    copy(from, to).map_err(|error| error.to_string())?;
    let logs: Vec<&str> = ["-wal", "-journal"].into_iter().filter(|suffix| beside(from, suffix).exists()).collect();
    for suffix in &logs {
        copy(&beside(from, suffix), &beside(to, suffix)).map_err(|error| error.to_string())?;
    }
    if logs.is_empty() {
        return Ok(());
    }
    // Leaving the WAL mode merges the log and deletes it, so that reading the copy makes no new one.
    let merge = || {
        let connection = Connection::open(to)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)
    };
    merge().map_err(|error: rusqlite::Error| error.to_string())?;
    File::open(to).and_then(|copy| copy.sync_all()).map_err(|error| error.to_string())
}
