//! Read and delivered positions of members.
//!
//! A position is stored in the member's document and written without touching the head, so that readers do not slow
//! down writers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use async_trait::async_trait;
use azure_data_cosmos::Query;
use azure_data_cosmos::models::TransactionalBatch;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;

use super::container::Batched;
use super::documents::MemberDocument;
use super::failure::contended;
use super::messages::END;
use super::partition::{ATTEMPTS, BATCH, with_member};
use super::query::{CosmosQuery, of_chats};
use super::{CONCURRENT, CosmosRepository, Store, ids, queries};
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Mark, Mute, Seq, Timestamp, UserId, UserKind, Viewer};
use crate::store::error::Result;
use crate::store::repository::{AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, ReadCursors};

/// Maximum number of chats in one query for marks that have moved.
const MOVED_IN: usize = 100;

/// Advances in one chat, with their indexes among all.
type ChatSteps<'a> = Vec<(usize, &'a Advance)>;

/// The positions of one member.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredMarks {
    read_seq: Seq,
    delivered_seq: Seq,
}

#[async_trait]
impl ReadCursors for CosmosRepository {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        let mut of_chat: BTreeMap<&ChatId, ChatSteps<'_>> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            of_chat.entry(&step.chat).or_default().push((place, step));
        }
        let parts = of_chat.into_iter().flat_map(|(chat, part)| {
            let parts = part.chunks(BATCH).map(<[_]>::to_vec).collect::<Vec<_>>();
            parts.into_iter().map(move |part| (chat, part))
        });
        let parts: Vec<_> = parts.map(|(chat, part)| self.store.mark_part(chat, part)).collect();
        let mut moved = vec![None; steps.len()];
        let mut done = stream::iter(parts).buffer_unordered(CONCURRENT);
        while let Some(part) = done.try_next().await? {
            part.into_iter().for_each(|(place, found)| moved[place] = found);
        }
        Ok(moved)
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        let ahead: HashMap<&UserId, Seq> = ahead.iter().map(|(user, seq)| (user, *seq)).collect();
        let members = self.store.lowest_readers(chat, ahead.len() + 2, now).await?;
        let read = |member: MemberDocument| {
            let read = ahead.get(&member.user_id).map_or(member.read_seq, |ahead| member.read_seq.max(*ahead));
            (read, member.user_id)
        };
        let mut lowest: Vec<_> = members.into_iter().map(read).collect();
        lowest.sort();
        // Of the members who have read least, only the sender of the next message can have read further than their mark
        // says. Two of them are therefore enough to decide.
        let Some((read, user)) = lowest.first() else {
            return Ok(self.store.look(chat, &[], "mark").await?.living().map_or(0, |head| head.seq));
        };
        let reach = self.store.reach(chat, user, *read).await?;
        Ok(lowest.get(1).map_or(reach, |(second, _)| reach.min(*second)))
    }

    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts> {
        let store = &self.store;
        let mut counts = MarkCounts::default();
        for marks in store.others_marks(chat, other_than).await? {
            counts.read += u64::from(marks.read_seq >= seq);
            counts.delivered += u64::from(marks.delivered_seq >= seq);
        }
        let ahead = ahead.iter().filter(|mark| mark.user_id != *other_than && mark.delivered_seq >= seq);
        for marks in ahead.collect::<Vec<_>>().chunks(BATCH) {
            let users: Vec<&UserId> = marks.iter().map(|mark| &mark.user_id).collect();
            let (_, members) = store.members_of(chat, &users).await?;
            for mark in marks {
                let Some(member) = members.get(&mark.user_id).filter(|member| member.present) else { continue };
                counts.read += u64::from(member.read_seq < seq && mark.read_seq >= seq);
                counts.delivered += u64::from(member.delivered_seq < seq);
            }
        }
        Ok(counts)
    }

    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        let parts = chats.chunks(MOVED_IN).map(|part| self.store.moved_in(part, since)).collect::<Vec<_>>();
        stream::iter(parts).buffer_unordered(CONCURRENT).try_concat().await
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        let after = after.max(to.saturating_sub(AUTHORED_MOST));
        let to = to.min(END);
        let question = CosmosQuery(Query::from(queries::AUTHORS)).with("@after", after)?.with("@to", to)?;
        let found: Vec<UserId> = self.store.messages.query(chat, question.0, "mark").await?;
        Ok(found.into_iter().collect::<BTreeSet<_>>().into_iter().collect())
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        let seen = self.store.seen(chat, user, "chat").await?;
        let Some((head, Some(member))) = seen else { return Ok(None) };
        let counts = head.counts();
        let chat = head.chat.filter(|_| member.role.is_some());
        let Some(chat) = chat else { return Ok(None) };
        self.store.viewer(&chat, counts, user, Some(MemberRecord { read_seq, ..member })).await.map(Some)
    }

    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>> {
        for _ in 0..ATTEMPTS {
            let mut found = self.store.members_of(chat, &[user]).await?.1;
            let Some(member) = found.get_mut(user).filter(|member| member.present) else { return Ok(None) };
            let is_new = member.set_unread_from(Some(from)) != Some(from);
            if !is_new || self.store.write_members(chat, &[&*member]).await? {
                return Ok(Some(is_new));
            }
        }
        Err(contended())
    }

    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool> {
        for _ in 0..ATTEMPTS {
            let mut found = self.store.members_of(chat, &[user]).await?.1;
            let Some(member) = found.get_mut(user) else { return Ok(false) };
            if !member.take_unread_from(|from| from <= read) {
                return Ok(false);
            }
            if self.store.write_members(chat, &[&*member]).await? {
                return Ok(true);
            }
        }
        Err(contended())
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        for _ in 0..ATTEMPTS {
            let mut found = self.store.members_of(chat, &[user]).await?.1;
            let Some(member) = found.get_mut(user).filter(|member| member.present) else { return Ok(None) };
            let old = member.set_mute(mute);
            if old == mute || self.store.write_members(chat, &[&*member]).await? {
                return Ok(Some(old));
            }
        }
        Err(contended())
    }
}

