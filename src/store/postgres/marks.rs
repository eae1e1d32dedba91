//! Read and delivered positions of members, and unread counts.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use tokio_postgres::Row;

use super::PostgresRepository;
use super::chats::{SEEN_FROM, seen};
use super::error::{PgError, failure};
use super::rows::PgColumns;
use super::session::Parameters;
use super::values::integer;
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Mark, Mute, Seq, Timestamp, UserId, Viewer};
use crate::store::error::Result;
use crate::store::repository::{
    AUTHORED_MOST, Advance, Advanced, MARKS_MOST, MarkCounts, MovedMark, Progress, ReadCursors,
};
use crate::store::sql::columns::SqlColumns;
use crate::store::sql::statements::{self as shared, postgres_statement};

/// Locks the members in key order, returns their marks, moves them forward and clears unread marks up to a position. A mark
/// that another node has moved since is moved on from its new position.
const MOVE: &str = "WITH steps AS (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], \
    $5::bigint[], $6::timestamptz[], $7::bigint[]) \
    AS w (chat_id, user_id, read, read_at, delivered, delivered_at, clear_to)), \
    found AS (SELECT m.chat_id, m.user_id, m.read_seq, coalesce(m.read_at, m.joined_at) AS read_at, m.delivered_seq, \
    coalesce(m.delivered_at, m.joined_at) AS delivered_at, c.seq, m.unread_from FROM steps w \
    JOIN members m ON m.chat_id = w.chat_id AND m.user_id = w.user_id JOIN chats c ON c.id = m.chat_id \
    WHERE m.role IS NOT NULL ORDER BY m.chat_id, m.user_id FOR UPDATE OF m), \
    moved AS (UPDATE members m SET read_seq = greatest(m.read_seq, least(w.read, f.seq)), \
    read_at = CASE WHEN least(w.read, f.seq) > m.read_seq THEN w.read_at ELSE m.read_at END, \
    delivered_seq = greatest(m.delivered_seq, least(w.delivered, f.seq)), \
    delivered_at = CASE WHEN least(w.delivered, f.seq) > m.delivered_seq THEN w.delivered_at ELSE m.delivered_at END, \
    unread_from = CASE WHEN m.unread_from <= w.clear_to THEN NULL ELSE m.unread_from END \
    FROM found f JOIN steps w ON w.chat_id = f.chat_id AND w.user_id = f.user_id \
    WHERE m.chat_id = f.chat_id AND m.user_id = f.user_id \
    AND (least(w.read, f.seq) > m.read_seq OR least(w.delivered, f.seq) > m.delivered_seq \
    OR m.unread_from <= w.clear_to)) \
    SELECT chat_id, user_id, read_seq, read_at, delivered_seq, delivered_at, seq, unread_from FROM found";

/// Of all people in the chat who can read, those who have read least.
const LOWEST: &str = "SELECT m.user_id, m.read_seq FROM members m JOIN users u ON u.id = m.user_id \
    WHERE m.chat_id = $1 AND m.role IS NOT NULL AND u.kind = 'human' AND u.deleted_at IS NULL \
    AND (u.ban IS NULL OR (u.ban ->> 'until')::timestamptz <= $3) ORDER BY m.read_seq LIMIT $2";

/// Counts the members except one who have reached a position, by stored marks or by newer ones.
const REACHED: &str = "SELECT count(*) FILTER (WHERE greatest(m.read_seq, a.read) >= $2), \
    count(*) FILTER (WHERE greatest(m.delivered_seq, a.delivered) >= $2) FROM members m \
    LEFT JOIN unnest($4::text[], $5::bigint[], $6::bigint[]) AS a (user_id, read, delivered) ON a.user_id = m.user_id \
    WHERE m.chat_id = $1 AND m.role IS NOT NULL AND m.user_id <> $3";

/// The members of each chat whose marks have moved after a given time, those who have read furthest.
const MOVED: &str = "SELECT m.chat_id, m.user_id, m.read_seq, m.read_at, m.delivered_seq, m.delivered_at, m.seq \
    FROM unnest($1::text[]) AS w (chat_id), LATERAL (SELECT m.chat_id, m.user_id, m.read_seq, \
    coalesce(m.read_at, m.joined_at) AS read_at, m.delivered_seq, \
    coalesce(m.delivered_at, m.joined_at) AS delivered_at, 0::bigint AS seq FROM members m \
    WHERE m.chat_id = w.chat_id AND m.role IS NOT NULL AND (m.read_at > $2 OR m.delivered_at > $2) \
    ORDER BY m.read_seq DESC LIMIT $3) m";

