//! Reads chats and members.

use std::collections::HashMap;
use std::sync::Arc;

use tokio_postgres::Row;

use super::error::PgError;
use super::rows::{PgColumns, sized_message_columns};
use super::session::Pool;
use super::values::{Text, never, one_more};
use crate::domain::{ChatRecord, MemberRecord, differ_in_blanks, look_alike_key, name_key};
use crate::protocol::{Chat, ChatId, Member, UserId, Viewer};
use crate::store::repository::{ChatAccess, ChatScope, ChatsFrom, ChatsQuery, Page};
use crate::store::sql::columns::{MESSAGE_WIDTH, SqlColumns, chat_columns, member_columns, user_columns};
use crate::store::sql::page::page;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::{chats as shared, postgres_statement};

/// Selects a chat, a flag for the user's membership record, and that record.
pub(super) const STANDING: &str = concat!(
    "SELECT ",
    chat_columns!("c"),
    ", m.user_id, ",
    member_columns!("m"),
    " FROM chats c LEFT JOIN members m ON m.chat_id = c.id AND m.user_id = $2 WHERE c.id = $1"
);

/// Chats `c` as seen by their members `m`: the membership, the last message, the unread count, the unread mentions, the
/// peer. Messages count as unread after `e.read`, as [`MemberRecord::unread_after`] defines it.
macro_rules! seen {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            chat_columns!("c"),
            ", m.user_id, ",
            member_columns!("m"),
            ", ",
            sized_message_columns!(),
            ", n.unread, t.mentioned, ",
            user_columns!("p"),
            " FROM ",
            $from,
            " LEFT JOIN messages x ON x.chat_id = c.id AND x.seq = c.last_seq \
              LEFT JOIN users s ON s.id = x.sender_id \
              CROSS JOIN LATERAL (SELECT greatest(least(m.read_seq, m.unread_from - 1), c.first_seq - 1) AS read) e \
              CROSS JOIN LATERAL (SELECT CASE WHEN m.role IS NOT NULL AND c.seq > e.read THEN \
                  coalesce((SELECT y.ordinal FROM messages y WHERE y.chat_id = c.id ORDER BY y.seq DESC LIMIT 1), 0) \
                  - coalesce((SELECT y.ordinal FROM messages y WHERE y.chat_id = c.id AND y.seq <= e.read \
                    ORDER BY y.seq DESC LIMIT 1), \
                    (SELECT y.ordinal - 1 FROM messages y WHERE y.chat_id = c.id ORDER BY y.seq LIMIT 1), 0) \
                  - coalesce((SELECT y.own_ordinal FROM messages y WHERE y.chat_id = c.id \
                    AND y.sender_id = m.user_id ORDER BY y.seq DESC LIMIT 1), 0) \
                  + coalesce((SELECT y.own_ordinal FROM messages y WHERE y.chat_id = c.id \
                    AND y.sender_id = m.user_id AND y.seq <= e.read ORDER BY y.seq DESC LIMIT 1), \
                    (SELECT y.own_ordinal - 1 FROM messages y WHERE y.chat_id = c.id \
                    AND y.sender_id = m.user_id ORDER BY y.seq LIMIT 1), 0) \
                  - (SELECT count(*) FROM messages y WHERE y.chat_id = c.id AND y.seq > e.read \
                    AND y.seq < ((e.read >> 8) + 1) << 8 \
                    AND y.sender_id <> m.user_id AND y.deleted_at IS NOT NULL) \
                  - (SELECT coalesce(sum(CASE y.sender_id WHEN '' THEN y.messages ELSE -y.messages END), 0)::bigint \
                    FROM deletions y WHERE y.chat_id = c.id AND y.sender_id IN ('', m.user_id) \
                    AND y.width = 8 AND y.block > e.read >> 8 AND y.block < ((e.read >> 16) + 1) << 8) \
                  - (SELECT coalesce(sum(CASE y.sender_id WHEN '' THEN y.messages ELSE -y.messages END), 0)::bigint \
                    FROM deletions y WHERE y.chat_id = c.id AND y.sender_id IN ('', m.user_id) \
                    AND y.width = 16 AND y.block > e.read >> 16) \
                ELSE 0 END AS unread) n \
              CROSS JOIN LATERAL (SELECT count(*) AS mentioned FROM mentions z \
                WHERE m.role IS NOT NULL AND c.seq > e.read AND z.user_id = m.user_id AND z.chat_id = c.id \
                AND z.mentioned_seq > e.read) t \
              LEFT JOIN LATERAL (SELECT q.user_id FROM members q WHERE m.role IS NOT NULL AND c.kind = 'direct' \
                AND q.chat_id = c.id AND q.user_id <> m.user_id LIMIT 1) o ON true \
              LEFT JOIN users p ON p.id = o.user_id ",
            $rest
        )
    };
}

