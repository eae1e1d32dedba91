//! Converts the tables of another server to archive records.
//!
//! The users, the chats and what is said of them are kept in memory. Messages and everything that refers to them are read
//! once and put into files by chat; from then on, one chat at a time is in memory.

use std::collections::{HashMap, HashSet};

use super::activity::ChatActivity;
use super::authority::{AuditReader, read_roles, settle_bans};
use super::chats::Chats;
use super::database::{ForeignDatabase, RowView, TableRows};
use super::feedback::{self, MarkReader, MessagePlaces};
use super::layout::LayoutMap;
use super::messages::{self, MessageReader};
use super::people::ForeignPeople;
use super::rules::ConversionRules;
use super::tables::ForeignTables;
use super::tally::TableTally;
use super::timeline::ChatTimeline;
use super::uploads::Uploads;
use crate::protocol::{ChatId, MessageId, Timestamp, UserId};
use crate::store::archive::{ArchiveError, ArchiveRecord, ArchiveResult, ArchivedAudit};

/// All converted data of another server.
#[derive(Debug)]
pub(super) struct Converted<'a> {
    people: ForeignPeople<'a>,
    chats: Chats,
    activity: ChatActivity,
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
            let messages = self.activity.messages.values(chat.group).map_err(ArchiveError::Files)?;
            for record in ChatTimeline::new(chat, &messages, &self.people).into_records() {
                put(&record)?;
            }
        }
        self.uploads.records(&mut put)?;
        self.audit.iter().try_for_each(|entry| put(&ArchiveRecord::Audit(Box::new(entry.clone()))))
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
    let chats = Chats::read(tables.chats.rows.as_ref(), &map.chats, rules, &mut tables.chats.tally);
    let mut conversion = Conversion { map, rules, tables, people, chats, activity: ChatActivity::new()? };
    conversion.fill(database).await?;
    let mut uploads = Uploads::default();
    let old_ids = conversion.settle()?;
    let messages = conversion.complete(&mut uploads)?;
    let Conversion { mut tables, mut people, chats, activity, .. } = conversion;
    let known = KnownIds { messages: &messages, chats: &old_ids, otherwise: earliest(&chats) };
    let audit = read_audit(&mut tables, map, rules, &mut people, &known)?;
    people.fill_times(earliest(&chats));
    count_feedback(&chats, &activity, &people, &mut tables)?;
    let mut tallies = tables.into_tallies();
    tallies.extend(others(database, map, &tallies).await?);
    match tallies.iter().find(|tally| tally.unaccounted() > 0) {
        Some(tally) => {
            Err(format!("{} rows of the table {} are not accounted for", tally.unaccounted(), tally.table()))
        }
        None => Ok(Converted { people, chats, activity, uploads, audit, tallies }),
    }
}

/// A conversion in progress.
struct Conversion<'a, 'b> {
    map: &'b LayoutMap,
    rules: &'a ConversionRules,
    tables: ForeignTables,
    people: ForeignPeople<'a>,
    chats: Chats,
    activity: ChatActivity,
}

impl Conversion<'_, '_> {
    /// Converts the tables that belong to chats.
    async fn fill(&mut self, database: &mut dyn ForeignDatabase) -> Result<(), String> {
        self.read_messages(database).await?;
        self.sort_messages()?;
        let Conversion { rules, tables, people, chats, .. } = self;
        if let Some(rows) = &tables.owners.rows {
            chats.read_owners(rows, people, &mut tables.owners.tally);
        }
        if let Some(rows) = &tables.members.rows {
            chats.read_members(rows, rules, people, &mut tables.members.tally);
        }
        self.read_marks(database).await?;
        let Conversion { map, tables, people, chats, .. } = self;
        if let (Some(rows), Some(map)) = (&tables.roles.rows, &map.roles) {
            read_roles(rows, map, people, chats, &mut tables.roles.tally);
        }
        Ok(())
    }

