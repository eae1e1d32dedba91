//! One batch, one transaction: two ways to the server and back, whatever is in it.
//!
//! The first takes the chats' rows in the order of their ids and loads what must be known; the second writes back and
//! commits. Others who want the same chats, on this node or another, wait for the rows. What they do to chats that are
//! not there yet, and so cannot be waited for, is noticed by the tables, and then the batch is taken again.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::counts::{Counts, Tally};
use super::heads::load_end;
use super::load::{Loaded, load, load_previous, load_viewer};
use super::reactions::{load_next_reactor, load_reaction};
use super::save::{save, save_and_commit};
use super::session::{Pool, Session, Values, in_time};
use super::trouble::{Trouble, failure};
use super::values::integer;
use crate::domain::{Change, Outcome, Written, decide};
use crate::protocol::error::Result;
use crate::protocol::{Message, Timestamp};

/// How often a batch is taken before others are let off with it.
const ATTEMPTS: usize = 6;
/// How long it is tried to learn what came of a batch whose connection was lost.
const SETTLE_WITHIN: Duration = Duration::from_secs(5);
const SETTLE_AGAIN_AFTER: Duration = Duration::from_millis(100);

const ROW: &str = "SELECT seq FROM chats WHERE id = $1 FOR SHARE";
const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM messages \
    WHERE chat_id = $1 AND seq = $2 AND id = $3 AND created_at = $4)";

type Results = Vec<Result<Outcome>>;

/// Where batches are written, and what is known of the chats there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writers<'a> {
    pub(super) pool: &'a Pool,
    pub(super) counts: &'a Counts,
}

