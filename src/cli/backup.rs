//! Backs up a SQLite database and its files, and restores them.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::accounts::Done;
use super::output::counted;
use crate::ops::config::{Config, Database, FileLocation};
use crate::ops::ownership;
use crate::store::archive::RecordVerifier;
use crate::store::files;
use crate::store::repository::{FileState, StoredFile};
use crate::store::sqlite::{StagedDatabase, copy_database, recorded_files};

mod copying;

use copying::{PART, StagedFolder, copy_files};

/// The database and the files in a backup.
const DATABASE: &str = "pichat.db";
const FILES: &str = "files";

/// Copy the SQLite database and its files to a new folder; the server may run.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The new folder.
    folder: PathBuf,
}

/// Restore a backup to DATABASE_URL and FILES_URL, which must not exist yet.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The folder written by pichat backup.
    folder: PathBuf,
}

/// The parts of a store that a backup copies.
struct Places {
    database: PathBuf,
    /// The folder of files; none if they are in a cloud, which has its own backups.
    files: Option<PathBuf>,
}

impl Places {
    fn of_settings() -> Result<Places, Box<dyn Error>> {
        let config = Config::from_environment()?;
        #[cfg_attr(
            not(any(feature = "postgres", feature = "cosmos")),
            expect(irrefutable_let_patterns, reason = "SQLite is the only one")
        )]
        let Database::Sqlite(database) = config.database else {
            return Err("backup and restore support only SQLite; for PostgreSQL use pg_dump, for Cosmos DB the \
                 account's own backups, or pichat export for either"
                .into());
        };
        let files = match config.files {
            FileLocation::Folder(path) => Some(path),
            _ => None,
        };
        Ok(Places { database, files })
    }
}

/// Makes a backup under a temporary name, and renames it once it is complete.
pub(super) fn back_up(options: &Backup) -> Done {
    let places = Places::of_settings()?;
    let folder = &options.folder;
    let shown = folder.display();
    if folder.symlink_metadata().is_ok() {
        return Err(format!("{shown} exists; name a new folder").into());
    }
    let cannot = |error| format!("cannot write {shown}: {error}");
    let part = StagedFolder::beside(folder).map_err(cannot)?;
    let count = copy_all(&places, part.path(), folder)?;
    part.take_name(folder).map_err(cannot)?;
    outln!("backed up {} and {} to {shown}", places.database.display(), counted(count as u64, "file", "files"))?;
    if places.files.is_none() {
        outln!("the files in FILES_URL are not included")?;
    }
    Ok(())
}

/// Attempts to copy the database together with the files that it names.
const ATTEMPTS: u32 = 5;

/// Copies files before the database and again after it. A file that was uploaded after the first pass and deleted before
/// the second is in neither, so the database is then copied once more.
fn copy_all(places: &Places, to: &Path, name: &Path) -> Result<usize, Box<dyn Error>> {
    let copies = to.join(FILES);
    ownership::make_private_folder(&copies).map_err(|error| cannot_write(name, &error))?;
    let files = places.files.as_deref().filter(|files| files.is_dir());
    if let Some(files) = files {
        copy_files(files, &copies, None).map_err(|error| error.in_words(name))?;
    }
    let database = to.join(DATABASE);
    for attempt in 1.. {
        copy_database(&places.database, &database)?;
        let recorded = recorded_files(&database)?;
        let known: BTreeSet<String> = recorded.iter().map(|file| file.id.to_string()).collect();
        if let Some(files) = files {
            copy_files(files, &copies, Some(&known)).map_err(|error| error.in_words(name))?;
        }
        match require_bytes(&copies, recorded) {
            Err(finding) if places.files.is_some() && attempt == ATTEMPTS => {
                return Err(format!("FILES_URL: {finding}; run pichat verify").into());
            }
            Err(_) if places.files.is_some() => fs::remove_file(&database)?,
            _ => return prune(&copies, &known),
        }
    }
    unreachable!("the last attempt returns")
}

/// Removes the copies of files that the database does not name; returns the number of the others.
fn prune(copies: &Path, known: &BTreeSet<String>) -> Result<usize, Box<dyn Error>> {
    for entry in fs::read_dir(copies)? {
        let entry = entry?;
        if !known.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(fs::read_dir(copies)?.count())
}

/// True for a file that must be readable.
fn has_bytes(file: &StoredFile) -> bool {
    file.state == FileState::Complete && !file.segments.is_empty()
}

/// Checks that every file has the bytes that its record describes.
fn require_bytes(folder: &Path, recorded: Vec<StoredFile>) -> Result<(), String> {
    let store = files::open(&FileLocation::Folder(folder.to_owned())).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let mut verifier = RecordVerifier::new(store);
        for file in recorded.into_iter().filter(has_bytes) {
            verifier.bytes(&file).await;
            if let Some(finding) = verifier.take().pop() {
                return Err(finding);
            }
        }
        Ok(())
    })
}

/// True if a folder contains anything but the leftovers of an interrupted restore.
fn is_used(folder: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| !entry.file_name().to_string_lossy().ends_with(PART)))
}

/// First copies everything to temporary names; the database is renamed last, so that an interrupted restore leaves no
/// database.
pub(super) fn restore(options: &Restore) -> Done {
    let Places { database, files } = Places::of_settings()?;
    let folder = &options.folder;
    let from = folder.join(DATABASE);
    if !from.is_file() {
        return Err(format!("{} is not a backup: it has no {DATABASE}", folder.display()).into());
    }
    let shown = database.display();
    if database.symlink_metadata().is_ok() {
        return Err(format!("{shown} exists; set DATABASE_URL to a path that does not exist").into());
    }
    let copies = folder.join(FILES);
    let has_files = is_used(&copies);
    if let Some(files) = files.as_ref().filter(|files| has_files && is_used(files)) {
        return Err(format!("{} has files; set FILES_URL to a new folder", files.display()).into());
    }
    if has_files && files.is_none() {
        return Err("the backup has files; set FILES_URL to a new folder".into());
    }
    let staged = StagedDatabase::copy(&from, &database)?;
    let recorded = staged.recorded_files()?;
    let ids: Vec<String> = recorded.iter().map(|file| file.id.to_string()).collect();
    if files.is_some() {
        let damaged = |finding| format!("the backup is damaged: {finding}");
        require_bytes(&copies, recorded).map_err(damaged)?;
    }
    let files = files.filter(|_| has_files);
    if let Some(files) = &files {
        let part = StagedFolder::for_files(files).map_err(|error| cannot_write(files, &error))?;
        copy_files(&copies, part.path(), None).map_err(|error| error.in_words(files))?;
        part.take_place(files).map_err(|error| cannot_write(files, &error))?;
    }
    if let Err(error) = staged.place() {
        // Otherwise the files would block the next attempt.
        for id in files.iter().flat_map(|files| ids.iter().map(move |id| files.join(id))) {
            let _ = fs::remove_dir_all(id);
        }
        return Err(error.into());
    }
    outln!("restored {} to {shown}", folder.display())?;
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write {}: {error}", path.display())
}
