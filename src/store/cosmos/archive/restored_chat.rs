//! A chat being restored: its documents are written in batches, its head last.

use std::collections::HashMap;

use azure_data_cosmos::models::TransactionalBatch;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use crate::protocol::{ChatKind, Sender, User, UserId};
use crate::store::archive::{ArchivedChat, ArchivedMember, ArchivedMessage};
use crate::store::cosmos::container::Batched;
use crate::store::cosmos::deletions::Deletions;
use crate::store::cosmos::documents::{
    HeadDocument, MemberDocument, MessageDocument, MessageSums, SentBy, restored_chat,
};
use crate::store::cosmos::partition::BATCH;
use crate::store::cosmos::reactions::ReactionDocument;
use crate::store::cosmos::weights::BYTES;
use crate::store::cosmos::{CONCURRENT, Store};
use crate::store::error::{Result, StoreError};

/// A chat and its documents that are not written yet.
#[derive(Debug)]
pub(super) struct RestoredChat {
    chat: ArchivedChat,
    waiting: Vec<serde_json::Value>,
    bytes: usize,
    /// Members whose lists must include the chat.
    present: Vec<UserId>,
    sums: MessageSums,
    own: HashMap<UserId, u64>,
    deletions: Deletions,
}

impl RestoredChat {
    pub(super) fn new(chat: ArchivedChat) -> Self {
        RestoredChat {
            chat,
            waiting: vec![],
            bytes: 0,
            present: vec![],
            sums: MessageSums::default(),
            own: HashMap::new(),
            deletions: Deletions::default(),
        }
    }

    /// Adds a document; writes the waiting ones first if it does not fit into their batch.
    async fn add(&mut self, store: &Store, document: &impl Serialize, bytes: usize) -> Result<()> {
        if self.waiting.len() >= BATCH || self.bytes + bytes > BYTES {
            self.flush(store).await?;
        }
        self.bytes += bytes;
        self.waiting.push(serde_json::to_value(document).map_err(StoreError::internal)?);
        Ok(())
    }

    async fn flush(&mut self, store: &Store) -> Result<()> {
        if !self.waiting.is_empty() {
            let mut batch = TransactionalBatch::new(self.chat.id.to_string());
            for document in self.waiting.drain(..) {
                batch = batch.upsert_item(&document, None).map_err(StoreError::internal)?;
            }
            if let Batched::Refused(_, status) = store.messages.batch(batch, "import").await? {
                return Err(StoreError::unavailable(format!("Cosmos DB refused a batch with {status}")));
            }
        }
        self.bytes = 0;
        let listed: Vec<_> = self.present.drain(..).collect();
        let chat = &self.chat.id;
        let listed: Vec<_> = listed.iter().map(|user| store.list_certain(chat, user)).collect();
        stream::iter(listed).buffer_unordered(CONCURRENT).try_collect().await
    }

    pub(super) async fn member(&mut self, store: &Store, member: &ArchivedMember, user: &User) -> Result<()> {
        self.add(store, &MemberDocument::restored(member, user), 1024).await?;
        if member.role.is_some() {
            self.present.push(member.user_id.clone());
        }
        Ok(())
    }

    pub(super) async fn message(&mut self, store: &Store, message: ArchivedMessage, user: &User) -> Result<()> {
        let own = self.own.entry(user.id.clone()).or_default();
        *own += 1;
        let own_ordinal = *own;
        self.sums.sent += 1;
        let late = message.late.iter().map(|late| late.seq).max().unwrap_or(0);
        self.sums.late_seq = self.sums.late_seq.max(late);
        if message.deleted_at.is_some() {
            self.deletions.count(message.seq, &message.sender_id);
        } else {
            self.sums.last = Some(message.id.clone());
        }
        for reactor in &message.reactors {
            let key = (message.id.clone(), reactor.emoji.clone(), reactor.user_id.clone());
            self.add(store, &ReactionDocument::new(&message.chat_id, &key, reactor.seq), 1024).await?;
        }
        let sender = Sender::from(user);
        // The content may be stored twice, the second time with case folded.
        let bytes = 2048 + 2 * message.content.len() + message.metadata.as_ref().map_or(0, String::len);
        let by = SentBy { sender, ordinal: self.sums.sent, own_ordinal };
        let document = MessageDocument::restored(message, by);
        self.add(store, &document, bytes + document.bytes()).await
    }

    /// Writes the remaining documents, and the head last.
    pub(super) async fn finish(mut self, store: &Store) -> Result<()> {
        let id = self.chat.id.clone();
        for counted in std::mem::take(&mut self.deletions).documents(&id) {
            self.add(store, &counted, 512).await?;
        }
        self.flush(store).await?;
        let RestoredChat { chat, sums, .. } = self;
        let whole = restored_chat(&chat);
        if chat.kind == ChatKind::Channel {
            store.restore_channel_name(&whole).await?;
            if chat.active {
                store.list(&whole).await?;
            }
        }
        let last = sums.last.clone().filter(|_| chat.message_count > 0);
        store.restore_head(&HeadDocument::restored(&chat, MessageSums { last, ..sums })).await
    }
}
