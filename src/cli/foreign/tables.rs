//! The tables of another server's database that a map names.

use super::database::{self, ForeignDatabase, FoundTable, RowView, TableRows, WantedTable};
use super::layout::columns::{self, KnownColumns};
use super::layout::{LayoutMap, TableMap};
use super::tally::TableTally;

/// The tables in a map; missing ones are empty.
pub(super) struct ForeignTables {
    pub(super) users: CountedTable,
    pub(super) chats: CountedTable,
    pub(super) owners: CountedTable,
    pub(super) members: CountedTable,
    pub(super) messages: StreamedTable,
    pub(super) reactions: StreamedTable,
    pub(super) reads: StreamedTable,
    pub(super) mentions: StreamedTable,
    pub(super) roles: CountedTable,
    pub(super) audit: CountedTable,
}

/// A table and the tally of its rows.
pub(super) struct CountedTable {
    pub(super) rows: Option<TableRows>,
    pub(super) tally: TableTally,
}

/// A table whose rows are not kept, and their tally.
pub(super) struct StreamedTable {
    pub(super) found: Option<FoundTable>,
    pub(super) tally: TableTally,
}

impl CountedTable {
    async fn read(database: &mut dyn ForeignDatabase, wanted: Option<WantedTable<'_>>) -> Result<Self, String> {
        let StreamedTable { found, tally } = StreamedTable::find(database, wanted).await?;
        let Some(found) = found else { return Ok(CountedTable { rows: None, tally }) };
        let rows = found.rows(database).await?;
        let tally = TableTally::new(tally.table(), rows.len());
        Ok(CountedTable { rows: Some(rows), tally })
    }
}

impl StreamedTable {
    async fn find(database: &mut dyn ForeignDatabase, wanted: Option<WantedTable<'_>>) -> Result<Self, String> {
        let Some(wanted) = wanted else { return Ok(StreamedTable { found: None, tally: TableTally::new("", 0) }) };
        let tally = TableTally::new(wanted.table, 0);
        Ok(StreamedTable { found: database::find(database, wanted).await?, tally })
    }

    /// Counts each row and passes it to `read` with the tally.
    pub(super) async fn each_row(
        &mut self,
        database: &mut dyn ForeignDatabase,
        mut read: impl FnMut(RowView<'_>, &mut TableTally) -> Result<(), String> + Send,
    ) -> Result<(), String> {
        let StreamedTable { found, tally } = self;
        let Some(found) = found else { return Ok(()) };
        let counted = |row: RowView<'_>| {
            tally.read();
            read(row, tally)
        };
        found.each_row(database, counted).await
    }
}

fn wanted<'a>(map: Option<&'a TableMap>, known: KnownColumns) -> Option<WantedTable<'a>> {
    map.map(|TableMap { table, columns }| WantedTable { table, columns, known })
}

impl ForeignTables {
    /// Finds the tables, and reads those that are kept.
    ///
    /// # Errors
    /// Fails with a one-sentence error if the database does not match the map, or cannot be read.
    pub(super) async fn read(database: &mut dyn ForeignDatabase, map: &LayoutMap) -> Result<Self, String> {
        let table = |table, columns, known| WantedTable { table, columns, known };
        let users = map.users.as_ref().map(|map| table(&map.table, &map.columns, columns::USERS));
        let users = CountedTable::read(database, users).await?;
        let chats = map.chats.table.as_ref().map(|name| table(name, &map.chats.columns, columns::CHATS));
        let chats = CountedTable::read(database, chats).await?;
        let owners = map.owners.table.as_ref().map(|name| table(name, &map.owners.columns, columns::OWNERS));
        let owners = CountedTable::read(database, owners).await?;
        // Every database of that server has the first table in the map.
        let first = map.users.as_ref().map(|map| &map.table).or(map.chats.table.as_ref());
        let first = first.filter(|_| users.rows.is_none() && (map.users.is_some() || chats.rows.is_none()));
        if let Some(table) = first {
            return Err(format!("the database has no table {table}; check --map"));
        }
        let messages = map.messages.as_ref().map(|map| table(&map.table, &map.columns, columns::MESSAGES));
        let members = map.members.as_ref().map(|map| table(&map.table, &map.columns, columns::MEMBERS));
        let roles = map.roles.as_ref().map(|map| table(&map.table, &map.columns, columns::ROLES));
        let audit = map.audit.as_ref().map(|map| table(&map.table, &map.columns, columns::AUDIT));
        Ok(ForeignTables {
            users,
            chats,
            owners,
            members: CountedTable::read(database, members).await?,
            messages: StreamedTable::find(database, messages).await?,
            reactions: StreamedTable::find(database, wanted(map.reactions.as_ref(), columns::REACTIONS)).await?,
            reads: StreamedTable::find(database, wanted(map.reads.as_ref(), columns::READS)).await?,
            mentions: StreamedTable::find(database, wanted(map.mentions.as_ref(), columns::MENTIONS)).await?,
            roles: CountedTable::read(database, roles).await?,
            audit: CountedTable::read(database, audit).await?,
        })
    }

    /// The accounts of the rows of all tables.
    pub(super) fn into_tallies(self) -> Vec<TableTally> {
        let ForeignTables { users, chats, owners, members, messages, reactions, reads, mentions, roles, audit } = self;
        let kept = |table: CountedTable| table.tally;
        let streamed = |table: StreamedTable| table.tally;
        let all = [users, chats, owners, members].map(kept).into_iter();
        let all = all.chain([messages, reactions, reads, mentions].map(streamed)).chain([roles, audit].map(kept));
        all.filter(|tally| !tally.table().is_empty()).collect()
    }
}
