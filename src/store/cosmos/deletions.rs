//! Deleted messages of a chat, counted in blocks of 2^8 and 2^16 positions, in total and per sender.
//!
//! The number of deletions after a position is thus known without reading each of them.

use std::collections::HashMap;

use azure_data_cosmos::Query;

use super::documents::{DeletionsDocument, MessageDocument};
use super::query::CosmosQuery;
use super::{Store, ids, queries};
use crate::domain::{ChangedRecord, State};
use crate::protocol::{Chat, ChatId, Message, Seq, UserId};
use crate::store::error::Result;

/// The widths of the blocks, in bits.
const WIDTHS: [u32; 2] = [8, 16];

impl Store {
    /// The counting documents as they will be after the deletions in the state. `stored` contains the changed messages
    /// as they are now.
    pub(super) async fn deletions(
        &self,
        chat: &ChatId,
        state: &State,
        stored: &HashMap<String, MessageDocument>,
    ) -> Result<Vec<DeletionsDocument>> {
        let deleted: Vec<&Message> = state.changed().filter_map(|record| newly_deleted(stored, record)).collect();
        if deleted.is_empty() {
            return Ok(vec![]);
        }
        let places = || deleted.iter().flat_map(|message| counted_in(message));
        let mut ids: Vec<String> = places().map(|(of, block)| ids::deletions(&of, block)).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found = self.look(chat, &ids, "commit").await?.deletions;
        for (of, block) in places() {
            let id = ids::deletions(&of, block);
            let chat_id = chat.clone();
            let deletions_of = of;
            let none = || DeletionsDocument { id: id.clone(), chat_id, deletions_of, block, deleted: 0 };
            found.entry(id.clone()).or_insert_with(none).deleted += 1;
        }
        Ok(found.into_values().collect())
    }

    /// The number of other users' deleted messages after a position: counted singly to the end of the small block, then
    /// by small blocks to the end of the large one, then by large blocks.
    pub(super) async fn deleted_after(&self, chat: &Chat, user: &UserId, read: Seq) -> Result<u64> {
        let near = chat.seq.min(next(read, WIDTHS[0]) - 1);
        let (near, all, own) = tokio::try_join!(
            self.counted(queries::GONE, &chat.id, user, read, near),
            self.deleted_in_blocks(&chat.id, None, read),
            self.deleted_in_blocks(&chat.id, Some(user), read)
        )?;
        Ok((near + all).saturating_sub(own))
    }

    async fn deleted_in_blocks(&self, chat: &ChatId, user: Option<&UserId>, read: Seq) -> Result<u64> {
        let [near, far] = WIDTHS;
        let question =
            CosmosQuery(Query::from(queries::DELETED)).with("@near", of(near, user))?.with("@far", of(far, user))?;
        let question = question.with("@from", read >> near)?.with("@to", next(read, far) >> near)?;
        let question = question.with("@beyond", read >> far)?;
        let found: Vec<Option<u64>> = self.messages.query(chat, question.0, "unread").await?;
        Ok(found.into_iter().flatten().sum())
    }
}

/// The deleted messages of a chat that is written as a whole.
#[derive(Debug, Default)]
pub(super) struct Deletions(HashMap<CountedBlock, u64>);

/// The shared key of counting documents, and a block.
#[derive(Debug, PartialEq, Eq, Hash)]
struct CountedBlock {
    of: String,
    block: u64,
}

impl Deletions {
    /// Counts a deleted message.
    pub(super) fn count(&mut self, seq: Seq, sender: &UserId) {
        for (of, block) in blocks_of(seq, sender) {
            *self.0.entry(CountedBlock { of, block }).or_default() += 1;
        }
    }

    /// The documents with the counts.
    pub(super) fn documents(self, chat: &ChatId) -> impl Iterator<Item = DeletionsDocument> {
        self.0.into_iter().map(move |(CountedBlock { of, block }, deleted)| DeletionsDocument {
            id: ids::deletions(&of, block),
            chat_id: chat.clone(),
            deletions_of: of,
            block,
            deleted,
        })
    }
}

/// The start of the block after the one that contains a position.
fn next(place: Seq, width: u32) -> Seq {
    ((place >> width) + 1) << width
}

/// The shared key of the counting documents with one width, for one sender or for all.
fn of(width: u32, user: Option<&UserId>) -> String {
    user.map_or_else(|| width.to_string(), |user| format!("{width}~{}", ids::encoded(user)))
}

/// The blocks in which a message is counted.
fn counted_in(message: &Message) -> impl Iterator<Item = (String, u64)> {
    blocks_of(message.seq, &message.sender.id)
}

fn blocks_of(seq: Seq, sender: &UserId) -> impl Iterator<Item = (String, u64)> {
    WIDTHS.into_iter().flat_map(move |width| {
        let block = seq >> width;
        [(of(width, None), block), (of(width, Some(sender)), block)]
    })
}

/// The message, if the plan deletes it.
fn newly_deleted<'a>(stored: &HashMap<String, MessageDocument>, record: ChangedRecord<'a>) -> Option<&'a Message> {
    let ChangedRecord::Message(message) = record else { return None };
    let old = stored.get(&ids::message(&message.id));
    (message.deleted_at.is_some() && !old.is_some_and(|old| old.is_deleted())).then_some(message)
}
