//! Who has put which emoji on a message, and whom messages name: rows beside the messages, for what these do not tell.

use tokio_postgres::Statement;

use super::rows::Columns;
use super::save::Done;
use super::session::{Pool, Session, Values};
use super::trouble::Trouble;
use super::values::{Text, column, integer};
use crate::domain::{FIRST_REACTORS, ReactionKey, State};
use crate::protocol::{ChatId, Message, MessageId, Seq, UserId};
use crate::store::repository::Reacted;

const SINCE: &str = "SELECT seq FROM reactions WHERE chat_id = $1 AND message_id = $2 AND emoji = $3 AND user_id = $4";

/// The first after those whom the message names.
const NEXT: &str = "SELECT user_id FROM reactions WHERE chat_id = $1 AND message_id = $2 AND emoji = $3 \
    ORDER BY seq LIMIT 1 OFFSET $4";

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
    WHERE n.chat_id = w.chat_id AND n.seq = w.seq";

const MENTION: &str = "INSERT INTO mentions (chat_id, seq, user_id, created_at) \
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING";

/// Whose emoji is on which message since a place, or no more.
pub(super) type Reactions<'a> = Vec<(&'a ChatId, &'a ReactionKey, Option<Seq>)>;

/// The statements that write what stands beside messages.
pub(super) struct Beside {
    add: Statement,
    remove: Statement,
    clear: Statement,
    forget: Statement,
    mention: Statement,
}

impl Beside {
    pub(super) async fn of(session: &Session) -> Result<Self, Trouble> {
        let [add, remove, clear, forget, mention] = session.prepared([ADD, REMOVE, CLEAR, FORGET, MENTION]).await?;
        Ok(Beside { add, remove, clear, forget, mention })
    }
}

/// Writes the reactions, and brings the rows in line with what the messages are now. Most messages have none.
pub(super) async fn save(
    session: &Session,
    beside: &Beside,
    (reactions, messages): (&Reactions<'_>, &[&Message]),
) -> Done {
    let done = futures_util::join!(
        save_reactions(session, beside, reactions),
        clear(session, beside, messages),
        forget(session, beside, messages),
        mention(session, beside, messages),
    );
    done.0.and(done.1).and(done.2).and(done.3)
}

async fn save_reactions(session: &Session, beside: &Beside, reactions: &Reactions<'_>) -> Done {
    let (there, gone): (Reactions<'_>, Reactions<'_>) = reactions.iter().partition(|(.., since)| since.is_some());
    let done = futures_util::join!(add(session, &beside.add, &there), remove(session, &beside.remove, &gone));
    done.0.and(done.1)
}

async fn add(session: &Session, statement: &Statement, reactions: &Reactions<'_>) -> Done {
    if reactions.is_empty() {
        return Ok(());
    }
    let values: Values<'_> = &[
        &column(reactions, |(chat, ..)| *chat),
        &column(reactions, |(_, (message, ..), _)| message),
        &column(reactions, |(_, (_, emoji, _), _)| Text(emoji)),
        &column(reactions, |(_, (.., user), _)| user),
        &column(reactions, |(.., since)| since.map(integer)),
    ];
    session.execute(statement, values).await.map(drop)
}

async fn remove(session: &Session, statement: &Statement, reactions: &Reactions<'_>) -> Done {
    if reactions.is_empty() {
        return Ok(());
    }
    let values: Values<'_> = &[
        &column(reactions, |(chat, ..)| *chat),
        &column(reactions, |(_, (message, ..), _)| message),
        &column(reactions, |(_, (_, emoji, _), _)| Text(emoji)),
        &column(reactions, |(_, (.., user), _)| user),
    ];
    session.execute(statement, values).await.map(drop)
}

/// A deleted message has no reactions.
async fn clear(session: &Session, beside: &Beside, messages: &[&Message]) -> Done {
    let deleted: Vec<&Message> = messages.iter().copied().filter(|message| message.deleted_at.is_some()).collect();
    if deleted.is_empty() {
        return Ok(());
    }
    let values: Values<'_> = &[&column(&deleted, |message| &message.chat_id), &column(&deleted, |message| &message.id)];
    session.execute(&beside.clear, values).await.map(drop)
}

/// What was changed may name others than before.
async fn forget(session: &Session, beside: &Beside, messages: &[&Message]) -> Done {
    let is_changed = |message: &&Message| message.edited_at.is_some() || message.deleted_at.is_some();
    let changed: Vec<&Message> = messages.iter().copied().filter(is_changed).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let values: Values<'_> =
        &[&column(&changed, |message| &message.chat_id), &column(&changed, |message| integer(message.seq))];
    session.execute(&beside.forget, values).await.map(drop)
}

async fn mention(session: &Session, beside: &Beside, messages: &[&Message]) -> Done {
    let mut mentions: Vec<(&Message, &UserId)> = vec![];
    for message in messages {
        mentions.extend(message.mentions.iter().map(|user| (*message, user)));
    }
    if mentions.is_empty() {
        return Ok(());
    }
    let values: Values<'_> = &[
        &column(&mentions, |(message, _)| &message.chat_id),
        &column(&mentions, |(message, _)| integer(message.seq)),
        &column(&mentions, |(_, user)| *user),
        &column(&mentions, |(message, _)| message.created_at),
    ];
    session.execute(&beside.mention, values).await.map(drop)
}

/// Looks up since when the user's emoji is on the message.
pub(super) async fn load_reaction(
    session: &Session,
    state: &mut State,
    (chat, key): (&ChatId, ReactionKey),
) -> Result<(), Trouble> {
    let [statement] = session.prepared([SINCE]).await?;
    let (message, emoji, user) = &key;
    let found = session.query_opt(&statement, &[chat, message, &Text(emoji), user]).await?;
    let since = found.map(|row| Columns::of(&row).number()).transpose()?;
    state.load_reaction(chat, key, since);
    Ok(())
}

/// Looks up who is named next if one of the first leaves, as the tables have it now.
pub(super) async fn load_next_reactor(
    session: &Session,
    state: &mut State,
    (chat, (message, emoji)): (&ChatId, (&MessageId, &str)),
) -> Result<(), Trouble> {
    let [statement] = session.prepared([NEXT]).await?;
    let named = integer(FIRST_REACTORS as u64);
    let found = session.query_opt(&statement, &[chat, message, &Text(emoji), &named]).await?;
    state.load_next_reactor(chat, found.map(|row| Columns::of(&row).get()).transpose()?);
    Ok(())
}

/// Which of these emoji the user has put there.
pub(super) async fn reacted(readers: &Pool, user: &UserId, asked: &[Reacted]) -> Result<Vec<bool>, Trouble> {
    if asked.is_empty() {
        return Ok(vec![]);
    }
    let values: Values<'_> = &[
        &column(asked, |asked| &asked.chat),
        &column(asked, |asked| &asked.message),
        &column(asked, |asked| Text(&asked.emoji)),
        user,
    ];
    readers.rows(REACTED, values).await?.iter().map(|row| Columns::of(row).get()).collect()
}
