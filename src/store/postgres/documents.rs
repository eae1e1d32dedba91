//! The settings of users and the secrets of the server.

use async_trait::async_trait;

use super::PostgresRepository;
use super::error::failure;
use super::rows::Columns;
use super::values::{Text, integer};
use crate::store::error::Result;
use crate::store::repository::{Document, Documents};

const ONE: &str = "SELECT version, text FROM documents WHERE place = $1";
const INSERT: &str =
    "INSERT INTO documents (place, version, text) VALUES ($1, 1, $2) ON CONFLICT (place) DO NOTHING RETURNING version";
const UPDATE: &str = "UPDATE documents SET text = $2, version = $3::bigint WHERE place = $1 AND version = $3::bigint - 1 \
    RETURNING version";

#[async_trait]
impl Documents for PostgresRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        let Some(row) = self.readers.row(ONE, &[&Text(place)]).await.map_err(failure)? else { return Ok(None) };
        let mut columns = Columns::of(&row);
        let version = columns.number().map_err(failure)?;
        let text = columns.text().map_err(failure)?;
        Ok(Some(Document { version, text }))
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        let place = Text(place);
        let text = Text(&document.text);
        let version = integer(document.version);
        let written = match document.version {
            1 => self.writers.row(INSERT, &[&place, &text]).await,
            _ => self.writers.row(UPDATE, &[&place, &text, &version]).await,
        };
        Ok(written.map_err(failure)?.is_some())
    }
}
