//! Read and delivered positions of members.

use async_trait::async_trait;

use super::MemoryRepository;
use super::tables::{MemoryChat, MemoryMember, MemoryTables};
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Mark, Message, Mute, Seq, Timestamp, UserId, UserKind, Viewer};
use crate::store::error::Result;
use crate::store::repository::{
    AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, Progress, ReadCursors,
};

#[async_trait]
impl ReadCursors for MemoryRepository {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        self.run(|tables| steps.iter().map(|step| mark(tables, step)).collect()).await
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        self.run(|tables| tables.chats.get(chat).map_or(0, |stored| read_by_all(tables, stored, ahead, now))).await
    }

    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts> {
        self.run(|tables| {
            let mut counts = MarkCounts::default();
            let present = tables.chats.get(chat).into_iter().flat_map(MemoryChat::present);
            for (user, member) in present.filter(|(user, _)| *user != other_than) {
                let ahead = ahead.iter().rfind(|mark| mark.user_id == *user);
                let read = ahead.map_or(0, |mark| mark.read_seq).max(member.record.read_seq);
                let delivered = ahead.map_or(0, |mark| mark.delivered_seq).max(member.record.delivered_seq);
                counts.read += u64::from(read >= seq);
                counts.delivered += u64::from(delivered >= seq);
            }
            counts
        })
        .await
    }

    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        self.run(|tables| {
            let stored = chats.iter().filter_map(|chat| tables.chats.get(chat));
            stored.flat_map(|stored| moved_marks(stored, since)).collect()
        })
        .await
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        let after = after.max(to.saturating_sub(AUTHORED_MOST));
        self.run(|tables| {
            let Some(stored) = tables.chats.get(chat).filter(|_| after < to) else { return vec![] };
            let between = stored.messages.range(after + 1..=to).map(|(_, message)| message.sender.id.clone());
            let mut authors: Vec<UserId> = between.collect();
            authors.sort();
            authors.dedup();
            authors
        })
        .await
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        self.run(|tables| {
            let stored = tables.chats.get(chat)?;
            let member = MemberRecord { read_seq, ..stored.member(user)?.record.clone() };
            Some(tables.viewer(stored, user, Some(&member)))
        })
        .await
    }

    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>> {
        self.run(|tables| tables.mark_unread(chat, user, from)).await
    }

    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool> {
        self.run(|tables| {
            let Some(member) = member_mut(tables, chat, user) else { return false };
            member.record.unread_from.take_if(|from| *from <= read).is_some()
        })
        .await
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        self.run(|tables| tables.mute(chat, user, mute)).await
    }
}

impl MemoryTables {
    /// Sets a mute and returns the previous one; none for a user who is not a member.
    pub(super) fn mute(&mut self, chat: &ChatId, user: &UserId, mute: Mute) -> Option<Mute> {
        let change = |member: &mut MemoryMember| std::mem::replace(&mut member.record.mute, mute);
        member_mut(self, chat, user).map(change)
    }

    /// Sets an unread mark; true if it was not there before, none for a user who is not a member.
    pub(super) fn mark_unread(&mut self, chat: &ChatId, user: &UserId, from: Seq) -> Option<bool> {
        let change = |member: &mut MemoryMember| member.record.unread_from.replace(from) != Some(from);
        member_mut(self, chat, user).map(change)
    }
}

fn member_mut<'a>(tables: &'a mut MemoryTables, chat: &ChatId, user: &UserId) -> Option<&'a mut MemoryMember> {
    tables.chats.get_mut(chat)?.members.get_mut(user).filter(|member| member.record.role.is_some())
}

fn mark(tables: &mut MemoryTables, step: &Advance) -> Option<Advanced> {
    let clock = tables.chats.get(&step.chat)?.record.chat.seq;
    let member = member_mut(tables, &step.chat, &step.user)?;
    let before = progress(member);
    let now = before.after(step, clock);
    if now != before {
        member.record.read_seq = now.read;
        member.record.delivered_seq = now.delivered;
        member.read_at = Some(now.read_at);
        member.delivered_at = Some(now.delivered_at);
    }
    let cleared = member.record.unread_from.take_if(|from| step.clears(*from)).is_some();
    Some(Advanced { before, now, cleared })
}

fn progress(member: &MemoryMember) -> Progress {
    let MemberRecord { read_seq, delivered_seq, joined_at, .. } = member.record;
    Progress {
        read: read_seq,
        read_at: member.read_at.unwrap_or(joined_at),
        delivered: delivered_seq,
        delivered_at: member.delivered_at.unwrap_or(joined_at),
    }
}

/// The members of a chat whose marks have moved after a given time.
fn moved_marks(stored: &MemoryChat, since: Timestamp) -> Vec<MovedMark> {
    let moved = stored.present().map(|(user, member)| MovedMark {
        chat: stored.record.chat.id.clone(),
        user: user.clone(),
        now: progress(member),
    });
    let mut moved: Vec<MovedMark> = moved.filter(|mark| mark.now.has_moved_after(since)).collect();
    moved.sort_by_key(|mark| std::cmp::Reverse(mark.now.read));
    moved.truncate(MARKS_MOST);
    moved
}

/// The lowest position up to which any reader has read.
fn read_by_all(tables: &MemoryTables, stored: &MemoryChat, ahead: &[(UserId, Seq)], now: Timestamp) -> Seq {
    let is_reader = |user: &UserId| {
        let account = tables.accounts.get(user).map(|stored| &stored.account);
        account.is_some_and(|account| {
            account.user.kind == UserKind::Human && account.deleted_at.is_none() && account.ban_at(now).is_none()
        })
    };
    let readers = stored.present().filter(|(user, _)| is_reader(user));
    let reached = readers.map(|(user, member)| {
        let ahead = ahead.iter().filter(|(of, _)| of == user).map(|(_, read)| *read).max();
        reach(stored, user, member.record.read_seq.max(ahead.unwrap_or(0)))
    });
    reached.min().unwrap_or(stored.record.chat.seq)
}

/// The position up to which a user has effectively read: the last of their own messages before the next message from
/// somebody else.
fn reach(stored: &MemoryChat, user: &UserId, read: Seq) -> Seq {
    let later = stored.messages.range(read.saturating_add(1)..).map(|(_, message)| message);
    let own = later.take_while(|message: &&Message| message.sender.id == *user);
    own.last().map_or(read, |message| message.seq)
}

/// The user's own marks and those of the other members who have read furthest.
pub(super) fn marks(stored: &MemoryChat, user: &UserId, member: &MemberRecord) -> Vec<Mark> {
    let mark = |user: &UserId, record: &MemberRecord| {
        let MemberRecord { read_seq, delivered_seq, .. } = *record;
        Mark { user_id: user.clone(), read_seq, delivered_seq }
    };
    let mut marks: Vec<Mark> = stored.present().map(|(user, member)| mark(user, &member.record)).collect();
    marks.sort_by(|one, other| (other.read_seq, &other.user_id).cmp(&(one.read_seq, &one.user_id)));
    marks.truncate(MARKS_MOST);
    if !marks.iter().any(|mark| mark.user_id == *user) {
        marks.push(mark(user, member));
    }
    marks
}
