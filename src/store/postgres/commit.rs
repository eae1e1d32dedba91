//! Commits one batch in one transaction with two round trips, whatever its size.
//!
//! The first round trip locks the chats' rows in order of id and loads the records the decisions need; the second
//! writes back and commits. Other writers of the same chats, on this node or another, wait for the rows. Chats that do
//! not exist yet have no row to wait for: the tables' constraints detect the conflict, and the batch is decided again.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::counts::{OrdinalCache, Tally};
use super::error::{PgError, failure};
use super::load::Loaded;
use super::lookup::PgTables;
use super::rows::PgColumns;
use super::save::save_and_commit;
use super::session::{Parameters, PgConnection, Pool, in_time};
use super::values::integer;
use crate::domain::{Change, ChangedRecord, Outcome};
use crate::protocol::{ChatId, Message, Timestamp};
use crate::store::error::Result;
use crate::store::loader::{decide_all, fail_all};
use crate::store::sql::columns::SqlColumns;

/// Attempts to commit a batch before others get the connection.
const ATTEMPTS: usize = 6;
/// Time limit for finding out the outcome of a batch whose connection was lost.
const SETTLE_WITHIN: Duration = Duration::from_secs(5);
const SETTLE_AGAIN_AFTER: Duration = Duration::from_millis(100);

const THERE: &str = "SELECT id FROM chats WHERE id = ANY ($1)";
/// The locks end with the statement.
const FREE: &str = "SELECT id FROM chats WHERE id = ANY ($1) FOR UPDATE SKIP LOCKED";

const ROW: &str = "SELECT seq FROM chats WHERE id = $1 FOR SHARE";
/// Voids a stamp that no transaction has written, so that none can write it any more; waits for a running one.
const VOID: &str = "INSERT INTO commit_stamps (id, voided) VALUES ($1, true) ON CONFLICT DO NOTHING";
const LANDED: &str = "SELECT NOT voided FROM commit_stamps WHERE id = $1";
/// The row need not reach a standby: it only has to outlive a transaction on this server.
const BEGIN_VOID: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = local";

const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM messages \
    WHERE chat_id = $1 AND seq = $2 AND id = $3 AND created_at = $4)";

type Results = Vec<Result<Outcome>>;

/// The connections that write, and the cached counts of chats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writers<'a> {
    pub(super) pool: &'a Pool,
    pub(super) counts: &'a OrdinalCache,
}

