//! Databases of other servers, whose tables are read as rows of texts, whatever the kind of database.

use async_trait::async_trait;

#[cfg(feature = "cosmos")]
mod cosmos;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

use super::layout::columns::KnownColumns;

/// A result with a one-sentence error.
pub(super) type ReadResult<T> = Result<T, String>;

/// A value as text; none for NULL.
pub(super) type Cell = Option<Box<str>>;

/// A table and the number of its rows.
#[derive(Debug)]
pub(super) struct TableSize {
    pub(super) name: String,
    pub(super) rows: usize,
}

/// Takes the values of a row.
pub(super) type RowSink<'a> = dyn FnMut(Vec<Cell>) -> ReadResult<()> + Send + 'a;

/// A read-only snapshot of a database.
#[async_trait]
pub(super) trait ForeignDatabase: Send {
    /// The existing tables.
    async fn tables(&mut self) -> ReadResult<Vec<TableSize>>;

    /// The names of a table's columns; none if the table does not exist. If tables have no columns, the wanted ones.
    async fn columns(&mut self, table: &str, wanted: &[&str]) -> ReadResult<Option<Vec<String>>>;

    /// Passes these columns of every row to `put`, in database order. Rows of tables are not kept.
    async fn each_row(&mut self, table: &str, columns: &[&str], put: &mut RowSink<'_>) -> ReadResult<()>;
}

/// Opens a database: a SQLite file, `postgres://…`, or `cosmos://DATABASE` in the configured account. `names` are the
/// tables to look for, if a database does not list them.
///
/// # Errors
/// Fails if the database does not exist, or cannot be read.
pub(super) async fn open(place: &str, names: Vec<String>) -> ReadResult<Box<dyn ForeignDatabase>> {
    #[cfg(not(feature = "cosmos"))]
    drop(names);
    let scheme = place.split_once("://").map(|(scheme, _)| scheme.split('+').next().unwrap_or(scheme));
    match scheme {
        #[cfg(feature = "postgres")]
        Some("postgres" | "postgresql") => Ok(Box::new(postgres::ForeignPostgres::open(place).await?)),
        #[cfg(feature = "cosmos")]
        Some("cosmos") => Ok(Box::new(cosmos::ForeignCosmos::open(place, names).await?)),
        #[cfg(feature = "sqlite")]
        None | Some("sqlite" | "file") => Ok(Box::new(sqlite::ForeignSqlite::open(place)?)),
        _ => {
            // The rest of the address may contain a password.
            let kind = scheme.unwrap_or("this");
            Err(format!("{kind} is neither a SQLite file nor the address of a supported database"))
        }
    }
}

/// The rows of a table, by the roles of their columns.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    roles: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowView<'a> {
    roles: &'a [String],
    values: &'a [Cell],
}

impl TableRows {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Every row, in database order.
    pub(super) fn iter(&self) -> impl Iterator<Item = RowView<'_>> {
        self.rows.iter().map(|values| RowView { roles: &self.roles, values })
    }
}

impl<'a> RowView<'a> {
    /// The value of the column with this role; none for NULL and for missing columns.
    pub(super) fn get(&self, role: &str) -> Option<&'a str> {
        let place = self.roles.iter().position(|known| known == role)?;
        self.values[place].as_deref()
    }

    /// The value, or an empty text.
    pub(super) fn text(&self, role: &str) -> &'a str {
        self.get(role).unwrap_or_default()
    }

    /// True for values that mean true.
    pub(super) fn flag(&self, role: &str) -> bool {
        matches!(self.text(role), "1" | "true" | "t" | "TRUE" | "True")
    }
}

/// A table in a map.
pub(super) struct WantedTable<'a> {
    pub(super) table: &'a str,
    pub(super) columns: &'a std::collections::BTreeMap<String, String>,
    pub(super) known: KnownColumns,
}

/// A table whose columns are known, and whose rows are read one after another.
pub(super) struct FoundTable {
    table: String,
    roles: Vec<String>,
    columns: Vec<String>,
}

impl FoundTable {
    /// Passes every row to `put`, in database order.
    ///
    /// # Errors
    /// Fails if the table cannot be read, or `put` fails.
    pub(super) async fn each_row(
        &self,
        database: &mut dyn ForeignDatabase,
        mut put: impl FnMut(RowView<'_>) -> ReadResult<()> + Send,
    ) -> ReadResult<()> {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut pass = |values: Vec<Cell>| put(RowView { roles: &self.roles, values: &values });
        database.each_row(&self.table, &columns, &mut pass).await
    }

    /// All rows.
    ///
    /// # Errors
    /// Fails if the table cannot be read.
    pub(super) async fn rows(self, database: &mut dyn ForeignDatabase) -> ReadResult<TableRows> {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut rows = vec![];
        let mut keep = |values: Vec<Cell>| {
            rows.push(values);
            Ok(())
        };
        database.each_row(&self.table, &columns, &mut keep).await?;
        Ok(TableRows { roles: self.roles, rows })
    }
}

/// Finds a table; none if it does not exist. Missing columns are empty, unless they are required.
///
/// # Errors
/// Fails if a required column is missing, or the database cannot be read.
pub(super) async fn find(
    database: &mut dyn ForeignDatabase,
    wanted: WantedTable<'_>,
) -> ReadResult<Option<FoundTable>> {
    let WantedTable { table, columns, known } = wanted;
    let wanted: Vec<&str> = columns.values().map(String::as_str).collect();
    let Some(present) = database.columns(table, &wanted).await? else { return Ok(None) };
    let is_there = |column: &String| present.contains(column);
    let missing = columns.iter().find(|(role, column)| known.required.contains(&role.as_str()) && !is_there(column));
    if let Some((_, column)) = missing {
        return Err(format!("the table {table} has no column {column}; check --map"));
    }
    let mut found = FoundTable { table: table.to_owned(), roles: vec![], columns: vec![] };
    for (role, column) in columns.iter().filter(|(_, column)| is_there(column)) {
        found.roles.push(role.clone());
        found.columns.push(column.clone());
    }
    Ok(Some(found))
}
