//! Read and delivered positions of members.

use std::collections::HashMap;

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::unread::others;
use super::values::{integer, number};
use super::{SqliteRepository, chats, failure, messages};
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Mark, Mute, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;
use crate::store::repository::{AUTHORED_MOST, Advance, Advanced, MARKS_MOST, Progress, ReadCursors};

const PROGRESS: &str = "SELECT m.read_seq, ifnull(m.read_at, m.joined_at), m.delivered_seq, \
    ifnull(m.delivered_at, m.joined_at), c.seq FROM members m JOIN chats c ON c.id = m.chat_id \
    WHERE m.chat_id = ?1 AND m.user_id = ?2 AND m.role IS NOT NULL";

const MOVE: &str = "UPDATE members SET read_seq = ?3, read_at = ?4, delivered_seq = ?5, delivered_at = ?6 \
    WHERE chat_id = ?1 AND user_id = ?2";

/// Of all people in the chat who can read, those who have read least.
pub(super) const LOWEST: &str = "SELECT m.user_id, m.read_seq FROM members m INDEXED BY marks \
    CROSS JOIN users u ON u.id = m.user_id WHERE m.chat_id = ?1 AND m.role IS NOT NULL AND u.kind = 'human' \
    AND u.deleted_at IS NULL AND (u.ban IS NULL OR u.ban ->> 'until' <= ?3) ORDER BY m.read_seq LIMIT ?2";

/// The members who have read furthest.
pub(super) const FURTHEST: &str = "SELECT user_id, read_seq, delivered_seq FROM members INDEXED BY marks \
    WHERE chat_id = ?1 AND role IS NOT NULL ORDER BY read_seq DESC LIMIT ?2";

/// The sender of the first message after a position.
pub(super) const NEXT: &str = "SELECT sender_id FROM messages WHERE chat_id = ?1 AND seq > ?2 ORDER BY seq LIMIT 1";

/// The last message of a sender up to a position.
pub(super) const OWN: &str = "SELECT seq FROM messages WHERE chat_id = ?1 AND sender_id = ?2 AND seq <= ?3 \
    ORDER BY seq DESC LIMIT 1";

pub(super) const AUTHORS: &str = "SELECT DISTINCT sender_id FROM messages \
    WHERE chat_id = ?1 AND seq > ?2 AND seq <= ?3";

#[async_trait]
impl ReadCursors for SqliteRepository {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        let steps = steps.to_vec();
        self.writer.run(move |connection| mark(connection, &steps)).await?.map_err(failure)
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        let chat = chat.clone();
        let ahead = ahead.to_vec();
        self.readers.read(move |snapshot| read_by_all(snapshot, &chat, ahead, now)).await
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        let chat = chat.clone();
        let after = after.max(to.saturating_sub(AUTHORED_MOST));
        let query = move |snapshot: &rusqlite::Transaction<'_>| {
            let mut statement = snapshot.prepare_cached(AUTHORS)?;
            let found = statement.query_map(params![chat, integer(after), integer(to)], |row| row.get(0))?;
            found.collect::<rusqlite::Result<Vec<UserId>>>()
        };
        self.readers.read(query).await
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        let chat = chat.clone();
        let user = user.clone();
        self.readers
            .read(move |snapshot| {
                let Some(row) = chats::chat_row(snapshot, &chat)? else { return Ok(None) };
                let member = chats::member(snapshot, &chat, &user)?.filter(|member| member.role.is_some());
                let member = member.map(|member| MemberRecord { read_seq, ..member });
                let viewer = |member| chats::viewer(snapshot, &row.record.chat, &user, Some(member));
                member.map(viewer).transpose()
            })
            .await
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        let chat = chat.clone();
        let user = user.clone();
        self.write(move |connection| {
            let member = chats::member(connection, &chat, &user)?.filter(|member| member.role.is_some());
            let Some(member) = member else { return Ok(None) };
            if member.mute != mute {
                let set = "UPDATE members SET muted_until = ?3 WHERE chat_id = ?1 AND user_id = ?2";
                connection.prepare_cached(set)?.execute(params![chat, user, mute])?;
            }
            Ok(Some(member.mute))
        })
        .await
    }
}

