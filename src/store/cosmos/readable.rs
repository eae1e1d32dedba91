//! Documents for an archive, some of which may be damaged: each is parsed on its own, and named if that fails.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::container::Container;
use crate::store::archive::UnreadableRecord;
use crate::store::error::{Result, StoreError};

/// A stored record, or the name of one that cannot be read.
pub(super) type Readable<T> = std::result::Result<T, UnreadableRecord>;

/// A kind of document.
#[derive(Clone, Copy, Debug)]
pub(super) struct DocumentKind {
    /// The kind of its record, in words.
    word: &'static str,
    /// The fields that name the record.
    key: &'static [&'static str],
}

pub(super) const USER: DocumentKind = DocumentKind { word: "user", key: &["userId"] };
pub(super) const SESSION: DocumentKind = DocumentKind { word: "session", key: &["userId", "sessionId"] };
pub(super) const TOKEN: DocumentKind = DocumentKind { word: "token", key: &["tokenId"] };
pub(super) const DOCUMENT: DocumentKind = DocumentKind { word: "document", key: &["scope"] };
pub(super) const CHAT: DocumentKind = DocumentKind { word: "chat", key: &["chatId"] };
pub(super) const MEMBER: DocumentKind = DocumentKind { word: "member", key: &["chatId", "userId"] };
pub(super) const MESSAGE: DocumentKind = DocumentKind { word: "message", key: &["chatId", "messageId"] };
pub(super) const REACTION: DocumentKind = DocumentKind { word: "reaction", key: &["chatId", "reaction", "reactor"] };
pub(super) const FILE: DocumentKind = DocumentKind { word: "file", key: &["id"] };
pub(super) const AUDIT: DocumentKind = DocumentKind { word: "audit entry", key: &["auditId"] };

impl DocumentKind {
    /// The record of a document.
    pub(super) fn read<T: DeserializeOwned>(&self, document: &Value) -> Readable<T> {
        T::deserialize(document).map_err(|error| {
            let text = |field: &&str| document[*field].as_str().unwrap_or("?").to_owned();
            UnreadableRecord { kind: self.word, key: self.key.iter().map(text).collect(), reason: error.to_string() }
        })
    }
}

/// A page of documents in the order of one field.
#[derive(Debug)]
pub(super) struct ArchivePage<T> {
    pub(super) records: Vec<Readable<T>>,
    /// The field of the last one, after which the next page begins; none if the page is empty.
    pub(super) last: Option<String>,
}

impl<T> Default for ArchivePage<T> {
    fn default() -> Self {
        ArchivePage { records: vec![], last: None }
    }
}

impl<T> ArchivePage<T> {
    /// Reads the documents of a page that is ordered by this field.
    pub(super) fn of(documents: &[Value], field: &str, read: impl Fn(&Value) -> Readable<T>) -> Self {
        let last = documents.last().and_then(|document| document[field].as_str()).map(str::to_owned);
        ArchivePage { records: documents.iter().map(read).collect(), last }
    }
}

/// A document whose read has failed.
pub(super) struct FailedRead<'a> {
    pub(super) container: &'a Container,
    pub(super) partition: &'a str,
    pub(super) id: &'a str,
    pub(super) error: StoreError,
}

impl FailedRead<'_> {
    /// The name of the document, if it cannot be parsed.
    ///
    /// # Errors
    /// Fails if the store has failed instead.
    pub(super) async fn unreadable<T: DeserializeOwned>(self, kind: DocumentKind) -> Result<UnreadableRecord> {
        let FailedRead { container, partition, id, error } = self;
        let found: Option<Value> = container.read(partition, id, "export").await?;
        match found.map(|document| kind.read::<T>(&document)) {
            Some(Err(unreadable)) => Ok(unreadable),
            _ => Err(error),
        }
    }
}
