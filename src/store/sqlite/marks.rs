//! Read and delivered positions of members.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::journal::append::{ChatBase, NewMark};
use super::journal::{JournalIndex, PendingMessage};
use super::rows::SqliteColumns;
use super::unread::others;
use super::values::{integer, number};
use super::view::ChatsView;
use super::{SqliteRepository, chats, failure, messages};
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Mark, Mute, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;
use crate::store::repository::{
    AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, Progress, ReadCursors,
};
use crate::store::sql::page::sql_limit;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::messages::AUTHORS;

const PROGRESS: &str = "SELECT m.read_seq, ifnull(m.read_at, m.joined_at), m.delivered_seq, \
    ifnull(m.delivered_at, m.joined_at), c.seq, c.kind, c.changed_seq, c.members_seq, c.updated_at \
    FROM members m JOIN chats c ON c.id = m.chat_id \
    WHERE m.chat_id = ?1 AND m.user_id = ?2 AND m.role IS NOT NULL";

/// Of all people in the chat who can read, those who have read least.
pub(super) const LOWEST: &str = "SELECT m.user_id, m.read_seq FROM members m INDEXED BY marks \
    CROSS JOIN users u ON u.id = m.user_id WHERE m.chat_id = ?1 AND m.role IS NOT NULL AND u.kind = 'human' \
    AND u.deleted_at IS NULL AND (u.ban IS NULL OR u.ban ->> 'until' <= ?3) ORDER BY m.read_seq LIMIT ?2";

/// The members who have read furthest.
pub(super) const FURTHEST: &str = "SELECT user_id, read_seq, delivered_seq FROM members INDEXED BY marks \
    WHERE chat_id = ?1 AND role IS NOT NULL ORDER BY read_seq DESC LIMIT ?2";

/// The marks of every member except one.
pub(super) const EVERY_MARK: &str = "SELECT user_id, read_seq, delivered_seq FROM members INDEXED BY marks \
    WHERE chat_id = ?1 AND role IS NOT NULL AND user_id <> ?2";

/// The positions of all members, those who have read furthest first.
pub(super) const EVERY_PROGRESS: &str = "SELECT user_id, read_seq, ifnull(read_at, joined_at), delivered_seq, \
    ifnull(delivered_at, joined_at) FROM members INDEXED BY marks \
    WHERE chat_id = ?1 AND role IS NOT NULL ORDER BY read_seq DESC";

/// The sender of the first message after a position.
pub(super) const NEXT: &str = "SELECT sender_id FROM messages WHERE chat_id = ?1 AND seq > ?2 ORDER BY seq LIMIT 1";

/// The last message of a sender up to a position.
pub(super) const OWN: &str = "SELECT seq FROM messages WHERE chat_id = ?1 AND sender_id = ?2 AND seq <= ?3 \
    ORDER BY seq DESC LIMIT 1";

const MARK_UNREAD: &str = "UPDATE members SET unread_from = ?3 \
    WHERE chat_id = ?1 AND user_id = ?2 AND role IS NOT NULL AND unread_from IS NOT ?3";

const CLEAR_UNREAD: &str = "UPDATE members SET unread_from = NULL \
    WHERE chat_id = ?1 AND user_id = ?2 AND unread_from <= ?3";

