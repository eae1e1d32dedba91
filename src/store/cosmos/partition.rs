//! One chat's partition: its head, members and messages, looked up together.

use std::collections::HashMap;

use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;
use azure_data_cosmos::options::{BatchReplaceOptions, Precondition};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::chat_operation::ChatOperation;
use super::container::Batched;
use super::documents::{DeletionsDocument, HeadDocument, MemberDocument, MessageDocument};
use super::failure::contended;
use super::query::of_chats;
use super::{CONCURRENT, Store, ids, queries};
use crate::protocol::{ChatId, UserId};
use crate::store::error::{Result, StoreError};

/// Attempts to write a document that others write at the same time.
pub(super) const ATTEMPTS: u32 = 12;
/// Maximum number of documents in one batch besides the head; Cosmos accepts 100 in all.
pub(super) const BATCH: usize = 90;

/// Members who change together but do not fit in one batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Journal {
    pub(super) id: String,
    pub(super) chat_id: ChatId,
    pub(super) members: Vec<MemberDocument>,
}

/// A document in a chat's partition.
#[derive(Clone, Debug)]
pub(super) enum PartitionDocument {
    HeadDocument(Box<HeadDocument>),
    Member(Box<MemberDocument>),
    Message(Box<MessageDocument>),
    Deletions(DeletionsDocument),
    Operation(Box<ChatOperation>),
    Journal,
}

impl<'de> Deserialize<'de> for PartitionDocument {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let value = serde_json::Value::deserialize(deserializer)?;
        let id = value.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
        let document = match id {
            ids::HEAD => serde_json::from_value(value).map(PartitionDocument::HeadDocument),
            id if ids::is_member(id) => serde_json::from_value(value).map(PartitionDocument::Member),
            id if ids::is_message(id) => serde_json::from_value(value).map(PartitionDocument::Message),
            id if ids::is_deletions(id) => serde_json::from_value(value).map(PartitionDocument::Deletions),
            id if ids::is_operation(id) => serde_json::from_value(value).map(PartitionDocument::Operation),
            _ => Ok(PartitionDocument::Journal),
        };
        document.map_err(D::Error::custom)
    }
}

/// The result of one query over a partition, consistent at one point in time.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) head: Option<HeadDocument>,
    pub(super) members: HashMap<UserId, MemberDocument>,
    pub(super) messages: HashMap<String, MessageDocument>,
    pub(super) deletions: HashMap<String, DeletionsDocument>,
    pub(super) operations: HashMap<String, ChatOperation>,
}

impl Look {
    /// The head of an existing chat.
    pub(super) fn living(&self) -> Option<&HeadDocument> {
        self.head.as_ref().filter(|head| head.chat.is_some())
    }
}

/// Maximum number of chats that are looked up with one request.
pub(super) const LOOKED_UP: usize = 100;
/// Number of chats up to which they are looked up singly, because a request for several is sent to every physical
/// partition.
pub(super) const FEW: usize = 8;

/// Adds a document to the look-up of its chat.
fn note_look(looks: &mut HashMap<ChatId, Look>, document: PartitionDocument) {
    match document {
        PartitionDocument::HeadDocument(head) => {
            let look = looks.entry(head.chat_id.clone()).or_default();
            look.head = Some(*head);
        }
        PartitionDocument::Member(member) => {
            let look = looks.entry(member.chat_id.clone()).or_default();
            look.members.insert(member.user_id.clone(), *member);
        }
        _ => {}
    }
}

impl Store {
    /// The head and these documents of a chat, in one request.
    pub(super) async fn look(&self, chat: &ChatId, ids: &[String], operation: &'static str) -> Result<Look> {
        if !ids::fits(chat) {
            return Ok(Look::default());
        }
        for _ in 0..ATTEMPTS {
            let look = self.glance(chat, ids, operation).await?;
            match look.head.as_ref().and_then(|head| head.journal.as_ref()) {
                None => return Ok(look),
                Some(_) => self.finish(chat).await?,
            }
        }
        Err(contended())
    }

