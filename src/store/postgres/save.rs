//! Writes back a batch's changes: one statement per table, all in one go.

use tokio_postgres::{Error, Statement};

use super::counts::Tally;
use super::error::PgError;
use super::index::{self, DUE, SAID_ANEW};
use super::load::Loaded;
use super::operations;
use super::reactions::{self, Beside, ReactionRows};
use super::retention::{self, TRIM, TrimmedChat};
use super::session::{Executed, Parameters, PgConnection};
use super::values::{Text, column, filled, integer};
use crate::domain::{ChangedRecord, ChatRecord, MemberRecord, StoredOperation, look_alike_key, name_key};
use crate::protocol::{ChatId, ChatKind, Message, UserId};

mod members;
mod messages;

use members::{MEMBERS, save_members};
use messages::{COUNTED, MESSAGES, Placed, save_messages};

const REMOVE_MESSAGES: &str = "WITH r AS (DELETE FROM reactions WHERE chat_id = ANY ($1)), \
    n AS (DELETE FROM mentions WHERE chat_id = ANY ($1)), \
    w AS (DELETE FROM to_index WHERE chat_id = ANY ($1)), \
    i AS (DELETE FROM indexed WHERE chat_id = ANY ($1) RETURNING number), \
    t AS (DELETE FROM message_text t USING i WHERE t.place >= i.number << 32 AND t.place < (i.number + 1) << 32) \
    DELETE FROM messages WHERE chat_id = ANY ($1)";

/// Members and the channel's name are deleted with the chat; the fact that its id was used remains.
const REMOVE_CHATS: &str = "WITH e AS (INSERT INTO ended_chats SELECT unnest($1::text[]) ON CONFLICT DO NOTHING) \
    DELETE FROM chats WHERE id = ANY ($1)";

/// The columns of a chat that change with its messages.
const TICK: &str = "UPDATE chats c SET updated_at = w.updated_at, seq = w.seq, message_count = w.message_count, \
    last_seq = CASE WHEN w.message_count > 0 THEN coalesce(w.last_seq, c.last_seq) END \
    FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[]) \
    AS w (id, updated_at, seq, message_count, last_seq) WHERE c.id = w.id";

/// The columns of chats, each a list of values.
macro_rules! new_chats {
    () => {
        "SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[], \
         $8::timestamptz[], $9::timestamptz[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], \
         $14::bigint[], $15::bigint[], $16::bigint[], $17::json[], $18::text[], \
         $19::bigint[], $20::bigint[], $21::boolean[]) AS w (id, kind, name, name_key, description, active, \
         created_by, created_at, updated_at, seq, member_count, message_count, owners, changed_seq, members_seq, \
         last_seq, pinned, posting, first_seq, retention_days, hold)"
    };
}

/// Fails on purpose if another node has created a chat with this id since it was looked up.
const INSERT: &str = concat!(
    "INSERT INTO chats (id, kind, name, name_key, description, active, created_by, created_at, updated_at, seq, \
     member_count, message_count, owners, changed_seq, members_seq, last_seq, pinned, posting, first_seq, \
     retention_days, hold) ",
    new_chats!()
);

const UPDATE: &str = concat!(
    "UPDATE chats c SET name = w.name, name_key = w.name_key, description = w.description, active = w.active, \
     updated_at = w.updated_at, seq = w.seq, member_count = w.member_count, message_count = w.message_count, \
     owners = w.owners, changed_seq = w.changed_seq, members_seq = w.members_seq, \
     last_seq = CASE WHEN w.message_count > 0 THEN coalesce(w.last_seq, c.last_seq) END, pinned = w.pinned, \
     posting = w.posting, first_seq = w.first_seq, retention_days = w.retention_days, hold = w.hold FROM (",
    new_chats!(),
    ") w WHERE c.id = w.id"
);

const CHANNELS: &str = "INSERT INTO channels (chat_id, name_key, active, updated_at, look_key) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[], $5::text[]) \
    ON CONFLICT (chat_id) DO UPDATE SET name_key = excluded.name_key, active = excluded.active, \
    updated_at = excluded.updated_at, look_key = CASE WHEN channels.name_key = excluded.name_key \
    THEN channels.look_key ELSE excluded.look_key END";

/// A row that reveals the outcome of a transaction without a new message.
const STAMP: &str = "INSERT INTO commit_stamps (id) VALUES ($1)";

type MemberEntry<'a> = (&'a ChatId, &'a UserId, &'a MemberRecord);

