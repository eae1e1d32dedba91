//! How many messages of a chat are deleted: documents that count them in blocks of 2^8 and of 2^16 places, of all senders
//! and of each. So those after a place are counted without a look at all of them.

use azure_data_cosmos::Query;
use serde::{Deserialize, Serialize};

use super::messages::Question;
use super::plan::Plan;
use super::{Store, ids, layout};
use crate::domain::Written;
use crate::protocol::error::Result;
use crate::protocol::{Chat, ChatId, Message, Seq, UserId};

/// Of the blocks, in bits.
const WIDTHS: [u32; 2] = [8, 16];

/// How many messages of a block are deleted, in the chat's partition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeletionsDocument {
    pub(super) id: String,
    chat_id: ChatId,
    /// Of which width, and of whom.
    deletions_of: String,
    block: u64,
    deleted: u64,
}

impl Store {
    /// The documents that count what a plan deletes, as they are to be.
    pub(super) async fn deletions(&self, chat: &ChatId, plan: &Plan) -> Result<Vec<DeletionsDocument>> {
        let deleted: Vec<&Message> = plan.state.written().filter_map(|written| newly_deleted(plan, written)).collect();
        if deleted.is_empty() {
            return Ok(vec![]);
        }
        let places = || deleted.iter().flat_map(|message| counted_in(message));
        let mut wanted: Vec<String> = places().map(|(of, block)| ids::deletions(&of, block)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = self.look(chat, &wanted, "commit").await?.deletions;
        for (of, block) in places() {
            let id = ids::deletions(&of, block);
            let (chat_id, deletions_of) = (chat.clone(), of);
            let none = || DeletionsDocument { id: id.clone(), chat_id, deletions_of, block, deleted: 0 };
            found.entry(id.clone()).or_insert_with(none).deleted += 1;
        }
        Ok(found.into_values().collect())
    }

    /// How many of others' messages after a position are deleted: one by one to the end of the small block, then by
    /// small blocks to the end of the large one, then by large ones.
    pub(super) async fn deleted_after(&self, chat: &Chat, user: &UserId, read: Seq) -> Result<u64> {
        let near = chat.seq.min(next(read, WIDTHS[0]) - 1);
        let (near, all, own) = tokio::try_join!(
            self.counted(layout::GONE, (&chat.id, user), (read, near)),
            self.deleted_in_blocks(&chat.id, None, read),
            self.deleted_in_blocks(&chat.id, Some(user), read)
        )?;
        Ok((near + all).saturating_sub(own))
    }

    async fn deleted_in_blocks(&self, chat: &ChatId, user: Option<&UserId>, read: Seq) -> Result<u64> {
        let [near, far] = WIDTHS;
        let question =
            Question(Query::from(layout::DELETED)).with("@near", of(near, user))?.with("@far", of(far, user))?;
        let question = question.with("@from", read >> near)?.with("@to", next(read, far) >> near)?;
        let question = question.with("@beyond", read >> far)?;
        let found: Vec<Option<u64>> = self.messages.query(chat, question.0, "unread").await?;
        Ok(found.into_iter().flatten().sum())
    }
}

/// Where the block after that of a place begins.
fn next(place: Seq, width: u32) -> Seq {
    ((place >> width) + 1) << width
}

/// What the documents of blocks of one width have in common: of a user, or of all.
fn of(width: u32, user: Option<&UserId>) -> String {
    user.map_or_else(|| width.to_string(), |user| format!("{width}~{}", ids::encoded(user)))
}

/// The blocks in which a message counts.
fn counted_in(message: &Message) -> impl Iterator<Item = (String, u64)> {
    WIDTHS.into_iter().flat_map(|width| {
        let block = message.seq >> width;
        [(of(width, None), block), (of(width, Some(&message.sender.id)), block)]
    })
}

/// The message, if it is what the plan deletes.
fn newly_deleted<'a>(plan: &'a Plan, written: Written<'a>) -> Option<&'a Message> {
    let Written::Message(message) = written else { return None };
    let old = plan.messages.get(&ids::message(&message.id));
    (message.deleted_at.is_some() && !old.is_some_and(|old| old.is_deleted())).then_some(message)
}
