//! A SQLite file.

use std::path::Path;

use async_trait::async_trait;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Cell, ForeignDatabase, ReadResult, RowSink, TableSize};

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    ORDER BY name";

/// A file that is read in one transaction.
pub(super) struct ForeignSqlite {
    connection: Connection,
    place: String,
}

impl ForeignSqlite {
    pub(super) fn open(place: &str) -> ReadResult<Self> {
        // As in SQLAlchemy: three slashes before a relative path, four before an absolute one.
        let path = place.split_once("://").map_or(place, |(_, path)| path.strip_prefix('/').unwrap_or(path));
        if !Path::new(path).is_file() {
            return Err(format!("the file {path} does not exist"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| format!("cannot open {path}: {error}"))?;
        let database = ForeignSqlite { connection, place: path.to_owned() };
        let begun = database.connection.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000; BEGIN");
        begun.map_err(|error| database.failed(&error))?;
        let query = "PRAGMA quick_check(1)";
        let found: String =
            database.connection.query_row(query, [], |row| row.get(0)).map_err(|error| database.failed(&error))?;
        if found != "ok" {
            return Err(database.damaged());
        }
        Ok(database)
    }

    fn damaged(&self) -> String {
        format!("{} is damaged or not a SQLite database; restore a backup or name another file", self.place)
    }

    fn failed(&self, error: &rusqlite::Error) -> String {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => self.damaged(),
            _ => format!("cannot read {}: {error}", self.place),
        }
    }

    fn selected(&self, query: &str, put: &mut RowSink<'_>) -> ReadResult<()> {
        let failed = |error: rusqlite::Error| self.failed(&error);
        let mut statement = self.connection.prepare(query).map_err(failed)?;
        let width = statement.column_count();
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let values: rusqlite::Result<Vec<Cell>> = (0..width).map(|place| Ok(cell(row.get_ref(place)?))).collect();
            put(values.map_err(failed)?)?;
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string().into()),
        ValueRef::Real(number) => Some(number.to_string().into()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into()),
    }
}

#[async_trait]
impl ForeignDatabase for ForeignSqlite {
    async fn tables(&mut self) -> ReadResult<Vec<TableSize>> {
        let mut names: Vec<Cell> = vec![];
        let mut keep = |row: Vec<Cell>| {
            names.extend(row);
            Ok(())
        };
        self.selected(TABLES, &mut keep)?;
        let mut tables = vec![];
        for name in names.into_iter().flatten() {
            let query = format!("SELECT count(*) FROM {}", quoted(&name));
            let rows = self.connection.query_row(&query, [], |row| row.get::<_, i64>(0));
            let rows = rows.map_err(|error| self.failed(&error))?.unsigned_abs() as usize;
            tables.push(TableSize { name: name.into(), rows });
        }
        Ok(tables)
    }

    async fn columns(&mut self, table: &str, _: &[&str]) -> ReadResult<Option<Vec<String>>> {
        let query = "SELECT name FROM pragma_table_info(?1)";
        let found = self.connection.prepare(query).and_then(|mut statement| {
            statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        });
        let found = found.map_err(|error| self.failed(&error))?;
        Ok(Some(found).filter(|columns| !columns.is_empty()))
    }

    async fn each_row(&mut self, table: &str, columns: &[&str], put: &mut RowSink<'_>) -> ReadResult<()> {
        let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        // Without an order, SQLite returns the rows of a table by their rowid.
        let query = format!("SELECT {} FROM {} NOT INDEXED", columns.join(", "), quoted(table));
        self.selected(&query, put)
    }
}