/// All in one transaction; nothing is written if nothing moves.
fn mark(connection: &mut Connection, steps: &[Advance]) -> rusqlite::Result<Vec<Option<Advanced>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut moved = vec![];
    let mut wrote = false;
    for step in steps {
        let key = params![step.chat, step.user];
        let found = transaction.prepare_cached(PROGRESS)?.query_row(key, progress).optional()?;
        let found = found.map(|(before, clock)| Advanced { before, now: before.after(step, clock) });
        if let Some(Advanced { now, .. }) = found.filter(|moved| moved.before != moved.now) {
            let read = integer(now.read);
            let delivered = integer(now.delivered);
            let row = params![step.chat, step.user, read, now.read_at, delivered, now.delivered_at];
            transaction.prepare_cached(MOVE)?.execute(row)?;
            wrote = true;
        }
        moved.push(found);
    }
    if wrote {
        transaction.commit()?;
    }
    Ok(moved)
}

fn progress(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Progress, Seq)> {
    let read = number(row, 0)?;
    let delivered = number(row, 2)?;
    Ok((Progress { read, read_at: row.get(1)?, delivered, delivered_at: row.get(3)? }, number(row, 4)?))
}

/// Only one of those who have read least can have read further than their mark says: whoever sent what comes next. So
/// two of them decide it.
fn read_by_all(
    connection: &Connection,
    chat: &ChatId,
    ahead: Vec<(UserId, Seq)>,
    now: Timestamp,
) -> rusqlite::Result<Seq> {
    let most = i64::try_from(ahead.len()).unwrap_or(i64::MAX).saturating_add(2);
    let ahead: HashMap<UserId, Seq> = ahead.into_iter().collect();
    let mut statement = connection.prepare_cached(LOWEST)?;
    let lowest = statement.query_map(params![chat, most, now.to_string()], |row| {
        let user: UserId = row.get(0)?;
        let read: Seq = number(row, 1)?;
        let read = ahead.get(&user).map_or(read, |ahead| read.max(*ahead));
        Ok((read, user))
    })?;
    let mut lowest = lowest.collect::<rusqlite::Result<Vec<_>>>()?;
    lowest.sort();
    let Some((read, user)) = lowest.first() else { return Ok(messages::clock(connection, chat)?.unwrap_or(0)) };
    let reach = reach(connection, chat, user, *read)?;
    Ok(lowest.get(1).map_or(reach, |(second, _)| reach.min(*second)))
}

/// The position up to which a user has effectively read: the last of their own messages before the next message of
/// somebody else. Found by bisection over the number of others' messages.
fn reach(connection: &Connection, chat: &ChatId, user: &UserId, read: Seq) -> rusqlite::Result<Seq> {
    let next = connection.prepare_cached(NEXT)?.query_row(params![chat, integer(read)], |row| row.get::<_, UserId>(0));
    if next.optional()?.as_ref() != Some(user) {
        return Ok(read);
    }
    let clock = messages::clock(connection, chat)?.unwrap_or(0);
    let known = others(connection, chat, user, read)?;
    let mut same = read;
    let mut more = clock + 1;
    while more - same > 1 {
        let middle = same + (more - same) / 2;
        if others(connection, chat, user, middle)? == known {
            same = middle;
        } else {
            more = middle;
        }
    }
    let own = params![chat, user, integer(same)];
    let last = connection.prepare_cached(OWN)?.query_row(own, |row| number(row, 0)).optional()?;
    Ok(last.unwrap_or(0).max(read))
}

/// The user's own marks and those of the others who have read furthest.
pub(super) fn marks(
    connection: &Connection,
    chat: &ChatId,
    user: &UserId,
    MemberRecord { read_seq, delivered_seq, .. }: &MemberRecord,
) -> rusqlite::Result<Vec<Mark>> {
    let most = i64::try_from(MARKS_MOST).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(FURTHEST)?;
    let found = statement.query_map(params![chat, most], |row| {
        Ok(Mark { user_id: row.get(0)?, read_seq: number(row, 1)?, delivered_seq: number(row, 2)? })
    })?;
    let mut marks = found.collect::<rusqlite::Result<Vec<_>>>()?;
    if !marks.iter().any(|mark| mark.user_id == *user) {
        marks.push(Mark { user_id: user.clone(), read_seq: *read_seq, delivered_seq: *delivered_seq });
    }
    Ok(marks)
}