    async fn read_messages(&mut self, database: &mut dyn ForeignDatabase) -> Result<(), String> {
        let Conversion { map, rules, tables, people, chats, activity } = self;
        let Some(map) = &map.messages else { return Ok(()) };
        let read = |row: RowView<'_>, tally: &mut TableTally| {
            MessageReader { map, rules, people, activity, tally }.row(row, chats)
        };
        tables.messages.each_row(database, read).await
    }

    /// Sorts the messages of each chat, which is then known from its first message on.
    fn sort_messages(&mut self) -> Result<(), String> {
        let Conversion { map, tables, people, chats, activity, .. } = self;
        let Some(map) = &map.messages else { return Ok(()) };
        let has_assistant = map.columns.contains_key("role");
        let tally = &mut tables.messages.tally;
        for chat in chats.iter_mut() {
            let mut messages = activity.messages.values(chat.group)?;
            messages::leave_out_repeated(&mut messages, tally);
            messages::sort(&mut messages, map.order, tally);
            chat.messages = messages.len();
            chat.first_at = messages.first().map(|message| message.at);
            activity.messages.replace(chat.group, &messages)?;
            if has_assistant {
                let owner = people.administrator(chat.began_at())?;
                chat.takes_part(&owner, people);
                let assistant = people.assistant(&owner, chat.began_at());
                chat.takes_part(&assistant, people);
            }
        }
        Ok(())
    }

    /// Reads the tables that refer to messages.
    async fn read_marks(&mut self, database: &mut dyn ForeignDatabase) -> Result<(), String> {
        let Conversion { rules, tables, people, chats, activity, .. } = self;
        let people = &*people;
        let reaction = |row: RowView<'_>, tally: &mut TableTally| {
            MarkReader { rules, people, activity, tally }.reaction(row, chats)
        };
        tables.reactions.each_row(database, reaction).await?;
        let receipt = |row: RowView<'_>, tally: &mut TableTally| {
            MarkReader { rules, people, activity, tally }.receipt(row, chats)
        };
        tables.reads.each_row(database, receipt).await?;
        let mention =
            |row: RowView<'_>, tally: &mut TableTally| MarkReader { rules, people, activity, tally }.mention(row);
        tables.mentions.each_row(database, mention).await
    }

    /// Completes the chats; returns their ids by original id.
    fn settle(&mut self) -> Result<HashMap<String, ChatId>, String> {
        let Conversion { map, rules, tables, people, chats, activity } = self;
        let tally = &mut tables.chats.tally;
        chats.fill_times(earliest(chats), tally);
        chats.settle(&map.chats, activity, tally)?;
        chats.settle_owners(map.owners.otherwise, people)?;
        chats.settle_names(&map.chats, rules, tally);
        Ok(chats.iter().map(|chat| (chat.old_id.clone(), chat.id.clone())).collect())
    }

    /// Completes the messages, chat by chat; returns the ids of those that the audit log names, by original id.
    fn complete(&mut self, uploads: &mut Uploads) -> Result<HashMap<String, MessageId>, String> {
        let Conversion { map, rules, tables, people, chats, activity } = self;
        let audit = tables.audit.rows.iter().flat_map(TableRows::iter);
        let targets = audit.filter(|row| row.text("target_type") == "MESSAGE");
        let wanted: HashSet<&str> = targets.filter_map(|row| row.get("target")).collect();
        let mut ids = HashMap::new();
        let Some(map) = &map.messages else { return Ok(ids) };
        for chat in chats.iter() {
            let mut messages = activity.messages.values(chat.group)?;
            // The messages of a merged chat are two sequences, each in its order; no time is changed.
            messages.sort_by_key(|message| message.at);
            let places = MessagePlaces::of(&messages);
            let reactions = activity.reactions.values(chat.group)?;
            feedback::attach_reactions(&mut messages, &places, reactions, &mut tables.reactions.tally);
            let reads = activity.reads.values(chat.group)?;
            feedback::attach_reads(&mut messages, &places, reads, &mut tables.reads.tally);
            let tally = &mut tables.messages.tally;
            if map.quotes {
                messages::find_replies(&mut messages, people, tally);
            }
            messages::attach(&chat.id, &mut messages, map, rules, uploads, tally);
            let named = messages.iter().filter(|message| wanted.contains(message.old_id.as_str()));
            ids.extend(named.map(|message| (message.old_id.clone(), message.id.clone())));
            activity.messages.replace(chat.group, &messages)?;
        }
        Ok(ids)
    }
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
    let sent = chats.iter().filter_map(|chat| chat.first_at);
    let real = began.chain(sent).filter(|at| at.millis() > 0);
    real.min().unwrap_or(Timestamp::from_millis(0))
}

/// Counts read receipts that do not become a mark, and mentions that the texts do not contain.
fn count_feedback(
    chats: &Chats,
    activity: &ChatActivity,
    people: &ForeignPeople<'_>,
    tables: &mut ForeignTables,
) -> Result<(), String> {
    if tables.mentions.found.is_none() && tables.reads.found.is_none() {
        return Ok(());
    }
    for chat in chats.iter() {
        let messages = activity.messages.values(chat.group)?;
        let timeline = ChatTimeline::new(chat, &messages, people);
        timeline.count_reads(&mut tables.reads.tally);
        let mentions = activity.mentions.values(chat.group)?;
        let mentioned: HashMap<&str, Vec<UserId>> = timeline.mentioned().collect();
        feedback::count_mentions(&mentioned, mentions, &mut tables.mentions.tally);
    }
    Ok(())
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