/// Makes the batch durable. If the tables do not allow it, though the rules did, each change is taken alone.
pub(super) async fn commit(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Results {
    if batch.is_empty() {
        return vec![];
    }
    match take(writers, batch, at).await {
        Ok(results) => results,
        Err(Trouble::Race(_) | Trouble::Refused(_)) if batch.len() > 1 => {
            let mut results = Vec::with_capacity(batch.len());
            for change in batch {
                let taken = take(writers, std::slice::from_ref(change), at).await;
                results.extend(taken.unwrap_or_else(|trouble| refuse(trouble, 1)));
            }
            results
        }
        Err(trouble) => refuse(trouble, batch.len()),
    }
}

/// The same failure for every change of a batch.
fn refuse(trouble: Trouble, count: usize) -> Results {
    let error = failure(trouble);
    let mut results: Results = (1..count).map(|_| Err(error.repeated())).collect();
    results.insert(0, Err(error));
    results
}

async fn take(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Result<Results, Trouble> {
    let mut attempts = 1;
    loop {
        match attempt(writers, batch, at).await {
            Err(Trouble::Race(_) | Trouble::Cut(_)) if attempts < ATTEMPTS => attempts += 1,
            taken => return taken,
        }
    }
}

/// Takes the batch once. Where the connection was cut, nothing has been done.
async fn attempt(writers: Writers<'_>, batch: &[Change], at: Timestamp) -> Result<Results, Trouble> {
    let mut session = writers.pool.session().await?;
    session.in_use = true;
    let (results, mut loaded) = match in_time(decided((&session, writers.counts), batch, at)).await {
        Ok(decided) => decided,
        Err(trouble) => return Err(given_up(session, trouble).await),
    };
    match in_time(save_and_commit(&session, &loaded)).await {
        Ok(tallies) => {
            session.in_use = false;
            remember(writers.counts, &mut loaded, tallies);
            Ok(results)
        }
        Err(trouble @ (Trouble::Away(_) | Trouble::Cut(_))) => {
            drop(session);
            settle(writers.pool, &loaded, trouble).await.map(|()| results)
        }
        Err(trouble) => Err(given_up(session, trouble).await),
    }
}

/// Notes how many messages the chats have had from here on.
fn remember(counts: &Counts, loaded: &mut Loaded, tallies: Vec<Tally>) {
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

/// Loads the state and decides every change.
async fn decided(
    (session, counts): (&Session, &Counts),
    batch: &[Change],
    at: Timestamp,
) -> Result<(Results, Loaded), Trouble> {
    let mut loaded = load(session, counts, batch).await?;
    let mut results = Vec::with_capacity(batch.len());
    for change in batch {
        look_again(session, &mut loaded, change).await?;
        results.push(decide(&mut loaded.state, change, at));
    }
    Ok((results, loaded))
}

/// Looks up what depends on what this batch has done so far: the tables must hold it. Saving again is harmless.
async fn look_again(session: &Session, loaded: &mut Loaded, change: &Change) -> Result<(), Trouble> {
    if loaded.state.lacks_end(change) {
        load_end(session, &mut loaded.state, &change.chat_id).await?;
    }
    if let Some(last) = loaded.state.lacks_previous(change) {
        save(session, loaded).await?;
        load_previous(session, &mut loaded.state, (&change.chat_id, last)).await?;
    }
    if let Some(key) = loaded.state.lacks_reaction(change) {
        load_reaction(session, &mut loaded.state, (&change.chat_id, key)).await?;
    }
    if let Some(reaction) = loaded.state.lacks_next_reactor(change) {
        save(session, loaded).await?;
        load_next_reactor(session, &mut loaded.state, (&change.chat_id, reaction)).await?;
    }
    let member = loaded.state.member(&change.chat_id, &change.actor.id);
    if change.needs().viewer && member.is_some_and(|member| member.role.is_some()) {
        save(session, loaded).await?;
        load_viewer(session, &mut loaded.state, change).await?;
    }
    Ok(())
}

/// Leaves the connection as it was found, where it can be.
async fn given_up(mut session: Session, trouble: Trouble) -> Trouble {
    if matches!(trouble, Trouble::Race(_) | Trouble::Refused(_)) && session.batch_execute("ROLLBACK").await.is_ok() {
        session.in_use = false;
    }
    trouble
}

/// Learns what came of a transaction whose end was not heard of, by a message that it would have written: messages
/// never go away while their chat is there. Where there is none, and where the server cannot be asked, it stays open.
///
/// The number of the transaction does not tell: a server that crashes gives the same one again.
async fn settle(writers: &Pool, loaded: &Loaded, trouble: Trouble) -> Result<(), Trouble> {
    let written = loaded.state.written().find_map(|written| match written {
        Written::Message(message) if message.seq == message.updated_seq && loaded.is_kept(&message.chat_id) => {
            Some(message)
        }
        _ => None,
    });
    let begun = Instant::now();
    while let Some(message) = written.filter(|_| begun.elapsed() < SETTLE_WITHIN) {
        match in_time(is_there(writers, message)).await {
            Ok(Some(true)) => return Ok(()),
            Ok(Some(false)) => return Err(trouble),
            Ok(None) => break,
            Err(_) => sleep(SETTLE_AGAIN_AFTER).await,
        }
    }
    Err(Trouble::Away("PostgreSQL was lost during a commit, and what came of it could not be learned".into()))
}

/// Whether the message is in its chat, as it was to be written; nothing if there is no such chat. Waits for whoever is
/// still at the chat's row, and so for the transaction itself if the server has not noticed yet that nobody hears it.
async fn is_there(writers: &Pool, message: &Message) -> Result<Option<bool>, Trouble> {
    let mut session = writers.session().await?;
    session.in_use = true;
    let [row, exists] = session.prepared([ROW, EXISTS]).await?;
    let Message { chat_id, seq, id, created_at, .. } = message;
    let (seq, begun) = (integer(*seq), session.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED"));
    let values: Values<'_> = &[chat_id, &seq, id, created_at];
    let chat: Values<'_> = &[chat_id];
    let (begun, chat, exists) =
        futures_util::join!(begun, session.query_opt(&row, chat), session.query_one(&exists, values));
    begun?;
    let (chat, exists) = (chat?, exists?.try_get(0)?);
    session.batch_execute("ROLLBACK").await?;
    session.in_use = false;
    Ok(chat.map(|_| exists))
}