/// One chat as a user sees it.
pub(super) const SEEN: &str =
    seen!("chats c LEFT JOIN members m ON m.chat_id = c.id AND m.user_id = $2", "WHERE c.id = $1");

/// Several chats as a user sees them who has read at least up to the position given for each.
pub(super) const SEEN_BY_ID: &str = seen!(
    "unnest($1::text[], $3::bigint[]) AS w (id, read) JOIN chats c ON c.id = w.id LEFT JOIN LATERAL \
       (SELECT k.chat_id, k.user_id, k.role, k.joined_at, greatest(k.read_seq, least(w.read, c.seq)) AS read_seq, \
       k.delivered_seq, k.left_seq, k.ban, k.muted_until, k.unread_from FROM members k \
       WHERE k.chat_id = c.id AND k.user_id = $2) m ON true",
    ""
);

/// The same for a member who has read up to a given position.
pub(super) const SEEN_FROM: &str = seen!(
    "chats c JOIN (SELECT k.chat_id, k.user_id, k.role, k.joined_at, $3::bigint AS read_seq, k.delivered_seq, \
       k.left_seq, k.ban, k.muted_until, k.unread_from FROM members k) m ON m.chat_id = c.id AND m.user_id = $2",
    "WHERE c.id = $1 AND m.role IS NOT NULL"
);

pub(super) const PUBLIC: &str = seen!(
    "(SELECT k.chat_id, k.updated_at FROM channels k \
       WHERE k.active AND ($2::text IS NULL OR strpos(k.name_key, $2) > 0) \
       AND NOT EXISTS (SELECT 1 FROM members b \
         WHERE b.chat_id = k.chat_id AND b.user_id = $1 AND b.ban_until > $6) \
       AND k.updated_at <= $3 AND (k.updated_at < $3 OR k.chat_id > $4) \
       ORDER BY k.updated_at DESC, k.chat_id LIMIT $5) page \
     JOIN chats c ON c.id = page.chat_id LEFT JOIN members m ON m.chat_id = c.id AND m.user_id = $1",
    "ORDER BY page.updated_at DESC, page.chat_id"
);

/// The same for channels with activity since a time, by id.
pub(super) const PUBLIC_ACTIVE: &str = seen!(
    "(SELECT k.chat_id FROM channels k \
       WHERE k.active AND ($2::text IS NULL OR strpos(k.name_key, $2) > 0) \
       AND NOT EXISTS (SELECT 1 FROM members b \
         WHERE b.chat_id = k.chat_id AND b.user_id = $1 AND b.ban_until > $6) \
       AND k.updated_at >= $3 AND k.chat_id > $4 ORDER BY k.chat_id LIMIT $5) page \
     JOIN chats c ON c.id = page.chat_id LEFT JOIN members m ON m.chat_id = c.id AND m.user_id = $1",
    "ORDER BY page.chat_id"
);