/// All rows to write, by table.
#[derive(Default)]
struct Pages<'a> {
    removed: Vec<&'a ChatId>,
    trimmed: Vec<TrimmedChat<'a>>,
    inserted: Vec<&'a ChatRecord>,
    updated: Vec<&'a ChatRecord>,
    /// Chats in which only columns that change with messages have changed.
    ticked: Vec<&'a ChatRecord>,
    members: Vec<MemberEntry<'a>>,
    messages: Vec<&'a Message>,
    placed: Vec<Placed<'a>>,
    reactions: ReactionRows<'a>,
    operations: Vec<&'a StoredOperation>,
}

impl<'a> Pages<'a> {
    /// In key order, so that two writers of the same new records do not deadlock.
    fn of(loaded: &'a Loaded) -> Self {
        let mut pages = Pages::default();
        for written in loaded.state.changed() {
            match written {
                ChangedRecord::NoChat(chat) => pages.removed.push(chat),
                ChangedRecord::Chat(record) => pages.sort_in(loaded, record),
                ChangedRecord::Trimmed(chat, trimmed) => {
                    pages.trimmed.push(TrimmedChat { chat, before: trimmed.before })
                }
                ChangedRecord::Member(chat, user, record) => pages.members.push((chat, user, record)),
                ChangedRecord::Message(message) => pages.messages.push(message),
                ChangedRecord::Reaction(chat, key, since) => pages.reactions.push((chat, key, since)),
                ChangedRecord::Operation(operation) => pages.operations.push(operation),
            }
        }
        for chats in [&mut pages.inserted, &mut pages.updated, &mut pages.ticked] {
            chats.sort_unstable_by(|one, other| one.chat.id.cmp(&other.chat.id));
        }
        pages.members.sort_unstable_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
        pages.messages.sort_unstable_by(|one, other| (&one.chat_id, one.seq).cmp(&(&other.chat_id, other.seq)));
        pages.operations.sort_unstable_by(|one, other| (&one.user_id, &one.id).cmp(&(&other.user_id, &other.id)));
        pages.placed = messages::placed(&pages.messages, loaded);
        pages
    }

    fn sort_in(&mut self, loaded: &Loaded, record: &'a ChatRecord) {
        let chats = match () {
            () if !loaded.is_kept(&record.chat.id) => &mut self.inserted,
            () if loaded.has_ticked(record) => &mut self.ticked,
            () => &mut self.updated,
        };
        chats.push(record);
    }
}

struct Statements {
    trim: Statement,
    remove_messages: Statement,
    remove_chats: Statement,
    tick: Statement,
    insert: Statement,
    update: Statement,
    channels: Statement,
    members: Statement,
    messages: Statement,
    counted: Statement,
    due: Statement,
    said_anew: Statement,
    beside: Beside,
}

impl Statements {
    async fn of(session: &PgConnection) -> Result<Self, PgError> {
        let chats = [REMOVE_MESSAGES, REMOVE_CHATS, TICK, INSERT, UPDATE, CHANNELS];
        let [remove_messages, remove_chats, tick, insert, update, channels] = session.prepared(chats).await?;
        let [members, messages, counted, trim] = session.prepared([MEMBERS, MESSAGES, COUNTED, TRIM]).await?;
        let [due, said_anew] = session.prepared([DUE, SAID_ANEW]).await?;
        let beside = Beside::of(session).await?;
        Ok(Statements {
            trim,
            remove_messages,
            remove_chats,
            tick,
            insert,
            update,
            channels,
            members,
            messages,
            counted,
            due,
            said_anew,
            beside,
        })
    }
}

/// Writes back the changed records in the open transaction; they may be written again.
pub(super) async fn save(session: &PgConnection, loaded: &mut Loaded) -> Result<(), PgError> {
    let pages = Pages::of(loaded);
    let statements = Statements::of(session).await?;
    write(session, &statements, &pages).await?;
    let inserted: Vec<ChatId> = pages.inserted.iter().map(|record| record.chat.id.clone()).collect();
    loaded.keep(inserted);
    Ok(())
}

/// Writes back the changed records and ends the transaction, in one go; returns how the new messages were counted. If a
/// statement was refused, the server treats the COMMIT as a rollback.
///
/// With a `stamp` the transaction leaves a row that reveals its outcome.
pub(super) async fn save_and_commit(
    session: &PgConnection,
    loaded: &Loaded,
    stamp: Option<&str>,
) -> Result<Vec<Tally>, PgError> {
    let pages = Pages::of(loaded);
    let statements = Statements::of(session).await?;
    let [mark, keep] = session.prepared([STAMP, operations::INSERT]).await?;
    let (written, kept, stamped, committed) = futures_util::join!(
        write(session, &statements, &pages),
        operations::save(session, &keep, &pages.operations),
        put_stamp(session, &mark, stamp),
        session.batch_execute("COMMIT")
    );
    let tallies = written?;
    kept?;
    stamped?;
    committed?;
    Ok(tallies)
}

