//! Rules that apply to every converted value.

use std::path::PathBuf;

use data_encoding::HEXLOWER;

use super::moment::moment;
use crate::ops::crypto::sha256;
use crate::protocol::{ClientId, Timestamp};

/// The settings of a conversion.
#[derive(Debug)]
pub(super) struct ConversionRules {
    /// The beginning of every id.
    pub(super) source: String,
    /// The UTC offset of times without one.
    pub(super) zone: String,
    /// The username of the owner of chats without one in the database.
    pub(super) owner: Option<String>,
    /// The folder of uploaded files.
    pub(super) uploads: PathBuf,
    /// Maximum characters of a name.
    pub(super) name_chars: usize,
    /// Maximum characters of a message sent here; longer ones are imported and reported.
    pub(super) content_chars: usize,
}

impl ConversionRules {
    /// The id of a converted object, derived from its original id: the same in every import.
    pub(super) fn id(&self, kind: &str, old: &str) -> String {
        let id = format!("{}:{kind}:{old}", self.source);
        if ClientId::is_valid(&id) { id } else { format!("{}:{kind}:{}", self.source, digits(old, 32)) }
    }

    /// Parses a time of the other server.
    pub(super) fn moment(&self, text: Option<&str>) -> Option<Timestamp> {
        moment(text?, &self.zone)
    }
}

/// The first hexadecimal digits of a text's SHA-256.
pub(super) fn digits(text: &str, count: usize) -> String {
    let mut digits = HEXLOWER.encode(&sha256(text.as_bytes()));
    digits.truncate(count);
    digits
}
