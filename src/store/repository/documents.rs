use async_trait::async_trait;

use crate::store::error::Result;

/// Stores a document per name: the settings of a user, the secrets of the server.
#[async_trait]
pub trait Documents: std::fmt::Debug + Send + Sync + 'static {
    /// The document with this name.
    async fn document(&self, place: &str) -> Result<Option<Document>>;

    /// Saves a document: version 1 if there must be none yet, otherwise the version after the stored one. False, with
    /// nothing written, if the stored version differs.
    async fn save_document(&self, place: &str, document: &Document) -> Result<bool>;
}

/// A text and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The number of times the document was written; 1 for a new one.
    pub version: u64,
    pub text: String,
}