async fn put_stamp(session: &PgConnection, statement: &Statement, stamp: Option<&str>) -> Executed {
    match stamp {
        Some(stamp) => session.execute(statement, &[&stamp]).await.map(drop),
        None => Ok(()),
    }
}

/// All statements are sent before the first is answered.
async fn write(session: &PgConnection, statements: &Statements, pages: &Pages<'_>) -> Result<Vec<Tally>, Error> {
    let done = futures_util::join!(
        remove(session, &statements.remove_messages, &pages.removed),
        remove(session, &statements.remove_chats, &pages.removed),
        retention::trim(session, &statements.trim, &pages.trimmed),
        save_chats(session, statements, pages),
        save_members(session, &statements.members, &pages.members),
        save_messages(session, &statements.messages, &statements.counted, &pages.placed),
        reactions::save(session, &statements.beside, &pages.reactions, &pages.messages),
        index::follow(session, &statements.due, &statements.said_anew, &pages.messages),
    );
    done.0.and(done.1).and(done.2).and(done.3).and(done.4).and(done.6).and(done.7).and(done.5)
}

async fn remove(session: &PgConnection, statement: &Statement, chats: &[&ChatId]) -> Executed {
    if chats.is_empty() {
        return Ok(());
    }
    session.execute(statement, &[&chats]).await.map(drop)
}

async fn save_chats(session: &PgConnection, statements: &Statements, pages: &Pages<'_>) -> Executed {
    let is_channel = |record: &&&ChatRecord| record.chat.kind == ChatKind::Channel;
    let all = pages.inserted.iter().chain(&pages.updated).chain(&pages.ticked);
    let channels: Vec<&ChatRecord> = all.filter(is_channel).copied().collect();
    let done = futures_util::join!(
        tick(session, &statements.tick, &pages.ticked),
        whole_chats(session, &statements.insert, &pages.inserted),
        whole_chats(session, &statements.update, &pages.updated),
        save_channels(session, &statements.channels, &channels),
    );
    done.0.and(done.1).and(done.2).and(done.3)
}

async fn tick(session: &PgConnection, statement: &Statement, records: &[&ChatRecord]) -> Executed {
    if records.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(records, |record| &record.chat.id),
        &column(records, |record| record.chat.updated_at),
        &column(records, |record| integer(record.chat.seq)),
        &column(records, |record| integer(record.chat.message_count)),
        &column(records, |record| last_seq(record)),
    ];
    session.execute(statement, values).await.map(drop)
}

fn last_seq(record: &ChatRecord) -> Option<i64> {
    record.chat.last_message.as_ref().map(|message| integer(message.seq))
}

async fn whole_chats(session: &PgConnection, statement: &Statement, records: &[&ChatRecord]) -> Executed {
    if records.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(records, |record| &record.chat.id),
        &column(records, |record| record.chat.kind),
        &column(records, |record| Text(&record.chat.name)),
        &column(records, |record| Text(name_key(&record.chat.name))),
        &column(records, |record| record.chat.description.as_ref().map(Text)),
        &column(records, |record| record.chat.active),
        &column(records, |record| &record.chat.created_by),
        &column(records, |record| record.chat.created_at),
        &column(records, |record| record.chat.updated_at),
        &column(records, |record| integer(record.chat.seq)),
        &column(records, |record| integer(record.chat.member_count)),
        &column(records, |record| integer(record.chat.message_count)),
        &column(records, |record| integer(record.owners)),
        &column(records, |record| integer(record.changed_seq)),
        &column(records, |record| integer(record.members_seq)),
        &column(records, |record| last_seq(record)),
        &column(records, |record| filled(&record.chat.pinned)),
        &column(records, |record| record.chat.posting),
        &column(records, |record| integer(record.chat.first_seq)),
        &column(records, |record| record.chat.retention_days.map(i64::from)),
        &column(records, |record| record.chat.hold),
    ];
    session.execute(statement, values).await.map(drop)
}

async fn save_channels(session: &PgConnection, statement: &Statement, records: &[&ChatRecord]) -> Executed {
    if records.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(records, |record| &record.chat.id),
        &column(records, |record| Text(name_key(&record.chat.name))),
        &column(records, |record| record.chat.active),
        &column(records, |record| record.chat.updated_at),
        &column(records, |record| Text(look_alike_key(&record.chat.name))),
    ];
    session.execute(statement, values).await.map(drop)
}
