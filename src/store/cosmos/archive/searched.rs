//! Compares the texts that searches look through with the contents of messages. Cosmos DB keeps its index itself.

use azure_data_cosmos::Query;
use serde_json::Value;

use crate::domain::name_key;
use crate::protocol::ChatId;
use crate::store::cosmos::query::CosmosQuery;
use crate::store::cosmos::{Store, queries};
use crate::store::error::Result;

/// Number of messages read together.
const PAGE: usize = 200;

/// The messages of a chat whose case-folded text is not that of their content, one per line.
pub(super) async fn searched_texts(store: &Store, chat: &ChatId) -> Result<Vec<String>> {
    let text = format!("{}{}", queries::NEWER, queries::OLDEST_FIRST);
    let mut findings = vec![];
    let mut from = 0;
    loop {
        let query = CosmosQuery(Query::from(text.as_str())).with("@from", from)?.with("@top", PAGE)?;
        let query = query.with("@clock", i64::MAX)?;
        let found: Vec<Value> = store.messages.query(chat, query.0, "export").await?;
        let Some(last) = found.last() else { return Ok(findings) };
        from = last["seq"].as_f64().map_or(i64::MAX, |seq| seq as i64).saturating_add(1);
        for message in found.iter().filter(|message| !is_folded(message)) {
            let id = message["messageId"].as_str().unwrap_or("?");
            findings.push(format!("chat {chat}: message {id}: searches look through another text"));
        }
    }
}

/// False for a message that searches would not find by its content. Earlier versions stored no folded text.
fn is_folded(message: &Value) -> bool {
    let content = message["content"].as_str();
    let folded = message["folded"].as_str();
    content.zip(folded).is_none_or(|(content, folded)| name_key(content) == folded)
}
