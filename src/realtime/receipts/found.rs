//! Marks of commands that failed although the storage has them: they are told once that is known.

use crate::cluster::Wakers;
use crate::protocol::error::Result;
use crate::protocol::wire;
use crate::protocol::{ChatId, MessageDelivered, MessageRead, UserId};
use crate::store::repository::Advance;

use super::entry::ReceiptEntry;
use super::{Marked, Receipts};

/// A member whose mark nobody was told of.
#[derive(Debug)]
struct FoundMark {
    chat: ChatId,
    user: UserId,
}

impl Receipts {
    /// Keeps a mark that is stored and could not be told: it is told later, or with the same command again.
    pub fn owe(&self, advance: &Advance, marked: &Marked) {
        let mut entries = self.entries.lock();
        match entries.get_mut(&advance.chat, &advance.user) {
            Some(entry) => entry.owe(marked),
            None => entries.insert(&advance.chat, &advance.user, ReceiptEntry::owed(advance, marked)),
        }
    }

    /// Tells of marks that turned out to be stored, once no command does.
    pub(super) async fn tell_found(&self) {
        let mut found = vec![];
        for (chat, users) in self.entries.lock().chats_mut() {
            let waiting = users.iter().filter(|(_, entry)| entry.is_found());
            found.extend(waiting.map(|(user, _)| FoundMark { chat: chat.clone(), user: user.clone() }));
        }
        for mark in found {
            if let Err(error) = self.tell_mark(&mark).await {
                tracing::debug!(error = %error, "a mark is told later");
            }
        }
    }

    async fn tell_mark(&self, FoundMark { chat, user }: &FoundMark) -> Result<()> {
        let is_large = self.hub.is_large(chat);
        let read_by_all_seq = if is_large { None } else { Some(self.read_by_all(chat).await?) };
        let found = self.entries.lock().get_mut(chat, user).and_then(ReceiptEntry::take_found);
        let Some(marked) = found else { return Ok(()) };
        let now = marked.now;
        let mut wakers = Wakers::default();
        if now.read > marked.read_before {
            let event = MessageRead {
                chat_id: chat.clone(),
                user_id: user.clone(),
                seq: now.read,
                at: now.read_at,
                read_by_all_seq,
                duplicate: false,
            };
            let text = wire::encode(&event);
            match is_large {
                true => self.bus.publish_to_own(user, chat, &text, None),
                false => self.bus.publish_ephemeral(chat, &text, None, &mut wakers),
            }
        }
        if now.delivered > marked.delivered_before && !is_large {
            let authors = self.repository.authors(chat, marked.delivered_before, now.delivered).await?;
            let at = now.delivered_at;
            let event = MessageDelivered {
                chat_id: chat.clone(),
                user_id: user.clone(),
                seq: now.delivered,
                at,
                duplicate: false,
            };
            self.publish_delivered(&event, &authors, &mut wakers);
        }
        wakers.wake();
        Ok(())
    }
}