const CLOCK: &str = postgres_statement!(shared::chats::CLOCK);

/// The last of the messages that a user has sent after a position before anyone else sent one.
const REACH: &str = "SELECT own.seq FROM messages own WHERE own.chat_id = $1 AND own.sender_id = $2 AND own.seq > $3 \
    AND own.seq < coalesce((SELECT y.seq FROM messages y WHERE y.chat_id = $1 AND y.seq > $3 AND y.sender_id <> $2 \
    ORDER BY y.seq LIMIT 1), 9223372036854775807) ORDER BY own.seq DESC LIMIT 1";

const AUTHORS: &str = postgres_statement!(shared::messages::AUTHORS);

const MUTE: &str = "WITH old AS (SELECT chat_id, user_id, muted_until FROM members \
    WHERE chat_id = $1 AND user_id = $2 AND role IS NOT NULL FOR UPDATE), \
    done AS (UPDATE members m SET muted_until = $3::timestamptz FROM old \
    WHERE m.chat_id = old.chat_id AND m.user_id = old.user_id \
    AND m.muted_until IS DISTINCT FROM $3::timestamptz) SELECT muted_until FROM old";

/// The row of one who is no member says so; there is none without the claim.
pub(super) const MUTE_ONCE: &str = "WITH held AS (SELECT user_id, id FROM operations \
    WHERE user_id = $4 AND id = $5 AND claim = $6 FOR UPDATE), \
    old AS (SELECT chat_id, user_id, muted_until FROM members \
    WHERE chat_id = $1 AND user_id = $2 AND role IS NOT NULL AND EXISTS (SELECT FROM held) FOR UPDATE), \
    done AS (UPDATE members m SET muted_until = $3::timestamptz FROM old \
    WHERE m.chat_id = old.chat_id AND m.user_id = old.user_id \
    AND m.muted_until IS DISTINCT FROM $3::timestamptz), \
    ended AS (UPDATE operations o SET claim = NULL FROM held, old WHERE o.user_id = held.user_id AND o.id = held.id) \
    SELECT old.chat_id IS NOT NULL, old.muted_until FROM held LEFT JOIN old ON true";

const MARK_UNREAD: &str = "WITH old AS (SELECT chat_id, user_id, unread_from FROM members \
    WHERE chat_id = $1 AND user_id = $2 AND role IS NOT NULL FOR UPDATE), \
    done AS (UPDATE members m SET unread_from = $3 FROM old \
    WHERE m.chat_id = old.chat_id AND m.user_id = old.user_id AND m.unread_from IS DISTINCT FROM $3) \
    SELECT unread_from IS DISTINCT FROM $3 FROM old";

/// The row of one who is no member says so; there is none without the claim.
pub(super) const MARK_UNREAD_ONCE: &str = "WITH held AS (SELECT user_id, id FROM operations \
    WHERE user_id = $4 AND id = $5 AND claim = $6 FOR UPDATE), \
    old AS (SELECT chat_id, user_id, unread_from FROM members \
    WHERE chat_id = $1 AND user_id = $2 AND role IS NOT NULL AND EXISTS (SELECT FROM held) FOR UPDATE), \
    done AS (UPDATE members m SET unread_from = $3 FROM old \
    WHERE m.chat_id = old.chat_id AND m.user_id = old.user_id AND m.unread_from IS DISTINCT FROM $3), \
    ended AS (UPDATE operations o SET claim = NULL FROM held, old WHERE o.user_id = held.user_id AND o.id = held.id) \
    SELECT old.chat_id IS NOT NULL, old.unread_from IS DISTINCT FROM $3 FROM held LEFT JOIN old ON true";

const CLEAR_UNREAD: &str = "UPDATE members SET unread_from = NULL \
    WHERE chat_id = $1 AND user_id = $2 AND unread_from <= $3 RETURNING user_id";

#[async_trait]
impl ReadCursors for PostgresRepository {
    async fn mark(&self, steps: &[Advance]) -> Result<Vec<Option<Advanced>>> {
        move_marks(self, steps).await.map_err(failure)
    }

    async fn read_by_all(&self, chat: &ChatId, ahead: &[(UserId, Seq)], now: Timestamp) -> Result<Seq> {
        read_by_all(self, chat, ahead, now).await.map_err(failure)
    }

    async fn reach(&self, chat: &ChatId, seq: Seq, other_than: &UserId, ahead: &[Mark]) -> Result<MarkCounts> {
        reached(self, chat, seq, other_than, ahead).await.map_err(failure)
    }

