//! Loads the records needed to decide a batch, all of them in one go.

use std::collections::{BTreeSet, HashMap, HashSet};

use tokio_postgres::{Row, Statement};

use super::counts::{Count, OrdinalCache};
use super::error::PgError;
use super::messages::select_messages;
use super::operations;
use super::rows::{PgColumns, sized_message_columns};
use super::session::PgConnection;
use super::values::Text;
use crate::domain::{ChannelHolder, ChatRecord, State};
use crate::protocol::{ChatId, Seq, UserId};
use crate::store::loader::Wanted;
use crate::store::sql::columns::{SqlColumns, chat_columns, member_columns};
use crate::store::sql::records::SqlRecords;

/// Each statement sees what was committed before it began, so those after the locks see everything that the locks
/// waited for.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// Every batch takes the locks in the same order, so that no two wait for each other.
const CHATS: &str =
    concat!("SELECT ", chat_columns!("c"), " FROM chats c WHERE c.id = ANY ($1) ORDER BY c.id FOR UPDATE");

const MEMBERS: &str = concat!(
    "SELECT m.chat_id, m.user_id, ",
    member_columns!("m"),
    " FROM unnest($1::text[], $2::text[]) AS w (chat_id, user_id) \
      JOIN members m ON m.chat_id = w.chat_id AND m.user_id = w.user_id"
);

const MESSAGES: &str = concat!(
    select_messages!(),
    "JOIN unnest($1::text[], $2::text[]) AS w (chat_id, id) ON x.chat_id = w.chat_id AND x.id = w.id"
);

const LAST: &str =
    concat!(select_messages!(), "JOIN chats c ON c.id = x.chat_id AND c.last_seq = x.seq WHERE c.id = ANY ($1)");

/// Finds the users with these usernames and their membership of the chat.
const NAMED: &str = concat!(
    "SELECT w.chat_id, w.name, u.id, m.user_id, ",
    member_columns!("m"),
    " FROM unnest($1::text[], $2::text[]) AS w (chat_id, name) \
      JOIN users u ON u.username_key = w.name AND u.deleted_at IS NULL \
      LEFT JOIN members m ON m.chat_id = w.chat_id AND m.user_id = u.id"
);

/// Finds the holders of channel keys. Rows from before look-alike keys may share one; the last of the rows found for a
/// key holds it, so that a name is never taken from the channel that has it.
const CHANNELS: &str = "SELECT w.key, k.chat_id, k.name_key, k.active FROM unnest($1::text[]) AS w (key) \
      JOIN channels k ON k.look_key = w.key \
    UNION ALL SELECT w.key, k.chat_id, k.name_key, k.active FROM unnest($1::text[]) AS w (key) \
      JOIN channels k ON k.name_key = w.key";

/// Everything read for a batch.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) state: State,
    /// Chats that exist in the tables.
    kept: HashSet<ChatId>,
    /// The position of each chat's latest change other than to messages, when it was loaded.
    changed: HashMap<ChatId, Seq>,
    /// The position of each chat's clock when it was loaded.
    clocks: HashMap<ChatId, Seq>,
    /// The ordinals of chats for which they are cached.
    pub(super) counts: HashMap<ChatId, Count>,
}

impl Loaded {
    /// True if the tables hold the chat.
    pub(super) fn is_kept(&self, chat: &ChatId) -> bool {
        self.kept.contains(chat)
    }

    /// Records that the tables contain these chats too.
    pub(super) fn keep(&mut self, chats: Vec<ChatId>) {
        self.kept.extend(chats);
    }

    /// The position of the chat's clock before the batch.
    pub(super) fn clock(&self, chat: &ChatId) -> Seq {
        self.clocks.get(chat).copied().unwrap_or(0)
    }

    /// True if only the chat's messages have changed.
    pub(super) fn has_ticked(&self, record: &ChatRecord) -> bool {
        self.changed.get(&record.chat.id) == Some(&record.changed_seq)
    }
}

/// Begins the transaction, locks the batch's chats and loads everything in one round trip.
pub(super) async fn load(
    session: &PgConnection,
    counts: &OrdinalCache,
    wanted: &Wanted<'_>,
) -> Result<Loaded, PgError> {
    let [chats, members, messages, last, channels, named] =
        session.prepared([CHATS, MEMBERS, MESSAGES, LAST, CHANNELS, NAMED]).await?;
    let [known] = session.prepared([operations::SOME]).await?;
    let (begun, chats, members, messages, last, channels, named, known) = futures_util::join!(
        session.batch_execute(BEGIN),
        by_one(session, &chats, &wanted.chats),
        by_two(session, &members, &wanted.members),
        by_two(session, &messages, &wanted.messages),
        by_one(session, &last, &wanted.last_messages),
        by_name(session, &channels, &wanted.channels),
        by_username(session, &named, &wanted.names),
        operations::find(session, &known, wanted),
    );
    begun?;
    let mut loaded = Loaded::default();
    load_chats(&mut loaded, counts, wanted, &chats?)?;
    load_members(&mut loaded.state, wanted, &members?)?;
    load_messages(&mut loaded.state, wanted, &messages?)?;
    load_last_messages(&mut loaded.state, &last?)?;
    load_channels(&mut loaded.state, wanted, &channels?)?;
    load_names(&mut loaded.state, wanted, &named?)?;
    operations::load(&mut loaded.state, &known?)?;
    Ok(loaded)
}

