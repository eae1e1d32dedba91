//! A PostgreSQL database.

use async_trait::async_trait;
use futures_util::TryStreamExt;
use tokio_postgres::Client;

use super::{Cell, ForeignDatabase, ReadResult, RowSink, TableSize};
use crate::ops::config::PostgresServer;
use crate::store::postgres::connect_to_read;

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL TimeZone = 'UTC'; \
    SET LOCAL DateStyle = 'ISO'; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

const TABLES: &str = "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') \
    AND relnamespace = current_schema()::regnamespace ORDER BY 1";

const COLUMNS: &str = "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 \
    AND NOT attisdropped ORDER BY attnum";

/// A database that is read in one transaction.
pub(super) struct ForeignPostgres {
    client: Client,
    place: String,
}

impl ForeignPostgres {
    /// Connects; a driver's name in the scheme, as in `postgresql+asyncpg`, is dropped.
    pub(super) async fn open(url: &str) -> ReadResult<Self> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let server = PostgresServer::from_url(&format!("postgres://{rest}"), 1);
        let server = server.map_err(|bad| format!("the address of the database: {}", bad.problem))?;
        let client = connect_to_read(&server).await.map_err(|error| error.to_string())?;
        let database = ForeignPostgres { client, place: server.place() };
        database.client.batch_execute(BEGIN).await.map_err(|error| database.failed(&error))?;
        Ok(database)
    }

    fn failed(&self, error: &tokio_postgres::Error) -> String {
        let reason = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
        format!("cannot read PostgreSQL at {}: {}", self.place, reason.replace('\n', " "))
    }

    async fn selected(&self, query: &str, put: &mut RowSink<'_>) -> ReadResult<()> {
        let failed = |error: tokio_postgres::Error| self.failed(&error);
        let rows = self.client.query_raw(query, std::iter::empty::<&str>()).await.map_err(failed)?;
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let text = |place| Ok(row.try_get::<_, Option<&str>>(place)?.map(Into::into));
            let values: Result<Vec<Cell>, _> = (0..row.len()).map(text).collect();
            put(values.map_err(failed)?)?;
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[async_trait]
impl ForeignDatabase for ForeignPostgres {
    async fn tables(&mut self) -> ReadResult<Vec<TableSize>> {
        let mut names: Vec<Cell> = vec![];
        let mut keep = |row: Vec<Cell>| {
            names.extend(row);
            Ok(())
        };
        self.selected(TABLES, &mut keep).await?;
        let mut tables = vec![];
        for name in names.into_iter().flatten() {
            let query = format!("SELECT count(*) FROM {}", quoted(&name));
            let row = self.client.query_one(&query, &[]).await.map_err(|error| self.failed(&error))?;
            let rows = row.get::<_, i64>(0).unsigned_abs() as usize;
            tables.push(TableSize { name: name.into(), rows });
        }
        Ok(tables)
    }

    async fn columns(&mut self, table: &str, _: &[&str]) -> ReadResult<Option<Vec<String>>> {
        let rows = self.client.query(COLUMNS, &[&quoted(table)]).await.map_err(|error| self.failed(&error))?;
        let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        Ok(Some(names).filter(|names| !names.is_empty()))
    }

    async fn each_row(&mut self, table: &str, columns: &[&str], put: &mut RowSink<'_>) -> ReadResult<()> {
        let texts: Vec<String> = columns.iter().map(|column| format!("{}::text", quoted(column))).collect();
        // The order in which the rows were written, unless they were changed.
        let query = format!("SELECT {} FROM {} ORDER BY ctid", texts.join(", "), quoted(table));
        self.selected(&query, put).await
    }
}
