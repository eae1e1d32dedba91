//! Imports databases of other chat servers by converting them to archives.
//!
//! A [map](layout::LayoutMap) describes the tables and columns, a [database](database::ForeignDatabase) returns the
//! rows as texts, and the [conversion] turns them into the records that an export would contain, with the activity of one
//! chat in memory at a time. Begin reading at [`archived`].

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

mod activity;
mod authority;
mod chat;
mod chats;
mod conversion;
mod database;
mod feedback;
mod layout;
mod messages;
mod moment;
mod names;
mod people;
mod rules;
mod spool;
mod tables;
mod tally;
mod timeline;
mod uploads;

use conversion::{Converted, convert};
use layout::LayoutMap;
use moment::moment;
use rules::ConversionRules;

use super::archive::unfinished_file::nameless;
use crate::ops::config::Config;
use crate::protocol::Timestamp;
use crate::store::archive::{ArchiveError, ArchiveHeader, ArchiveResult, ArchiveWriter, ExportReport};

/// A database to convert.
#[derive(Debug)]
pub(super) struct ForeignSource<'a> {
    /// A SQLite file, or an address.
    pub(super) place: &'a str,
    /// The name of a built-in map, or a file.
    pub(super) map: &'a str,
    /// The username of the owner of chats without one in the database.
    pub(super) owner: Option<&'a str>,
    /// The UTC offset of times without one.
    pub(super) zone: Option<&'a str>,
    /// The folder of uploaded files.
    pub(super) uploads: Option<&'a Path>,
}

/// An archive of another server's data.
#[derive(Debug)]
pub(super) struct ForeignArchive {
    /// The archive, positioned at its start.
    pub(super) file: File,
    /// The account of every row, table by table.
    pub(super) account: String,
}

/// Converts a database to an archive, which is deleted when the process ends. Equal databases produce archives with
/// equal ids, so that an interrupted import can be resumed.
///
/// # Errors
/// Fails with a one-sentence error if the map or the database is not valid.
pub(super) async fn archived(
    source: &ForeignSource<'_>,
    config: &Config,
    now: Timestamp,
) -> Result<ForeignArchive, Box<dyn std::error::Error>> {
    let map = LayoutMap::find(source.map)?;
    let zone = source.zone.unwrap_or(&map.zone).to_owned();
    if moment("2026-01-02 03:04:05", &zone).is_none() {
        return Err(format!("--zone: {zone:?} is not a UTC offset such as +02:00").into());
    }
    if let Some(folder) = source.uploads.filter(|folder| !folder.is_dir()) {
        return Err(format!("--uploads: there is no folder {}", folder.display()).into());
    }
    let beside = || match source.place.contains("://") {
        true => PathBuf::from("uploads"),
        false => Path::new(source.place).with_file_name("uploads"),
    };
    let rules = ConversionRules {
        source: map.source.clone(),
        zone,
        owner: source.owner.map(str::to_owned),
        uploads: source.uploads.map_or_else(beside, PathBuf::from),
        name_chars: config.limits.name_chars,
        content_chars: config.limits.content_chars,
    };
    let mut database = database::open(source.place, map.tables()).await?;
    let converted = convert(&mut *database, &map, &rules).await?;
    drop(database);
    let account: Vec<String> = converted.tallies.iter().map(ToString::to_string).collect();
    let file = written(&converted, &map.source, now)?;
    Ok(ForeignArchive { file, account: account.join("\n") })
}

/// Writes the archive twice, because its id depends on its content.
fn written(converted: &Converted<'_>, source: &str, now: Timestamp) -> ArchiveResult<File> {
    let failed = |source| ArchiveError::Io { what: "cannot write the archive to a temporary file", source };
    let mut header = ArchiveHeader::new(source, now);
    let whole = write(converted, &header, std::io::sink())?;
    header.id = format!("{source}:{}", whole.summary.sha256);
    let mut file = write(converted, &header, nameless().map_err(failed)?)?.out;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(file)
}

fn write<W: Write>(converted: &Converted<'_>, header: &ArchiveHeader, out: W) -> ArchiveResult<ExportReport<W>> {
    let mut writer = ArchiveWriter::new(out, header)?;
    converted.records(|record| writer.record(record))?;
    let (out, summary) = writer.finish()?;
    Ok(ExportReport { out, summary })
}