impl Store {
    /// Applies as many advances in one chat as fit into a batch: one request to read, and one to write if anything
    /// moves.
    async fn mark_part(&self, chat: &ChatId, part: ChatSteps<'_>) -> Result<Vec<(usize, Option<Advanced>)>> {
        let users: Vec<&UserId> = part.iter().map(|(_, step)| &step.user).collect();
        for _ in 0..ATTEMPTS {
            let (clock, mut members) = self.members_of(chat, &users).await?;
            let mut moved = vec![];
            let mut changed = BTreeSet::new();
            for (place, step) in &part {
                let member = members.get_mut(&step.user).filter(|member| member.present);
                let found = member.map(|member| {
                    let before = member.progress();
                    let now = before.after(step, clock);
                    if now != before {
                        member.set_progress(now);
                        changed.insert(&step.user);
                    }
                    let cleared = member.take_unread_from(|from| step.clears(from));
                    if cleared {
                        changed.insert(&step.user);
                    }
                    Advanced { before, now, cleared }
                });
                moved.push((*place, found));
            }
            let changed: Vec<&MemberDocument> = changed.into_iter().filter_map(|user| members.get(user)).collect();
            if changed.is_empty() || self.write_members(chat, &changed).await? {
                return Ok(moved);
            }
        }
        Err(contended())
    }

    /// The clock and these members of an existing chat.
    async fn members_of(&self, chat: &ChatId, users: &[&UserId]) -> Result<(Seq, HashMap<UserId, MemberDocument>)> {
        let ids: Vec<String> = users.iter().filter(|user| ids::fits(user)).map(|user| ids::member(user)).collect();
        let look = self.look(chat, &ids, "mark").await?;
        let clock = look.living().map(|head| head.seq);
        Ok(clock.map_or_else(Default::default, |clock| (clock, look.members)))
    }

    /// Writes members' documents; false if one of them was changed since it was read.
    async fn write_members(&self, chat: &ChatId, members: &[&MemberDocument]) -> Result<bool> {
        let mut batch = TransactionalBatch::new(chat.to_string());
        for member in members {
            batch = with_member(batch, member)?;
        }
        Ok(matches!(self.messages.batch(batch, "mark").await?, Batched::Done(_)))
    }