    async fn moved_marks(&self, chats: &[ChatId], since: Timestamp) -> Result<Vec<MovedMark>> {
        let rows = self.readers.rows(MOVED, &[&chats, &since, &most()]).await.map_err(failure)?;
        let moved = |row: &Row| {
            let ((chat, user), (now, _)) = standing(row)?;
            Ok(MovedMark { chat, user, now })
        };
        rows.iter().map(moved).collect::<Result<_, PgError>>().map_err(failure)
    }

    async fn authors(&self, chat: &ChatId, after: Seq, to: Seq) -> Result<Vec<UserId>> {
        let after = after.max(to.saturating_sub(AUTHORED_MOST));
        let rows = self.readers.rows(AUTHORS, &[chat, &integer(after), &integer(to)]).await.map_err(failure)?;
        rows.iter().map(|row| PgColumns::of(row).get()).collect::<Result<_, PgError>>().map_err(failure)
    }

    async fn viewer(&self, chat: &ChatId, user: &UserId, read_seq: Seq) -> Result<Option<Viewer>> {
        let row = self.readers.row(SEEN_FROM, &[chat, user, &integer(read_seq)]).await.map_err(failure)?;
        let chat = row.as_ref().map(seen).transpose().map_err(failure)?;
        Ok(chat.and_then(|chat| chat.viewer))
    }

    async fn mark_unread(&self, chat: &ChatId, user: &UserId, from: Seq) -> Result<Option<bool>> {
        let row = self.writers.row(MARK_UNREAD, &[chat, user, &integer(from)]).await.map_err(failure)?;
        row.map(|row| PgColumns::of(&row).get()).transpose().map_err(failure)
    }

    async fn clear_unread(&self, chat: &ChatId, user: &UserId, read: Seq) -> Result<bool> {
        let row = self.writers.row(CLEAR_UNREAD, &[chat, user, &integer(read)]).await.map_err(failure)?;
        Ok(row.is_some())
    }

    async fn mute(&self, chat: &ChatId, user: &UserId, mute: Mute) -> Result<Option<Mute>> {
        let row = self.writers.row(MUTE, &[chat, user, &mute]).await.map_err(failure)?;
        row.map(|row| PgColumns::of(&row).get()).transpose().map_err(failure)
    }
}

type MemberKey<'a> = (&'a ChatId, &'a UserId);

/// Moves all marks in one statement, each member once.
async fn move_marks(repository: &PostgresRepository, steps: &[Advance]) -> Result<Vec<Option<Advanced>>, PgError> {
    let wanted = furthest(steps);
    let (keys, far): (Vec<MemberKey<'_>>, Vec<FurthestStep>) = wanted.into_iter().unzip();
    let (chats, users): (Vec<&ChatId>, Vec<&UserId>) = keys.into_iter().unzip();
    let reads: Vec<i64> = far.iter().map(|far| integer(far.progress.read)).collect();
    let read_at: Vec<Timestamp> = far.iter().map(|far| far.progress.read_at).collect();
    let delivered: Vec<i64> = far.iter().map(|far| integer(far.progress.delivered)).collect();
    let delivered_at: Vec<Timestamp> = far.iter().map(|far| far.progress.delivered_at).collect();
    let clear_to: Vec<i64> = far.iter().map(|far| integer(far.clear_to)).collect();
    let values: Parameters<'_> = &[&chats, &users, &reads, &read_at, &delivered, &delivered_at, &clear_to];
    let rows = repository.writers.rows(MOVE, values).await?;
    let mut known = rows.iter().map(known_mark).collect::<Result<HashMap<_, _>, _>>()?;
    let moved = steps.iter().map(|step| {
        let KnownMark { before, clock, unread_from } = known.get_mut(&(step.chat.clone(), step.user.clone()))?;
        let cleared = unread_from.take_if(|from| step.clears(*from)).is_some();
        let moved = Advanced { before: *before, now: before.after(step, *clock), cleared };
        *before = moved.now;
        Some(moved)
    });
    Ok(moved.collect())
}

/// The positions that a member reaches after all advances.
#[derive(Clone, Copy, Debug)]
struct FurthestStep {
    progress: Progress,
    /// The position up to which an unread mark is cleared; 0 if none is.
    clear_to: Seq,
}

/// The positions that each member reaches after all advances.
fn furthest(steps: &[Advance]) -> BTreeMap<MemberKey<'_>, FurthestStep> {
    let mut wanted = BTreeMap::new();
    for step in steps {
        let progress = Progress { read: 0, read_at: step.at, delivered: 0, delivered_at: step.at };
        let none = FurthestStep { progress, clear_to: 0 };
        let known = wanted.entry((&step.chat, &step.user)).or_insert(none);
        known.progress = known.progress.after(step, Seq::MAX);
        known.clear_to = if step.clears_unread { known.clear_to.max(step.read) } else { known.clear_to };
    }
    wanted
}

