//! Reads an archive line by line and checks it against its trailer.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use data_encoding::HEXLOWER;
use ring::digest;
use serde_json::Value;
use zstd::stream::read::Decoder;

use super::format::{ArchiveHeader, ArchiveTrailer, FORMAT, RecordCounts};
use super::record::ArchiveRecord;
use super::writing::ArchiveSummary;
use super::{ArchiveError, ArchiveResult};
use crate::protocol::Timestamp;

/// Maximum length of a line: far longer than a message with all its reactions, but small enough for any machine's
/// memory.
const LONGEST_LINE: u64 = 64 << 20;

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Describes a line that is not a record, with the record's id if it has one.
fn misread(line: &[u8], error: &serde_json::Error) -> String {
    if error.classify() != serde_json::error::Category::Data {
        return "the line is not JSON".to_owned();
    }
    let value: Value = serde_json::from_slice(line).unwrap_or_default();
    let name = ["type", "chatId", "id"].map(|field| value[field].as_str());
    let problem = "the type or a field is unknown or missing";
    match name {
        [Some(kind), Some(chat), Some(id)] => format!("chat {chat}: {kind} {id}: {problem}"),
        [Some(kind), None, Some(id)] => format!("{kind} {id}: {problem}"),
        _ => problem.to_owned(),
    }
}

/// Reads one archive.
pub struct ArchiveReader<R: Read> {
    lines: BufReader<Decoder<'static, BufReader<R>>>,
    line: Vec<u8>,
    header: ArchiveHeader,
    digest: digest::Context,
    counts: RecordCounts,
    summary: Option<ArchiveSummary>,
}

impl<R: Read> std::fmt::Debug for ArchiveReader<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ArchiveReader").field("header", &self.header).finish_non_exhaustive()
    }
}

impl<R: Read> ArchiveReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// Fails if the input is not an archive, or has a later format.
    pub fn new(input: R) -> ArchiveResult<Self> {
        let mut input = BufReader::new(input);
        let begin = input.fill_buf().map_err(|source| ArchiveError::Io { what: "cannot read the archive", source })?;
        if !begin.starts_with(&MAGIC) {
            return Err(ArchiveError::Foreign);
        }
        let decoder = Decoder::with_buffer(input).map_err(|_| ArchiveError::Foreign)?;
        let mut reader = ArchiveReader {
            lines: BufReader::with_capacity(1 << 17, decoder),
            line: vec![],
            header: ArchiveHeader::new("", Timestamp::from_millis(0)),
            digest: digest::Context::new(&digest::SHA256),
            counts: RecordCounts::default(),
            summary: None,
        };
        reader.advance()?;
        let header: Value = serde_json::from_slice(&reader.line).map_err(|_| ArchiveError::Foreign)?;
        let format = header["format"].as_u64().filter(|_| header["type"] == "archive").ok_or(ArchiveError::Foreign)?;
        if format == 0 {
            return Err(ArchiveError::Foreign);
        }
        if format > FORMAT {
            return Err(ArchiveError::Newer { found: format });
        }
        reader.header = serde_json::from_value(header).map_err(|_| ArchiveError::Foreign)?;
        Ok(reader)
    }

    /// The first line.
    pub fn header(&self) -> &ArchiveHeader {
        &self.header
    }

    /// The number of records read so far.
    pub fn total(&self) -> u64 {
        self.counts.total()
    }

    /// The next record; none after the last one, once the digest of all of them has been verified.
    pub fn next_record(&mut self) -> ArchiveResult<Option<ArchiveRecord>> {
        if self.summary.is_some() {
            return Ok(None);
        }
        self.advance()?;
        if self.line.starts_with(br#"{"type":"end""#) {
            self.end()?;
            return Ok(None);
        }
        let record: ArchiveRecord =
            serde_json::from_slice(&self.line).map_err(|error| self.damaged(misread(&self.line, &error)))?;
        self.digest.update(&self.line);
        self.counts.add(&record);
        Ok(Some(record))
    }

    /// The content of an archive that was read to its end.
    pub fn summary(self) -> ArchiveResult<ArchiveSummary> {
        let records = self.counts.total();
        self.summary.ok_or(ArchiveError::Truncated { records })
    }

    fn damaged(&self, reason: String) -> ArchiveError {
        ArchiveError::Damaged { record: self.counts.total() + 1, reason }
    }

    /// Describes an input that cannot be read or decompressed.
    fn unreadable(&self, error: io::Error) -> ArchiveError {
        match error.raw_os_error() {
            Some(_) => ArchiveError::Io { what: "cannot read the archive", source: error },
            None => self.damaged("the compressed data is damaged".to_owned()),
        }
    }

    /// Reads a line, including its line end.
    fn advance(&mut self) -> ArchiveResult<()> {
        self.line.clear();
        let records = self.counts.total();
        match (&mut self.lines).take(LONGEST_LINE).read_until(b'\n', &mut self.line) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(ArchiveError::Truncated { records }),
            Err(error) => Err(self.unreadable(error)),
            Ok(_) if self.line.ends_with(b"\n") => Ok(()),
            Ok(length) if length as u64 == LONGEST_LINE => Err(self.damaged("a line is too long".to_owned())),
            Ok(_) => Err(ArchiveError::Truncated { records }),
        }
    }

    fn end(&mut self) -> ArchiveResult<()> {
        let trailer: ArchiveTrailer =
            serde_json::from_slice(&self.line).map_err(|error| self.damaged(misread(&self.line, &error)))?;
        let sha256 = HEXLOWER.encode(self.digest.clone().finish().as_ref());
        if trailer.records != self.counts.by_name() {
            return Err(self.damaged("the number of records differs from the last line".to_owned()));
        }
        if trailer.sha256 != sha256 {
            return Err(self.damaged("the SHA-256 does not match".to_owned()));
        }
        // At the end of the stream, Zstandard verifies its own checksum.
        let mut rest = [0];
        match self.lines.read(&mut rest) {
            Ok(0) => {}
            Ok(_) => return Err(self.damaged("data after the end record".to_owned())),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                return Err(ArchiveError::Truncated { records: self.counts.total() });
            }
            Err(error) => return Err(self.unreadable(error)),
        }
        self.summary = Some(ArchiveSummary { counts: self.counts, sha256 });
        Ok(())
    }
}
