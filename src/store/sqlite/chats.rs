//! Reading chats and members.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::messages::message_at;
use super::rows::{self, CHAT_WIDTH, ChatRow, MEMBER_WIDTH, chat_columns, member_columns, user_columns};
use super::search::MENTION_COUNT;
use super::unread::unread;
use super::values::{integer, number, one_more};
use crate::domain::{ChannelHolder, MemberRecord, name_key};
use crate::protocol::{Chat, ChatId, ChatKind, Member, Message, User, UserId, Viewer};
use crate::store::repository::{ChatAccess, ChatScope, ChatsFrom, ChatsQuery, Page};

const CHAT: &str = concat!("SELECT ", chat_columns!(), " FROM chats c WHERE c.id = ?1");
const MEMBER: &str = concat!("SELECT ", member_columns!(), " FROM members m WHERE m.chat_id = ?1 AND m.user_id = ?2");

pub(super) const MEMBERS: &str = concat!(
    "SELECT ",
    member_columns!(),
    ", ",
    user_columns!(),
    " FROM members m JOIN users u ON u.id = m.user_id \
      WHERE m.chat_id = ?1 AND m.user_id > ?2 AND m.role IS NOT NULL ORDER BY m.user_id LIMIT ?3"
);

/// The conditions that pages of chats share: the search for a name, and the position of the cursor.
macro_rules! page_of_chats {
    () => {
        " AND (:search IS NULL OR instr(c.name_key, :search) > 0) \
          AND c.updated_at <= :before AND (c.updated_at < :before OR c.id > :after) \
          ORDER BY c.updated_at DESC, c.id LIMIT :limit"
    };
}

/// The same for pages of chats with activity since a time, by their ids.
macro_rules! active_chats {
    () => {
        " AND (:search IS NULL OR instr(c.name_key, :search) > 0) AND c.updated_at >= :before AND c.id > :after \
          ORDER BY c.id LIMIT :limit"
    };
}

/// Channels that are not archived, without those that the user is banned from.
macro_rules! public_chats {
    ($page:ident) => {
        concat!(
            "SELECT ",
            chat_columns!(),
            " FROM chats c WHERE c.kind = 'channel' AND c.active = 1 AND NOT EXISTS (SELECT 1 FROM members m \
              WHERE m.chat_id = c.id AND m.user_id = :user AND m.ban IS NOT NULL \
              AND (m.ban ->> 'until' IS NULL OR m.ban ->> 'until' > :now))",
            $page!()
        )
    };
}

/// Sorts all chats of the user: even the most active user has few enough to sort quickly.
macro_rules! own_chats {
    ($page:ident) => {
        concat!(
            "SELECT ",
            chat_columns!(),
            ", ",
            member_columns!(),
            " FROM members m JOIN chats c ON c.id = m.chat_id \
              WHERE m.user_id = :user AND m.role IS NOT NULL AND c.active = :active",
            $page!()
        )
    };
}

pub(super) const PUBLIC: &str = public_chats!(page_of_chats);
const PUBLIC_ACTIVE: &str = public_chats!(active_chats);
const MINE: &str = own_chats!(page_of_chats);
const MINE_ACTIVE: &str = own_chats!(active_chats);

const PEER: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM members m JOIN users u ON u.id = m.user_id WHERE m.chat_id = ?1 AND m.user_id <> ?2 LIMIT 1"
);

pub(super) const MEMBERSHIPS: &str =
    "SELECT chat_id FROM members WHERE user_id = ?1 AND role IS NOT NULL ORDER BY chat_id";

pub(super) const CHANNEL: &str = "SELECT id FROM chats WHERE name_key = ?1 AND kind = 'channel'";

pub(super) const HOLDER: &str = "SELECT id, active FROM chats WHERE name_key = ?1 AND kind = 'channel'";

