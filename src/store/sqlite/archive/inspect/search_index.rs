//! Compares the full-text index with the texts of messages.
//!
//! The index keeps no texts: it lists the messages of every part, ordered by part. Both sides are therefore reduced to
//! one number for each message, the combined hashes of its parts. The index is read once for every [`AT_ONCE`] messages,
//! so that only their numbers are held in memory.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::{Connection, OptionalExtension, Rows};

use super::MOST;
use crate::store::sqlite::index;

/// Number of messages compared in one walk through the index; they take about 10 MB.
const AT_ONCE: usize = 250_000;

/// A table of the temporary schema, which is not part of the database.
const OPEN: &str = "PRAGMA query_only = OFF; \
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed_parts USING fts5vocab(main, message_text, 'instance'); \
    PRAGMA query_only = ON";

const PARTS: &str = "SELECT doc, term FROM temp.indexed_parts";

const MESSAGES: &str = "SELECT (i.number << 32) + m.seq, m.content FROM indexed i CROSS JOIN messages m \
    ON m.chat_id = i.chat_id WHERE m.seq <= i.seq AND m.deleted_at IS NULL ORDER BY i.number, m.seq";

/// The chat and message of an entry, and whether another check reports it: a message whose size the index does not know,
/// or a deleted one whose size it knows.
const NAMED: &str = "SELECT i.chat_id, m.id, (m.deleted_at IS NULL) \
    <> EXISTS (SELECT 1 FROM message_text_docsize WHERE id = ?1) FROM indexed i \
    LEFT JOIN messages m ON m.chat_id = i.chat_id AND m.seq = ?1 & 4294967295 WHERE i.number = ?1 >> 32";

/// The messages that the index does not match, and its entries without a message.
pub(super) fn findings(snapshot: &Connection) -> rusqlite::Result<Vec<String>> {
    findings_by(snapshot, AT_ONCE)
}

fn findings_by(snapshot: &Connection, at_once: usize) -> rusqlite::Result<Vec<String>> {
    snapshot.execute_batch(OPEN)?;
    let mut findings = vec![];
    let mut statement = snapshot.prepare(MESSAGES)?;
    let mut messages = statement.query([])?;
    let mut from = i64::MIN;
    while findings.len() < MOST {
        let mut texts = IndexedTexts::read(&mut messages, from, at_once)?;
        texts.compare(snapshot)?;
        findings.extend(texts.findings(snapshot, MOST - findings.len())?);
        match texts.to.checked_add(1) {
            Some(next) => from = next,
            None => break,
        }
    }
    Ok(findings)
}

/// The messages in a range of places, and what the index has there.
struct IndexedTexts {
    from: i64,
    /// The last place, inclusive.
    to: i64,
    /// The combined hashes of each message's parts, without those that the index has.
    missing: HashMap<i64, u64>,
    /// Places in the index without a message.
    strays: BTreeSet<i64>,
}

impl IndexedTexts {
    /// Reads messages from a place on; the range reaches to the last place if there are no more.
    fn read(messages: &mut Rows<'_>, from: i64, at_once: usize) -> rusqlite::Result<Self> {
        let mut texts = IndexedTexts { from, to: i64::MAX, missing: HashMap::new(), strays: BTreeSet::new() };
        while let Some(row) = messages.next()? {
            let place: i64 = row.get(0)?;
            let content: String = row.get(1)?;
            let parts = index::parts(&content);
            texts.missing.insert(place, parts.iter().fold(0, |sum, part| sum ^ hash(part)));
            if texts.missing.len() == at_once {
                texts.to = place;
                break;
            }
        }
        Ok(texts)
    }

    /// Walks through the index.
    fn compare(&mut self, snapshot: &Connection) -> rusqlite::Result<()> {
        let mut statement = snapshot.prepare(PARTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let place: i64 = row.get(0)?;
            if place < self.from || place > self.to {
                continue;
            }
            match self.missing.get_mut(&place) {
                // A part that is on both sides cancels out.
                Some(sum) => *sum ^= hash(row.get_ref(1)?.as_str()?),
                None if self.strays.len() < MOST => drop(self.strays.insert(place)),
                None => {}
            }
        }
        Ok(())
    }

