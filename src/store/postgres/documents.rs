//! The settings of users and the secrets of the server.

use async_trait::async_trait;

use super::PostgresRepository;
use super::claims::ends_claim;
use super::error::failure;
use super::rows::PgColumns;
use super::values::{Text, integer};
use crate::store::error::Result;
use crate::store::repository::{Document, Documents};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{documents, postgres_statement};

const ONE: &str = postgres_statement!(documents::ONE);
const INSERT: &str = postgres_statement!(documents::INSERT);
const UPDATE: &str = postgres_statement!(documents::UPDATE);
pub(super) const INSERT_ONCE: &str = ends_claim!(
    "$3",
    "$4",
    "$5",
    "INSERT INTO documents (place, version, text) SELECT $1::text, 1, $2::text FROM held ON CONFLICT (place) DO NOTHING \
     RETURNING place"
);
pub(super) const UPDATE_ONCE: &str = ends_claim!(
    "$4",
    "$5",
    "$6",
    "UPDATE documents SET text = $2, version = $3 WHERE place = $1 AND version + 1 = $3 \
     AND EXISTS (SELECT FROM held) RETURNING place"
);

#[async_trait]
impl Documents for PostgresRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        let Some(row) = self.readers.row(ONE, &[&Text(place)]).await.map_err(failure)? else { return Ok(None) };
        PgColumns::of(&row).document().map(Some).map_err(failure)
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        let place = Text(place);
        let text = Text(&document.text);
        let version = integer(document.version);
        let written = match document.version {
            1 => self.writers.execute(INSERT, &[&place, &text]).await,
            _ => self.writers.execute(UPDATE, &[&place, &text, &version]).await,
        };
        Ok(written.map_err(failure)? > 0)
    }
}
