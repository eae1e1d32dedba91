//! Reads chats and members.

use std::cmp::Ordering;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::journal::Pending;
use super::messages::message_at;
use super::rows::{self, ChatRow, SqliteColumns, listed_chat_columns};
use super::search::MENTION_COUNT;
use super::unread::unread;
use super::values::{SqliteJson, integer, number, one_more};
use super::view::ChatsView;
use crate::domain::{ChannelHolder, MemberRecord, differ_in_blanks, look_alike_key, name_key};
use crate::protocol::{Chat, ChatId, ChatKind, Member, Message, User, UserId, Viewer};
use crate::store::repository::{ChatAccess, ChatScope, ChatsFrom, ChatsQuery, Page};
use crate::store::sql::columns::{member_columns, user_columns};
use crate::store::sql::page::page as cut_page;
use crate::store::sql::records::SqlRecords;
use crate::store::sql::statements::chats::{MEMBERS, MEMBERSHIPS};

pub(super) const CHAT: &str = concat!("SELECT ", listed_chat_columns!(), " FROM chats c WHERE c.id = ?1");
pub(super) const MEMBER: &str =
    concat!("SELECT ", member_columns!("m"), " FROM members m WHERE m.chat_id = ?1 AND m.user_id = ?2");

/// The condition shared by all lists of chats: the search for a name.
macro_rules! named {
    () => {
        " AND (:search IS NULL OR instr(c.name_key, :search) > 0)"
    };
}

/// The position of the cursor, among the chats without pending rows.
macro_rules! page_of_chats {
    () => {
        " AND c.id NOT IN (SELECT value FROM json_each(:pending)) \
          AND c.updated_at <= :before AND (c.updated_at < :before OR c.id > :after) \
          ORDER BY c.updated_at DESC, c.id LIMIT :limit"
    };
}

/// The same for pages of chats with activity since a time, by id.
macro_rules! active_chats {
    () => {
        " AND c.id NOT IN (SELECT value FROM json_each(:pending)) AND c.updated_at >= :before AND c.id > :after \
          ORDER BY c.id LIMIT :limit"
    };
}

/// Unarchived channels, without those that the user is banned from.
macro_rules! public_chats {
    () => {
        concat!(
            "SELECT ",
            listed_chat_columns!(),
            " FROM chats c WHERE c.kind = 'channel' AND c.active = 1 AND NOT EXISTS (SELECT 1 FROM members m \
              WHERE m.chat_id = c.id AND m.user_id = :user AND m.ban IS NOT NULL \
              AND (m.ban ->> 'until' IS NULL OR m.ban ->> 'until' > :now))",
            named!()
        )
    };
}

/// Sorts all chats of the user: even very active users have few enough for that.
macro_rules! own_chats {
    () => {
        concat!(
            "SELECT ",
            listed_chat_columns!(),
            ", ",
            member_columns!("m"),
            " FROM members m JOIN chats c ON c.id = m.chat_id \
              WHERE m.user_id = :user AND m.role IS NOT NULL AND c.active = :active",
            named!()
        )
    };
}

pub(super) const PUBLIC: &str = concat!(public_chats!(), page_of_chats!());
const SHARES_CHAT: &str = "SELECT EXISTS (SELECT 1 FROM members o \
    JOIN members m ON m.chat_id = o.chat_id AND m.user_id = ?1 AND m.role IS NOT NULL \
    WHERE o.user_id = ?2 AND o.role IS NOT NULL)";

const PUBLIC_ACTIVE: &str = concat!(public_chats!(), active_chats!());
pub(super) const ONE_PUBLIC: &str = concat!(public_chats!(), " AND c.id = :chat");
const MINE: &str = concat!(own_chats!(), page_of_chats!());
const MINE_ACTIVE: &str = concat!(own_chats!(), active_chats!());
pub(super) const ONE_OF_MINE: &str = concat!(own_chats!(), " AND c.id = :chat");

