//! Changes in the requested chats, read together.

use std::collections::VecDeque;

use super::{Synced, SyncedChat, size};
use crate::api::chat_access;
use crate::api::context::Context;
use crate::api::handlers::messages::reactions;
use crate::api::reply_budget::{self, REPLY_BYTES};
use crate::ops::collections::HashMap;
use crate::ops::fault::{self, Fault};
use crate::protocol::error::Result;
use crate::protocol::{ChatId, Member, Seq, Viewer};
use crate::store::repository::{Changes, ChatPosition, SyncQuery};

/// Attempts to read a chat while no change is committed in it.
const ATTEMPTS: usize = 4;

impl Synced {
    /// Adds the requested chats that fit. All are read at once; those in which a change was committed during the reads
    /// are read again.
    pub(super) async fn add_changed(
        &mut self,
        context: &Context,
        mut positions: Vec<ChatPosition>,
        limit: usize,
        room: &mut usize,
    ) -> Result<()> {
        let repository = &context.services.repository;
        for attempt in 1..=ATTEMPTS {
            if positions.is_empty() {
                break;
            }
            let asked = std::mem::take(&mut positions);
            let mut found = self.read(context, asked, limit, room).await?;
            // The caller's counts may be newer than the changes. They would include a change committed in between,
            // which the client would count again when its event arrives.
            let whole: Vec<ChatId> =
                found.iter().filter(|read| !read.synced.more).map(|read| read.synced.chat_id.clone()).collect();
            let heads = if whole.is_empty() { vec![] } else { repository.heads(&whole).await? };
            let heads: HashMap<ChatId, Option<Seq>> = whole.into_iter().zip(heads).collect();
            for ReadChat { position, mut synced, bytes } in found.drain(..) {
                let is_current = heads.get(&synced.chat_id).is_none_or(|head| *head == Some(synced.seq));
                if !is_current && attempt < ATTEMPTS {
                    *room += bytes;
                    positions.push(position);
                    continue;
                }
                // If a chat is busy all the time, the client requests the rest later.
                synced.more |= !is_current || (position.after == synced.seq && fault::is(Fault::EndlessSync));
                // Marks sent during the reads have reached the client before this reply.
                let receipts = &context.services.receipts;
                receipts.ahead_of(&synced.chat_id, &mut synced.marks);
                receipts.members_ahead_of(&synced.chat_id, synced.members.as_deref_mut().unwrap_or_default());
                self.chats.push(synced);
            }
        }
        self.chats.sort_by(|one, other| one.chat_id.cmp(&other.chat_id));
        self.removed_chat_ids.sort();
        self.pending.sort();
        Ok(())
    }

    /// Reads changes of chats until the reply is full; the other chats are pending.
    async fn read(
        &mut self,
        context: &Context,
        positions: Vec<ChatPosition>,
        limit: usize,
        room: &mut usize,
    ) -> Result<Vec<ReadChat>> {
        let mut positions = VecDeque::from(positions);
        let mut read = vec![];
        while *room > 0 && !positions.is_empty() {
            let query = SyncQuery {
                user: context.user()?.id.clone(),
                chats: positions.iter().cloned().collect(),
                limit,
                bytes: *room,
            };
            let mut found = context.services.repository.sync(&query).await?;
            let messages = found.iter_mut().flatten().flat_map(|changes| &mut changes.messages);
            reactions::mark_own_reactions(context, messages).await?;
            for changes in found {
                let Some(position) = positions.front().filter(|_| *room > 0) else { break };
                let Some(mut changes) = changes else {
                    self.removed_chat_ids.push(position.chat.to_string());
                    positions.pop_front();
                    continue;
                };
                let around = cut_members(&mut changes)?;
                // The first chat is told of in any case, so that the client gets on.
                if !read.is_empty() && around > *room {
                    *room = 0;
                    break;
                }
                cut(&mut changes, room.saturating_sub(around))?;
                let synced = SyncedChat::new(context, &position.chat, changes).await?;
                let bytes = size(&synced)?.min(*room);
                *room -= bytes;
                read.extend(positions.pop_front().map(|position| ReadChat { position, synced, bytes }));
            }
        }
        self.pending.extend(positions.into_iter().map(|position| position.chat));
        Ok(read)
    }
}

