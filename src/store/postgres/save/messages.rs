//! Messages, in the order of their chats' clocks.

use std::collections::HashMap;

use tokio_postgres::Statement;

use super::Done;
use crate::model::{ChatId, Message, Seq};
use crate::rules::name_key;
use crate::store::postgres::session::{Session, Values};
use crate::store::postgres::values::{Json, Text, column, filled, integer};

/// New messages, those behind the clock as it stood before, are counted on from the last that was there then, of the
/// chat and of the sender.
pub(super) const MESSAGES: &str = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, content_key, \
    attachments, reply_to, mentions, reactions, metadata, created_at, edited_at, deleted_at, ordinal, own_ordinal) \
    SELECT w.chat_id, w.seq, w.id, w.updated_seq, w.sender_id, w.role, w.content, w.content_key, w.attachments, \
    w.reply_to, w.mentions, w.reactions, w.metadata, w.created_at, w.edited_at, w.deleted_at, \
    w.ordinal + coalesce((SELECT m.ordinal FROM messages m WHERE m.chat_id = w.chat_id AND m.seq <= w.clock \
      ORDER BY m.seq DESC LIMIT 1), 0), \
    w.own_ordinal + coalesce((SELECT m.own_ordinal FROM messages m WHERE m.chat_id = w.chat_id \
      AND m.sender_id = w.sender_id AND m.seq <= w.clock ORDER BY m.seq DESC LIMIT 1), 0) \
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], \
    $8::text[], $9::json[], $10::text[], $11::json[], $12::json[], $13::json[], $14::timestamptz[], \
    $15::timestamptz[], $16::timestamptz[], $17::bigint[], $18::bigint[], $19::bigint[]) AS w (chat_id, seq, id, \
    updated_seq, sender_id, role, content, content_key, attachments, reply_to, mentions, reactions, metadata, \
    created_at, edited_at, deleted_at, clock, ordinal, own_ordinal) \
    ON CONFLICT (chat_id, seq) DO UPDATE SET updated_seq = excluded.updated_seq, content = excluded.content, \
    content_key = excluded.content_key, attachments = excluded.attachments, mentions = excluded.mentions, \
    reactions = excluded.reactions, metadata = excluded.metadata, edited_at = excluded.edited_at, \
    deleted_at = excluded.deleted_at";

/// A message, and which of the new ones of its chat and of its sender there it is.
pub(super) struct Placed<'a> {
    pub(super) message: &'a Message,
    clock: Seq,
    ordinal: i64,
    own_ordinal: i64,
}

/// Counts the new ones of messages in the order of their keys; `clock` tells where a chat's stood before.
pub(super) fn placed<'a>(messages: &[&'a Message], clock: impl Fn(&ChatId) -> Seq) -> Vec<Placed<'a>> {
    let mut counts: HashMap<(&ChatId, Option<&str>), i64> = HashMap::new();
    let mut count = |key, is_new| {
        let count = counts.entry(key).or_default();
        *count += i64::from(is_new);
        *count
    };
    let place = |message: &&'a Message| {
        let message: &'a Message = message;
        let clock = clock(&message.chat_id);
        let is_new = message.seq > clock;
        let ordinal = count((&message.chat_id, None), is_new);
        let own_ordinal = count((&message.chat_id, Some(&*message.sender.id)), is_new);
        Placed { message, clock, ordinal, own_ordinal }
    };
    messages.iter().map(place).collect()
}

pub(super) async fn save_messages(session: &Session, statement: &Statement, messages: &[Placed<'_>]) -> Done {
    if messages.is_empty() {
        return Ok(());
    }
    let values: Values<'_> = &[
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
        &column(messages, |placed| placed.message.metadata.as_ref().map(Json)),
        &column(messages, |placed| placed.message.created_at),
        &column(messages, |placed| placed.message.edited_at),
        &column(messages, |placed| placed.message.deleted_at),
        &column(messages, |placed| integer(placed.clock)),
        &column(messages, |placed| placed.ordinal),
        &column(messages, |placed| placed.own_ordinal),
    ];
    session.execute(statement, values).await.map(drop)
}
