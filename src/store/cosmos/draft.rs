//! The documents of one transactional batch.

use std::collections::HashMap;

use azure_data_cosmos::models::TransactionalBatch;

use super::documents::{Head, Journal, MemberDocument, MessageDocument};
use super::known::Known;
use super::partition::{BATCH, with_head};
use crate::error::{Error, Result};
use crate::model::{Chat, ChatId, Message, User, UserId};
use crate::rules::{Facts, Written};

/// Stamps that a head keeps.
const STAMPS: usize = 8;

/// What is to be written.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) stamp: String,
    pub(super) head: Head,
    pub(super) members: Vec<MemberDocument>,
    /// By their place.
    pub(super) messages: Vec<MessageDocument>,
    /// The chat as it was.
    pub(super) old: Option<Chat>,
    last_message: Option<Message>,
}

impl Draft {
    /// Nothing if nothing is to be written.
    pub(super) fn new(chat: &ChatId, facts: &Facts, known: (&Known, &HashMap<UserId, User>)) -> Option<Self> {
        let (known, users) = known;
        let stamp = uuid::Uuid::new_v4().simple().to_string();
        let old_head = known.head.as_ref();
        let (mut head, mut members, mut messages) = (None, vec![], vec![]);
        for written in facts.written() {
            match written {
                Written::NoChat(_) => head = gone(old_head),
                Written::Chat(record) => head = Some(Head::new(record)),
                Written::Member(_, user, record) => {
                    let known = known.members.get(user).and_then(Option::as_ref).map(|member| &member.user);
                    if let Some(user) = users.get(user).or(known) {
                        members.push(MemberDocument::new(chat, user, record));
                    }
                }
                Written::Message(message) => messages.push(MessageDocument::new(message, &stamp)),
            }
        }
        let mut head = head?;
        messages.sort_unstable_by_key(|message| message.seq);
        head.stamps = old_head.map(|head| head.stamps.clone()).unwrap_or_default();
        if messages.is_empty() {
            head.stamps.push(stamp.clone());
            head.stamps.drain(..head.stamps.len().saturating_sub(STAMPS));
        }
        head.etag = known.etag().to_owned();
        head.last_message_id = head.last_message_id.or_else(|| old_head.and_then(|head| head.last_message_id.clone()));
        head.journal = (members.len() > BATCH).then(|| format!("j:{stamp}"));
        let old = old_head.and_then(|head| head.chat.clone());
        let last_message = facts.chat(chat).and_then(|record| record.chat.last_message.as_deref().cloned());
        Some(Draft { stamp, head, members, messages, old, last_message })
    }

    /// Messages first: where one is there already, it is that which is refused.
    pub(super) fn batch(&self, chat: &ChatId) -> Result<TransactionalBatch> {
        let mut batch = TransactionalBatch::new(chat.to_string());
        for message in &self.messages {
            let is_new = message.seq == message.updated_seq();
            batch = if is_new { batch.create_item(message) } else { batch.upsert_item(message, None) }
                .map_err(Error::internal)?;
        }
        if let Some(id) = &self.head.journal {
            let journal = Journal { id: id.clone(), chat_id: chat.clone(), members: self.members.clone() };
            batch = batch.create_item(journal).map_err(Error::internal)?;
        } else {
            for member in &self.members {
                batch = batch.upsert_item(member, None).map_err(Error::internal)?;
            }
        }
        with_head(batch, &self.head)
    }

    pub(super) fn is_only_messages(&self) -> bool {
        self.members.is_empty()
            && self.head.chat.is_some()
            && self.old.as_ref().is_some_and(|_| self.head.changed_seq < self.head.seq)
            && !self.messages.is_empty()
            && self.messages.first().is_some_and(|message| self.head.changed_seq < message.seq)
    }

    /// Users who come in or go out.
    pub(super) fn moved(&self) -> impl Iterator<Item = &UserId> {
        self.members.iter().map(|member| &member.user_id)
    }

    pub(super) fn is_in(&self, user: &UserId) -> bool {
        self.members.iter().any(|member| member.user_id == *user && member.present)
    }

    /// What was written is what is known from here on.
    pub(super) fn remember(self, known: &mut Known) {
        if self.last_message.is_some() {
            known.last_message = self.last_message;
        }
        known.head = Some(self.head);
        for member in self.members {
            known.members.insert(member.user_id.clone(), Some(member));
        }
    }
}

/// The head of a chat that is gone; nothing where there was none.
fn gone(head: Option<&Head>) -> Option<Head> {
    let head = head.filter(|head| head.chat.is_some())?;
    let (last_message_id, journal) = (None, None);
    Some(Head { chat: None, last_message_id, journal, ..head.clone() })
}
