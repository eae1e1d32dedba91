//! Records of uploaded files.

use async_trait::async_trait;
use tokio_postgres::Row;

use super::PostgresRepository;
use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::session::{Parameters, PgConnection, in_time};
use super::values::{PgJson, integer, one_more};
use crate::protocol::{FileId, Timestamp};
use crate::store::error::Result;
use crate::store::repository::{FileAdmission, FileAllowance, FileScope, FileTotals, Files, Page, StoredFile};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::page::page;
use crate::store::sql::statements::{files, postgres_statement};
use crate::store::sql::values::{file_chat, file_state};

/// Serialises additions of files by one owner, until the transaction ends.
const TURN: &str = "SELECT pg_advisory_xact_lock(hashtextextended('files of ' || $1::text, 0))";
const ONE: &str = postgres_statement!(files::ONE);
const USED: &str = "SELECT coalesce(sum(size), 0)::bigint, (count(*) FILTER (WHERE state = 0 AND due_at > $2))::bigint \
    FROM files WHERE owner_id = $1 AND state < 2";
const INSERT: &str = postgres_statement!(files::INSERT);
const UPDATE: &str = postgres_statement!(files::UPDATE);
const DELETE: &str = postgres_statement!(files::DELETE);
const DUE: &str = postgres_statement!(files::DUE);
const OF_OWNER: &str = postgres_statement!(files::OF_OWNER);
const OF_CHAT: &str = postgres_statement!(files::OF_CHAT);
const TOTALS: &str = "SELECT count(*)::bigint, coalesce(sum(size), 0)::bigint FROM files WHERE state = 1";

#[async_trait]
impl Files for PostgresRepository {
    async fn add_file(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission> {
        let added = match self.add_once(file, allowance).await {
            // The server ended one of several transactions that waited for each other.
            Err(PgError::Race(_)) => self.add_once(file, allowance).await,
            added => added,
        };
        added.map_err(failure)
    }

    async fn file(&self, file: &FileId) -> Result<Option<StoredFile>> {
        let row = self.readers.row(ONE, &[file]).await.map_err(failure)?;
        row.as_ref().map(record).transpose().map_err(failure)
    }

    async fn save_file(&self, file: &StoredFile) -> Result<bool> {
        let version = integer(file.version);
        let record = PgJson(file);
        let values: Parameters<'_> = &[&file.id, &file_state(file), &file.due_at, &version, &record];
        Ok(self.writers.execute(UPDATE, values).await.map_err(failure)? > 0)
    }

    async fn remove_file(&self, file: &FileId) -> Result<()> {
        self.writers.rows(DELETE, &[file]).await.map(drop).map_err(failure)
    }

    async fn due_files(&self, at: Timestamp, limit: usize) -> Result<Vec<StoredFile>> {
        let rows = self.readers.rows(DUE, &[&at, &integer(limit as u64)]).await.map_err(failure)?;
        rows.iter().map(record).collect::<Result<_, PgError>>().map_err(failure)
    }

    async fn files(&self, of: &FileScope, after: Option<&FileId>, limit: usize) -> Result<Page<StoredFile>> {
        let after = after.cloned().unwrap_or_else(|| FileId::from(""));
        let rows = match of {
            FileScope::Owner(owner) => self.readers.rows(OF_OWNER, &[owner, &after, &one_more(limit)]).await,
            FileScope::Chat(chat) => self.readers.rows(OF_CHAT, &[chat, &after, &one_more(limit)]).await,
        };
        let rows = rows.map_err(failure)?;
        Ok(page(rows.iter().map(record).collect::<Result<_, PgError>>().map_err(failure)?, limit))
    }

    async fn file_totals(&self) -> Result<FileTotals> {
        let Some(row) = self.readers.row(TOTALS, &[]).await.map_err(failure)? else { return Ok(FileTotals::default()) };
        let mut columns = PgColumns::of(&row);
        let files = columns.number().map_err(failure)?;
        Ok(FileTotals { files, bytes: columns.number().map_err(failure)? })
    }
}

impl PostgresRepository {
    async fn add_once(&self, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission, PgError> {
        let mut session = self.writers.session().await?;
        session.in_use = true;
        let added = in_time(add(&session, file, allowance)).await;
        let end = if added.is_ok() { "COMMIT" } else { "ROLLBACK" };
        session.batch_execute(end).await?;
        session.in_use = false;
        added
    }
}

/// The lock comes first and in a separate statement, so that the next one sees what others have added.
async fn add(session: &PgConnection, file: &StoredFile, allowance: FileAllowance) -> Result<FileAdmission, PgError> {
    let [turn, used, insert] = session.prepared([TURN, USED, INSERT]).await?;
    session.batch_execute("BEGIN").await?;
    session.query(&turn, &[&file.owner_id]).await?;
    let row = session.query_one(&used, &[&file.owner_id, &allowance.now]).await?;
    let mut columns = PgColumns::of(&row);
    let bytes = columns.number()?;
    if columns.number()? >= allowance.unfinished {
        return Ok(FileAdmission::TooManyUnfinished);
    }
    if bytes.saturating_add(file.size) > allowance.bytes {
        return Ok(FileAdmission::TooManyBytes);
    }
    let size = integer(file.size);
    let record = PgJson(file);
    session
        .execute(
            &insert,
            &[&file.id, &file.owner_id, &file_chat(file), &file_state(file), &size, &file.due_at, &record],
        )
        .await?;
    Ok(FileAdmission::Added)
}

fn record(row: &Row) -> Result<StoredFile, PgError> {
    Ok(PgColumns::of(row).value::<PgJson<StoredFile>>()?.0)
}