/// A member's marks before an advance, and the clock of the chat.
#[derive(Clone, Copy, Debug)]
struct KnownMark {
    before: Progress,
    clock: Seq,
    unread_from: Option<Seq>,
}

fn known_mark(row: &Row) -> Result<((ChatId, UserId), KnownMark), PgError> {
    let (key, (before, clock)) = standing(row)?;
    let unread_from: Option<i64> = row.try_get("unread_from")?;
    Ok((key, KnownMark { before, clock, unread_from: unread_from.and_then(|from| Seq::try_from(from).ok()) }))
}

type MarkEntry = ((ChatId, UserId), (Progress, Seq));

fn standing(row: &Row) -> Result<MarkEntry, PgError> {
    let mut columns = PgColumns::of(row);
    let key = (columns.get()?, columns.get()?);
    let read = columns.number()?;
    let read_at = columns.get()?;
    let delivered = columns.number()?;
    let delivered_at = columns.get()?;
    Ok((key, (Progress { read, read_at, delivered, delivered_at }, columns.number()?)))
}

/// Of the members who have read least, only the sender of the next message can have read further than their mark says.
/// Two of them are therefore enough to decide.
async fn read_by_all(
    repository: &PostgresRepository,
    chat: &ChatId,
    ahead: &[(UserId, Seq)],
    now: Timestamp,
) -> Result<Seq, PgError> {
    let most = i64::try_from(ahead.len()).unwrap_or(i64::MAX).saturating_add(2);
    let ahead: HashMap<&UserId, Seq> = ahead.iter().map(|(user, seq)| (user, *seq)).collect();
    let mut lowest = vec![];
    for row in repository.readers.rows(LOWEST, &[chat, &most, &now]).await? {
        let mut columns = PgColumns::of(&row);
        let user: UserId = columns.get()?;
        let read: Seq = columns.number()?;
        lowest.push((ahead.get(&user).map_or(read, |ahead| read.max(*ahead)), user));
    }
    lowest.sort();
    let Some((read, user)) = lowest.first() else {
        let clock = repository.readers.row(CLOCK, &[chat]).await?;
        return Ok(clock.map(|row| PgColumns::of(&row).number()).transpose()?.unwrap_or(0));
    };
    let own = repository.readers.row(REACH, &[chat, user, &integer(*read)]).await?;
    let own = own.map(|row| PgColumns::of(&row).number()).transpose()?;
    let reach = own.unwrap_or(0).max(*read);
    Ok(lowest.get(1).map_or(reach, |(second, _)| reach.min(*second)))
}

async fn reached(
    repository: &PostgresRepository,
    chat: &ChatId,
    seq: Seq,
    other_than: &UserId,
    ahead: &[Mark],
) -> Result<MarkCounts, PgError> {
    let users: Vec<&UserId> = ahead.iter().map(|mark| &mark.user_id).collect();
    let read: Vec<i64> = ahead.iter().map(|mark| integer(mark.read_seq)).collect();
    let delivered: Vec<i64> = ahead.iter().map(|mark| integer(mark.delivered_seq)).collect();
    let row = repository.readers.row(REACHED, &[chat, &integer(seq), other_than, &users, &read, &delivered]).await?;
    let Some(row) = row else { return Ok(MarkCounts::default()) };
    let mut columns = PgColumns::of(&row);
    Ok(MarkCounts { read: columns.number()?, delivered: columns.number()? })
}

/// The number of other members' positions that are shown.
pub(super) fn most() -> i64 {
    i64::try_from(MARKS_MOST).unwrap_or(i64::MAX)
}

/// Adds the user's own mark to those of the members who have read furthest.
pub(super) fn with_own(marks: &mut Vec<Mark>, user: &UserId, own: Option<&MemberRecord>) {
    let Some(&MemberRecord { read_seq, delivered_seq, .. }) = own else { return };
    if !marks.iter().any(|mark| mark.user_id == *user) {
        marks.push(Mark { user_id: user.clone(), read_seq, delivered_seq });
    }
}