type Rows = Result<Vec<Row>, tokio_postgres::Error>;

async fn by_one(session: &PgConnection, statement: &Statement, keys: &BTreeSet<&ChatId>) -> Rows {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    session.query(statement, &[&keys.iter().collect::<Vec<_>>()]).await
}

async fn by_two<T>(session: &PgConnection, statement: &Statement, keys: &BTreeSet<(&ChatId, &T)>) -> Rows
where
    T: tokio_postgres::types::ToSql + Sync,
{
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let (chats, others): (Vec<&ChatId>, Vec<&T>) = keys.iter().copied().unzip();
    session.query(statement, &[&chats, &others]).await
}

async fn by_name(session: &PgConnection, statement: &Statement, keys: &BTreeSet<String>) -> Rows {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    session.query(statement, &[&keys.iter().map(Text).collect::<Vec<_>>()]).await
}

async fn by_username(session: &PgConnection, statement: &Statement, keys: &BTreeSet<(&ChatId, String)>) -> Rows {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let (chats, names): (Vec<&ChatId>, Vec<&str>) = keys.iter().map(|(chat, name)| (*chat, name.as_str())).unzip();
    session.query(statement, &[&chats, &names]).await
}

fn load_chats(loaded: &mut Loaded, counts: &OrdinalCache, wanted: &Wanted<'_>, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let record = PgColumns::of(row).chat()?;
        if let Some(count) = counts.take(&record) {
            loaded.counts.insert(record.chat.id.clone(), count);
        }
        loaded.kept.insert(record.chat.id.clone());
        loaded.changed.insert(record.chat.id.clone(), record.changed_seq);
        loaded.clocks.insert(record.chat.id.clone(), record.chat.seq);
        loaded.state.load_chat(&record.chat.id.clone(), Some(record));
    }
    for chat in &wanted.chats {
        if !loaded.state.knows_chat(chat) {
            loaded.state.load_chat(chat, None);
        }
    }
    Ok(())
}

fn load_members(state: &mut State, wanted: &Wanted<'_>, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let mut columns = PgColumns::of(row);
        let chat = columns.get()?;
        let user = columns.get()?;
        state.load_member(&chat, &user, Some(columns.member()?));
    }
    for (chat, user) in &wanted.members {
        if !state.knows_member(chat, user) {
            state.load_member(chat, user, None);
        }
    }
    Ok(())
}

fn load_messages(state: &mut State, wanted: &Wanted<'_>, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let message = PgColumns::of(row).message()?.message;
        state.load_message(&message.chat_id.clone(), &message.id.clone(), Some(message));
    }
    for (chat, message) in &wanted.messages {
        if !state.knows_message(chat, message) {
            state.load_message(chat, message, None);
        }
    }
    Ok(())
}

fn load_last_messages(state: &mut State, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let message = PgColumns::of(row).message()?.message;
        state.load_last_message(&message.chat_id.clone(), Some(message));
    }
    Ok(())
}

fn load_channels(state: &mut State, wanted: &Wanted<'_>, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let mut columns = PgColumns::of(row);
        let key = columns.text()?;
        let chat = columns.get()?;
        let name_key = columns.text()?;
        state.load_channel(key, Some(ChannelHolder { chat, name_key, is_archived: !columns.get::<bool>()? }));
    }
    for key in &wanted.channels {
        if !state.knows_channel(key) {
            state.load_channel(key.clone(), None);
        }
    }
    Ok(())
}

fn load_names(state: &mut State, wanted: &Wanted<'_>, rows: &[Row]) -> Result<(), PgError> {
    for row in rows {
        let mut columns = PgColumns::of(row);
        let chat: ChatId = columns.get()?;
        let name: String = columns.get()?;
        let user: UserId = columns.get()?;
        let is_known = columns.get::<Option<UserId>>()?.is_some();
        let member = if is_known { Some(columns.member()?) } else { None };
        state.load_member(&chat, &user, member);
        state.load_name(name, Some(user));
    }
    for (_, name) in &wanted.names {
        if !state.knows_name(name) {
            state.load_name(name.clone(), None);
        }
    }
    Ok(())
}
