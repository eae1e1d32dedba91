//! The full-text index of messages: FTS5 over trigrams, so that any part of a word in any script is found.
//!
//! Indexing a message of 200 bytes takes about 0.2 ms, many times as long as sending it. Messages are therefore not
//! indexed when they are sent but in chunks when the writer is idle; a search scans the rest of a chat one by one, and
//! checks index results against the text. Edits and deletions of indexed messages update the index in their own
//! transaction, so no result is ever outdated.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle, sleep};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use tokio::sync::mpsc::WeakSender;

use super::jobs::Job;
use super::values::integer;
use crate::domain::name_key;
use crate::protocol::{ChatId, Message, Seq};

/// Approximate number of a chat's messages that may be outside the index.
const REST: u64 = 256;
/// Number of messages indexed in one transaction, during which nothing else is written.
const CHUNK: usize = 64;
/// The time without writes after which indexing starts.
const QUIET: Duration = Duration::from_millis(20);
/// The number of waits for a quiet period; if the writer is never idle, a chunk is indexed after that anyway.
const PATIENCE: u32 = 50;
/// Maximum number of trigrams looked up; the results are checked against the whole text.
const PARTS: usize = 24;

const INSERT: &str = "INSERT INTO message_text (rowid, text) VALUES (?1, ?2)";
const DELETE: &str = "DELETE FROM message_text WHERE rowid = ?1";
const NEXT: &str = "SELECT seq, content FROM messages WHERE chat_id = ?1 AND seq > ?2 AND deleted_at IS NULL \
    ORDER BY seq LIMIT ?3";

/// The position of a chat's messages in the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexPosition {
    /// The row id of a message in the index minus its `seq`.
    pub(super) base: i64,
    /// The position up to which messages are indexed.
    pub(super) seq: i64,
}

