//! The full-text index of messages, filled after the messages are written.
//!
//! Adding a message to a GIN index costs several times as much as sending it. A chat's messages are therefore indexed
//! in chunks while nothing else is written, by whichever node is first; a search scans the rest of the chat, and checks
//! index results against the text. Edits and deletions update the index in their own transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_postgres::{Row, Statement};

use super::error::PgError;
use super::parts;
use super::session::{Parameters, PgConnection, Pool, in_time};
use super::values::{Text, column, integer};
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, Seq};

/// Approximate number of a chat's messages that may be outside the index.
const REST: Seq = 256;
/// Number of messages indexed in one transaction.
const CHUNK: usize = 256;
/// The time without writes after which indexing starts.
const QUIET: Duration = Duration::from_millis(20);
/// The number of waits for a quiet period; on a server that is never quiet, a chunk is indexed after that anyway.
const PATIENCE: u32 = 50;
/// The interval at which the indexer looks for work.
const LOOK_AFTER: Duration = Duration::from_secs(2);

const WAITING: &str = "SELECT chat_id FROM to_index LIMIT 1";
const BEGUN: &str = "INSERT INTO indexed (chat_id, seq) VALUES ($1, 0) ON CONFLICT (chat_id) DO NOTHING";
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '500ms'";
const SHELF: &str = "SELECT i.number, i.seq, c.seq FROM indexed i JOIN chats c ON c.id = i.chat_id \
    WHERE i.chat_id = $1 FOR UPDATE OF i SKIP LOCKED";
const NEXT: &str = "SELECT seq, content_key FROM messages WHERE chat_id = $1 AND seq > $2 AND seq <= $3 \
    AND deleted_at IS NULL ORDER BY seq LIMIT $4";
const INSERT: &str = "INSERT INTO message_text (place, parts) \
    SELECT ($1::bigint << 32) + w.seq, w.parts::integer[] FROM unnest($2::bigint[], $3::text[]) AS w (seq, parts) \
    ON CONFLICT (place) DO UPDATE SET parts = excluded.parts";
/// Locks the chat's row, so that writers in the chat wait from now on.
const HOLD: &str = "SELECT 1 FROM chats WHERE id = $1 FOR SHARE";
const CHANGED: &str = "SELECT seq, content_key FROM messages WHERE chat_id = $1 AND updated_seq > $2 \
    AND updated_seq > seq AND seq <= $3";
/// Messages that retention has removed since they were read.
const TRIMMED: &str = "DELETE FROM message_text t USING chats c WHERE c.id = $1 AND t.place >= $2::bigint << 32 \
    AND t.place < ($2::bigint << 32) + c.first_seq";
const ADVANCE: &str = "UPDATE indexed SET seq = $2 WHERE chat_id = $1";
const DONE: &str = "DELETE FROM to_index WHERE chat_id = $1";

pub(super) const DUE: &str = "INSERT INTO to_index SELECT DISTINCT unnest($1::text[]) ON CONFLICT (chat_id) DO NOTHING";
pub(super) const SAID_ANEW: &str = "UPDATE message_text t SET parts = w.parts::integer[] \
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS w (chat_id, seq, parts) \
    JOIN indexed i ON i.chat_id = w.chat_id WHERE t.place = (i.number << 32) + w.seq";

/// Updates the index for messages being written.
pub(super) async fn follow(
    session: &PgConnection,
    due: &Statement,
    said_anew: &Statement,
    messages: &[&Message],
) -> Result<(), tokio_postgres::Error> {
    let is_due = |message: &&&Message| message.seq.is_multiple_of(REST) || message.updated_seq.is_multiple_of(REST);
    let chats: Vec<&ChatId> = messages.iter().filter(is_due).map(|message| &message.chat_id).collect();
    if !chats.is_empty() {
        session.execute(due, &[&chats]).await?;
    }
    let is_anew = |message: &&&Message| message.edited_at.is_some() || message.deleted_at.is_some();
    let anew: Vec<&Message> = messages.iter().filter(is_anew).copied().collect();
    if anew.is_empty() {
        return Ok(());
    }
    let values: Parameters<'_> = &[
        &column(&anew, |message| &message.chat_id),
        &column(&anew, |message| integer(message.seq)),
        &column(&anew, |message| parts::of_text(&message.chat_id, &name_key(&message.content))),
    ];
    session.execute(said_anew, values).await.map(drop)
}