#[async_trait]
impl ReadCursors for SqliteRepository {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        let steps = steps.to_vec();
        let journal = self.journal.clone();
        self.writer.run(move |connection| mark(connection, &journal, &steps)).await?.map_err(failure)
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        let chat = chat.clone();
        let ahead = ahead.to_vec();
        self.read_chat(&chat.clone(), move |view| read_by_all(view, &chat, ahead, now)).await
    }

    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts> {
        let chat = chat.clone();
        let other_than = other_than.clone();
        let ahead = ahead.to_vec();
        self.read_chat(&chat.clone(), move |view| reached(view, &chat, seq, &other_than, ahead)).await
    }

    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        let asked = chats.to_vec();
        let chats = asked.clone();
        let query = move |view: &ChatsView<'_>| {
            let mut found = vec![];
            for chat in &chats {
                found.extend(moved_marks(view, chat, since)?);
            }
            Ok(found)
        };
        self.read_chats(asked, query).await
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        let chat = chat.clone();
        let after = after.max(to.saturating_sub(AUTHORED_MOST));
        // Nearly always the messages are so new that all of them are in the journal.
        if let Some(pending) = self.journal.capture([&chat]).get(&chat)
            && after >= pending.base
        {
            return Ok(authors_of(pending.after(after), to));
        }
        self.read_chat(&chat.clone(), move |view| authors(view, &chat, after, to)).await
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        let asked = chat.clone();
        let chat = chat.clone();
        let user = user.clone();
        let query = move |view: &ChatsView<'_>| {
            let Some(row) = chats::chat_row(view, &chat)? else { return Ok(None) };
            let member = chats::member(view, &chat, &user)?.filter(|member| member.role.is_some());
            let member = member.map(|member| MemberRecord { read_seq, ..member });
            let viewer = |member| chats::viewer(view, &row.record.chat, &user, Some(member));
            member.map(viewer).transpose()
        };
        self.read_chat(&asked, query).await
    }

    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>> {
        let chat = chat.clone();
        let user = user.clone();
        self.write(move |connection| self::mark_unread(connection, &chat, &user, from)).await
    }

    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool> {
        let chat = chat.clone();
        let user = user.clone();
        self.write(move |connection| {
            Ok(connection.prepare_cached(CLEAR_UNREAD)?.execute(params![chat, user, integer(read)])? == 1)
        })
        .await
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        let chat = chat.clone();
        let user = user.clone();
        self.write(move |connection| self::mute(connection, &chat, &user, mute)).await
    }
}

/// Sets an unread mark; true if it was not there before, none for a user who is not a member.
pub(super) fn mark_unread(
    connection: &Connection,
    chat: &ChatId,
    user: &UserId,
    from: Seq,
) -> rusqlite::Result<Option<bool>> {
    if connection.prepare_cached(MARK_UNREAD)?.execute(params![chat, user, integer(from)])? == 1 {
        return Ok(Some(true));
    }
    let member = chats::member(&ChatsView::of_tables(connection), chat, user)?;
    Ok(member.filter(|member| member.role.is_some()).map(|_| false))
}

/// Sets a mute and returns the previous one; none for a user who is not a member.
pub(super) fn mute(
    connection: &Connection,
    chat: &ChatId,
    user: &UserId,
    mute: Mute,
) -> rusqlite::Result<Option<Mute>> {
    let member = chats::member(&ChatsView::of_tables(connection), chat, user)?;
    let Some(member) = member.filter(|member| member.role.is_some()) else { return Ok(None) };
    if member.mute != mute {
        let set = "UPDATE members SET muted_until = ?3 WHERE chat_id = ?1 AND user_id = ?2";
        connection.prepare_cached(set)?.execute(params![chat, user, mute])?;
    }
    Ok(Some(member.mute))
}

/// Moves all marks, and clears unread marks, in one transaction; nothing is written if there is nothing to do.
fn mark(
    connection: &mut Connection,
    journal: &JournalIndex,
    steps: &[Advance],
) -> rusqlite::Result<Vec<Option<Advanced>>> {
    let mut known = journal.known();
    let was_current = known.is_current(connection);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let captured = journal.capture(steps.iter().map(|step| &step.chat));
    let mut staged = journal.stage();
    let mut moved = vec![];
    let mut wrote = false;
    for step in steps {
        let key = params![step.chat, step.user];
        let stored = transaction.prepare_cached(PROGRESS)?.query_row(key, progress).optional()?;
        let Some((mut before, base)) = stored else {
            moved.push(None);
            continue;
        };
        let mut clock = base.seq;
        for pending in captured.get(&step.chat).map(|pending| &**pending).into_iter().chain(staged.appended(&step.chat))
        {
            clock = clock.max(pending.head());
            before = pending.marks.get(&step.user).copied().unwrap_or(before);
        }
        let now = before.after(step, clock);
        if now != before {
            let mark = NewMark { chat: &step.chat, user: &step.user, progress: now };
            staged.mark(&transaction, &base, mark)?;
            known.forget_member(&step.chat, &step.user);
            wrote = true;
        }
        let cleared = step.clears_unread
            && transaction.prepare_cached(CLEAR_UNREAD)?.execute(params![step.chat, step.user, integer(step.read)])?
                == 1;
        if cleared {
            known.forget_member(&step.chat, &step.user);
            wrote = true;
        }
        moved.push(Some(Advanced { before, now, cleared }));
    }
    // Before the journal's index changes: what is still captured would be copied.
    drop(captured);
    if wrote {
        transaction.commit()?;
        journal.apply(staged);
        if was_current {
            known.note(connection);
        }
    }
    Ok(moved)
}

