//! Records of uploaded files.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::SqliteRepository;
use super::values::{SqliteJson, integer, number, one_more};
use crate::protocol::{FileId, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{FileAdmission, FileAllowance, FileScope, FileTotals, Files, Page, StoredFile};
use crate::store::sql;
use crate::store::sql::statements::files::{DELETE, DUE, INSERT, OF_CHAT, OF_OWNER, ONE, UPDATE};
use crate::store::sql::values::{file_chat, file_state};

const USED: &str = "SELECT ifnull(sum(size), 0), ifnull(sum(state = 0 AND due_at > ?2), 0) FROM files \
    WHERE owner_id = ?1 AND state < 2";
const TOTALS: &str = "SELECT count(*), ifnull(sum(size), 0) FROM files WHERE state = 1";

#[async_trait]
impl Files for SqliteRepository {
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission> {
        let file = file.clone();
        self.write(move |connection| add(connection, &file, allowance)).await
    }

    async fn file(&self, file: &FileId) -> Result<Option<StoredFile>> {
        let file = file.clone();
        self.readers.read(move |snapshot| snapshot.prepare_cached(ONE)?.query_row([file], record).optional()).await
    }

    async fn save_file(&self, file: &StoredFile) -> Result<bool> {
        let file = file.clone();
        self.write(move |connection| {
            let row = params![file.id, file_state(&file), file.due_at, integer(file.version), SqliteJson(&file)];
            Ok(connection.prepare_cached(UPDATE)?.execute(row)? > 0)
        })
        .await
    }

    async fn remove_file(&self, file: &FileId) -> Result<()> {
        let file = file.clone();
        self.write(move |connection| connection.prepare_cached(DELETE)?.execute([file]).map(drop)).await
    }

    async fn due_files(&self, at: Timestamp, limit: usize) -> Result<Vec<StoredFile>> {
        let limit = integer(limit as u64);
        self.readers
            .read(move |snapshot| snapshot.prepare_cached(DUE)?.query_map(params![at, limit], record)?.collect())
            .await
    }

    async fn files(&self, of: &FileScope, after: Option<&FileId>, limit: usize) -> Result<Page<StoredFile>> {
        let of = of.clone();
        let after = after.map_or_else(String::new, ToString::to_string);
        self.readers.read(move |snapshot| page(snapshot, &of, &after, limit)).await
    }

    async fn file_totals(&self) -> Result<FileTotals> {
        let totals = |row: &Row<'_>| Ok(FileTotals { files: number(row, 0)?, bytes: number(row, 1)? });
        self.readers.read(move |snapshot| snapshot.prepare_cached(TOTALS)?.query_row([], totals)).await
    }
}

/// There is a single writer, so nothing is added between the check and the insertion.
fn add(connection: &Connection, file: &StoredFile, allowance: FileAllowance) -> rusqlite::Result<FileAdmission> {
    let used = |row: &Row<'_>| Ok((number(row, 0)?, number(row, 1)?));
    let (bytes, unfinished) =
        connection.prepare_cached(USED)?.query_row(params![file.owner_id, allowance.now], used)?;
    if unfinished >= allowance.unfinished {
        return Ok(FileAdmission::TooManyUnfinished);
    }
    if bytes.saturating_add(file.size) > allowance.bytes {
        return Ok(FileAdmission::TooManyBytes);
    }
    let size = integer(file.size);
    let row = params![file.id, file.owner_id, file_chat(file), file_state(file), size, file.due_at, SqliteJson(file)];
    connection.prepare_cached(INSERT)?.execute(row)?;
    Ok(FileAdmission::Added)
}

fn page(connection: &Connection, of: &FileScope, after: &str, limit: usize) -> rusqlite::Result<Page<StoredFile>> {
    let statement = match of {
        FileScope::Owner(_) => OF_OWNER,
        FileScope::Chat(_) => OF_CHAT,
    };
    let of: &str = match of {
        FileScope::Owner(owner) => owner,
        FileScope::Chat(chat) => chat,
    };
    let mut statement = connection.prepare_cached(statement)?;
    let found = statement.query_map(params![of, after, one_more(limit)], record)?;
    Ok(sql::page::page(found.collect::<rusqlite::Result<_>>()?, limit))
}

fn record(row: &Row<'_>) -> rusqlite::Result<StoredFile> {
    row.get(0).map(|SqliteJson(file)| file)
}
