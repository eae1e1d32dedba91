//! Changes in a chat after a position.

use std::collections::HashMap;

use futures_util::future::try_join_all;
use futures_util::try_join;
use tokio_postgres::Row;

use super::chats::{SEEN_BY_ID, SeenChat, seen_chat};
use super::error::PgError;
use super::marks;
use super::messages::{select_messages, select_run};
use super::rows::{self, PgColumns, sized_message_columns};
use super::session::{Parameters, PgSnapshot, Pool};
use super::values::{integer, one_more};
use crate::protocol::{Chat, ChatId, Mark, Member, Seq, UserId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{Changes, ChatPosition, MEMBERS_MOST, Page, SyncQuery};
use crate::store::sql::SizedMessage;
use crate::store::sql::columns::{SqlColumns, member_columns, user_columns};
use crate::store::sql::page::page as cut_page;
use crate::store::sql::records::SqlRecords;

/// Unchanged messages, by position.
pub(super) const SENT: &str = select_run!("x.seq > $2 AND x.updated_seq = x.seq", "seq", "$3", "$4");

/// Messages changed since they were sent, by the position of the change; uses the index of these messages alone.
pub(super) const EDITED: &str = select_run!("x.updated_seq > $2 AND x.updated_seq > x.seq", "updated_seq", "$3", "$4");

/// The first members and one more, if membership has changed.
const MEMBERS: &str = concat!(
    "SELECT ",
    member_columns!("m"),
    ", ",
    user_columns!("u"),
    " FROM chats c JOIN members m ON m.chat_id = c.id JOIN users u ON u.id = m.user_id \
      WHERE c.id = $1 AND c.members_seq > $2 AND m.role IS NOT NULL ORDER BY m.user_id LIMIT $3"
);

/// The members of several chats who have read furthest.
pub(super) const FURTHEST_BY_ID: &str = "SELECT w.id, m.user_id, m.read_seq, m.delivered_seq \
    FROM unnest($1::text[]) AS w (id) CROSS JOIN LATERAL (SELECT k.user_id, k.read_seq, k.delivered_seq FROM members k \
    WHERE k.chat_id = w.id AND k.role IS NOT NULL ORDER BY k.read_seq DESC LIMIT $2) m";

/// Maximum number of chats looked up together. Each has its last message, which may be long.
const LOOKED_UP: usize = 128;
/// Maximum number of chats whose messages are read together. Each has up to a page of them.
const READ: usize = 8;

/// The changes in each of the chats, until the byte limit is reached; read in one snapshot with pipelined queries.
pub(super) async fn sync(readers: &Pool, query: &SyncQuery) -> Result<Vec<Option<Changes>>, PgError> {
    match sync_once(readers, query).await {
        Err(PgError::Cut(_)) => sync_once(readers, query).await,
        found => found,
    }
}

async fn sync_once(readers: &Pool, query: &SyncQuery) -> Result<Vec<Option<Changes>>, PgError> {
    let snapshot = readers.begin_snapshot().await?;
    let mut found = vec![];
    let mut bytes = 0;
    for group in query.chats.chunks(LOOKED_UP) {
        let mut standing = look_up(&snapshot, &query.user, group).await?;
        for part in group.chunks(READ) {
            let read = part.iter().map(|position| {
                let standing = standing.remove(&position.chat);
                let snapshot = &snapshot;
                async move {
                    match standing {
                        Some(standing) => changes(snapshot, standing, position.after, query).await.map(Some),
                        None => Ok(None),
                    }
                }
            });
            for changes in try_join_all(read.collect::<Vec<_>>()).await? {
                if bytes < query.bytes {
                    bytes += changes.as_ref().map_or(0, Changes::bytes);
                    found.push(changes);
                }
            }
            if bytes >= query.bytes {
                snapshot.end().await?;
                return Ok(found);
            }
        }
    }
    snapshot.end().await?;
    Ok(found)
}

/// A chat that the user is in, and its marks.
struct Standing {
    chat: SeenChat,
    marks: Vec<Mark>,
}

/// The chats among these that the user is in.
async fn look_up(
    snapshot: &PgSnapshot,
    user: &UserId,
    positions: &[ChatPosition],
) -> Result<HashMap<ChatId, Standing>, PgError> {
    let chats: Vec<&ChatId> = positions.iter().map(|position| &position.chat).collect();
    let read: Vec<i64> = positions.iter().map(|position| integer(position.read)).collect();
    let max = marks::most();
    let seen: Parameters<'_> = &[&chats, user, &read];
    let far: Parameters<'_> = &[&chats, &max];
    let (seen, far) = try_join!(snapshot.ask(SEEN_BY_ID, seen), snapshot.ask(FURTHEST_BY_ID, far))?;
    let mut found = HashMap::new();
    for row in &seen {
        let chat = seen_chat(row)?;
        if chat.member.as_ref().is_some_and(|member| member.role.is_some()) {
            found.insert(chat.record.chat.id.clone(), Standing { chat, marks: vec![] });
        }
    }
    for row in &far {
        let mut columns = PgColumns::of(row);
        if let Some(standing) = found.get_mut(&columns.get::<ChatId>()?) {
            standing.marks.push(columns.mark()?);
        }
    }
    for Standing { chat, marks } in found.values_mut() {
        marks::with_own(marks, user, chat.member.as_ref());
    }
    Ok(found)
}

async fn changes(snapshot: &PgSnapshot, standing: Standing, after: Seq, query: &SyncQuery) -> Result<Changes, PgError> {
    let Standing { chat: SeenChat { record, viewer, .. }, marks } = standing;
    let chat = record.chat;
    let clock = chat.seq;
    let reset = after > clock;
    let after = if reset { 0 } else { after };
    let page = if after == clock { PagePart::default() } else { page(snapshot, &chat.id, after, query.limit).await? };
    let PagePart { messages, more, bytes: message_bytes } = page;
    let seq = match messages.last() {
        _ if !more => clock,
        Some(message) => message.updated_seq,
        None => after,
    };
    let members = match record.members_seq > after {
        true => Some(members(snapshot, &chat.id, after).await?),
        false => None,
    };
    let chat = (record.changed_seq > after).then(|| Chat { viewer: Some(viewer.clone()), ..chat });
    Ok(Changes { seq, viewer, chat, members, marks, messages, more, reset, message_bytes })
}

async fn page(snapshot: &PgSnapshot, chat: &ChatId, after: Seq, limit: usize) -> Result<PagePart, PgError> {
    let from = integer(after);
    let max = one_more(limit);
    let bytes = integer(PAGE_BYTES as u64);
    let values: Parameters<'_> = &[chat, &from, &max, &bytes];
    let (sent, edited) = try_join!(snapshot.ask(SENT, values), snapshot.ask(EDITED, values))?;
    page_of(&sent, &edited, limit)
}

async fn members(snapshot: &PgSnapshot, chat: &ChatId, after: Seq) -> Result<Page<Member>, PgError> {
    let rows = snapshot.ask(MEMBERS, &[chat, &integer(after), &one_more(MEMBERS_MOST)]).await?;
    let members = rows.iter().map(|row| PgColumns::of(row).present_member()).collect::<Result<_, _>>()?;
    Ok(cut_page(members, MEMBERS_MOST))
}

/// Both kinds of messages as one run, in the order of their latest change.
fn page_of(sent: &[Row], edited: &[Row], limit: usize) -> Result<PagePart, PgError> {
    let mut run: Vec<SizedMessage> = rows::messages(sent)?;
    run.extend(rows::messages(edited)?);
    run.sort_by_key(|row| row.message.updated_seq);
    Ok(MessageRun(run).cut(PAGE_BYTES, limit))
}
