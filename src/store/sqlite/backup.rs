//! Copies of the file, even while a server runs on it.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::connections::{connect_source, peek};
use super::opening::{OwnerLock, SqliteOpenError, inspect, own};
use super::rights::private;
use super::values::SqliteJson;
use crate::store::jobs;
use crate::store::repository::StoredFile;

const FILES: &str = "SELECT record FROM files ORDER BY id";

/// Copies the file as of a single point in time, readable only by its owner. Blocks.
///
/// # Errors
/// Fails if the file is not a database of this version, or the copy exists or cannot be written.
pub fn copy_database(from: &Path, to: &Path) -> Result<(), SqliteOpenError> {
    inspect(from)?;
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

/// The records of all files, in a database that is not being written to.
pub fn recorded_files(path: &Path) -> Result<Vec<StoredFile>, SqliteOpenError> {
    let read = || -> rusqlite::Result<Vec<StoredFile>> {
        let connection: Connection = peek(path)?;
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
    /// Copies a database and keeps every server from its new path. Blocks.
    ///
    /// # Errors
    /// Fails if a database exists there, or a server starts there, or the copy is not a database of this version.
    pub fn copy(from: &Path, to: &Path) -> Result<StagedDatabase, SqliteOpenError> {
        inspect(from)?;
        let lock = own(to)?;
        if to.symlink_metadata().is_ok() {
            return Err(SqliteOpenError::unusable(to, &"it exists; restore to a path that does not exist"));
        }
        let mut part = to.as_os_str().to_owned();
        part.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
        let staged = StagedDatabase { part: part.into(), to: to.to_owned(), is_placed: false, _lock: lock };
        let copy = || {
            let mut copy = private(&staged.part)?;
            std::io::copy(&mut File::open(from)?, &mut copy)?;
            copy.sync_all()
        };
        copy().map_err(|error| SqliteOpenError::unusable(to, &error))?;
        Ok(staged)
    }

    /// Renames the copy to its final path.
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
        }
    }
}