/// The same for chats the user is in.
pub(super) const MINE_ACTIVE: &str = seen!(
    "(SELECT c.id AS chat_id FROM members m JOIN chats c ON c.id = m.chat_id \
       WHERE m.user_id = $1 AND m.role IS NOT NULL AND c.active = $6 \
       AND ($2::text IS NULL OR strpos(c.name_key, $2) > 0) \
       AND c.updated_at >= $3 AND c.id > $4 ORDER BY c.id LIMIT $5) page \
     JOIN chats c ON c.id = page.chat_id JOIN members m ON m.chat_id = c.id AND m.user_id = $1",
    "ORDER BY page.chat_id"
);

/// Sorts all chats of the user: even very active users have few enough for that.
pub(super) const MINE: &str = seen!(
    "(SELECT c.id AS chat_id, c.updated_at FROM members m JOIN chats c ON c.id = m.chat_id \
       WHERE m.user_id = $1 AND m.role IS NOT NULL AND c.active = $6 \
       AND ($2::text IS NULL OR strpos(c.name_key, $2) > 0) \
       AND c.updated_at <= $3 AND (c.updated_at < $3 OR c.id > $4) \
       ORDER BY c.updated_at DESC, c.id LIMIT $5) page \
     JOIN chats c ON c.id = page.chat_id JOIN members m ON m.chat_id = c.id AND m.user_id = $1",
    "ORDER BY page.updated_at DESC, page.chat_id"
);

pub(super) const MEMBERS: &str = postgres_statement!(shared::MEMBERS);

/// One look into the index of memberships for each user and chat, until a shared one is found.
const CONTACTS: &str = "SELECT w.id FROM unnest($2::text[]) AS w (id) WHERE EXISTS (SELECT 1 FROM members o \
    JOIN members m ON m.chat_id = o.chat_id AND m.user_id = $1 AND m.role IS NOT NULL \
    WHERE o.user_id = w.id AND o.role IS NOT NULL)";

pub(super) const MEMBERSHIPS: &str = postgres_statement!(shared::MEMBERSHIPS);

pub(super) const CHANNEL: &str = "SELECT chat_id, name_key FROM channels WHERE name_key = $1 \
    UNION ALL SELECT chat_id, name_key FROM channels WHERE look_key = $2";

/// Reads a row of [`STANDING`].
pub(super) fn stands(columns: &mut PgColumns<'_>) -> Result<(ChatRecord, Option<MemberRecord>), PgError> {
    let chat = columns.chat()?;
    let known: Option<UserId> = columns.get()?;
    let member = match known {
        Some(_) => Some(columns.member()?),
        None => {
            columns.skip_member();
            None
        }
    };
    Ok((chat, member))
}

/// Reads a row of [`SEEN`] and similar queries.
pub(super) fn seen(row: &Row) -> Result<Chat, PgError> {
    let SeenChat { record, viewer, .. } = seen_chat(row)?;
    Ok(Chat { viewer: Some(viewer), ..record.chat })
}

/// A chat with its last message, and the user's relation to it.
pub(super) struct SeenChat {
    pub(super) record: ChatRecord,
    pub(super) member: Option<MemberRecord>,
    pub(super) viewer: Viewer,
}

/// Reads a row of [`SEEN`] and similar queries.
pub(super) fn seen_chat(row: &Row) -> Result<SeenChat, PgError> {
    let mut columns = PgColumns::of(row);
    let (mut record, member) = stands(&mut columns)?;
    let last_message = columns.optional(MESSAGE_WIDTH, PgColumns::message)?;
    record.chat.last_message = last_message.map(|row| Arc::new(row.message));
    let viewer = columns.viewer(member.clone())?.from_first(record.chat.first_seq);
    Ok(SeenChat { record, member, viewer })
}

pub(super) async fn channel_named(readers: &Pool, name_key: &str) -> Result<Option<ChatId>, PgError> {
    for row in readers.rows(CHANNEL, &[&Text(name_key), &Text(look_alike_key(name_key))]).await? {
        let mut columns = PgColumns::of(&row);
        let chat = columns.get()?;
        if differ_in_blanks(&columns.text()?, name_key) {
            return Ok(Some(chat));
        }
    }
    Ok(None)
}

