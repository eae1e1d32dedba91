//! The settings of users and the secrets of the server.

use async_trait::async_trait;
use rusqlite::{OptionalExtension, Row, params};

use super::SqliteRepository;
use super::values::{integer, number};
use crate::store::error::Result;
use crate::store::repository::{Document, Documents};

const ONE: &str = "SELECT version, text FROM documents WHERE place = ?1";
const INSERT: &str = "INSERT INTO documents (place, version, text) VALUES (?1, 1, ?2) ON CONFLICT (place) DO NOTHING";
const UPDATE: &str = "UPDATE documents SET text = ?2, version = ?3 WHERE place = ?1 AND version = ?3 - 1";

#[async_trait]
impl Documents for SqliteRepository {
    async fn document(&self, place: &str) -> Result<Option<Document>> {
        let place = place.to_owned();
        let found = |row: &Row<'_>| Ok(Document { version: number(row, 0)?, text: row.get(1)? });
        self.readers.read(move |snapshot| snapshot.prepare_cached(ONE)?.query_row([place], found).optional()).await
    }

    async fn save_document(&self, place: &str, document: &Document) -> Result<bool> {
        let place = place.to_owned();
        let Document { version, text } = document.clone();
        self.write(move |connection| {
            let count = match version {
                1 => connection.prepare_cached(INSERT)?.execute(params![place, text])?,
                _ => connection.prepare_cached(UPDATE)?.execute(params![place, text, integer(version)])?,
            };
            Ok(count > 0)
        })
        .await
    }
}
