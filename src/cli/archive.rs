//! Moves all data from one store to another: `pichat export` and `pichat import`.

use std::error::Error;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::store::archive::{self, ArchiveError, ArchiveReader};
use crate::store::files;

pub(super) mod places;
mod presence;
mod progress_line;
pub(super) mod unfinished_file;

use super::accounts::Done;
use super::foreign::{self, ForeignArchive, ForeignSource};
use progress_line::ProgressLine;
use unfinished_file::UnfinishedFile;

/// Write everything in the store to an archive; the server may run. See docs/archive.md.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The new file; - is standard output.
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// Read an archive, or the database of another chat server, into an empty store. Rerun the command to resume an
/// interrupted import. See docs/archive.md and docs/coming-from.md.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The archive; - is standard input. With --from, the other server's database: a SQLite file, postgres://…, or
    /// cosmos://DATABASE in the account set by COSMOS_ENDPOINT and COSMOS_KEY.
    source: PathBuf,
    /// Check the archive and that the store is empty, but import nothing.
    #[arg(long)]
    dry_run: bool,
    /// Read the database of another chat server.
    #[arg(long, value_enum, requires = "map")]
    from: Option<ForeignKind>,
    /// The layout of that server's tables: fastapi-application, fastapi-application-rooms, fastapi-backend,
    /// pichat-fastapi, pythia, windi, or a file.
    #[arg(long, requires = "from")]
    map: Option<String>,
    /// The username of the owner of chats without one; by default the built-in administrator.
    #[arg(long, requires = "from")]
    owner: Option<String>,
    /// The UTC offset of times without one, such as +02:00; by default the map's.
    #[arg(long, requires = "from", allow_hyphen_values = true)]
    zone: Option<String>,
    /// The folder of uploaded files; by default uploads next to the database.
    #[arg(long, requires = "from")]
    uploads: Option<PathBuf>,
}

/// The kinds of other chat servers.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ForeignKind {
    /// A server written with FastAPI.
    Fastapi,
}

/// Runs on its own threads, so that the store and the archive are read and written concurrently.
fn run<W: Future<Output = Done>>(work: impl FnOnce(Config) -> W) -> Done {
    let config = Config::from_environment()?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work(config))
}

fn is_stream(file: &Path) -> bool {
    file == Path::new("-")
}

/// Writes an archive.
pub(super) fn export(options: &Export) -> Done {
    run(|config| async move {
        let mut source = places::source(&config).await?;
        let bytes = files::open(&config.files)?;
        let expected = source.size().await.map_err(ArchiveError::from)?;
        let mut meter = ProgressLine::new("exported", expected);
        let now = Clock::System.now();
        let report_progress = |records| meter.tell(records);
        let summary = if is_stream(&options.file) {
            if io::stdout().is_terminal() {
                return Err("standard output is a terminal; name a file".into());
            }
            archive::export(source, bytes, io::stdout(), now, report_progress).await?.summary
        } else {
            let out = UnfinishedFile::create(&options.file)?;
            let report = archive::export(source, bytes, out, now, report_progress).await?;
            report.out.finish()?;
            report.summary
        };
        meter.end();
        complain(&format!("exported {}: {}; SHA-256 {}", shown(&options.file), summary.counts, summary.sha256));
        Ok(())
    })
}

/// Reads an archive: once to verify it, and once more into the store.
pub(super) fn import(options: &Import) -> Done {
    run(|config| async move {
        if let (Some(ForeignKind::Fastapi), Some(map)) = (options.from, &options.map) {
            return import_foreign(options, map, &config).await;
        }
        let input = opened(&options.source)?;
        outln!("{}", bring_in(&config, input, &shown(&options.source), options.dry_run).await?)?;
        Ok(())
    })
}

/// Reads another server's database, and accounts for every row.
async fn import_foreign(options: &Import, map: &str, config: &Config) -> Done {
    let place = options.source.to_str().ok_or("the address of the database must be UTF-8")?;
    let source = ForeignSource {
        place,
        map,
        owner: options.owner.as_deref(),
        zone: options.zone.as_deref(),
        uploads: options.uploads.as_deref(),
    };
    let ForeignArchive { file, account } = foreign::archived(&source, config, Clock::System.now()).await?;
    let again = file.try_clone()?;
    // An address may contain a password.
    let name = if place.contains("://") { "the database" } else { place };
    let summary = match bring_in(config, file, name, options.dry_run).await {
        Err(error) if matches!(error.downcast_ref(), Some(ArchiveError::NotEmpty { .. })) => {
            presence::told_if_present(config, again, name).await?.ok_or(error)?
        }
        result => result?,
    };
    outln!("{account}\n{summary}")?;
    Ok(())
}

/// Imports an archive, or only checks that it can be imported; returns the summary.
async fn bring_in(config: &Config, mut input: File, name: &str, is_dry_run: bool) -> Result<String, Box<dyn Error>> {
    let found = archive::check(&mut input)?;
    input.seek(SeekFrom::Start(0))?;
    let header = ArchiveReader::new(&mut input)?.header().clone();
    input.seek(SeekFrom::Start(0))?;
    // Before anything is created or upgraded: a refused import leaves everything as it is.
    let occupancy = places::occupancy(config).await?;
    occupancy.admit(&header.id)?;
    let bytes = files::open(&config.files)?;
    let owner = match &bytes {
        Some(bytes) => bytes.owner().await.map_err(ArchiveError::from)?,
        None => None,
    };
    if owner.is_some() && owner != occupancy.file_store() {
        return Err("FILES_URL: it belongs to another database; name an empty place".into());
    }
    if is_dry_run {
        return Ok(format!("{name} can be imported: {}; SHA-256 {}", found.counts, found.sha256));
    }
    let mut target = places::target(config).await?;
    let mut meter = ProgressLine::new("imported", found.counts.total());
    let report = archive::import(input, &mut *target, bytes, |records| meter.tell(records)).await?;
    meter.end();
    let resumed = match report.resumed {
        0 => String::new(),
        records => format!(", of which {records} records were already imported"),
    };
    Ok(format!("imported {name}: {}{resumed}", report.summary.counts))
}

fn shown(file: &Path) -> String {
    if is_stream(file) { "the archive".to_owned() } else { file.display().to_string() }
}

/// Standard output may be the archive, so messages go to standard error.
fn complain(text: &str) {
    // A closed standard error has no reader, so a failure to write is ignored.
    let _ = writeln!(io::stderr(), "{text}");
}

/// The archive, which is read twice; what cannot be read twice, such as a pipe, is kept in a file without a name.
fn opened(file: &Path) -> Result<File, Box<dyn Error>> {
    if is_stream(file) {
        return kept(&mut io::stdin().lock());
    }
    let cannot = |error| format!("cannot read {}: {error}", file.display());
    let mut input = File::open(file).map_err(cannot)?;
    if input.metadata().map_err(cannot)?.is_file() { Ok(input) } else { kept(&mut input) }
}

fn kept(input: &mut dyn Read) -> Result<File, Box<dyn Error>> {
    let mut begin = [0; 4];
    input.read_exact(&mut begin).map_err(|_| ArchiveError::Foreign)?;
    let mut keep = || {
        let mut copy = unfinished_file::nameless()?;
        copy.write_all(&begin)?;
        io::copy(input, &mut copy)?;
        copy.seek(SeekFrom::Start(0))?;
        Ok(copy)
    };
    Ok(keep().map_err(|source| ArchiveError::Io { what: "cannot keep the archive in a temporary file", source })?)
}