fn progress(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Progress, ChatBase)> {
    let read = number(row, 0)?;
    let delivered = number(row, 2)?;
    let progress = Progress { read, read_at: row.get(1)?, delivered, delivered_at: row.get(3)? };
    let seq = number(row, 4)?;
    let changed_seq = number(row, 6)?;
    let members_seq = number(row, 7)?;
    Ok((progress, ChatBase { kind: row.get(5)?, seq, changed_seq, members_seq, updated_at: row.get(8)? }))
}

/// The members of a chat whose marks have moved after a given time.
fn moved_marks(view: &ChatsView<'_>, chat: &ChatId, since: Timestamp) -> rusqlite::Result<Vec<MovedMark>> {
    let pending = view.pending(chat);
    let mut statement = view.prepare_cached(EVERY_PROGRESS)?;
    let mut rows = statement.query(params![chat])?;
    let mut moved = vec![];
    while let Some(row) = rows.next()? {
        let user: UserId = row.get(0)?;
        let read = number(row, 1)?;
        let delivered = number(row, 3)?;
        let stored = Progress { read, read_at: row.get(2)?, delivered, delivered_at: row.get(4)? };
        let now = pending.as_ref().and_then(|pending| pending.marks.get(&user)).copied().unwrap_or(stored);
        if now.has_moved_after(since) {
            moved.push(MovedMark { chat: chat.clone(), user, now });
        }
    }
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.now.read));
    moved.truncate(MARKS_MOST);
    Ok(moved)
}

/// The senders of messages after one position and up to another.
fn authors(view: &ChatsView<'_>, chat: &ChatId, after: Seq, to: Seq) -> rusqlite::Result<Vec<UserId>> {
    let mut statement = view.prepare_cached(AUTHORS)?;
    let found = statement.query_map(params![chat, integer(after), integer(to)], |row| row.get(0))?;
    let mut authors = found.collect::<rusqlite::Result<Vec<UserId>>>()?;
    if let Some(pending) = view.pending(chat) {
        let more = authors_of(pending.after(after), to);
        let new = more.into_iter().filter(|author| !authors.contains(author));
        authors.extend(new.collect::<Vec<_>>());
    }
    Ok(authors)
}

/// The distinct senders of pending messages up to a position.
fn authors_of<'a>(messages: impl Iterator<Item = (Seq, &'a PendingMessage)>, to: Seq) -> Vec<UserId> {
    let mut authors: Vec<UserId> = vec![];
    for (_, message) in messages.take_while(|(seq, _)| *seq <= to) {
        if !authors.contains(&message.sender) {
            authors.push(message.sender.clone());
        }
    }
    authors
}

/// Of the members who have read least, only the sender of the next message can have read further than their mark says.
/// Two of them are therefore enough to decide.
fn read_by_all(
    view: &ChatsView<'_>,
    chat: &ChatId,
    ahead: Vec<(UserId, Seq)>,
    now: Timestamp,
) -> rusqlite::Result<Seq> {
    let pending = view.pending(chat);
    let mut known: HashMap<UserId, Seq> =
        pending.iter().flat_map(|pending| &pending.marks).map(|(user, marks)| (user.clone(), marks.read)).collect();
    for (user, read) in ahead {
        let known = known.entry(user).or_default();
        *known = read.max(*known);
    }
    let most = i64::try_from(known.len()).unwrap_or(i64::MAX).saturating_add(2);
    let mut statement = view.prepare_cached(LOWEST)?;
    let lowest = statement.query_map(params![chat, most, now.to_string()], |row| {
        let user: UserId = row.get(0)?;
        let read: Seq = number(row, 1)?;
        let read = known.get(&user).map_or(read, |known| read.max(*known));
        Ok((read, user))
    })?;
    let mut lowest = lowest.collect::<rusqlite::Result<Vec<_>>>()?;
    lowest.sort();
    let Some((read, user)) = lowest.first() else { return Ok(messages::clock(view, chat)?.unwrap_or(0)) };
    let reach = reach(view, chat, user, *read)?;
    Ok(lowest.get(1).map_or(reach, |(second, _)| reach.min(*second)))
}

