//! Converts the tables of another server to archive records.

use std::collections::HashMap;

use super::authority::{AuditReader, read_roles, settle_bans};
use super::chats::Chats;
use super::database::{self, ForeignDatabase, TableRows, WantedTable};
use super::layout::columns::{self, KnownColumns};
use super::layout::{LayoutMap, TableMap};
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tally::TableTally;
use super::timeline::ChatTimeline;
use super::uploads::Uploads;
use super::{feedback, messages};
use crate::protocol::{ChatId, MessageId, Timestamp, UserId};
use crate::store::archive::{ArchiveRecord, ArchiveResult, ArchivedAudit};

/// All converted data of another server.
#[derive(Debug)]
pub(super) struct Converted<'a> {
    people: ForeignPeople<'a>,
    chats: Chats,
    uploads: Uploads,
    audit: Vec<ArchivedAudit>,
    /// The account of every row.
    pub(super) tallies: Vec<TableTally>,
}

impl Converted<'_> {
    /// Passes every record to `put`, in archive order.
    ///
    /// # Errors
    /// Fails if `put` fails, or an uploaded file cannot be read.
    pub(super) fn records(&self, mut put: impl FnMut(&ArchiveRecord) -> ArchiveResult<()>) -> ArchiveResult<()> {
        for user in self.people.in_order() {
            put(&ArchiveRecord::User(Box::new(user.clone())))?;
        }
        for chat in self.chats.in_order() {
            for record in ChatTimeline::new(chat, &self.people).into_records() {
                put(&record)?;
            }
        }
        self.uploads.records(&mut put)?;
        self.audit.iter().try_for_each(|entry| put(&ArchiveRecord::Audit(Box::new(entry.clone()))))
    }
}

/// The tables in a map; missing ones are empty.
struct ForeignTables {
    users: CountedTable,
    chats: CountedTable,
    owners: CountedTable,
    members: CountedTable,
    messages: CountedTable,
    reactions: CountedTable,
    reads: CountedTable,
    mentions: CountedTable,
    roles: CountedTable,
    audit: CountedTable,
}

/// A table and the tally of its rows.
struct CountedTable {
    rows: Option<TableRows>,
    tally: TableTally,
}

impl CountedTable {
    fn absent() -> Self {
        CountedTable { rows: None, tally: TableTally::new("", 0) }
    }

    async fn read(database: &mut dyn ForeignDatabase, wanted: WantedTable<'_>) -> Result<Self, String> {
        let table = wanted.table;
        let rows = database::read(database, wanted).await?;
        let tally = TableTally::new(table, rows.as_ref().map_or(0, TableRows::len));
        Ok(CountedTable { rows, tally })
    }
}

/// A table of the map with its known columns.
async fn table(
    database: &mut dyn ForeignDatabase,
    map: Option<&TableMap>,
    known: KnownColumns,
) -> Result<CountedTable, String> {
    let Some(TableMap { table, columns }) = map else { return Ok(CountedTable::absent()) };
    CountedTable::read(database, WantedTable { table, columns, known }).await
}

impl ForeignTables {
    async fn read(database: &mut dyn ForeignDatabase, map: &LayoutMap) -> Result<Self, String> {
        let wanted = |table, columns, known| WantedTable { table, columns, known };
        let users = match &map.users {
            Some(map) => CountedTable::read(database, wanted(&map.table, &map.columns, columns::USERS)).await?,
            None => CountedTable::absent(),
        };
        let chats = match &map.chats.table {
            Some(table) => CountedTable::read(database, wanted(table, &map.chats.columns, columns::CHATS)).await?,
            None => CountedTable::absent(),
        };
        let owners = match &map.owners.table {
            Some(table) => CountedTable::read(database, wanted(table, &map.owners.columns, columns::OWNERS)).await?,
            None => CountedTable::absent(),
        };
        // Every database of that server has the first table in the map.
        let first = map.users.as_ref().map(|map| &map.table).or(map.chats.table.as_ref());
        let first = first.filter(|_| users.rows.is_none() && (map.users.is_some() || chats.rows.is_none()));
        if let Some(table) = first {
            return Err(format!("the database has no table {table}; check --map"));
        }
        let messages = match &map.messages {
            Some(map) => CountedTable::read(database, wanted(&map.table, &map.columns, columns::MESSAGES)).await?,
            None => CountedTable::absent(),
        };
        let roles = match &map.roles {
            Some(map) => CountedTable::read(database, wanted(&map.table, &map.columns, columns::ROLES)).await?,
            None => CountedTable::absent(),
        };
        let audit = match &map.audit {
            Some(map) => CountedTable::read(database, wanted(&map.table, &map.columns, columns::AUDIT)).await?,
            None => CountedTable::absent(),
        };
        Ok(ForeignTables {
            users,
            chats,
            owners,
            members: table(database, map.members.as_ref(), columns::MEMBERS).await?,
            messages,
            reactions: table(database, map.reactions.as_ref(), columns::REACTIONS).await?,
            reads: table(database, map.reads.as_ref(), columns::READS).await?,
            mentions: table(database, map.mentions.as_ref(), columns::MENTIONS).await?,
            roles,
            audit,
        })
    }