pub(super) async fn chat_access(readers: &Pool, chat: &ChatId, user: &UserId) -> Result<Option<ChatAccess>, PgError> {
    let Some(row) = readers.row(STANDING, &[chat, user]).await? else { return Ok(None) };
    let (record, member) = stands(&mut PgColumns::of(&row))?;
    Ok(Some(ChatAccess::of(record.chat, member)))
}

/// The chat as the user sees it.
pub(super) async fn chat(readers: &Pool, chat: &ChatId, user: &UserId) -> Result<Option<Chat>, PgError> {
    readers.row(SEEN, &[chat, user]).await?.as_ref().map(seen).transpose()
}

/// The chats with these ids, as the user sees them.
pub(super) async fn chats_by_id(readers: &Pool, user: &UserId, chats: &[ChatId]) -> Result<Vec<Option<Chat>>, PgError> {
    let read = vec![0_i64; chats.len()];
    let rows = readers.rows(SEEN_BY_ID, &[&chats, user, &read]).await?;
    let found = rows.iter().map(|row| seen(row).map(|chat| (chat.id.clone(), chat)));
    let mut found = found.collect::<Result<HashMap<ChatId, Chat>, _>>()?;
    Ok(chats.iter().map(|chat| found.remove(chat)).collect())
}

/// A page of chats as the asking user sees them.
pub(super) async fn chats(readers: &Pool, query: &ChatsQuery) -> Result<Page<Chat>, PgError> {
    let search = query.search.as_deref().map(|search| Text(name_key(search)));
    let none = ChatId::from("");
    let (before, after) = match &query.from {
        // Without a cursor the page starts at the beginning.
        ChatsFrom::Newest => (never(), &none),
        ChatsFrom::After { updated_at, chat } => (*updated_at, chat),
        ChatsFrom::Active { since, after } => (*since, after),
    };
    let is_active = matches!(query.from, ChatsFrom::Active { .. });
    let limit = one_more(query.limit);
    let rows = match query.scope {
        ChatScope::Public => {
            let statement = if is_active { PUBLIC_ACTIVE } else { PUBLIC };
            readers.rows(statement, &[&query.user, &search, &before, after, &limit, &query.now]).await?
        }
        ChatScope::Mine | ChatScope::Archived => {
            let active = query.scope == ChatScope::Mine;
            let statement = if is_active { MINE_ACTIVE } else { MINE };
            readers.rows(statement, &[&query.user, &search, &before, after, &limit, &active]).await?
        }
    };
    let items = rows.iter().take(query.limit).map(seen).collect::<Result<_, _>>()?;
    Ok(Page { items, more: rows.len() > query.limit })
}

/// Every chat the user is in.
pub(super) async fn memberships(readers: &Pool, user: &UserId) -> Result<Vec<ChatId>, PgError> {
    readers.rows(MEMBERSHIPS, &[user]).await?.iter().map(|row| PgColumns::of(row).get()).collect()
}

/// Those of these users who share a chat with a user.
pub(super) async fn contacts(readers: &Pool, user: &UserId, others: &[UserId]) -> Result<Vec<UserId>, PgError> {
    readers.rows(CONTACTS, &[user, &others]).await?.iter().map(|row| PgColumns::of(row).get()).collect()
}

/// A page of members, by id.
pub(super) async fn members(
    readers: &Pool,
    chat: &ChatId,
    after: Option<&UserId>,
    limit: usize,
) -> Result<Page<Member>, PgError> {
    let start = UserId::from("");
    let rows = readers.rows(MEMBERS, &[chat, after.unwrap_or(&start), &one_more(limit)]).await?;
    Ok(page(rows.iter().map(|row| PgColumns::of(row).present_member()).collect::<Result<_, _>>()?, limit))
}