/// Makes the batch durable. If a constraint refuses what the rules allowed, each change is committed separately.
pub(super) async fn commit(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Results {
    if batch.is_empty() {
        return vec![];
    }
    match take(writers, batch, at).await {
        Ok(results) => results,
        // One by one, so that a change that the tables refuse does not affect the others.
        Err(PgError::Race(_) | PgError::Refused(_)) if batch.len() > 1 => {
            let mut results = Vec::with_capacity(batch.len());
            for change in batch {
                let taken = take(writers, std::slice::from_ref(change), at).await;
                results.extend(taken.unwrap_or_else(|error| fail_all(failure(error), 1)));
            }
            results
        }
        Err(PgError::Held(error)) if batch.len() > 1 => without_held(writers, batch, at, error).await,
        Err(error) => fail_all(failure(error), batch.len()),
    }
}

/// Commits a batch without the changes of chats whose rows others hold, so that changes of other chats need not wait.
async fn without_held(writers: Writers<'_>, batch: &[Change], at: Timestamp, error: tokio_postgres::Error) -> Results {
    let error = failure(PgError::Held(error));
    let Ok(held) = in_time(held(writers.pool, batch)).await else { return fail_all(error, batch.len()) };
    if batch.iter().all(|change| held.contains(&change.chat_id)) {
        return fail_all(error, batch.len());
    }
    let free: Vec<Change> = batch.iter().filter(|change| !held.contains(&change.chat_id)).cloned().collect();
    let taken = match take(writers, &free, at).await {
        Ok(results) => results,
        Err(error) => fail_all(failure(error), free.len()),
    };
    let mut taken = taken.into_iter();
    let mut result = |change: &Change| match held.contains(&change.chat_id) {
        true => Err(error.repeated()),
        false => taken.next().unwrap_or_else(|| Err(error.repeated())),
    };
    batch.iter().map(&mut result).collect()
}

/// The chats of a batch whose rows other transactions hold now.
async fn held(writers: &Pool, batch: &[Change]) -> Result<HashSet<ChatId>, PgError> {
    let chats: Vec<&ChatId> = batch.iter().map(|change| &change.chat_id).collect();
    // In this order: a chat deleted between the two reads counts as held, and its changes get a temporary error.
    let existing = writers.rows(THERE, &[&chats]).await?;
    let free = writers.rows(FREE, &[&chats]).await?;
    let mut held = HashSet::new();
    for row in &existing {
        held.insert(PgColumns::of(row).get()?);
    }
    for row in &free {
        held.remove(&PgColumns::of(row).get::<ChatId>()?);
    }
    Ok(held)
}

async fn take(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Result<Results, PgError> {
    let mut attempts = 1;
    loop {
        match attempt(writers, batch, at).await {
            // Nothing was written: the batch is decided again on the current state.
            Err(PgError::Race(_) | PgError::Cut(_)) if attempts < ATTEMPTS => attempts += 1,
            taken => return taken,
        }
    }
}

/// Tries to commit the batch once. If the connection was cut before the commit, nothing was done.
async fn attempt(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Result<Results, PgError> {
    let mut session = writers.pool.session().await?;
    // A connection dropped with this set is closed, not reused, because a transaction may be open on it.
    session.in_use = true;
    let mut tables = PgTables { session: &session, counts: writers.counts, loaded: Loaded::default() };
    let decided = in_time(decide_all(&mut tables, batch, at)).await;
    let mut loaded = tables.loaded;
    let results = match decided {
        Ok(results) => results,
        Err(error) => return Err(given_up(session, error).await),
    };
    // A new message proves the commit itself; a batch without one leaves a stamp to be looked up.
    let stamp = written_message(&loaded).is_none().then(|| uuid::Uuid::new_v4().simple().to_string());
    match in_time(save_and_commit(&session, &loaded, stamp.as_deref())).await {
        Ok(tallies) => {
            session.in_use = false;
            remember(writers.counts, &mut loaded, tallies);
            Ok(results)
        }
        // The server may have committed although its response did not arrive.
        Err(error @ (PgError::Away(_) | PgError::Cut(_))) => {
            drop(session);
            settle(writers.pool, &loaded, stamp.as_deref(), error).await.map(|()| results)
        }
        Err(error) => Err(given_up(session, error).await),
    }
}

/// Caches the message counts of the chats.
fn remember(counts: &OrdinalCache, loaded: &mut Loaded, tallies: Vec<Tally>) {
    let mut known = std::mem::take(&mut loaded.counts);
    known.retain(|chat, count| loaded.state.chat(chat).is_some_and(|record| count.is_of(record)));
    for Tally { chat, sender, all, own } in tallies {
        let count = known.entry(chat).or_default();
        count.all = count.all.max(all);
        count.own.insert(sender, own);
    }
    for (chat, count) in known {
        if let Some(record) = loaded.state.chat(&chat) {
            counts.put(record, count);
        }
    }
}

/// Rolls the transaction back, so that the connection can be used again.
async fn given_up(mut session: PgConnection, error: PgError) -> PgError {
    if matches!(error, PgError::Race(_) | PgError::Refused(_) | PgError::Held(_))
        && session.batch_execute("ROLLBACK").await.is_ok()
    {
        session.in_use = false;
    }
    error
}

/// A new message in a chat that existed before the batch.
fn written_message(loaded: &Loaded) -> Option<&Message> {
    loaded.state.changed().find_map(|written| match written {
        ChangedRecord::Message(message) if message.seq == message.updated_seq && loaded.is_kept(&message.chat_id) => {
            Some(message)
        }
        _ => None,
    })
}

/// Finds out whether a transaction whose response was lost was committed: by its stamp, or by a message that it wrote,
/// because messages stay as long as their chat exists. If the server does not respond, the outcome remains unknown.
///
/// The transaction's id is no proof: a server that crashes may assign the same id again.
async fn settle(writers: &Pool, loaded: &Loaded, stamp: Option<&str>, error: PgError) -> Result<(), PgError> {
    let begun = Instant::now();
    while begun.elapsed() < SETTLE_WITHIN {
        let landed = match (stamp, written_message(loaded)) {
            (Some(stamp), _) => in_time(has_landed(writers, stamp)).await.map(Some),
            (None, Some(message)) => in_time(is_there(writers, message)).await,
            (None, None) => break,
        };
        match landed {
            Ok(Some(true)) => return Ok(()),
            Ok(Some(false)) => return Err(error),
            Ok(None) => break,
            Err(_) => sleep(SETTLE_AGAIN_AFTER).await,
        }
    }
    Err(PgError::Away("the connection to PostgreSQL was lost during a commit, and its outcome is unknown".into()))
}

/// True if the transaction with this stamp was committed; if false, it never will be.
async fn has_landed(writers: &Pool, stamp: &str) -> Result<bool, PgError> {
    let mut session = writers.session().await?;
    session.in_use = true;
    let [void, landed] = session.prepared([VOID, LANDED]).await?;
    session.batch_execute(BEGIN_VOID).await?;
    session.execute(&void, &[&stamp]).await?;
    let landed = session.query_one(&landed, &[&stamp]).await?.try_get(0)?;
    session.batch_execute("COMMIT").await?;
    session.in_use = false;
    Ok(landed)
}

/// True if the message is stored exactly as it was to be written; `None` if the chat does not exist. Waits for the lock
/// on the chat's row, and so for the transaction itself if the server has not noticed yet that its client has
/// disconnected.
async fn is_there(writers: &Pool, message: &Message) -> Result<Option<bool>, PgError> {
    let mut session = writers.session().await?;
    session.in_use = true;
    let [row, exists] = session.prepared([ROW, EXISTS]).await?;
    let Message { chat_id, seq, id, created_at, .. } = message;
    let seq = integer(*seq);
    let begun = session.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED");
    let values: Parameters<'_> = &[chat_id, &seq, id, created_at];
    let chat: Parameters<'_> = &[chat_id];
    let (begun, chat, exists) =
        futures_util::join!(begun, session.query_opt(&row, chat), session.query_one(&exists, values));
    begun?;
    let chat = chat?;
    let exists = exists?.try_get(0)?;
    session.batch_execute("ROLLBACK").await?;
    session.in_use = false;
    Ok(chat.map(|_| exists))
}
