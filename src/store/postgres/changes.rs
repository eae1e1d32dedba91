//! Changes in a chat after a position.

use tokio_postgres::Row;

use super::chats::{SEEN, STANDING, seen, stands};
use super::error::PgError;
use super::marks::{self, FURTHEST};
use super::messages::{select_messages, select_run};
use super::rows::{self, Columns, member_columns, message_columns, user_columns};
use super::session::Pool;
use super::values::{integer, one_more};
use crate::domain::{ChatRecord, MemberRecord};
use crate::protocol::{ChatId, Mark, Seq, UserId};
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{Changes, MEMBERS_MOST, Page};
use crate::store::sql::SizedMessage;

/// Those as they were sent, by their place.
pub(super) const SENT: &str = select_run!("x.seq > $2 AND x.updated_seq = x.seq", "seq", "$3", "$4");

/// Those that were changed since they were sent, by the place of the change; from the index of these alone.
pub(super) const EDITED: &str = select_run!("x.updated_seq > $2 AND x.updated_seq > x.seq", "updated_seq", "$3", "$4");

/// The first members and one more, if membership has changed.
const MEMBERS: &str = concat!(
    "SELECT ",
    member_columns!(),
    ", ",
    user_columns!("u"),
    " FROM chats c JOIN members m ON m.chat_id = c.id JOIN users u ON u.id = m.user_id \
      WHERE c.id = $1 AND c.members_seq > $2 AND m.role IS NOT NULL ORDER BY m.user_id LIMIT $3"
);

/// The chat as it was looked at, and where the client is on its clock.
struct Position {
    record: ChatRecord,
    member: MemberRecord,
    after: Seq,
    reset: bool,
}

/// Nothing if there is no such chat or the user is not in it.
pub(super) async fn changes(
    readers: &Pool,
    chat: &ChatId,
    user: &UserId,
    after: Seq,
    limit: usize,
) -> Result<Option<Changes>, PgError> {
    loop {
        let most = marks::most();
        let [found, far] = readers.snapshot([(STANDING, &[chat, user]), (FURTHEST, &[chat, &most])]).await?;
        let Some(first) = position(found.first(), after)? else { return Ok(None) };
        if first.after == first.record.chat.seq {
            let marks = marks::marks(&far, user, &first.member)?;
            return Ok(Some(told(first, marks, PagePart::default())));
        }
        let from = integer(first.after);
        let bytes = integer(PAGE_BYTES as u64);
        let page = one_more(limit);
        let [standing, sent, edited, members, far, seen_by] = readers
            .snapshot([
                (STANDING, &[chat, user]),
                (SENT, &[chat, &from, &page, &bytes]),
                (EDITED, &[chat, &from, &page, &bytes]),
                (MEMBERS, &[chat, &from, &one_more(MEMBERS_MOST)]),
                (FURTHEST, &[chat, &most]),
                (SEEN, &[chat, user]),
            ])
            .await?;
        let Some(second) = position(standing.first(), after)? else { return Ok(None) };
        if second.after != first.after {
            // The chat was deleted and made again in between.
            continue;
        }
        let has_members = second.record.members_seq > second.after;
        let has_chat = second.record.changed_seq > second.after;
        let marks = marks::marks(&far, user, &second.member)?;
        let mut changes = told(second, marks, page_of(&sent, &edited, limit)?);
        if has_members {
            let first = members.iter().take(MEMBERS_MOST).map(|row| Columns::of(row).present());
            changes.members =
                Some(Page { items: first.collect::<Result<_, _>>()?, more: members.len() > MEMBERS_MOST });
        }
        changes.chat = seen_by.first().filter(|_| has_chat).map(seen).transpose()?;
        return Ok(Some(changes));
    }
}

fn position(row: Option<&Row>, after: Seq) -> Result<Option<Position>, PgError> {
    let Some(row) = row else { return Ok(None) };
    let (record, member) = stands(&mut Columns::of(row))?;
    let Some(member) = member.filter(|member| member.role.is_some()) else { return Ok(None) };
    let reset = after > record.chat.seq;
    Ok(Some(Position { record, member, after: if reset { 0 } else { after }, reset }))
}

fn told(position: Position, marks: Vec<Mark>, page: PagePart) -> Changes {
    let PagePart { messages, more } = page;
    let seq = match messages.last() {
        _ if !more => position.record.chat.seq,
        Some(message) => message.updated_seq,
        None => position.after,
    };
    Changes { seq, chat: None, members: None, marks, messages, more, reset: position.reset }
}

/// Both kinds of messages as one run, in the order of their latest change.
fn page_of(sent: &[Row], edited: &[Row], limit: usize) -> Result<PagePart, PgError> {
    let mut run: Vec<SizedMessage> = rows::messages(sent)?;
    run.extend(rows::messages(edited)?);
    run.sort_by_key(|row| row.message.updated_seq);
    Ok(MessageRun(run).cut(PAGE_BYTES, limit))
}