pub(super) fn chat_row(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<ChatRow>> {
    connection.prepare_cached(CHAT)?.query_row([chat], rows::chat).optional()
}

pub(super) fn member(connection: &Connection, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<MemberRecord>> {
    connection.prepare_cached(MEMBER)?.query_row(params![chat, user], |row| rows::member(row, 0)).optional()
}

pub(super) fn channel_named(connection: &Connection, name_key: &str) -> rusqlite::Result<Option<ChatId>> {
    connection.prepare_cached(CHANNEL)?.query_row([name_key], |row| row.get(0)).optional()
}

/// The channel that has the name, with whether it is archived.
pub(super) fn channel_holder(connection: &Connection, name_key: &str) -> rusqlite::Result<Option<ChannelHolder>> {
    let holder = |row: &Row<'_>| Ok(ChannelHolder { chat: row.get(0)?, is_archived: !row.get::<_, bool>(1)? });
    connection.prepare_cached(HOLDER)?.query_row([name_key], holder).optional()
}

pub(super) fn chat_access(
    connection: &Connection,
    chat: &ChatId,
    user: &UserId,
) -> rusqlite::Result<Option<ChatAccess>> {
    let Some(row) = chat_row(connection, chat)? else { return Ok(None) };
    let (role, ban) = member(connection, chat, user)?.map_or((None, None), |member| (member.role, member.ban));
    Ok(Some(ChatAccess { chat: row.record.chat, role, ban }))
}

/// The chat as the user sees it.
pub(super) fn chat(connection: &Connection, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<Chat>> {
    let Some(row) = chat_row(connection, chat)? else { return Ok(None) };
    let member = member(connection, chat, user)?;
    seen(connection, row, user, member).map(Some)
}

/// Adds what other tables hold of a chat: its last message and the fields of the viewer.
pub(super) fn seen(
    connection: &Connection,
    row: ChatRow,
    user: &UserId,
    member: Option<MemberRecord>,
) -> rusqlite::Result<Chat> {
    let chat = row.record.chat;
    let viewer = viewer(connection, &chat, user, member)?;
    let last_message = row.last_seq.map(|seq| message_at(connection, &chat.id, seq));
    let last_message = last_message.transpose()?.flatten().map(Box::new);
    Ok(Chat { last_message, viewer: Some(viewer), ..chat })
}

pub(super) fn last_message(connection: &Connection, chat: &ChatId) -> rusqlite::Result<Option<Message>> {
    let last_seq = chat_row(connection, chat)?.and_then(|row| row.last_seq);
    Ok(last_seq.map(|seq| message_at(connection, chat, seq)).transpose()?.flatten())
}

/// The user's own view of a chat.
pub(super) fn viewer(
    connection: &Connection,
    chat: &Chat,
    user: &UserId,
    member: Option<MemberRecord>,
) -> rusqlite::Result<Viewer> {
    let Some(MemberRecord { role: Some(role), read_seq, mute, .. }) = member else {
        return Ok(Viewer::newcomer(None, 0));
    };
    let unread_count = if chat.seq > read_seq { unread(connection, &chat.id, user, read_seq)? } else { 0 };
    let mentions = || {
        let mut query = connection.prepare_cached(MENTION_COUNT)?;
        query.query_row(params![user, chat.id, integer(read_seq)], |row| number(row, 0))
    };
    // An edit may mention somebody in a message that was read before.
    let mention_count = if chat.seq > read_seq { mentions()? } else { 0 };
    let peer = if chat.kind == ChatKind::Direct { peer(connection, &chat.id, user)? } else { None };
    Ok(Viewer { unread_count, mention_count, peer, ..Viewer::newcomer(Some(role), read_seq).with_mute(mute) })
}

fn peer(connection: &Connection, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<User>> {
    connection.prepare_cached(PEER)?.query_row(params![chat, user], |row| rows::user(row, 0)).optional()
}

/// A page of chats as the asking user sees them.
pub(super) fn chats(connection: &Connection, query: &ChatsQuery) -> rusqlite::Result<Page<Chat>> {
    let mut rows = match query.scope {
        ChatScope::Public => public_page(connection, query)?,
        ChatScope::Mine | ChatScope::Archived => own_page(connection, query)?,
    };
    let more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let items = rows.into_iter().map(|(row, member)| seen(connection, row, &query.user, member));
    Ok(Page { items: items.collect::<rusqlite::Result<_>>()?, more })
}

type Found = Vec<(ChatRow, Option<MemberRecord>)>;

fn public_page(connection: &Connection, query: &ChatsQuery) -> rusqlite::Result<Found> {
    let Start { is_active, at: before, after } = Start::of(&query.from);
    let parameters = named_params! {
        ":user": query.user, ":now": query.now.to_string(),
        ":search": query.search.as_deref().map(name_key), ":before": before, ":after": after,
        ":limit": one_more(query.limit),
    };
    let mut statement = connection.prepare_cached(if is_active { PUBLIC_ACTIVE } else { PUBLIC })?;
    let rows = statement.query_map(parameters, rows::chat)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let with_member = rows.into_iter().map(|row| {
        let member = member(connection, &row.record.chat.id, &query.user)?;
        Ok((row, member))
    });
    with_member.collect()
}

fn own_page(connection: &Connection, query: &ChatsQuery) -> rusqlite::Result<Found> {
    let Start { is_active, at: before, after } = Start::of(&query.from);
    let parameters = named_params! {
        ":user": query.user, ":active": query.scope == ChatScope::Mine,
        ":search": query.search.as_deref().map(name_key), ":before": before, ":after": after,
        ":limit": one_more(query.limit),
    };
    let both = |row: &Row<'_>| Ok((rows::chat(row)?, Some(rows::member(row, CHAT_WIDTH)?)));
    connection.prepare_cached(if is_active { MINE_ACTIVE } else { MINE })?.query_map(parameters, both)?.collect()
}

/// The parameters by which a page begins where it should.
struct Start<'a> {
    is_active: bool,
    at: i64,
    after: &'a str,
}

impl<'a> Start<'a> {
    fn of(from: &'a ChatsFrom) -> Self {
        match from {
            ChatsFrom::Newest => Start { is_active: false, at: i64::MAX, after: "" },
            ChatsFrom::After { updated_at, chat } => Start { is_active: false, at: updated_at.millis(), after: chat },
            ChatsFrom::Active { since, after } => Start { is_active: true, at: since.millis(), after },
        }
    }
}

/// Every chat the user is in.
pub(super) fn memberships(connection: &Connection, user: &UserId) -> rusqlite::Result<Vec<ChatId>> {
    connection.prepare_cached(MEMBERSHIPS)?.query_map([user], |row| row.get(0))?.collect()
}

/// A page of members, by their ids.
pub(super) fn members(
    connection: &Connection,
    chat: &ChatId,
    after: Option<&UserId>,
    limit: usize,
) -> rusqlite::Result<Page<Member>> {
    let after = after.map_or("", |user| &**user);
    let mut statement = connection.prepare_cached(MEMBERS)?;
    let found = statement.query_map(params![chat, after, one_more(limit)], present)?;
    let mut items: Vec<Member> = found.collect::<rusqlite::Result<_>>()?;
    let more = items.len() > limit;
    items.truncate(limit);
    Ok(Page { items, more })
}

fn present(row: &Row<'_>) -> rusqlite::Result<Member> {
    let MemberRecord { joined_at, read_seq, delivered_seq, .. } = rows::member(row, 0)?;
    let role = row.get(0)?;
    Ok(Member { user: rows::user(row, MEMBER_WIDTH)?, role, joined_at, read_seq, delivered_seq })
}
