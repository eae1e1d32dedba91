use async_trait::async_trait;

use crate::store::error::Result;

/// Keeps a document per place: the settings of a user, the secrets of the server.
#[async_trait]
pub trait Documents: std::fmt::Debug + Send + Sync + 'static {
    /// The document of that place.
    async fn document(&self, place: &str) -> Result<Option<Document>>;

    /// Puts a document in its place: version 1 where none must be there, else the version after the one that must.
    /// False, and nothing is written, where that is not so.
    async fn save_document(&self, place: &str, document: &Document) -> Result<bool>;
}

/// A text and how often it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The number of times the document was written; 1 for a new one.
    pub version: u64,
    pub text: String,
}
