//! A copy of a SQLite database and of its files, and putting it back.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::accounts::Done;
use crate::ops::config::{Config, Database, FileLocation};
use crate::store::sqlite::{copy_database, place_database, recorded_files};

/// The database and the files in a back-up.
const DATABASE: &str = "pichat.db";
const FILES: &str = "files";

/// Copy the SQLite database and its files to a new folder; the server may run.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The new folder.
    folder: PathBuf,
}

/// Put a back-up where the settings say; nothing may be there.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The folder that pichat backup has made.
    folder: PathBuf,
}

/// The parts of a store that a backup copies.
struct Places {
    database: PathBuf,
    /// The folder of files; none if they are in a cloud, which has back-ups of its own.
    files: Option<PathBuf>,
}

impl Places {
    fn of_settings() -> Result<Places, Box<dyn Error>> {
        let config = Config::from_environment()?;
        #[cfg_attr(
            not(any(feature = "postgres", feature = "cosmos")),
            expect(irrefutable_let_patterns, reason = "SQLite is all there is")
        )]
        let Database::Sqlite(database) = config.database else {
            return Err("this is for SQLite; use pg_dump, the account's own back-ups or pichat export".into());
        };
        let files = match config.files {
            FileLocation::Folder(path) => Some(path),
            _ => None,
        };
        Ok(Places { database, files })
    }
}

/// Makes a back-up under another name, which it gets once it is whole.
pub(super) fn back_up(options: &Backup) -> Done {
    let Places { database, files } = Places::of_settings()?;
    let folder = &options.folder;
    let shown = folder.display();
    if folder.symlink_metadata().is_ok() {
        return Err(format!("{shown} exists; name a new folder").into());
    }
    let mut part = folder.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let made = make_folder(&part).map_err(|error| format!("cannot make {}: {error}", part.display()));
    made?;
    let copied = copy_all(&database, files.as_deref(), &part).and_then(|copied| {
        fs::rename(&part, folder).map_err(|error| format!("cannot write {shown}: {error}"))?;
        Ok(copied)
    });
    if copied.is_err() {
        // The first problem is the one to report.
        let _ = fs::remove_dir_all(&part);
    }
    let copied = copied?;
    outln!("backed up {} and {copied} files to {shown}", database.display());
    if files.is_none() {
        outln!("files in FILES_URL are not part of it");
    }
    Ok(())
}

/// Copies files before the database and again after it: every file in the database existed at one of the two times.
fn copy_all(database: &Path, files: Option<&Path>, to: &Path) -> Result<usize, Box<dyn Error>> {
    let copies = to.join(FILES);
    make_folder(&copies)?;
    let files = files.filter(|files| files.is_dir());
    if let Some(files) = files {
        copy_files(files, &copies, None)?;
    }
    copy_database(database, &to.join(DATABASE))?;
    let recorded = recorded_files(&to.join(DATABASE))?;
    let known: BTreeSet<String> = recorded.iter().map(|file| file.id.to_string()).collect();
    if let Some(files) = files {
        copy_files(files, &copies, Some(&known))?;
    }
    for entry in fs::read_dir(&copies)? {
        let entry = entry?;
        if !known.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(fs::read_dir(&copies)?.count())
}

/// Copies the segments of files that are not copied yet: of those that are known, or of all.
fn copy_files(from: &Path, to: &Path, known: Option<&BTreeSet<String>>) -> Result<(), Box<dyn Error>> {
    let failed = |error: io::Error| format!("cannot copy files to {}: {error}", to.display());
    Ok(copy_each_file(from, to, known).map_err(failed)?)
}

fn copy_each_file(from: &Path, to: &Path, known: Option<&BTreeSet<String>>) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_wanted = known.is_none_or(|known| known.contains(&*name.to_string_lossy()));
        if is_wanted && entry.file_type()?.is_dir() {
            // A file that was deleted in the meantime is not needed, unless the database names it.
            match copy_segments(&entry.path(), &to.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                copied => copied?,
            }
        }
    }
    Ok(())
}

fn copy_segments(from: &Path, to: &Path) -> io::Result<()> {
    make_folder(to)?;
    for segment in fs::read_dir(from)? {
        let segment = segment?;
        let copy = to.join(segment.file_name());
        if !copy.exists() && !segment.file_name().to_string_lossy().ends_with(".part") {
            // The copy has the rights of the segment, which only its owner may read.
            fs::copy(segment.path(), &copy)?;
            File::open(&copy)?.sync_all()?;
        }
    }
    File::open(to)?.sync_all()
}

fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Copies files first and the database last, so that an interrupted restore leaves no database.
pub(super) fn restore(options: &Restore) -> Done {
    let Places { database, files } = Places::of_settings()?;
    let folder = &options.folder;
    let from = folder.join(DATABASE);
    if !from.is_file() {
        return Err(format!("{} is not a back-up: it has no {DATABASE}", folder.display()).into());
    }
    if database.symlink_metadata().is_ok() {
        return Err(format!("{} exists; restore to a new place (DATABASE_URL)", database.display()).into());
    }
    let has_files = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    let copies = folder.join(FILES);
    let files = files.filter(|_| has_files(&copies));
    if let Some(files) = &files {
        if has_files(files) {
            return Err(format!("{} has files; restore to a new place (FILES_URL)", files.display()).into());
        }
    } else if has_files(&copies) {
        return Err("the back-up has files; set FILES_URL to a new folder".into());
    }
    if let Err(error) = put_back(&from, &database, &copies, files.as_deref()) {
        if let Some(files) = &files {
            let _ = fs::remove_dir_all(files);
        }
        return Err(error);
    }
    outln!("restored {} to {}", folder.display(), database.display());
    Ok(())
}

fn put_back(from: &Path, database: &Path, copies: &Path, files: Option<&Path>) -> Done {
    if let Some(files) = files {
        make_folder(files)?;
        copy_files(copies, files, None)?;
    }
    Ok(place_database(from, database)?)
}