/// Indexes waiting messages until it is dropped.
#[derive(Debug)]
pub(super) struct PgIndexer {
    done: Arc<AtomicU64>,
    _task: JoinSet<()>,
}

impl PgIndexer {
    /// Starts with connections that write.
    pub(super) fn start(writers: Pool) -> Self {
        let done = Arc::new(AtomicU64::new(0));
        let mut task = JoinSet::new();
        task.spawn(run(writers, done.clone()));
        PgIndexer { done, _task: task }
    }

    /// Signals that something was written.
    pub(super) fn wrote(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

async fn run(writers: Pool, done: Arc<AtomicU64>) {
    loop {
        // A failed chunk is retried later.
        if advance(&writers).await.unwrap_or(false) {
            quiet(&done).await;
        } else {
            sleep(LOOK_AFTER).await;
        }
    }
}

/// Waits until nothing is being written, up to a limit.
async fn quiet(done: &AtomicU64) {
    for _ in 0..PATIENCE {
        let before = done.load(Ordering::Relaxed);
        sleep(QUIET).await;
        if done.load(Ordering::Relaxed) == before {
            break;
        }
    }
}

/// Indexes some messages; false if there is nothing to do, or another node is doing it.
async fn advance(writers: &Pool) -> Result<bool, PgError> {
    let Some(row) = writers.row(WAITING, &[]).await? else { return Ok(false) };
    let chat: ChatId = row.try_get(0)?;
    writers.rows(BEGUN, &[&chat]).await?;
    let mut session = writers.session().await?;
    session.in_use = true;
    let is_done = in_time(chunk(&session, &chat)).await;
    let end = if is_done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    session.batch_execute(end).await?;
    session.in_use = false;
    is_done
}

async fn chunk(session: &PgConnection, chat: &ChatId) -> Result<bool, PgError> {
    let [shelf, next, insert, hold] = session.prepared([SHELF, NEXT, INSERT, HOLD]).await?;
    let [changed, trimmed, advance, done] = session.prepared([CHANGED, TRIMMED, ADVANCE, DONE]).await?;
    session.batch_execute(BEGIN).await?;
    let Some(shelf) = session.query_opt(&shelf, &[chat]).await? else { return Ok(false) };
    let number: i64 = shelf.try_get(0)?;
    let from: i64 = shelf.try_get(1)?;
    let clock: i64 = shelf.try_get(2)?;
    let found = session.query(&next, &[chat, &from, &clock, &integer(CHUNK as Seq)]).await?;
    let is_last = found.len() < CHUNK;
    let to = match found.last() {
        Some(last) if !is_last => last.try_get(0)?,
        _ => clock,
    };
    put(session, &insert, chat, number, &found).await?;
    if session.query_opt(&hold, &[chat]).await?.is_some() {
        let found = session.query(&changed, &[chat, &clock, &to]).await?;
        put(session, &insert, chat, number, &found).await?;
        session.execute(&trimmed, &[chat, &number]).await?;
        session.execute(&advance, &[chat, &to]).await?;
    }
    if is_last {
        session.execute(&done, &[chat]).await?;
    }
    Ok(true)
}

async fn put(
    session: &PgConnection,
    insert: &Statement,
    chat: &ChatId,
    number: i64,
    found: &[Row],
) -> Result<(), PgError> {
    let mut seqs = Vec::<i64>::with_capacity(found.len());
    let mut texts = Vec::with_capacity(found.len());
    for row in found {
        let Text(text): Text<String> = row.try_get(1)?;
        seqs.push(row.try_get(0)?);
        texts.push(parts::of_text(chat, &text));
    }
    session.execute(insert, &[&number, &seqs, &texts]).await?;
    Ok(())
}
