//! Checks of the tables that the records of an archive do not show.

use std::pin::pin;

use futures_util::TryStreamExt;
use tokio_postgres::{Client, Error};

use crate::domain::name_key;
use crate::protocol::{ChatId, MessageId};
use crate::store::postgres::parts;
use crate::store::postgres::values::Text;

/// A query in which every row is a finding, at most twenty, and the text for it.
const QUESTIONS: [(&str, &str); 8] = [
    (
        "SELECT 'chat ' || chat_id || ': message ' || id FROM (SELECT chat_id, id, ordinal, own_ordinal, \
         row_number() OVER (PARTITION BY chat_id ORDER BY seq) AS place, \
         row_number() OVER (PARTITION BY chat_id, sender_id ORDER BY seq) AS own_place FROM messages) AS m \
         WHERE ordinal <> place OR own_ordinal <> own_place LIMIT 20",
        "it has a wrong ordinal",
    ),
    (
        "SELECT 'chat ' || m.chat_id || ': message ' || m.id FROM messages m JOIN indexed i ON i.chat_id = m.chat_id \
         WHERE m.seq <= i.seq AND m.deleted_at IS NULL \
         AND NOT EXISTS (SELECT FROM message_text t WHERE t.place = (i.number << 32) + m.seq) LIMIT 20",
        "the search index does not have it",
    ),
    (
        "SELECT coalesce('chat ' || i.chat_id || ': position ' || (t.place & 4294967295), 'search index: ' || t.place) \
         FROM message_text t LEFT JOIN indexed i ON i.number = t.place >> 32 WHERE NOT EXISTS (SELECT FROM messages m \
         WHERE m.chat_id = i.chat_id AND m.seq = t.place & 4294967295) LIMIT 20",
        "the search index has an entry without a message",
    ),
    (
        "SELECT 'chat ' || m.chat_id || ': message ' || m.id FROM messages m WHERE (SELECT count(*) FROM mentions n \
         WHERE n.chat_id = m.chat_id AND n.seq = m.seq) <> coalesce(json_array_length(m.mentions), 0) LIMIT 20",
        "its mentions differ from those listed",
    ),
    (
        "SELECT 'chat ' || c.id FROM chats c WHERE (SELECT coalesce(sum(messages), 0) FROM deletions d \
         WHERE d.chat_id = c.id AND d.sender_id = '' AND d.width = 8) \
         <> (SELECT count(*) FROM messages m WHERE m.chat_id = c.id AND m.deleted_at IS NOT NULL) LIMIT 20",
        "its deleted messages are counted wrong",
    ),
    (
        "SELECT 'chat ' || c.id FROM chats c LEFT JOIN channels k ON k.chat_id = c.id WHERE c.kind = 'channel' \
         AND (k.name_key IS DISTINCT FROM c.name_key OR k.active IS DISTINCT FROM c.active) LIMIT 20",
        "the list of channels does not match it",
    ),
    (
        "SELECT 'chat ' || n.chat_id || ': position ' || n.seq FROM mentions n WHERE NOT EXISTS (SELECT 1 FROM \
         messages m, json_array_elements_text(m.mentions) j WHERE m.chat_id = n.chat_id AND m.seq = n.seq \
         AND j = n.user_id) LIMIT 20",
        "no message there mentions that user",
    ),
    (
        "SELECT 'chat ' || r.chat_id || ': message ' || r.message_id FROM reactions r WHERE NOT EXISTS \
         (SELECT 1 FROM messages m WHERE m.chat_id = r.chat_id AND m.id = r.message_id) LIMIT 20",
        "it has a reaction and does not exist",
    ),
];

/// Maximum number of messages named whose texts differ.
const MOST: usize = 20;

const TEXTS: &str = "SELECT m.chat_id, m.id, m.content, m.content_key, t.parts::text FROM messages m \
    LEFT JOIN indexed i ON i.chat_id = m.chat_id AND m.seq <= i.seq \
    LEFT JOIN message_text t ON t.place = (i.number << 32) + m.seq WHERE m.deleted_at IS NULL";

/// The inconsistencies of the tables.
pub(super) async fn findings(client: &Client) -> Result<Vec<String>, Error> {
    let mut findings = vec![];
    for (query, words) in QUESTIONS {
        for row in client.query(query, &[]).await? {
            findings.push(format!("{}: {words}", row.try_get::<_, String>(0)?));
        }
    }
    findings.extend(texts(client).await?);
    Ok(findings)
}

/// Compares the texts that searches look through, and the index of them, with the messages.
async fn texts(client: &Client) -> Result<Vec<String>, Error> {
    let mut findings = vec![];
    let rows = client.query_raw(TEXTS, Vec::<String>::new()).await?;
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await?
        && findings.len() < MOST
    {
        let chat: ChatId = row.try_get(0)?;
        let message: MessageId = row.try_get(1)?;
        let Text(content): Text<String> = row.try_get(2)?;
        let Text(key): Text<String> = row.try_get(3)?;
        let indexed: Option<String> = row.try_get(4)?;
        if name_key(&content) != key {
            findings.push(format!("chat {chat}: message {message}: searches look through another text"));
        } else if indexed.is_some_and(|indexed| indexed != parts::of_text(&chat, &key)) {
            findings.push(format!("chat {chat}: message {message}: the search index has another text"));
        }
    }
    Ok(findings)
}
