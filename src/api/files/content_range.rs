use crate::protocol::error::{Error, Result};

/// The byte range of the file that a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentRange {
    /// No bytes: the client asks for the stored size.
    Query,
    /// The bytes from `start` up to, but not including, `end`.
    Bytes { start: u64, end: u64 },
}

impl ContentRange {
    /// Parses `bytes 0-99/1000` or `bytes */1000`; the number after the slash must be the file's size.
    pub fn parse(text: &str, size: u64) -> Result<ContentRange> {
        let wrong = || {
            let right =
                format!("Content-Range must be like bytes 0-{}/{size}, or bytes */{size}", size.saturating_sub(1));
            Error::invalid("Content-Range", right)
        };
        let (range, total) = text.strip_prefix("bytes ").and_then(|rest| rest.split_once('/')).ok_or_else(wrong)?;
        if total.parse() != Ok(size) {
            return Err(wrong());
        }
        if range == "*" {
            return Ok(ContentRange::Query);
        }
        let (start, last) = range.split_once('-').ok_or_else(wrong)?;
        let start: u64 = start.parse().map_err(|_| wrong())?;
        let last: u64 = last.parse().map_err(|_| wrong())?;
        if start > last || last >= size {
            return Err(wrong());
        }
        Ok(ContentRange::Bytes { start, end: last + 1 })
    }
}