fn reached(
    view: &ChatsView<'_>,
    chat: &ChatId,
    seq: Seq,
    other_than: &UserId,
    ahead: Vec<Mark>,
) -> rusqlite::Result<MarkCounts> {
    let ahead: HashMap<UserId, Mark> = ahead.into_iter().map(|mark| (mark.user_id.clone(), mark)).collect();
    let pending = view.pending(chat);
    let mut counts = MarkCounts::default();
    let mut statement = view.prepare_cached(EVERY_MARK)?;
    let mut rows = statement.query(params![chat, other_than])?;
    while let Some(row) = rows.next()? {
        let user: UserId = row.get(0)?;
        let mut read: Seq = number(row, 1)?;
        let mut delivered: Seq = number(row, 2)?;
        if let Some(marks) = pending.as_ref().and_then(|pending| pending.marks.get(&user)) {
            read = read.max(marks.read);
            delivered = delivered.max(marks.delivered);
        }
        if let Some(mark) = ahead.get(&user) {
            read = read.max(mark.read_seq);
            delivered = delivered.max(mark.delivered_seq);
        }
        counts.read += u64::from(read >= seq);
        counts.delivered += u64::from(delivered >= seq);
    }
    Ok(counts)
}

/// The position up to which a user has effectively read: the last of their own messages before the next message from
/// somebody else. Found by bisection over the number of others' messages.
fn reach(view: &ChatsView<'_>, chat: &ChatId, user: &UserId, read: Seq) -> rusqlite::Result<Seq> {
    if next_sender(view, chat, read)?.as_ref() != Some(user) {
        return Ok(read);
    }
    let clock = messages::clock(view, chat)?.unwrap_or(0);
    let known = others(view, chat, user, read)?;
    let mut same = read;
    let mut more = clock + 1;
    while more - same > 1 {
        let middle = same + (more - same) / 2;
        if others(view, chat, user, middle)? == known {
            same = middle;
        } else {
            more = middle;
        }
    }
    Ok(last_own(view, chat, user, same)?.unwrap_or(0).max(read))
}

/// The sender of the first message after a position.
fn next_sender(view: &ChatsView<'_>, chat: &ChatId, seq: Seq) -> rusqlite::Result<Option<UserId>> {
    let moved = view.prepare_cached(NEXT)?.query_row(params![chat, integer(seq)], |row| row.get(0)).optional()?;
    let first = || Some(view.pending(chat)?.after(seq).next()?.1.sender.clone());
    Ok(moved.or_else(first))
}

/// The position of a user's last message up to another.
fn last_own(view: &ChatsView<'_>, chat: &ChatId, user: &UserId, to: Seq) -> rusqlite::Result<Option<Seq>> {
    let is_it = |(seq, message): &(Seq, &PendingMessage)| *seq <= to && message.sender == *user;
    let pending = view.pending(chat).and_then(|pending| pending.after(0).rfind(is_it).map(|(seq, _)| seq));
    if pending.is_some() {
        return Ok(pending);
    }
    view.prepare_cached(OWN)?.query_row(params![chat, user, integer(to)], |row| number(row, 0)).optional()
}

/// The user's own marks and those of the other members who have read furthest.
pub(super) fn marks(
    view: &ChatsView<'_>,
    chat: &ChatId,
    user: &UserId,
    MemberRecord { read_seq, delivered_seq, .. }: &MemberRecord,
) -> rusqlite::Result<Vec<Mark>> {
    let mut statement = view.prepare_cached(FURTHEST)?;
    let found = statement.query_map(params![chat, sql_limit(MARKS_MOST)], |row| SqliteColumns::of(row).mark())?;
    let mut marks = found.collect::<rusqlite::Result<Vec<_>>>()?;
    if let Some(pending) = view.pending(chat).filter(|pending| !pending.marks.is_empty()) {
        marks.retain(|mark| !pending.marks.contains_key(&mark.user_id));
        marks.extend(pending.marks.iter().map(|(user, marks)| Mark {
            user_id: user.clone(),
            read_seq: marks.read,
            delivered_seq: marks.delivered,
        }));
        marks.sort_by(|one, other| (other.read_seq, &other.user_id).cmp(&(one.read_seq, &one.user_id)));
        marks.truncate(MARKS_MOST);
    }
    if !marks.iter().any(|mark| mark.user_id == *user) {
        marks.push(Mark { user_id: user.clone(), read_seq: *read_seq, delivered_seq: *delivered_seq });
    }
    Ok(marks)
}