    async fn others_marks(&self, chat: &ChatId, other_than: &UserId) -> Result<Vec<StoredMarks>> {
        if !ids::fits(chat) {
            return Ok(vec![]);
        }
        let question = CosmosQuery(Query::from(queries::OTHERS_MARKS)).with("@user", other_than)?;
        self.messages.query(chat, question.0, "mark").await
    }

    /// The members of a few chats whose marks have moved after a given time, in one query.
    async fn moved_in(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        let chats: Vec<&str> = chats.iter().filter(|chat| ids::fits(chat)).map(|chat| &**chat).collect();
        if chats.is_empty() {
            return Ok(vec![]);
        }
        let question = of_chats(queries::MEMBERS_OF_CHATS, &chats)?;
        let found: Vec<MemberDocument> = self.messages.query_all(question.0, "mark").await?;
        let moved = |member: MemberDocument| {
            let now = member.progress();
            MovedMark { chat: member.chat_id, user: member.user_id, now }
        };
        let mut moved: Vec<MovedMark> = found.into_iter().map(moved).collect();
        moved.retain(|mark| mark.now.has_moved_after(since));
        moved.sort_by(|one, other| (&one.chat, other.now.read).cmp(&(&other.chat, one.now.read)));
        let of_chat = moved.chunk_by(|one, other| one.chat == other.chat);
        Ok(of_chat.flat_map(|members| &members[..members.len().min(MARKS_MOST)]).cloned().collect())
    }

    async fn members_by_marks(&self, chat: &ChatId, query: &str, max: usize) -> Result<Vec<MemberDocument>> {
        if !ids::fits(chat) {
            return Ok(vec![]);
        }
        let question = CosmosQuery(Query::from(query)).with("@top", max)?;
        self.messages.query(chat, question.0, "mark").await
    }

    /// Of all people in the chat who can read, at most `max` who have read least.
    async fn lowest_readers(&self, chat: &ChatId, max: usize, now: Timestamp) -> Result<Vec<MemberDocument>> {
        let mut top = max;
        loop {
            let found = self.members_by_marks(chat, queries::LOWEST, top).await?;
            let is_last = found.len() < top;
            let mut readers = vec![];
            for member in found.into_iter().filter(|member| member.user.kind == UserKind::Human) {
                if readers.len() < max && self.can_read(&member.user_id, now).await? {
                    readers.push(member);
                }
            }
            if is_last || readers.len() == max {
                return Ok(readers);
            }
            // Bots and banned users have read less than everybody else, so more documents are read.
            top = top.saturating_mul(8);
        }
    }

    /// The position up to which a user has effectively read: the last of their own messages before the next message
    /// from somebody else.
    async fn reach(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<Seq> {
        let question = CosmosQuery(Query::from(queries::NEXT_OTHER)).with("@read", read)?.with("@user", user)?;
        let other: Vec<Seq> = self.messages.query(chat, question.0, "mark").await?;
        let before = other.first().copied().unwrap_or(END);
        if before == read + 1 {
            return Ok(read);
        }
        let own = self.last_sent(chat, user, before - 1, "mark").await?;
        Ok(own.map_or(read, |own| own.seq.max(read)))
    }

    /// The user's own marks and those of the other members who have read furthest.
    pub(super) async fn marks(
        &self,
        chat: &ChatId,
        user: &UserId,
        MemberRecord { read_seq, delivered_seq, .. }: &MemberRecord,
    ) -> Result<Vec<Mark>> {
        let found = self.members_by_marks(chat, queries::FURTHEST, MARKS_MOST).await?;
        let mut marks: Vec<Mark> = found.iter().map(MemberDocument::mark).collect();
        if !marks.iter().any(|mark| mark.user_id == *user) {
            marks.push(Mark { user_id: user.clone(), read_seq: *read_seq, delivered_seq: *delivered_seq });
        }
        Ok(marks)
    }
}
