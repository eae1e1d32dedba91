//! Moving everything from one store to another: `pichat export` and `pichat import`.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::ops::clock::Clock;
use crate::ops::config::Config;
use crate::store::archive::{self, ArchiveError, ArchiveReader};
use crate::store::files;

pub(super) mod places;
mod progress_line;
mod unfinished_file;

use super::accounts::Done;
use progress_line::ProgressLine;
use unfinished_file::UnfinishedFile;

/// Write everything in the store to an archive; the server may run. See docs/archive.md.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The new file; - is standard output.
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// Read an archive into an empty store. The same command goes on where it was stopped.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The archive; - is standard input.
    file: PathBuf,
    /// Check the archive and whether the store is empty, and import nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs on threads of its own, so that the store is read or written while the archive is.
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
        let told = |records| meter.tell(records);
        let summary = if is_stream(&options.file) {
            if io::stdout().is_terminal() {
                return Err("standard output is a terminal; name a file".into());
            }
            archive::export(source, bytes, io::stdout(), now, told).await?.summary
        } else {
            let out = UnfinishedFile::create(&options.file)?;
            let report = archive::export(source, bytes, out, now, told).await?;
            report.out.finish()?;
            report.summary
        };
        meter.end();
        complain(&format!("exported {}: {}; SHA-256 {}", shown(&options.file), summary.counts, summary.sha256));
        Ok(())
    })
}

/// Reads an archive: once to see that it is whole, and once more into the store.
pub(super) fn import(options: &Import) -> Done {
    run(|config| async move {
        let mut input = opened(&options.file)?;
        let found = archive::check(&mut input)?;
        input.seek(SeekFrom::Start(0))?;
        if options.dry_run {
            let header = ArchiveReader::new(&mut input)?.header().clone();
            if let Some(mut target) = places::existing_target(&config).await? {
                target.begin(&header.id).await?;
            }
            outln!("{} can be imported: {}; SHA-256 {}", shown(&options.file), found.counts, found.sha256);
            return Ok(());
        }
        let mut target = places::target(&config).await?;
        let bytes = files::open(&config.files)?;
        let mut meter = ProgressLine::new("imported", found.counts.total());
        let report = archive::import(input, &mut *target, bytes, |records| meter.tell(records)).await?;
        meter.end();
        let resumed = match report.resumed {
            0 => String::new(),
            records => format!(", of which {records} records were there already"),
        };
        outln!("imported {}: {}{resumed}", shown(&options.file), report.summary.counts);
        Ok(())
    })
}

fn shown(file: &Path) -> String {
    if is_stream(file) { "the archive".to_owned() } else { file.display().to_string() }
}

/// Standard output may be the archive.
fn complain(text: &str) {
    // Nobody is there to be told of a closed standard error.
    let _ = writeln!(io::stderr(), "{text}");
}

/// The archive, which is read twice; standard input is kept in a file without a name.
fn opened(file: &Path) -> Result<File, ArchiveError> {
    let failed = |source| ArchiveError::Io { what: "cannot read the archive", source };
    if !is_stream(file) {
        return File::open(file).map_err(failed);
    }
    let mut input = io::stdin().lock();
    let mut begin = [0; 4];
    input.read_exact(&mut begin).map_err(|_| ArchiveError::Foreign)?;
    let mut keep = || {
        let mut copy = unfinished_file::nameless()?;
        copy.write_all(&begin)?;
        io::copy(&mut input, &mut copy)?;
        copy.seek(SeekFrom::Start(0))?;
        Ok(copy)
    };
    keep().map_err(|source| ArchiveError::Io { what: "cannot keep standard input in a temporary file", source })
}
