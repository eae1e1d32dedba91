//! Reactions and mentions: rows for data that the messages themselves do not hold.

use tokio_postgres::Statement;

use super::error::PgError;
use super::rows::PgColumns;
use super::session::{Executed, Parameters, PgConnection, Pool};
use super::values::{Text, column, integer};
use crate::domain::{FIRST_REACTORS, ReactionKey};
use crate::protocol::{ChatId, Message, Seq, UserId};
use crate::store::loader::ReactionOf;
use crate::store::repository::Reacted;
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::statements::{postgres_statement, reactions};

const SINCE: &str = postgres_statement!(reactions::SINCE);
const NEXT: &str = postgres_statement!(reactions::NEXT);

const REACTED: &str = "SELECT EXISTS (SELECT 1 FROM reactions r WHERE r.chat_id = w.chat_id \
    AND r.message_id = w.message_id AND r.emoji = w.emoji AND r.user_id = $4) \
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w (chat_id, message_id, emoji, place) \
    ORDER BY w.place";

const ADD: &str = "INSERT INTO reactions (chat_id, message_id, emoji, user_id, seq) \
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) \
    ON CONFLICT (chat_id, message_id, emoji, user_id) DO UPDATE SET seq = excluded.seq";

const REMOVE: &str = "DELETE FROM reactions r \
    USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS w (chat_id, message_id, emoji, user_id) \
    WHERE r.chat_id = w.chat_id AND r.message_id = w.message_id AND r.emoji = w.emoji AND r.user_id = w.user_id";

const CLEAR: &str = "DELETE FROM reactions r USING unnest($1::text[], $2::text[]) AS w (chat_id, message_id) \
    WHERE r.chat_id = w.chat_id AND r.message_id = w.message_id";

const FORGET: &str = "DELETE FROM mentions n USING unnest($1::text[], $2::bigint[]) AS w (chat_id, seq) \
    WHERE n.chat_id = w.chat_id AND n.seq = w.seq AND NOT EXISTS (SELECT 1 \
    FROM unnest($3::text[], $4::bigint[], $5::text[]) AS k (chat_id, seq, user_id) \
    WHERE k.chat_id = n.chat_id AND k.seq = n.seq AND k.user_id = n.user_id)";

const MENTION: &str = "INSERT INTO mentions (chat_id, seq, user_id, created_at, mentioned_seq) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[]) \
    ON CONFLICT DO NOTHING";

/// Reactions to write, each with its position, or without one if it was removed.
pub(super) type ReactionRows<'a> = Vec<(&'a ChatId, &'a ReactionKey, Option<Seq>)>;

/// The statements that write the rows belonging to messages.
pub(super) struct Beside {
    add: Statement,
    remove: Statement,
    clear: Statement,
    forget: Statement,
    mention: Statement,
}

impl Beside {
    pub(super) async fn of(session: &PgConnection) -> Result<Self, PgError> {
        let [add, remove, clear, forget, mention] = session.prepared([ADD, REMOVE, CLEAR, FORGET, MENTION]).await?;
        Ok(Beside { add, remove, clear, forget, mention })
    }
}

/// Writes the reactions, and updates the rows to match the messages. Most messages have none.
pub(super) async fn save(
    session: &PgConnection,
    beside: &Beside,
    reactions: &ReactionRows<'_>,
    messages: &[&Message],
) -> Executed {
    let done = futures_util::join!(
        save_reactions(session, beside, reactions),
        clear(session, beside, messages),
        forget(session, beside, messages),
        mention(session, beside, messages),
    );
    done.0.and(done.1).and(done.2).and(done.3)
}

async fn save_reactions(session: &PgConnection, beside: &Beside, reactions: &ReactionRows<'_>) -> Executed {
    let (added, removed): (ReactionRows<'_>, ReactionRows<'_>) =
        reactions.iter().partition(|(.., since)| since.is_some());
    let done = futures_util::join!(add(session, &beside.add, &added), remove(session, &beside.remove, &removed));
    done.0.and(done.1)
}

async fn add(session: &PgConnection, statement: &Statement, reactions: &ReactionRows<'_>) -> Executed {
    if reactions.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(reactions, |(chat, ..)| *chat),
        &column(reactions, |(_, (message, ..), _)| message),
        &column(reactions, |(_, (_, emoji, _), _)| Text(emoji)),
        &column(reactions, |(_, (.., user), _)| user),
        &column(reactions, |(.., since)| since.map(integer)),
    ];
    session.execute(statement, values).await.map(drop)
}