    fn into_tallies(self) -> Vec<TableTally> {
        let ForeignTables { users, chats, owners, members, messages, reactions, reads, mentions, roles, audit } = self;
        let all = [users, chats, owners, members, messages, reactions, reads, mentions, roles, audit];
        all.into_iter().map(|table| table.tally).filter(|tally| !tally.table().is_empty()).collect()
    }
}

/// Reads a database and converts everything in the map.
///
/// # Errors
/// Fails with a one-sentence error if the database does not match the map, or cannot be read.
pub(super) async fn convert<'a>(
    database: &mut dyn ForeignDatabase,
    map: &LayoutMap,
    rules: &'a ConversionRules,
) -> Result<Converted<'a>, String> {
    let mut tables = ForeignTables::read(database, map).await?;
    let mut people = ForeignPeople::new(rules);
    if let (Some(rows), Some(map)) = (&tables.users.rows, &map.users) {
        people.read(rows, map, &mut tables.users.tally);
    }
    let mut chats = Chats::read(tables.chats.rows.as_ref(), &map.chats, rules, &mut tables.chats.tally);
    fill(&mut chats, &mut tables, map, rules, &mut people)?;
    let first = earliest(&chats);
    chats.fill_times(first, &mut tables.chats.tally);
    let old_ids: HashMap<String, ChatId> = settle(&mut chats, &mut tables, map, rules, &mut people)?;
    let messages = if tables.audit.rows.is_some() { message_ids(&chats) } else { HashMap::new() };
    let known = KnownIds { messages: &messages, chats: &old_ids, otherwise: earliest(&chats) };
    let audit = read_audit(&mut tables, map, rules, &mut people, &known)?;
    people.fill_times(earliest(&chats));
    let mut uploads = Uploads::default();
    if let Some(map) = &map.messages {
        for chat in chats.iter_mut() {
            messages::attach(chat, map, rules, &mut uploads, &mut tables.messages.tally);
        }
    }
    count_feedback(&chats, &people, &mut tables);
    let mut tallies = tables.into_tallies();
    tallies.extend(others(database, map, &tallies).await?);
    match tallies.iter().find(|tally| tally.unaccounted() > 0) {
        Some(tally) => {
            Err(format!("{} rows of the table {} are not accounted for", tally.unaccounted(), tally.table()))
        }
        None => Ok(Converted { people, chats, uploads, audit, tallies }),
    }
}

/// Converts the tables that belong to chats, up to read receipts.
fn fill(
    chats: &mut Chats,
    tables: &mut ForeignTables,
    map: &LayoutMap,
    rules: &ConversionRules,
    people: &mut ForeignPeople<'_>,
) -> Result<(), String> {
    if let (Some(rows), Some(map)) = (&tables.messages.rows, &map.messages) {
        messages::read(rows, map, rules, people, chats, &mut tables.messages.tally)?;
        tables.messages.rows = None;
        let has_assistant = map.columns.contains_key("role");
        for chat in chats.iter_mut() {
            messages::sort(&mut chat.messages, map.order, &mut tables.messages.tally);
            if has_assistant {
                let owner = people.administrator(chat.began_at())?;
                chat.takes_part(&owner, people);
                let assistant = people.assistant(&owner, chat.began_at());
                chat.takes_part(&assistant, people);
            }
        }
    }
    if let Some(rows) = &tables.owners.rows {
        chats.read_owners(rows, people, &mut tables.owners.tally);
    }
    if let Some(rows) = &tables.members.rows {
        chats.read_members(rows, rules, people, &mut tables.members.tally);
    }
    if let Some(rows) = &tables.reactions.rows {
        feedback::read_reactions(rows, rules, people, chats, &mut tables.reactions.tally);
    }
    if let Some(rows) = &tables.reads.rows {
        feedback::read_reads(rows, rules, people, chats, &mut tables.reads.tally);
    }
    if let (Some(rows), Some(map)) = (&tables.roles.rows, &map.roles) {
        read_roles(rows, map, people, chats, &mut tables.roles.tally);
    }
    Ok(())
}

