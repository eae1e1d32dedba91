//! Changes in a chat after a position.

use rusqlite::params;

use super::chats::{chat_row, member, members, seen};
use super::marks::marks;
use super::rows::{self, select_messages};
use super::values::{integer, one_more};
use super::view::ChatsView;
use crate::protocol::{ChatId, Seq, UserId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{Changes, MEMBERS_MOST};
use crate::store::sql::SizedMessage;

/// Those as they were sent, by their place.
pub(super) const SENT: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.seq > ?2 AND m.updated_seq = m.seq ORDER BY m.seq LIMIT ?3"
);

/// Those that were changed since they were sent, by the place of the change; from the index of these alone.
pub(super) const EDITED: &str = concat!(
    select_messages!(),
    "WHERE m.chat_id = ?1 AND m.updated_seq > ?2 AND m.updated_seq > m.seq ORDER BY m.updated_seq LIMIT ?3"
);

/// Nothing if there is no such chat or the user is not in it.
pub(super) fn changes(
    view: &ChatsView<'_>,
    chat: &ChatId,
    user: &UserId,
    after: Seq,
    limit: usize,
) -> rusqlite::Result<Option<Changes>> {
    let Some(row) = chat_row(view, chat)? else { return Ok(None) };
    let Some(standing) = member(view, chat, user)?.filter(|member| member.role.is_some()) else {
        return Ok(None);
    };
    let clock = row.record.chat.seq;
    let reset = after > clock;
    let after = if reset { 0 } else { after };
    let (messages, more) = if after == clock { (vec![], false) } else { changed(view, chat, after, limit)? };
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
    let chat = match row.record.changed_seq > after {
        true => Some(seen(view, row, user, Some(standing))?),
        false => None,
    };
    Ok(Some(Changes { seq, chat, members, marks, messages, more, reset }))
}

/// Both kinds of messages as one run, in the order of their latest change. What is pending was sent after all others and
/// never changed.
fn changed(
    view: &ChatsView<'_>,
    chat: &ChatId,
    after: Seq,
    limit: usize,
) -> rusqlite::Result<(Vec<crate::protocol::Message>, bool)> {
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
    // One message over the limit of bytes is cut off again, unless it is alone: then whether more follow is open.
    let follows = run.len() == 1 && (sent.peek().is_some() || edited.peek().is_some());
    let PagePart { messages, more } = MessageRun(run).cut(PAGE_BYTES, limit);
    Ok((messages, more || follows))
}

fn place(row: &SizedMessage) -> Seq {
    row.message.updated_seq
}
