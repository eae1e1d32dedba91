//! Changes in many chats, with few requests for chats without changes.

use std::collections::HashMap;

use azure_data_cosmos::Query;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;

use super::chats::ChatView;
use super::documents::MessageDocument;
use super::partition::LOOKED_UP;
use super::query::{CosmosQuery, of_chats};
use super::{CONCURRENT, Store, queries};
use crate::domain::MemberRecord;
use crate::protocol::{Chat, ChatId, Mark, Seq, UserId};
use crate::store::error::Result;
use crate::store::page::{MessageRun, PAGE_BYTES, PagePart};
use crate::store::repository::{Changes, ChatPosition, MARKS_MOST, MEMBERS_MOST, SyncQuery};

/// Maximum number of members whose marks are read with one request.
const MARKS_TOGETHER: u64 = 2000;

/// The mark of a member in one of several chats.
#[derive(Deserialize)]
struct ChatMark {
    chat: ChatId,
    #[serde(flatten)]
    mark: Mark,
}

/// A chat being synchronised.
struct SyncedView {
    seen: ChatView,
    marks: Option<Vec<Mark>>,
}

impl Store {
    pub(super) async fn sync(&self, query: &SyncQuery) -> Result<Vec<Option<Changes>>> {
        let mut found = vec![];
        let mut bytes = 0;
        for group in query.chats.chunks(LOOKED_UP) {
            let mut views = self.views(group, &query.user).await?;
            let read = group.iter().map(|position| {
                let view = views.remove(&position.chat);
                async move {
                    match view {
                        Some(view) => self.changes_in(view, position, query).await,
                        None => Ok(None),
                    }
                }
            });
            let mut read = stream::iter(read.collect::<Vec<_>>()).buffered(CONCURRENT);
            while let Some(changes) = read.try_next().await? {
                bytes += changes.as_ref().map_or(0, Changes::bytes);
                found.push(changes);
                if bytes >= query.bytes {
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }

    /// The chats that the user is in, with the marks of those that have few members.
    async fn views(&self, group: &[ChatPosition], user: &UserId) -> Result<HashMap<ChatId, SyncedView>> {
        let chats: Vec<ChatId> = group.iter().map(|position| position.chat.clone()).collect();
        let mut seen = self.seen_by_id(&chats, user, "sync").await?;
        seen.retain(|_, (_, member)| member.as_ref().is_some_and(|member| member.role.is_some()));
        let mut marks = self.marks_by_id(&seen).await?;
        let view = |(chat, seen): (ChatId, ChatView)| {
            let marks = marks.remove(&chat);
            (chat, SyncedView { seen, marks })
        };
        Ok(seen.into_iter().map(view).collect())
    }

    /// The marks in the chats that have few members, if there are several such chats.
    async fn marks_by_id(&self, seen: &HashMap<ChatId, ChatView>) -> Result<HashMap<ChatId, Vec<Mark>>> {
        let mut found = HashMap::new();
        if seen.len() <= super::partition::FEW {
            return Ok(found);
        }
        let mut part: Vec<&str> = vec![];
        let mut members = 0;
        for (chat, (head, _)) in seen {
            let count = head.chat.as_ref().map_or(0, |chat| chat.member_count);
            if count > MARKS_MOST as u64 {
                continue;
            }
            if members + count > MARKS_TOGETHER {
                self.read_marks(&std::mem::take(&mut part), &mut found).await?;
                members = 0;
            }
            part.push(chat);
            members += count;
        }
        self.read_marks(&part, &mut found).await?;
        Ok(found)
    }

    async fn read_marks(&self, chats: &[&str], found: &mut HashMap<ChatId, Vec<Mark>>) -> Result<()> {
        if chats.is_empty() {
            return Ok(());
        }
        let question = of_chats(queries::MARKS_OF_CHATS, chats)?;
        let marks: Vec<ChatMark> = self.messages.query_all(question.0, "sync").await?;
        for ChatMark { chat, mark } in marks {
            found.entry(chat).or_default().push(mark);
        }
        for marks in found.values_mut() {
            marks.sort_by_key(|mark| std::cmp::Reverse(mark.read_seq));
        }
        Ok(())
    }

    async fn changes_in(
        &self,
        view: SyncedView,
        position: &ChatPosition,
        query: &SyncQuery,
    ) -> Result<Option<Changes>> {
        let ChatPosition { chat, after, read } = position;
        let SyncedView { seen: (head, Some(member)), marks } = view else { return Ok(None) };
        let Some(record) = head.chat.clone() else { return Ok(None) };
        let clock = head.seq;
        let reset = *after > clock;
        let after = if reset { 0 } else { *after };
        let PagePart { messages, more, bytes: message_bytes } = self.changed(chat, after, clock, query.limit).await?;
        let seq = match messages.last() {
            _ if !more => clock,
            // Changes since the head was read are included; their events are still to come.
            Some(message) => message.updated_seq.min(clock),
            None => after,
        };
        let members = match head.members_seq > after {
            true => Some(self.members_page(chat, None, MEMBERS_MOST).await?),
            false => None,
        };
        let marks = match marks {
            Some(marks) => marks,
            None => self.marks(chat, &query.user, &member).await?,
        };
        let member = MemberRecord { read_seq: member.read_seq.max((*read).min(clock)), ..member };
        let viewer = self.viewer(&record, head.counts(), &query.user, Some(member)).await?;
        let chat = match head.changed_seq > after {
            true => {
                let last_message = self.last_message(&head).await?.map(Box::new);
                Some(Chat { last_message, viewer: Some(viewer.clone()), ..record })
            }
            false => None,
        };
        Ok(Some(Changes { seq, viewer, chat, members, marks, messages, more, reset, message_bytes }))
    }

    /// Messages by their latest change, between two positions.
    async fn changed(&self, chat: &ChatId, after: Seq, clock: Seq, limit: usize) -> Result<PagePart> {
        if after == clock {
            return Ok(PagePart::default());
        }
        let question = CosmosQuery(Query::from(queries::CHANGED)).with("@after", after)?.with("@clock", clock)?;
        let question = question.with("@top", limit.saturating_add(1))?;
        let enough = |found: &[MessageDocument]| {
            found.iter().map(MessageDocument::bytes).sum::<usize>() > PAGE_BYTES && found.len() > 1
        };
        let page =
            MessageRun(self.messages.query_until(chat, question.0, "sync", enough).await?).cut(PAGE_BYTES, limit);
        Ok(PagePart { messages: self.named(page.messages).await?, ..page })
    }
}