/// Completes the chats; returns their ids by original id.
fn settle(
    chats: &mut Chats,
    tables: &mut ForeignTables,
    map: &LayoutMap,
    rules: &ConversionRules,
    people: &mut ForeignPeople<'_>,
) -> Result<HashMap<String, ChatId>, String> {
    chats.settle(&map.chats, &mut tables.chats.tally);
    if let Some(map) = &map.messages {
        for chat in chats.iter_mut() {
            // The messages of a merged chat are two sequences, each in its order; no time is changed.
            chat.messages.sort_by_key(|message| message.at);
            if map.quotes {
                messages::find_replies(chat, people, &mut tables.messages.tally);
            }
        }
    }
    chats.settle_owners(map.owners.otherwise, people)?;
    chats.settle_names(&map.chats, rules, &mut tables.chats.tally);
    Ok(chats.iter().map(|chat| (chat.old_id.clone(), chat.id.clone())).collect())
}

/// The ids of the converted messages, by original id.
fn message_ids(chats: &Chats) -> HashMap<String, MessageId> {
    let all = chats.iter().flat_map(|chat| &chat.messages);
    all.map(|message| (message.old_id.clone(), message.id.clone())).collect()
}

/// The records converted before the audit log, by original id, and the time of the first chat or message.
struct KnownIds<'a> {
    messages: &'a HashMap<String, MessageId>,
    chats: &'a HashMap<String, ChatId>,
    otherwise: Timestamp,
}

fn read_audit(
    tables: &mut ForeignTables,
    map: &LayoutMap,
    rules: &ConversionRules,
    people: &mut ForeignPeople<'_>,
    known: &KnownIds<'_>,
) -> Result<Vec<ArchivedAudit>, String> {
    let mut entries = vec![];
    if let (Some(rows), Some(map)) = (&tables.audit.rows, &map.audit) {
        let reader =
            AuditReader { map, rules, chats: known.chats, messages: known.messages, otherwise: known.otherwise };
        entries = reader.read(rows, people, &mut tables.audit.tally);
    }
    let latest = entries.iter().map(|entry| entry.at).max().unwrap_or(known.otherwise);
    settle_bans(&entries, latest, people, &mut tables.users.tally)?;
    Ok(entries)
}

/// The time of the first chat or message.
fn earliest(chats: &Chats) -> Timestamp {
    let began = chats.iter().map(|chat| chat.began_at());
    let sent = chats.iter().flat_map(|chat| chat.messages.first()).map(|message| message.at);
    let real = began.chain(sent).filter(|at| at.millis() > 0);
    real.min().unwrap_or(Timestamp::from_millis(0))
}

/// Counts read receipts that do not become a mark, and mentions that the texts do not contain.
fn count_feedback(chats: &Chats, people: &ForeignPeople<'_>, tables: &mut ForeignTables) {
    if tables.mentions.rows.is_none() && tables.reads.rows.is_none() {
        return;
    }
    let mut mentioned: HashMap<&str, Vec<UserId>> = HashMap::new();
    for chat in chats.iter() {
        let timeline = ChatTimeline::new(chat, people);
        timeline.count_reads(&mut tables.reads.tally);
        if tables.mentions.rows.is_some() {
            mentioned.extend(timeline.mentioned());
        }
    }
    let CountedTable { rows, tally } = &mut tables.mentions;
    for row in rows.iter().flat_map(TableRows::iter) {
        let users = row.get("message").and_then(|old| mentioned.get(old));
        let user = row.get("user").and_then(|old| people.find(old));
        match (users, user) {
            (None, _) => tally.leave_out("message not found"),
            (_, None) => tally.leave_out("user not found"),
            (Some(users), Some(user)) if users.contains(user) => tally.import(),
            _ => tally.leave_out("the text does not mention this member"),
        }
    }
}

/// Counts the tables that are not in the map.
async fn others(
    database: &mut dyn ForeignDatabase,
    map: &LayoutMap,
    known: &[TableTally],
) -> Result<Vec<TableTally>, String> {
    let mut others = vec![];
    for size in database.tables().await? {
        if known.iter().any(|tally| tally.table() == size.name) {
            continue;
        }
        let mut tally = TableTally::new(&size.name, size.rows);
        let reason = map.ignored.get(&size.name).map_or("this table is not in the map", String::as_str);
        tally.leave_out_all(reason, size.rows as u64);
        others.push(tally);
    }
    Ok(others)
}
