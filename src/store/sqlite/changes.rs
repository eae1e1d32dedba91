//! Changes in a chat after a position.

use rusqlite::params;

use super::chats::{chat_row, member, members, viewer, with_last_message};
use super::marks::marks;
use super::rows::{self, select_messages};
use super::values::{integer, one_more};
use super::view::ChatsView;
use crate::domain::MemberRecord;
use crate::protocol::{ChatId, Seq, UserId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{Changes, ChatPosition, MEMBERS_MOST, SyncQuery};
use crate::store::sql::SizedMessage;

/// Unchanged messages, by position.
pub(super) const SENT: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.seq > ?2 AND m.updated_seq = m.seq ORDER BY m.seq LIMIT ?3"
);

/// Messages changed since they were sent, by the position of the change; uses the index of these messages alone.
pub(super) const EDITED: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.updated_seq > ?2 AND m.updated_seq > m.seq ORDER BY m.updated_seq LIMIT ?3"
);

/// The changes in each of the chats, until the byte limit is reached.
pub(super) fn sync(view: &ChatsView<'_>, query: &SyncQuery) -> rusqlite::Result<Vec<Option<Changes>>> {
    let mut found = vec![];
    let mut bytes = 0;
    for position in &query.chats {
        let changes = changes(view, position, &query.user, query.limit)?;
        bytes += changes.as_ref().map_or(0, Changes::bytes);
        found.push(changes);
        if bytes >= query.bytes {
            break;
        }
    }
    Ok(found)
}

/// None if the chat does not exist or the user is not a member.
fn changes(
    view: &ChatsView<'_>,
    position: &ChatPosition,
    user: &UserId,
    limit: usize,
) -> rusqlite::Result<Option<Changes>> {
    let ChatPosition { chat, after, read } = position;
    let Some(row) = chat_row(view, chat)? else { return Ok(None) };
    let Some(standing) = member(view, chat, user)?.filter(|member| member.role.is_some()) else {
        return Ok(None);
    };
    let clock = row.record.chat.seq;
    let reset = *after > clock;
    let after = if reset { 0 } else { *after };
    let page = if after == clock { PagePart::default() } else { changed(view, chat, after, limit)? };
    let PagePart { messages, more, bytes: message_bytes } = page;
    let seq = match messages.last() {
        _ if !more => clock,
        Some(message) => message.updated_seq,
        None => after,
    };
    let members = match row.record.members_seq > after {
        true => Some(members(view, chat, None, MEMBERS_MOST)?),
        false => None,
    };
    let marks = marks(view, chat, user, &standing)?;
    let standing = MemberRecord { read_seq: standing.read_seq.max((*read).min(clock)), ..standing };
    let viewer = viewer(view, &row.record.chat, user, Some(standing))?;
    let chat = match row.record.changed_seq > after {
        true => Some(with_last_message(view, row, viewer.clone())?),
        false => None,
    };
    Ok(Some(Changes { seq, viewer, chat, members, marks, messages, more, reset, message_bytes }))
}

/// Both kinds of messages as one run, in the order of their latest change. Pending messages were sent after all others
/// and have never changed.
fn changed(view: &ChatsView<'_>, chat: &ChatId, after: Seq, limit: usize) -> rusqlite::Result<PagePart> {
    let parameters = params![chat, integer(after), one_more(limit)];
    let mut sent = view.prepare_cached(SENT)?;
    let mut edited = view.prepare_cached(EDITED)?;
    let pending = view.after(chat, after).into_iter().map(|pending| view.read(&pending.message));
    let mut sent = sent.query_map(parameters, rows::message)?.chain(pending).peekable();
    let mut edited = edited.query_map(parameters, rows::message)?.peekable();
    let mut run = vec![];
    let mut bytes = 0;
    while run.len() <= limit && bytes <= PAGE_BYTES {
        let next = match (sent.peek(), edited.peek()) {
            (Some(Ok(first)), Some(Ok(second))) if place(second) < place(first) => edited.next(),
            (None, _) => edited.next(),
            _ => sent.next(),
        };
        let Some(row) = next.transpose()? else { break };
        bytes += row.bytes;
        run.push(row);
    }
    // A message that exceeds the byte limit is cut off, unless it is the only one: then it must be checked whether more
    // follow.
    let follows = run.len() == 1 && (sent.peek().is_some() || edited.peek().is_some());
    let page = MessageRun(run).cut(PAGE_BYTES, limit);
    Ok(PagePart { more: page.more || follows, ..page })
}

fn place(row: &SizedMessage) -> Seq {
    row.message.updated_seq
}