const PEER: &str = concat!(
    "SELECT ",
    user_columns!("u"),
    " FROM members m JOIN users u ON u.id = m.user_id WHERE m.chat_id = ?1 AND m.user_id <> ?2 LIMIT 1"
);

pub(super) const CHANNEL: &str = "SELECT id, name_key FROM chats WHERE name_key = ?1 AND kind = 'channel' \
    UNION ALL SELECT id, name_key FROM chats WHERE look_key = ?2 AND kind = 'channel'";

/// The holder of one of the keys of a channel's name. Rows from before look-alike keys may share one; only the first of
/// them holds it.
pub(super) const HOLDER: &str = "SELECT id, name_key, active FROM chats WHERE name_key = ?1 AND kind = 'channel' \
    UNION ALL SELECT id, name_key, active FROM chats WHERE look_key = ?1 AND kind = 'channel' LIMIT 1";

pub(super) fn chat_row(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Option<ChatRow>> {
    let found =
        view.prepare_cached(CHAT)?.query_row([chat], |row| rows::chat(&mut SqliteColumns::of(row))).optional()?;
    Ok(found.map(|row| with_pending(row, view.pending(chat).as_deref())))
}

/// The chat including messages not yet moved to their table.
fn with_pending(mut row: ChatRow, pending: Option<&Pending>) -> ChatRow {
    if let Some(pending) = pending.filter(|pending| pending.len() > 0) {
        row.record.chat.seq = pending.head();
        row.record.chat.message_count += pending.len();
        row.record.chat.updated_at = pending.updated_at;
        row.last_seq = Some(integer(pending.head()));
    }
    row
}

pub(super) fn member(view: &ChatsView<'_>, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<MemberRecord>> {
    let found = view.prepare_cached(MEMBER)?.query_row(params![chat, user], rows::member).optional()?;
    Ok(found.map(|member| with_marks(member, view.pending(chat).as_deref(), user)))
}

/// The member including marks not yet moved to their table.
fn with_marks(member: MemberRecord, pending: Option<&Pending>, user: &UserId) -> MemberRecord {
    match pending.and_then(|pending| pending.marks.get(user)) {
        Some(marks) => MemberRecord { read_seq: marks.read, delivered_seq: marks.delivered, ..member },
        None => member,
    }
}

pub(super) fn channel_named(connection: &Connection, name_key: &str) -> rusqlite::Result<Option<ChatId>> {
    let mut query = connection.prepare_cached(CHANNEL)?;
    let mut rows = query.query([name_key, &look_alike_key(name_key)])?;
    while let Some(row) = rows.next()? {
        if differ_in_blanks(row.get_ref(1)?.as_str()?, name_key) {
            return row.get(0).map(Some);
        }
    }
    Ok(None)
}

/// The channel that holds the key.
pub(super) fn channel_holder(connection: &Connection, key: &str) -> rusqlite::Result<Option<ChannelHolder>> {
    let holder = |row: &Row<'_>| {
        Ok(ChannelHolder { chat: row.get(0)?, name_key: row.get(1)?, is_archived: !row.get::<_, bool>(2)? })
    };
    connection.prepare_cached(HOLDER)?.query_row([key], holder).optional()
}

pub(super) fn chat_access(view: &ChatsView<'_>, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<ChatAccess>> {
    let Some(row) = chat_row(view, chat)? else { return Ok(None) };
    let member = member(view, chat, user)?;
    Ok(Some(ChatAccess::of(row.record.chat, member)))
}

/// The chat as the user sees it.
pub(super) fn chat(view: &ChatsView<'_>, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<Chat>> {
    let Some(row) = chat_row(view, chat)? else { return Ok(None) };
    let member = member(view, chat, user)?;
    seen(view, row, user, member).map(Some)
}

/// Adds the parts of a chat that other tables hold: its last message and the viewer fields.
pub(super) fn seen(
    view: &ChatsView<'_>,
    row: ChatRow,
    user: &UserId,
    member: Option<MemberRecord>,
) -> rusqlite::Result<Chat> {
    let viewer = viewer(view, &row.record.chat, user, member)?;
    with_last_message(view, row, viewer)
}

