//! The settings of users and the secrets of the server.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::rows::SqliteColumns;
use super::values::integer;
use crate::store::error::Result;
use crate::store::repository::{Document, Documents};
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::documents::{INSERT, ONE, UPDATE};

#[async_trait]
impl Documents for SqliteRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        let place = place.to_owned();
        let found = |row: &Row<'_>| SqliteColumns::of(row).document();
        self.readers.read(move |snapshot| snapshot.prepare_cached(ONE)?.query_row([place], found).optional()).await
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        let place = place.to_owned();
        let document = document.clone();
        self.write(move |connection| save(connection, &place, &document)).await
    }
}

/// Saves a document; false if the stored version is not the one before.
pub(super) fn save(connection: &Connection, place: &str, document: &Document) -> rusqlite::Result<bool> {
    let Document { version, text } = document;
    let count = match version {
        1 => connection.prepare_cached(INSERT)?.execute(params![place, text])?,
        _ => connection.prepare_cached(UPDATE)?.execute(params![place, text, integer(*version)])?,
    };
    Ok(count > 0)
}