/// The position of a chat in the index, if it has any.
pub(super) fn shelf(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<IndexPosition>> {
    let mut query = connection.prepare_cached("SELECT number, seq FROM indexed WHERE chat_id = ?1")?;
    let shelf =
        query.query_row([chat], |row| Ok(IndexPosition { base: row.get::<_, i64>(0)? << 32, seq: row.get(1)? }));
    shelf.optional()
}

/// The FTS query for the prefixes of all words that are long enough; `None` if no word is.
pub(super) fn question(words: &[String]) -> Option<String> {
    let mut parts: Vec<String> = vec![];
    for word in words {
        let letters: Vec<char> = word.chars().map(visible).collect();
        parts.extend(letters.windows(3).take(PARTS).map(|part| {
            let part: String = part.iter().collect();
            format!("\"{}\"", part.replace('"', "\"\""))
        }));
    }
    parts.truncate(PARTS);
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// The tokenizer ends at a null and replaces the two letters that are none.
fn visible(letter: char) -> char {
    if matches!(letter, '\0' | '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { letter }
}

fn text(content: &str) -> String {
    name_key(content).chars().map(visible).collect()
}

/// The parts by which a text is found: every three letters, each once.
pub(super) fn parts(content: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text(content).chars().collect();
    letters.windows(3).map(|part| part.iter().collect()).collect()
}

/// Updates the index for a message that was written.
pub(super) fn follow(connection: &Connection, message: &Message) -> rusqlite::Result<()> {
    let Message { chat_id, seq, updated_seq, content, edited_at, deleted_at, .. } = message;
    if seq.is_multiple_of(REST) || updated_seq.is_multiple_of(REST) {
        connection.prepare_cached("INSERT OR IGNORE INTO to_index (chat_id) VALUES (?1)")?.execute([chat_id])?;
    }
    if updated_seq == seq || (edited_at.is_none() && deleted_at.is_none()) {
        return Ok(());
    }
    let Some(IndexPosition { base, .. }) = shelf(connection, chat_id)?.filter(|shelf| integer(*seq) <= shelf.seq)
    else {
        return Ok(());
    };
    connection.prepare_cached(DELETE)?.execute([base + integer(*seq)])?;
    if deleted_at.is_none() {
        connection.prepare_cached(INSERT)?.execute(params![base + integer(*seq), text(content)])?;
    }
    Ok(())
}

/// Records that a chat has more messages: those after one position, up to another.
pub(super) fn grew(connection: &Connection, chat: &ChatId, from: Seq, to: Seq) -> rusqlite::Result<()> {
    if to / REST > from / REST {
        connection.prepare_cached("INSERT OR IGNORE INTO to_index (chat_id) VALUES (?1)")?.execute([chat])?;
    }
    Ok(())
}

/// Removes a deleted chat.
pub(super) fn remove(connection: &Connection, chat: &ChatId) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM to_index WHERE chat_id = ?1")?.execute([chat])?;
    let Some(IndexPosition { base, .. }) = shelf(connection, chat)? else { return Ok(()) };
    let mut delete = connection.prepare_cached("DELETE FROM message_text WHERE rowid > ?1 AND rowid <= ?2")?;
    delete.execute([base, base + i64::from(u32::MAX)])?;
    connection.prepare_cached("DELETE FROM indexed WHERE chat_id = ?1")?.execute([chat]).map(drop)
}

/// Removes the messages below a position.
pub(super) fn trim(connection: &Connection, chat: &ChatId, before: Seq) -> rusqlite::Result<()> {
    let Some(IndexPosition { base, .. }) = shelf(connection, chat)? else { return Ok(()) };
    let mut delete = connection.prepare_cached("DELETE FROM message_text WHERE rowid > ?1 AND rowid < ?2")?;
    delete.execute([base, base + integer(before)]).map(drop)
}

/// A chat with many messages that are not indexed yet.
fn waiting(connection: &Connection) -> rusqlite::Result<Option<ChatId>> {
    connection.prepare_cached("SELECT chat_id FROM to_index LIMIT 1")?.query_row([], |row| row.get(0)).optional()
}

/// Indexes some messages; false if there was nothing to index.
fn advance(connection: &mut Connection) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(chat) = waiting(&transaction)? else { return Ok(false) };
    transaction.prepare_cached("INSERT OR IGNORE INTO indexed (chat_id, seq) VALUES (?1, 0)")?.execute([&chat])?;
    let Some(IndexPosition { base, seq }) = shelf(&transaction, &chat)? else { return Ok(false) };
    let found: Vec<(i64, String)> = transaction
        .prepare_cached(NEXT)?
        .query_map(params![chat, seq, integer(CHUNK as Seq)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (seq, content) in &found {
        transaction.prepare_cached(INSERT)?.execute(params![base + seq, text(content)])?;
    }
    if let Some((last, _)) = found.last() {
        transaction.prepare_cached("UPDATE indexed SET seq = ?2 WHERE chat_id = ?1")?.execute(params![chat, last])?;
    }
    if found.len() < CHUNK {
        transaction.prepare_cached("DELETE FROM to_index WHERE chat_id = ?1")?.execute([&chat])?;
    }
    transaction.commit()?;
    Ok(true)
}

/// Lets the writer index when it is idle.
pub(super) struct SqliteIndexer {
    done: Arc<AtomicU64>,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SqliteIndexer {
    /// Starts the thread that waits for the writer to be idle; it ends when this is dropped.
    pub(super) fn start(jobs: WeakSender<Job>) -> std::io::Result<Self> {
        let (wake, woken) = sync_channel(1);
        let done = Arc::new(AtomicU64::new(0));
        let counted = done.clone();
        let thread = thread::Builder::new().name("sqlite-index".into());
        let thread = thread.spawn(move || run(&jobs, &woken, &counted))?;
        Ok(SqliteIndexer { done, wake: Some(wake), thread: Some(thread) })
    }

    /// Reports that the writer has done something.
    pub(super) fn wrote(&self, connection: &Connection) {
        self.done.fetch_add(1, Ordering::Relaxed);
        if waiting(connection).is_ok_and(|chat| chat.is_some()) {
            // If the thread is already awake, it will see this too.
            let _ = self.wake.as_ref().map(|wake| wake.try_send(()));
        }
    }
}

impl Drop for SqliteIndexer {
    fn drop(&mut self) {
        self.wake.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(jobs: &WeakSender<Job>, woken: &Receiver<()>, done: &AtomicU64) {
    while woken.recv().is_ok() {
        while step(jobs, done) {}
    }
}

/// Indexes one chunk when the writer is idle; false if there is nothing left to index.
fn step(jobs: &WeakSender<Job>, done: &AtomicU64) -> bool {
    for _ in 0..PATIENCE {
        let before = done.load(Ordering::Relaxed);
        sleep(QUIET);
        if done.load(Ordering::Relaxed) == before {
            break;
        }
    }
    let Some(jobs) = jobs.upgrade() else { return false };
    let (answer, answered) = channel();
    let job: Job = Box::new(move |connection| {
        // If one fails, the next makes up for it.
        let _ = answer.send(advance(connection).unwrap_or(false));
    });
    let is_sent = jobs.blocking_send(job).is_ok();
    drop(jobs);
    is_sent && answered.recv().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::super::view::ChatsView;
    use super::super::{opening, search};
    use super::{advance, remove};
    use crate::protocol::ChatId;
    use crate::store::repository::{ReadBudget, SearchQuery};

    fn filled(count: i64) -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let connection = opening::prepare(&folder.path().join("a.db")).expect("a new file");
        connection
            .execute_batch(
                "INSERT INTO users (id, username, username_key, display_name, kind, role, created_at) \
                 VALUES ('u', 'u', 'u', '', 'human', 'member', 0)",
            )
            .expect("a user");
        for chat in ["a", "c", "z"] {
            let insert = "INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
                SELECT ?2, i, 'm' || i, i, 'u', 'user', 'Straße ' || i || iif(i % 100 = 0, ' 世界平和', ''), i \
                FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i FROM n)";
            connection.execute(insert, rusqlite::params![count, chat]).expect("messages");
        }
        connection.execute_batch("INSERT INTO to_index VALUES ('a'), ('c')").expect("chats");
        (folder, connection)
    }

    fn found(connection: &Connection, chat: &str, words: &[&str]) -> Vec<u64> {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let chat = Some(ChatId::from(chat));
        let budget = ReadBudget::UNLIMITED;
        let query = SearchQuery { user: "u".into(), chat, words, sender: None, after: None, limit: 50, budget };
        let page = search::search(&ChatsView::of_tables(connection), &query).expect("an answer");
        page.messages.iter().map(|message| message.seq).collect()
    }

    #[test]
    fn searches_with_and_without_the_index_agree() {
        let (_folder, mut connection) = filled(300);
        let ask = |connection: &Connection| {
            ["a", "c", "z"].map(|chat| {
                let words = [&["世界平"][..], &["strasse 1"], &["29", "strasse"], &["界"], &["世界x"]];
                words.map(|words| found(connection, chat, words))
            })
        };
        let before = ask(&connection);
        assert_eq!(before[1][0], [300, 200, 100]);
        let mut chunks = 0;
        while advance(&mut connection).expect("a chunk") {
            chunks += 1;
            assert_eq!(ask(&connection), before, "after {chunks} chunks");
        }
        assert_eq!(chunks, 10);
        let indexed: i64 =
            connection.query_row("SELECT count(*) FROM message_text", [], |row| row.get(0)).expect("a count");
        assert_eq!(indexed, 600);
        remove(&connection, &ChatId::from("a")).expect("gone");
        let indexed: i64 =
            connection.query_row("SELECT count(*) FROM message_text", [], |row| row.get(0)).expect("a count");
        assert_eq!(indexed, 300);
        assert_eq!(ask(&connection)[1..], before[1..]);
    }
}
