//! Stored records that cannot be read.

/// The key of a stored record that cannot be read, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableRecord {
    /// The kind of record, in words.
    pub kind: &'static str,
    /// The values of its key, the most general first.
    pub key: Vec<String>,
    /// The words of the database or of the parser.
    pub reason: String,
}

impl std::error::Error for UnreadableRecord {}

impl std::fmt::Display for UnreadableRecord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let UnreadableRecord { kind, key, reason } = self;
        match (&**kind, key.as_slice()) {
            ("member" | "message", [chat, id]) => write!(formatter, "chat {chat}: {kind} {id}")?,
            (kind, key) => write!(formatter, "{kind} {}", key.join(" "))?,
        }
        write!(formatter, ": it cannot be read: {}", reason.replace('\n', " "))
    }
}
