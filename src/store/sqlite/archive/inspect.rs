//! Checks of the tables that the records of an archive do not show.

use rusqlite::Connection;

use super::read::DumpStop;

mod search_index;

/// Maximum number of reported findings per check.
const MOST: usize = 20;

/// A query in which every row is a finding: its subject, and the text for it.
const QUESTIONS: [(&str, &str); 7] = [
    (
        "SELECT 'table ' || \"table\" || ': row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check",
        "it refers to a row that does not exist",
    ),
    (
        "SELECT 'chat ' || chat_id || ': message ' || id FROM (SELECT chat_id, id, ordinal, own_ordinal, \
         row_number() OVER (PARTITION BY chat_id ORDER BY seq) AS place, \
         row_number() OVER (PARTITION BY chat_id, sender_id ORDER BY seq) AS own_place FROM messages) \
         WHERE ordinal <> place OR own_ordinal <> own_place",
        "it has a wrong ordinal",
    ),
    (
        "SELECT 'chat ' || m.chat_id || ': message ' || m.id FROM messages m JOIN indexed i ON i.chat_id = m.chat_id \
         WHERE m.seq <= i.seq AND (m.deleted_at IS NULL) \
         <> EXISTS (SELECT 1 FROM message_text_docsize d WHERE d.id = (i.number << 32) + m.seq)",
        "the search index does not match it",
    ),
    (
        "SELECT 'chat ' || m.chat_id || ': message ' || m.id FROM messages m WHERE (SELECT count(*) FROM mentions n \
         WHERE n.chat_id = m.chat_id AND n.seq = m.seq) <> coalesce(json_array_length(m.mentions), 0)",
        "its mentions differ from those listed",
    ),
    (
        "SELECT 'chat ' || c.id FROM chats c WHERE (SELECT coalesce(sum(messages), 0) FROM deletions d \
         WHERE d.chat_id = c.id AND d.sender_id = '' AND d.width = 8) \
         <> (SELECT count(*) FROM messages m WHERE m.chat_id = c.id AND m.deleted_at IS NOT NULL)",
        "its deleted messages are counted wrong",
    ),
    (
        "SELECT 'chat ' || n.chat_id || ': position ' || n.seq FROM mentions n WHERE NOT EXISTS (SELECT 1 FROM \
         messages m, json_each(m.mentions) j WHERE m.chat_id = n.chat_id AND m.seq = n.seq AND j.value = n.user_id)",
        "no message there mentions that user",
    ),
    (
        "SELECT 'chat ' || r.chat_id || ': message ' || r.message_id FROM reactions r WHERE NOT EXISTS \
         (SELECT 1 FROM messages m WHERE m.chat_id = r.chat_id AND m.id = r.message_id)",
        "it has a reaction and does not exist",
    ),
];

/// The inconsistencies that SQLite and the tables report.
pub(super) fn findings(snapshot: &Connection) -> Result<Vec<String>, DumpStop> {
    let mut findings = rows_found(snapshot, "SELECT integrity_check FROM pragma_integrity_check")?;
    findings.retain(|finding| finding != "ok");
    for finding in &mut findings {
        finding.insert_str(0, "database: ");
    }
    if !findings.is_empty() {
        // Queries on a damaged file may fail.
        return Ok(findings);
    }
    for (query, words) in QUESTIONS {
        findings.extend(rows_found(snapshot, query)?.into_iter().map(|place| format!("{place}: {words}")));
    }
    findings.extend(search_index::findings(snapshot)?);
    Ok(findings)
}

fn rows_found(snapshot: &Connection, query: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = snapshot.prepare(query)?;
    statement.query_map([], |row| row.get(0))?.take(MOST).collect()
}
