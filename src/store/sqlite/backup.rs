//! Copies of the file, also while a server runs on it.

use std::fs::File;
use std::path::Path;

use rusqlite::Connection;

use super::opening::{SqliteOpenError, connect, inspect, own, peek, private};
use super::values::SqliteJson;
use crate::store::jobs;
use crate::store::repository::StoredFile;

const FILES: &str = "SELECT record FROM files ORDER BY id";

/// A copy of the file as of one moment, readable by its owner only. Blocks.
///
/// # Errors
/// Fails if the file is not a database of this version, or the copy exists or cannot be written.
pub fn copy_database(from: &Path, to: &Path) -> Result<(), SqliteOpenError> {
    inspect(from)?;
    let failed = |error: &dyn std::fmt::Display| SqliteOpenError::unusable(to, error);
    // SQLite fills an empty file and keeps its rights.
    drop(private(to).map_err(|error| failed(&error))?);
    let copied =
        connect(from).and_then(|connection| connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map(drop));
    // The copy does not own the files of the original.
    let forget = || Connection::open(to)?.execute("DELETE FROM documents WHERE place = ?1", [jobs::DOCUMENT]).map(drop);
    copied.and_then(|()| forget()).map_err(|error| failed(&error))?;
    File::open(to).and_then(|copy| copy.sync_all()).map_err(|error| failed(&error))
}

/// The records of all files in a database that nobody writes to.
pub fn recorded_files(path: &Path) -> Result<Vec<StoredFile>, SqliteOpenError> {
    let read = || -> rusqlite::Result<Vec<StoredFile>> {
        let connection: Connection = peek(path)?;
        let mut statement = connection.prepare(FILES)?;
        let files = statement.query_map([], |row| row.get(0).map(|SqliteJson(file)| file))?;
        files.collect()
    };
    read().map_err(|error| SqliteOpenError::unusable(path, &error))
}

/// Puts a copy in place of a database that is not there. Blocks.
///
/// # Errors
/// Fails if there is one, or a server starts there, or the copy is not a database of this version.
pub fn place_database(from: &Path, to: &Path) -> Result<(), SqliteOpenError> {
    inspect(from)?;
    let _lock = own(to)?;
    if to.symlink_metadata().is_ok() {
        return Err(SqliteOpenError::unusable(to, &"it exists; restore to a new place"));
    }
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let copy = || {
        let mut copy = private(part)?;
        std::io::copy(&mut File::open(from)?, &mut copy)?;
        copy.sync_all()?;
        std::fs::rename(part, to)
    };
    let placed = copy().map_err(|error| SqliteOpenError::unusable(to, &error));
    if placed.is_err() {
        let _ = std::fs::remove_file(part);
    }
    placed
}
