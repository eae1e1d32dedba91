//! The first and the last line of an archive.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::ArchiveRecord;
use crate::protocol::Timestamp;

/// The format that this version writes. It increases with every change that an earlier version would not understand.
pub const FORMAT: u64 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "archive", rename_all = "camelCase")]
pub struct ArchiveHeader {
    /// The version of the format.
    pub format: u64,
    /// Distinguishes this archive from every other.
    pub id: String,
    /// The version of the program that wrote the archive.
    pub server: String,
    /// The start of the export.
    pub at: Timestamp,
    /// The kind of store the archive was read from.
    pub source: String,
}

impl ArchiveHeader {
    /// The header of a new archive.
    pub fn new(source: &str, at: Timestamp) -> Self {
        ArchiveHeader {
            format: FORMAT,
            id: uuid::Uuid::new_v4().to_string(),
            server: env!("CARGO_PKG_VERSION").to_owned(),
            at,
            source: source.to_owned(),
        }
    }
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "end", rename_all = "camelCase")]
pub(super) struct ArchiveTrailer {
    pub(super) records: BTreeMap<String, u64>,
    /// The SHA-256 of the uncompressed lines between the first and the last, including line ends.
    pub(super) sha256: String,
}

/// The number of records of each type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordCounts([u64; ArchiveRecord::TYPES.len()]);

impl RecordCounts {
    pub(super) fn add(&mut self, record: &ArchiveRecord) {
        self.0[record.place()] += 1;
    }

    /// The number of all records.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    pub(super) fn by_name(&self) -> BTreeMap<String, u64> {
        let named = ArchiveRecord::TYPES.iter().zip(self.0);
        named.filter(|(_, count)| *count > 0).map(|(name, count)| ((*name).to_owned(), count)).collect()
    }
}

/// A number of records in words.
fn in_words(name: &str, count: u64) -> String {
    let one = match name {
        "endedChat" => "deleted chat",
        "segment" => "file segment",
        "audit" => "audit entry",
        name => name,
    };
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("{count} {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {one}s"),
    }
}

impl std::fmt::Display for RecordCounts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = ArchiveRecord::TYPES.iter().zip(self.0).filter(|(_, count)| *count > 0);
        let parts: Vec<String> = named.map(|(name, count)| in_words(name, count)).collect();
        formatter.write_str(if parts.is_empty() { "nothing" } else { "" })?;
        formatter.write_str(&parts.join(", "))
    }
}
