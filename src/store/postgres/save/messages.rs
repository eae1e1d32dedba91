//! Messages, in the order of their chats' clocks.

use std::collections::HashMap;

use tokio_postgres::{Error, Row, Statement};

use crate::domain::name_key;
use crate::protocol::{ChatId, Message, Seq};
use crate::store::postgres::counts::Tally;
use crate::store::postgres::load::Loaded;
use crate::store::postgres::session::{Parameters, PgConnection};
use crate::store::postgres::values::{PgJson, Text, column, filled, integer};

/// New messages, those after the chat's earlier clock, get the next ordinals of the chat and the sender: from the
/// cache, or from the last message before them.
macro_rules! insert {
    ($end:literal) => {
        concat!(
            "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    SELECT w.chat_id, w.seq, w.id, w.updated_seq, w.sender_id, w.role, w.content, w.content_key, w.attachments, \
    w.reply_to, w.mentions, w.reactions, w.metadata, w.created_at, w.edited_at, w.deleted_at, \
    w.ordinal + coalesce(w.before, (SELECT m.ordinal FROM messages m WHERE m.chat_id = w.chat_id \
      AND m.seq <= w.clock ORDER BY m.seq DESC LIMIT 1), 0), \
    w.own_ordinal + coalesce(w.own_before, (SELECT m.own_ordinal FROM messages m WHERE m.chat_id = w.chat_id \
      AND m.sender_id = w.sender_id AND m.seq <= w.clock ORDER BY m.seq DESC LIMIT 1), 0) \
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], \
    $8::text[], $9::json[], $10::text[], $11::json[], $12::json[], $13::json[], $14::timestamptz[], \
    $15::timestamptz[], $16::timestamptz[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], \
    $21::bigint[]) AS w (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, attachments, \
    reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, clock, ordinal, own_ordinal, before, \
    own_before) \
    ON CONFLICT (chat_id, seq) DO UPDATE SET updated_seq = excluded.updated_seq, content = excluded.content, \
    content_key = excluded.content_key, attachments = excluded.attachments, mentions = excluded.mentions, \
    reactions = excluded.reactions, metadata = excluded.metadata, edited_at = excluded.edited_at, \
    deleted_at = excluded.deleted_at",
            $end
        )
    };
}

pub(super) const MESSAGES: &str = insert!("");
/// The same if a sender's count is not cached.
pub(super) const COUNTED: &str = insert!(" RETURNING chat_id, seq, ordinal, own_ordinal");

/// A message, and its index among the new ones of its chat and of its sender there.
pub(super) struct Placed<'a> {
    pub(super) message: &'a Message,
    clock: Seq,
    ordinal: i64,
    own_ordinal: i64,
    before: Option<i64>,
    own_before: Option<i64>,
}

/// Numbers the new messages among these, in key order.
pub(super) fn placed<'a>(messages: &[&'a Message], loaded: &Loaded) -> Vec<Placed<'a>> {
    let mut counts: HashMap<(&ChatId, Option<&str>), i64> = HashMap::new();
    let mut count = |key, is_new| {
        let count = counts.entry(key).or_default();
        *count += i64::from(is_new);
        *count
    };
    let place = |message: &&'a Message| {
        let message: &'a Message = message;
        let clock = loaded.clock(&message.chat_id);
        let known = loaded.counts.get(&message.chat_id);
        let is_new = message.seq > clock;
        Placed {
            message,
            clock,
            ordinal: count((&message.chat_id, None), is_new),
            own_ordinal: count((&message.chat_id, Some(&*message.sender.id)), is_new),
            before: known.map(|known| known.all),
            own_before: known.and_then(|known| known.own.get(&message.sender.id).copied()),
        }
    };
    messages.iter().map(place).collect()
}

impl Placed<'_> {
    fn is_new(&self) -> bool {
        self.message.seq > self.clock
    }

    fn known_tally(&self) -> Option<Tally> {
        Some(self.tally(self.before? + self.ordinal, self.own_before? + self.own_ordinal))
    }

    fn tally(&self, all: i64, own: i64) -> Tally {
        Tally { chat: self.message.chat_id.clone(), sender: self.message.sender.id.clone(), all, own }
    }
}

/// Writes messages; returns the counts of the new ones.
pub(super) async fn save_messages(
    session: &PgConnection,
    known: &Statement,
    counted: &Statement,
    messages: &[Placed<'_>],
) -> Result<Vec<Tally>, Error> {
    if messages.is_empty() {
        return Ok(vec![]);
    }
    let new = messages.iter().filter(|placed| placed.is_new());
    if let Some(tallies) = new.clone().map(Placed::known_tally).collect() {
        write_messages(session, known, messages).await?;
        return Ok(tallies);
    }
    let mut rows = HashMap::new();
    for row in write_messages(session, counted, messages).await? {
        let chat: ChatId = row.try_get(0)?;
        let seq: i64 = row.try_get(1)?;
        rows.insert((chat, seq), (row.try_get(2)?, row.try_get(3)?));
    }
    let tally = |placed: &Placed<'_>| {
        let (all, own) = rows.get(&(placed.message.chat_id.clone(), integer(placed.message.seq)))?;
        Some(placed.tally(*all, *own))
    };
    Ok(new.filter_map(tally).collect())
}

async fn write_messages(
    session: &PgConnection,
    statement: &Statement,
    messages: &[Placed<'_>],
) -> Result<Vec<Row>, Error> {
    let values: Parameters<'_> = &[
        &column(messages, |placed| &placed.message.chat_id),
        &column(messages, |placed| integer(placed.message.seq)),
        &column(messages, |placed| &placed.message.id),
        &column(messages, |placed| integer(placed.message.updated_seq)),
        &column(messages, |placed| &placed.message.sender.id),
        &column(messages, |placed| placed.message.role),
        &column(messages, |placed| Text(&placed.message.content)),
        &column(messages, |placed| Text(name_key(&placed.message.content))),
        &column(messages, |placed| filled(&placed.message.attachments)),
        &column(messages, |placed| placed.message.reply_to.as_ref()),
        &column(messages, |placed| filled(&placed.message.mentions)),
        &column(messages, |placed| filled(&placed.message.reactions)),
        &column(messages, |placed| placed.message.metadata.as_ref().map(PgJson)),
        &column(messages, |placed| placed.message.created_at),
        &column(messages, |placed| placed.message.edited_at),
        &column(messages, |placed| placed.message.deleted_at),
        &column(messages, |placed| integer(placed.clock)),
        &column(messages, |placed| placed.ordinal),
        &column(messages, |placed| placed.own_ordinal),
        &column(messages, |placed| placed.before),
        &column(messages, |placed| placed.own_before),
    ];
    session.query(statement, values).await
}