    fn findings(&self, snapshot: &Connection, most: usize) -> rusqlite::Result<Vec<String>> {
        let mut differing: Vec<i64> =
            self.missing.iter().filter(|(_, sum)| **sum != 0).map(|(place, _)| *place).collect();
        differing.sort_unstable();
        let mut findings = vec![];
        for place in differing.into_iter().chain(self.strays.iter().copied()) {
            findings.extend(finding(snapshot, place)?);
            if findings.len() == most {
                break;
            }
        }
        Ok(findings)
    }
}

/// The problem with a place whose parts differ, unless another check reports it.
fn finding(snapshot: &Connection, place: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = snapshot.prepare_cached(NAMED)?;
    let named = statement.query_row([place], |row| {
        let chat: String = row.get(0)?;
        let Some(message) = row.get::<_, Option<String>>(1)? else {
            let seq = place & i64::from(u32::MAX);
            return Ok(Some(format!("chat {chat}: position {seq}: the search index has an entry without a message")));
        };
        let is_reported: bool = row.get(2)?;
        let differs = || format!("chat {chat}: message {message}: the search index has another text");
        Ok((!is_reported).then(differs))
    });
    Ok(named.optional()?.unwrap_or_else(|| Some(format!("search index: entry {place} belongs to no chat"))))
}

fn hash(part: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{findings, findings_by};
    use crate::store::sqlite::opening;

    /// Two chats of five indexed messages each.
    fn indexed() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let connection = opening::prepare(&folder.path().join("a.db")).expect("a new file");
        connection
            .execute_batch(
                "INSERT INTO users (id, username, username_key, display_name, kind, role, created_at) \
                 VALUES ('u', 'u', 'u', '', 'human', 'member', 0); \
                 INSERT INTO indexed VALUES (1, 'a', 9), (2, 'b', 9); \
                 INSERT INTO messages (chat_id, seq, id, updated_seq, sender_id, role, content, created_at) \
                 SELECT c.value, n.value, c.value || n.value, n.value, 'u', 'user', 'number ' || c.value || n.value, 1 \
                 FROM json_each('[\"a\", \"b\"]') c, json_each('[1, 2, 3, 4, 5]') n; \
                 INSERT INTO message_text (rowid, text) SELECT (i.number << 32) + m.seq, m.content \
                 FROM messages m JOIN indexed i USING (chat_id)",
            )
            .expect("messages");
        (folder, connection)
    }

    #[test]
    fn the_index_is_compared_whole_however_few_messages_are_held_at_once() {
        let (_folder, connection) = indexed();
        assert_eq!(findings(&connection).expect("an answer"), Vec::<String>::new());
        connection
            .execute_batch(
                "PRAGMA query_only = OFF; UPDATE messages SET content = 'number 99' WHERE id IN ('a1', 'b5'); \
                 DELETE FROM messages WHERE id = 'b3'; \
                 INSERT INTO message_text (rowid, text) VALUES ((1 << 32) + 7, 'lost'), ((3 << 32) + 1, 'lost'), \
                 (7, 'lost')",
            )
            .expect("damage");
        let mut expected = [
            "chat a: message a1: the search index has another text",
            "chat a: position 7: the search index has an entry without a message",
            "chat b: message b5: the search index has another text",
            "chat b: position 3: the search index has an entry without a message",
            "search index: entry 12884901889 belongs to no chat",
            "search index: entry 7 belongs to no chat",
        ];
        expected.sort_unstable();
        for at_once in [1, 2, 3, 9, 10, 1000] {
            let mut found = findings_by(&connection, at_once).expect("an answer");
            found.sort_unstable();
            assert_eq!(found, expected, "{at_once} at once");
        }
    }
}