/// A chat that was read, and its size in the reply in bytes.
struct ReadChat {
    position: ChatPosition,
    synced: SyncedChat,
    bytes: usize,
}

/// The caller's position in a chat. The read position may not be in the store yet.
pub(super) fn position(context: &Context, chat: ChatId, after: Seq) -> Result<ChatPosition> {
    let after = after + u64::from(fault::is(Fault::CursorOffByOne) && after > 0);
    let read = context.services.receipts.read_ahead(&chat, &context.user()?.id).unwrap_or(0);
    Ok(ChatPosition { chat, after, read })
}

impl SyncedChat {
    async fn new(context: &Context, id: &ChatId, changes: Changes) -> Result<Self> {
        let Changes { seq, viewer, chat, members, mut marks, messages, more, reset, .. } = changes;
        let chat_id = id.clone();
        let services = &context.services;
        let chat = match chat {
            Some(chat) => Some(chat_access::with_viewer_state(context, chat).await?),
            None => None,
        };
        let members_truncated = members.as_ref().is_some_and(|members| members.more).then_some(true);
        let mut members = members.map(|members| -> Vec<Member> {
            let present = |member: Member| Member { user: services.with_presence(member.user), ..member };
            members.items.into_iter().map(present).collect()
        });
        services.receipts.ahead_of(&chat_id, &mut marks);
        let viewer = current(context, &chat_id, viewer).await?;
        services.receipts.members_ahead_of(&chat_id, members.as_deref_mut().unwrap_or_default());
        if let Some(connection) = &context.connection {
            connection.outbox.forget_gap(&chat_id);
            let user = &context.user()?.id;
            let last = messages.iter().filter(|message| message.sender.id != *user).map(|message| message.seq).max();
            if let Some(last) = last {
                services.receipts.answers(connection, &chat_id, user, last);
            }
        }
        Ok(SyncedChat {
            chat_id,
            seq,
            // A trim changes the chat, so the chat is in the reply whenever this field is.
            trimmed_before: chat.as_ref().map(|chat| chat.first_seq).filter(|first| *first > 1),
            chat,
            viewer,
            members,
            members_truncated,
            marks,
            streams: vec![],
            messages,
            more,
            digest: None,
            reset: reset.then_some(true),
        })
    }
}

/// The chat's viewer fields, counted from the caller's read position, which may have moved during the read.
async fn current(context: &Context, chat: &ChatId, viewer: Viewer) -> Result<Viewer> {
    let services = &context.services;
    let user = &context.user()?.id;
    let ahead = services.receipts.read_ahead(chat, user).filter(|ahead| *ahead > viewer.read_seq);
    let viewer = match ahead {
        Some(read_seq) => services.repository.viewer(chat, user, read_seq).await?.unwrap_or(viewer),
        None => viewer,
    };
    Ok(Viewer { peer: None, ..viewer.at(services.clock.look()) })
}

/// Cuts the members to half of a reply, and returns the bytes of what a chat has beside its messages.
fn cut_members(changes: &mut Changes) -> Result<usize> {
    if let Some(members) = &mut changes.members {
        let fitting = reply_budget::fitting_in(REPLY_BYTES / 2, &members.items)?;
        members.more |= fitting < members.items.len();
        members.items.truncate(fitting);
    }
    let members = changes.members.as_ref().map(|members| size(&members.items)).transpose()?.unwrap_or(0);
    Ok(members + size(&changes.chat)? + size(&changes.marks)?)
}

/// Cuts the messages to about this many bytes. The position is then that of the last message left.
fn cut(changes: &mut Changes, room: usize) -> Result<()> {
    let mut left = room;
    for place in 0..changes.messages.len() {
        let bytes = size(&changes.messages[place])?;
        if place > 0 && bytes > left {
            changes.messages.truncate(place);
            changes.seq = changes.messages.last().map_or(changes.seq, |message| message.updated_seq);
            changes.more = true;
            break;
        }
        left = left.saturating_sub(bytes);
    }
    Ok(())
}