/// The chat as the user sees it, with its last message.
pub(super) fn with_last_message(view: &ChatsView<'_>, row: ChatRow, viewer: Viewer) -> rusqlite::Result<Chat> {
    let chat = row.record.chat;
    let last_message = row.last_seq.map(|seq| message_at(view, &chat.id, seq));
    let last_message = last_message.transpose()?.flatten().map(Arc::new);
    Ok(Chat { last_message, viewer: Some(viewer), ..chat })
}

pub(super) fn last_message(view: &ChatsView<'_>, chat: &ChatId) -> rusqlite::Result<Option<Message>> {
    let last_seq = chat_row(view, chat)?.and_then(|row| row.last_seq);
    Ok(last_seq.map(|seq| message_at(view, chat, seq)).transpose()?.flatten())
}

/// The user's own view of a chat.
pub(super) fn viewer(
    view: &ChatsView<'_>,
    chat: &Chat,
    user: &UserId,
    member: Option<MemberRecord>,
) -> rusqlite::Result<Viewer> {
    let Some(member @ MemberRecord { role: Some(role), read_seq, mute, unread_from, .. }) = member else {
        return Ok(Viewer::newcomer(None, 0));
    };
    let from = member.unread_after();
    let unread_count = if chat.seq > from { unread(view, &chat.id, user, from)? } else { 0 };
    let mentions = || {
        let mut query = view.prepare_cached(MENTION_COUNT)?;
        query.query_row(params![user, chat.id, integer(from)], |row| number(row, 0))
    };
    // An edit may mention the user in a message that was already read.
    let mention_count = if chat.seq > from { mentions()? } else { 0 };
    let peer = if chat.kind == ChatKind::Direct { peer(view, &chat.id, user)? } else { None };
    let viewer = Viewer::newcomer(Some(role), read_seq).with_mute(mute);
    let viewer = Viewer { unread_count, mention_count, unread_from_seq: unread_from, peer, ..viewer };
    Ok(viewer.from_first(chat.first_seq))
}

fn peer(connection: &Connection, chat: &ChatId, user: &UserId) -> rusqlite::Result<Option<User>> {
    connection.prepare_cached(PEER)?.query_row(params![chat, user], rows::user).optional()
}

/// A page of chats as the asking user sees them. Chats with pending rows are looked up one by one, because the tables
/// do not have their latest activity.
pub(super) fn chats(view: &ChatsView<'_>, query: &ChatsQuery) -> rusqlite::Result<Page<Chat>> {
    let mut found = page(view, query)?;
    for chat in view.chats() {
        found.extend(one(view, query, &chat)?);
    }
    let is_active = Start::of(&query.from).is_active;
    found.sort_by(|one, other| {
        let one = &one.row.record.chat;
        let other = &other.row.record.chat;
        let by_activity = if is_active { Ordering::Equal } else { other.updated_at.cmp(&one.updated_at) };
        by_activity.then_with(|| one.id.cmp(&other.id))
    });
    let Page { items, more } = cut_page(found, query.limit);
    let items = items.into_iter().map(|found| seen(view, found.row, &query.user, found.member));
    Ok(Page { items: items.collect::<rusqlite::Result<_>>()?, more })
}

/// A chat in a list, and the asking user's membership of it.
struct ListedChat {
    row: ChatRow,
    member: Option<MemberRecord>,
}

impl ListedChat {
    fn read(view: &ChatsView<'_>, query: &ChatsQuery, row: &Row<'_>) -> rusqlite::Result<Self> {
        let mut columns = SqliteColumns::of(row);
        let found = rows::chat(&mut columns)?;
        let pending = view.pending(&found.record.chat.id);
        let member = match query.scope {
            ChatScope::Public => member(view, &found.record.chat.id, &query.user)?,
            ChatScope::Mine | ChatScope::Archived => {
                Some(with_marks(columns.member()?, pending.as_deref(), &query.user))
            }
        };
        Ok(ListedChat { row: with_pending(found, pending.as_deref()), member })
    }
}