async fn remove(session: &PgConnection, statement: &Statement, reactions: &ReactionRows<'_>) -> Executed {
    if reactions.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(reactions, |(chat, ..)| *chat),
        &column(reactions, |(_, (message, ..), _)| message),
        &column(reactions, |(_, (_, emoji, _), _)| Text(emoji)),
        &column(reactions, |(_, (.., user), _)| user),
    ];
    session.execute(statement, values).await.map(drop)
}

/// Deletes the reactions of deleted messages.
async fn clear(session: &PgConnection, beside: &Beside, messages: &[&Message]) -> Executed {
    let deleted: Vec<&Message> = messages.iter().copied().filter(|message| message.deleted_at.is_some()).collect();
    if deleted.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> =
        &[&column(&deleted, |message| &message.chat_id), &column(&deleted, |message| &message.id)];
    session.execute(&beside.clear, values).await.map(drop)
}

/// Deletes the mentions that edited messages no longer have. All remaining mentions existed before.
async fn forget(session: &PgConnection, beside: &Beside, messages: &[&Message]) -> Executed {
    let is_changed = |message: &&Message| message.edited_at.is_some() || message.deleted_at.is_some();
    let changed: Vec<&Message> = messages.iter().copied().filter(is_changed).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let kept = mentions_of(&changed);
    let values: Parameters<'_> = &[
        &column(&changed, |message| &message.chat_id),
        &column(&changed, |message| integer(message.seq)),
        &column(&kept, |(message, _)| &message.chat_id),
        &column(&kept, |(message, _)| integer(message.seq)),
        &column(&kept, |(_, user)| *user),
    ];
    session.execute(&beside.forget, values).await.map(drop)
}

/// Each message with each user that it mentions.
fn mentions_of<'a>(messages: &[&'a Message]) -> Vec<(&'a Message, &'a UserId)> {
    let mut mentions = vec![];
    for message in messages {
        mentions.extend(message.mentions.iter().map(|user| (*message, user)));
    }
    mentions
}

async fn mention(session: &PgConnection, beside: &Beside, messages: &[&Message]) -> Executed {
    let mentions = mentions_of(messages);
    if mentions.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(&mentions, |(message, _)| &message.chat_id),
        &column(&mentions, |(message, _)| integer(message.seq)),
        &column(&mentions, |(_, user)| *user),
        &column(&mentions, |(message, _)| message.created_at),
        &column(&mentions, |(message, _)| integer(message.updated_seq)),
    ];
    session.execute(&beside.mention, values).await.map(drop)
}

/// Looks up the position at which the user added the emoji to the message.
pub(super) async fn since(session: &PgConnection, chat: &ChatId, key: &ReactionKey) -> Result<Option<Seq>, PgError> {
    let [statement] = session.prepared([SINCE]).await?;
    let (message, emoji, user) = key;
    let found = session.query_opt(&statement, &[chat, message, &Text(emoji), user]).await?;
    found.map(|row| PgColumns::of(&row).number()).transpose()
}

/// Looks up the user who is listed next if one of the first leaves, as currently stored.
pub(super) async fn next(
    session: &PgConnection,
    chat: &ChatId,
    reaction: ReactionOf<'_>,
) -> Result<Option<UserId>, PgError> {
    let [statement] = session.prepared([NEXT]).await?;
    let named = integer(FIRST_REACTORS as u64);
    let ReactionOf { message, emoji } = reaction;
    let found = session.query_opt(&statement, &[chat, message, &Text(emoji), &named]).await?;
    found.map(|row| PgColumns::of(&row).get()).transpose()
}

/// Reports for each of these reactions whether the user is among its users.
pub(super) async fn reacted(readers: &Pool, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>, PgError> {
    if asked.is_empty() {
        return Ok(vec![]);
    }
    let values: Parameters<'_> = &[
        &column(asked, |asked| &asked.chat),
        &column(asked, |asked| &asked.message),
        &column(asked, |asked| Text(&asked.emoji)),
        user,
    ];
    readers.rows(REACTED, values).await?.iter().map(|row| PgColumns::of(row).get()).collect()
}
