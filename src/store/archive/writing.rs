//! Writes an archive: JSON lines, compressed with Zstandard.

use std::io::{self, Write};

use data_encoding::HEXLOWER;
use ring::digest;
use serde::Serialize;
use zstd::stream::write::Encoder;

use super::format::{ArchiveHeader, ArchiveTrailer, RecordCounts};
use super::record::ArchiveRecord;
use super::{ArchiveError, ArchiveResult};

/// Zstandard's default level: twice the time of level 1 saves a tenth in size.
const LEVEL: i32 = 3;

/// Writes one archive.
pub struct ArchiveWriter<W: Write> {
    out: Encoder<'static, W>,
    line: Vec<u8>,
    digest: digest::Context,
    counts: RecordCounts,
}

impl<W: Write> std::fmt::Debug for ArchiveWriter<W> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ArchiveWriter").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// The content of a complete archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveSummary {
    pub counts: RecordCounts,
    /// The SHA-256 of its records.
    pub sha256: String,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins an archive.
    pub fn new(out: W, header: &ArchiveHeader) -> ArchiveResult<Self> {
        let mut out = Encoder::new(out, LEVEL).map_err(failed)?;
        // Makes damage to the header detectable too.
        out.include_checksum(true).map_err(failed)?;
        let line = vec![];
        let digest = digest::Context::new(&digest::SHA256);
        let mut writer = ArchiveWriter { out, line, digest, counts: RecordCounts::default() };
        writer.put(header)?;
        Ok(writer)
    }

    fn put(&mut self, value: &impl Serialize) -> ArchiveResult<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value).map_err(|error| failed(error.into()))?;
        self.line.push(b'\n');
        self.out.write_all(&self.line).map_err(failed)
    }

    /// Adds a record.
    pub fn record(&mut self, record: &ArchiveRecord) -> ArchiveResult<()> {
        self.put(record)?;
        self.digest.update(&self.line);
        self.counts.add(record);
        Ok(())
    }

    /// The number of records so far.
    pub fn total(&self) -> u64 {
        self.counts.total()
    }

    /// Ends the archive and returns the underlying writer.
    pub fn finish(mut self) -> ArchiveResult<(W, ArchiveSummary)> {
        let sha256 = HEXLOWER.encode(self.digest.clone().finish().as_ref());
        self.put(&ArchiveTrailer { records: self.counts.by_name(), sha256: sha256.clone() })?;
        let mut out = self.out.finish().map_err(failed)?;
        out.flush().map_err(failed)?;
        Ok((out, ArchiveSummary { counts: self.counts, sha256 }))
    }
}

fn failed(source: io::Error) -> ArchiveError {
    ArchiveError::Io { what: "cannot write the archive", source }
}