    /// The heads of these chats and a user's membership in each: one request for each [`LOOKED_UP`] chats and physical
    /// partition, of which there are several only above 50 GB. Chats that never existed have no entry.
    pub(super) async fn looks(
        &self,
        chats: &[ChatId],
        user: Option<&UserId>,
        operation: &'static str,
    ) -> Result<HashMap<ChatId, Look>> {
        let member: Vec<String> =
            user.filter(|user| ids::fits(user)).map(|user| ids::member(user)).into_iter().collect();
        let mut looks = HashMap::new();
        let mut singly: Vec<ChatId> = vec![];
        if chats.len() <= FEW {
            singly.extend(chats.iter().cloned());
        } else {
            let known: Vec<&str> = chats.iter().filter(|chat| ids::fits(chat)).map(|chat| &**chat).collect();
            for part in known.chunks(LOOKED_UP) {
                let question = of_chats(queries::HEADS_AND_MEMBERSHIPS, part)?;
                let question = question.with("@member", member.first().map_or(ids::HEAD, |id| id.as_str()))?;
                for document in self.messages.query_all(question.0, operation).await? {
                    note_look(&mut looks, document);
                }
            }
            // A journal must be finished before the memberships are valid.
            let has_journal = |look: &Look| look.head.as_ref().is_some_and(|head| head.journal.is_some());
            singly.extend(looks.iter().filter(|(_, look)| has_journal(look)).map(|(chat, _)| chat.clone()));
        }
        let reads = singly.into_iter().map(|chat| {
            let member = &member;
            async move {
                let look = self.look(&chat, member, operation).await?;
                Ok::<_, StoreError>((chat, look))
            }
        });
        let mut reads = stream::iter(reads.collect::<Vec<_>>()).buffer_unordered(CONCURRENT);
        while let Some((chat, look)) = reads.try_next().await? {
            looks.insert(chat, look);
        }
        Ok(looks)
    }

    async fn glance(&self, chat: &ChatId, ids: &[String], operation: &'static str) -> Result<Look> {
        if ids.is_empty() {
            let head = self.messages.read(chat, ids::HEAD, operation).await?;
            return Ok(Look { head, ..Look::default() });
        }
        let mut look = Look::default();
        for document in self.messages.query(chat, by_id(ids)?, operation).await? {
            match document {
                PartitionDocument::HeadDocument(head) => look.head = Some(*head),
                PartitionDocument::Member(member) => drop(look.members.insert(member.user_id.clone(), *member)),
                PartitionDocument::Message(message) => drop(look.messages.insert(message.id.clone(), *message)),
                PartitionDocument::Deletions(counted) => drop(look.deletions.insert(counted.id.clone(), counted)),
                PartitionDocument::Operation(found) => drop(look.operations.insert(found.id.clone(), *found)),
                PartitionDocument::Journal => {}
            }
        }
        Ok(look)
    }

    /// Applies a journal to the members' documents. Every reader that finds one finishes it first, so a chat never has
    /// more than one; each batch is guarded by the head, so a late writer does no harm.
    pub(super) async fn finish(&self, chat: &ChatId) -> Result<()> {
        let Some(mut head) = self.messages.read::<HeadDocument>(chat, ids::HEAD, "journal").await? else {
            return Ok(());
        };
        let Some(id) = head.journal.clone() else { return Ok(()) };
        let Some(journal) = self.messages.read::<Journal>(chat, &id, "journal").await? else { return Ok(()) };
        for chunk in journal.members.chunks(BATCH) {
            let mut batch = TransactionalBatch::new(chat.to_string());
            for member in chunk {
                batch = batch.upsert_item(member, None).map_err(StoreError::internal)?;
            }
            if !self.guarded(batch, &mut head).await? {
                return Ok(());
            }
        }
        head.journal = None;
        let batch = TransactionalBatch::new(chat.to_string()).delete_item(id, None);
        self.guarded(batch, &mut head).await.map(drop)
    }

    /// Writes a batch and the head, unless the head has changed since it was read.
    pub(super) async fn guarded(&self, batch: TransactionalBatch, head: &mut HeadDocument) -> Result<bool> {
        let batch = with_head(batch, head)?;
        match self.messages.batch(batch, "maintain").await? {
            Batched::Done(etag) => {
                head.etag = etag;
                Ok(true)
            }
            Batched::Refused(..) => Ok(false),
        }
    }
}

/// Adds the head as the last document, which must be unchanged since it was read.
pub(super) fn with_head(batch: TransactionalBatch, head: &HeadDocument) -> Result<TransactionalBatch> {
    let added = if head.etag.is_empty() {
        batch.create_item(head)
    } else {
        let options = BatchReplaceOptions::default().with_precondition(Precondition::if_match(head.etag.clone()));
        batch.replace_item(ids::HEAD, head, Some(options))
    };
    added.map_err(StoreError::internal)
}

/// Adds a member, whose document must be unchanged since it was read, or still absent.
pub(super) fn with_member(batch: TransactionalBatch, member: &MemberDocument) -> Result<TransactionalBatch> {
    let added = if member.etag.is_empty() {
        batch.create_item(member)
    } else {
        let options = BatchReplaceOptions::default().with_precondition(Precondition::if_match(member.etag.clone()));
        batch.replace_item(member.id.clone(), member, Some(options))
    };
    added.map_err(StoreError::internal)
}

fn by_id(ids: &[String]) -> Result<Query> {
    let names: Vec<String> = (0..=ids.len()).map(|index| format!("@id{index}")).collect();
    let mut query = Query::from(format!("{} IN ({})", queries::BY_ID, names.join(", ")));
    for (name, id) in names.into_iter().zip(ids.iter().map(String::as_str).chain([ids::HEAD])) {
        query = query.with_parameter(name, id).map_err(StoreError::internal)?;
    }
    Ok(query)
}