/// The chats after the cursor that have no pending rows.
fn page(view: &ChatsView<'_>, query: &ChatsQuery) -> rusqlite::Result<Vec<ListedChat>> {
    let Start { is_active, at: before, after } = Start::of(&query.from);
    let search = query.search.as_deref().map(name_key);
    let pending = view.chats();
    let pending = SqliteJson(&pending);
    let now = query.now.to_string();
    let active = query.scope == ChatScope::Mine;
    let limit = one_more(query.limit);
    let read = |row: &Row<'_>| ListedChat::read(view, query, row);
    if query.scope == ChatScope::Public {
        let parameters = named_params! {
            ":user": query.user, ":now": now, ":search": search, ":pending": pending, ":before": before,
            ":after": after, ":limit": limit,
        };
        let mut statement = view.prepare_cached(if is_active { PUBLIC_ACTIVE } else { PUBLIC })?;
        return statement.query_map(parameters, read)?.collect();
    }
    let parameters = named_params! {
        ":user": query.user, ":active": active, ":search": search, ":pending": pending, ":before": before,
        ":after": after, ":limit": limit,
    };
    view.prepare_cached(if is_active { MINE_ACTIVE } else { MINE })?.query_map(parameters, read)?.collect()
}

/// A chat with pending rows, if it belongs to the list and is after the cursor.
fn one(view: &ChatsView<'_>, query: &ChatsQuery, chat: &ChatId) -> rusqlite::Result<Option<ListedChat>> {
    let search = query.search.as_deref().map(name_key);
    let now = query.now.to_string();
    let active = query.scope == ChatScope::Mine;
    let read = |row: &Row<'_>| ListedChat::read(view, query, row);
    let found = if query.scope == ChatScope::Public {
        let parameters = named_params! { ":user": query.user, ":now": now, ":search": search, ":chat": chat };
        view.prepare_cached(ONE_PUBLIC)?.query_row(parameters, read).optional()?
    } else {
        let parameters = named_params! { ":user": query.user, ":active": active, ":search": search, ":chat": chat };
        view.prepare_cached(ONE_OF_MINE)?.query_row(parameters, read).optional()?
    };
    let Start { is_active, at, after } = Start::of(&query.from);
    Ok(found.filter(|found| {
        let Chat { updated_at, id, .. } = &found.row.record.chat;
        let updated_at = updated_at.millis();
        let is_behind = **id > *after;
        if is_active { updated_at >= at && is_behind } else { updated_at < at || updated_at == at && is_behind }
    }))
}

/// The parameters for the start of a page.
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

/// Those of these users who share a chat with a user.
pub(super) fn contacts(connection: &Connection, user: &UserId, others: Vec<UserId>) -> rusqlite::Result<Vec<UserId>> {
    let mut statement = connection.prepare_cached(SHARES_CHAT)?;
    let mut found = vec![];
    for other in others {
        if statement.query_row([user, &other], |row| row.get(0))? {
            found.push(other);
        }
    }
    Ok(found)
}

/// A page of members, by id.
pub(super) fn members(
    view: &ChatsView<'_>,
    chat: &ChatId,
    after: Option<&UserId>,
    limit: usize,
) -> rusqlite::Result<Page<Member>> {
    let after = after.map_or("", |user| &**user);
    let mut statement = view.prepare_cached(MEMBERS)?;
    let found =
        statement.query_map(params![chat, after, one_more(limit)], |row| SqliteColumns::of(row).present_member())?;
    let mut items: Vec<Member> = found.collect::<rusqlite::Result<_>>()?;
    if let Some(pending) = view.pending(chat) {
        for member in &mut items {
            let Some(marks) = pending.marks.get(&member.user.id) else { continue };
            member.read_seq = marks.read;
            member.delivered_seq = marks.delivered;
        }
    }
    Ok(cut_page(items, limit))
}
