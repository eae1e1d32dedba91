//! Containers of an Azure Cosmos DB account. Documents have no fixed columns: a missing field counts as empty.

use std::collections::HashMap;

use async_trait::async_trait;
use serde_json::{Map, Value};

use super::{Cell, ForeignDatabase, ReadResult, RowSink, TableSize};
use crate::ops::config::cosmos_account;
use crate::store::cosmos::ForeignDocuments;

/// A database in the configured account.
pub(super) struct ForeignCosmos {
    documents: ForeignDocuments,
    /// Containers to look for.
    names: Vec<String>,
    read: HashMap<String, Option<Vec<Map<String, Value>>>>,
}

impl ForeignCosmos {
    /// Connects to the account; the address is `cosmos://DATABASE`.
    pub(super) async fn open(place: &str, names: Vec<String>) -> ReadResult<Self> {
        let mut account = cosmos_account().map_err(|bad| bad.to_string())?;
        let database = place.split_once("://").map_or("", |(_, database)| database);
        if !database.is_empty() {
            database.clone_into(&mut account.database);
        }
        let documents = ForeignDocuments::open(&account).await.map_err(|error| error.to_string())?;
        Ok(ForeignCosmos { documents, names, read: HashMap::new() })
    }

    async fn container(&mut self, name: &str) -> ReadResult<Option<&Vec<Map<String, Value>>>> {
        if !self.read.contains_key(name) {
            let unreadable =
                |error: crate::store::error::StoreError| format!("cannot read the container {name}: {error}");
            let found = self.documents.all(name).await.map_err(unreadable)?;
            self.read.insert(name.to_owned(), found);
        }
        Ok(self.read.get(name).and_then(Option::as_ref))
    }
}

fn cell(value: Option<&Value>) -> Cell {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text.as_str().into()),
        other => Some(other.to_string().into()),
    }
}

#[async_trait]
impl ForeignDatabase for ForeignCosmos {
    async fn tables(&mut self) -> ReadResult<Vec<TableSize>> {
        let mut tables = vec![];
        for name in self.names.clone() {
            let rows = self.container(&name).await?.map(Vec::len);
            tables.extend(rows.map(|rows| TableSize { name, rows }));
        }
        Ok(tables)
    }

    async fn columns(&mut self, table: &str, wanted: &[&str]) -> ReadResult<Option<Vec<String>>> {
        let is_there = self.container(table).await?.is_some();
        Ok(is_there.then(|| wanted.iter().map(|column| (*column).to_owned()).collect()))
    }

    async fn each_row(&mut self, table: &str, columns: &[&str], put: &mut RowSink<'_>) -> ReadResult<()> {
        let documents = self.container(table).await?.into_iter().flatten();
        for document in documents {
            put(columns.iter().map(|column| cell(document.get(*column))).collect())?;
        }
        Ok(())
    }
}
