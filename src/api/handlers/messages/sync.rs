use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::sync_cursor::SyncCursor;
use crate::api::user_settings;
use crate::ops::collections::HashSet;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Chat, ChatId, ClientJson, Mark, Member, Message, PageLimit, Seq, StreamedMessage, User, Viewer};
use crate::store::repository::{ChangedUser, Page};

mod changed;

/// Approximate maximum size of a reply in bytes; clients ask again for the rest.
const REPLY_BYTES: usize = 512 << 10;
/// Bytes that the id of a pending chat takes in the reply.
const PENDING_BYTES: usize = 48;
/// Maximum number of chats in one command.
const CHATS: usize = 2000;
/// Number of unrequested chats that are read together.
const NEW_TOGETHER: usize = 200;
/// Maximum number of changed users in a reply.
const USERS: usize = 500;

/// Gets the changes since the given positions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sync {
    /// The last `seq` you have seen of each chat you know; at most 2,000 chats.
    chats: BTreeMap<String, Seq>,
    /// The latest `cursor` you received; the reply then includes the users and settings that changed since.
    cursor: Option<String>,
    /// Maximum number of messages per chat: 1 to 200, by default 200.
    limit: Option<PageLimit>,
}

/// Changes since the given positions.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "SYNCED", rename_all = "camelCase")]
pub struct Synced {
    /// The requested chats.
    chats: Vec<SyncedChat>,
    /// Your chats that were not in the request.
    new_chats: Vec<NewSyncedChat>,
    /// Requested chats that you are not a member of.
    removed_chat_ids: Vec<String>,
    /// Chats that did not fit into this reply, requested or not: request these next, from the positions you have or
    /// from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<ChatId>,
    /// Send this with the next SYNC.
    cursor: String,
    /// You, and the users who share a chat with you, if their profiles changed since your cursor; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<SyncedUser>>,
    /// Your settings, if they changed since your cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<ClientJson>,
}

/// A user whose profile changed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncedUser {
    /// The user as they are now.
    #[serde(flatten)]
    user: User,
    /// True if the account was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<bool>,
}

/// A chat that was not in the request.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewSyncedChat {
    /// The chat.
    #[serde(flatten)]
    chat: Chat,
    /// Messages being streamed.
    streams: Vec<StreamedMessage>,
}

/// Changes in one chat.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SyncedChat {
    /// The chat.
    chat_id: ChatId,
    /// The position that this reply brings you to.
    seq: Seq,
    /// The chat, if anything but messages changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    chat: Option<Chat>,
    /// Your own view of the chat: role, unread counts, read position and mute.
    viewer: Viewer,
    /// All members, if membership changed; the first 200 if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<Member>>,
    /// True if there are more members; GET_MEMBERS has all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    members_truncated: Option<bool>,
    /// Positions of the members.
    marks: Vec<Mark>,
    /// Messages being streamed.
    streams: Vec<StreamedMessage>,
    /// Messages changed since then, in the order of their latest change.
    messages: Vec<Message>,
    /// True if there is more: request it from `seq`.
    more: bool,
    /// Retention removed every message below this `seq`: discard yours.
    #[serde(skip_serializing_if = "Option::is_none")]
    trimmed_before: Option<Seq>,
    /// True if your position was beyond the chat's: discard your copy of the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    reset: Option<bool>,
}

impl Command for Sync {
    const NAME: &'static str = "SYNC";
    const SUMMARY: &'static str =
        "Catches up after a reconnect: gets everything that has changed since the given positions.";
    const ACCESS: Access = Access::READ;
    const REPEATABLE: Repeatable = Repeatable::Always;
    const EXAMPLE: &'static str = r#"{"chats":{"018f2b6e-6a00-7000-8000-000000000001":12}}"#;
    type Reply = Synced;

    fn cost(&self) -> u32 {
        1 + u32::try_from(self.chats.len() / 50).unwrap_or(u32::MAX)
    }

    async fn run(self, context: &Context) -> Result<Response<Self::Reply>> {
        if self.chats.len() > CHATS {
            let sentence = format!("at most {CHATS} chats in one SYNC; send several");
            return Err(Error::new(Code::TooLarge, sentence).at("chats"));
        }
        let limit = self.limit.map_or(PageLimit::MAX, PageLimit::get);
        let repository = &context.services.repository;
        let since = self.cursor.as_deref().map(SyncCursor::parse).transpose()?;
        // Read first, so that it is not later than the state that it stands for.
        let now = SyncCursor::now(&context.services, &context.user()?.id).await?;
        // One query tells which of the requested chats need looking up at all.
        let own = repository.memberships(&context.user()?.id).await?;
        let mut synced = Synced {
            chats: vec![],
            new_chats: vec![],
            removed_chat_ids: vec![],
            pending: vec![],
            cursor: now.text(),
            users: None,
            settings: None,
        };
        let mut room = REPLY_BYTES.saturating_sub(own.len() * PENDING_BYTES).max(REPLY_BYTES / 4);
        let members: HashSet<&str> = own.iter().map(|id| &**id).collect();
        let (known, gone) = self.chats.iter().partition::<Vec<_>, _>(|(id, _)| members.contains(id.as_str()));
        synced.removed_chat_ids.extend(gone.into_iter().map(|(id, _)| id.clone()));
        let positions =
            known.into_iter().map(|(id, after)| changed::position(context, ChatId::from(id.as_str()), *after));
        let positions = positions.collect::<Result<_>>()?;
        synced.add_changed(context, positions, limit, &mut room).await?;
        let streams = &context.services.features.streams;
        streams.fetch(synced.chats.iter().map(|chat| &chat.chat_id)).await;
        for chat in &mut synced.chats {
            chat.streams = streams.running(&chat.chat_id);
        }
        synced.add_new(context, own.iter().filter(|id| !self.chats.contains_key(&***id)), room).await?;
        if let Some(since) = since {
            synced.add_users(context, since, now, own.first()).await?;
            if since.settings != now.settings {
                synced.settings = Some(user_settings::read(&context.services, &context.user()?.id).await?.0);
            }
        }
        Ok(Response::reply(synced))
    }
}

impl Synced {
    /// Adds chats that were not requested, as far as there is room.
    async fn add_new(&mut self, context: &Context, ids: impl Iterator<Item = &ChatId>, mut room: usize) -> Result<()> {
        let user = &context.user()?.id;
        let ids: Vec<ChatId> = ids.cloned().collect();
        for part in ids.chunks(NEW_TOGETHER) {
            let found = if room == 0 { vec![] } else { context.services.repository.chats_by_id(user, part).await? };
            for (id, chat) in part.iter().zip(found.into_iter().map(Some).chain(std::iter::repeat(None))) {
                match chat {
                    Some(Some(chat)) if room > 0 => {
                        let chat = chat_access::with_viewer_state(context, chat).await?;
                        room = room.saturating_sub(size(&chat)?);
                        self.new_chats.push(NewSyncedChat { chat, streams: vec![] });
                    }
                    Some(None) => {}
                    _ => self.pending.push(id.clone()),
                }
            }
        }
        let streams = &context.services.features.streams;
        streams.fetch(self.new_chats.iter().map(|new| &new.chat.id)).await;
        for new in &mut self.new_chats {
            new.streams = streams.running(&new.chat.id);
        }
        Ok(())
    }

    /// Adds the users whose profiles changed. If there are too many, a pending chat makes the client send another SYNC,
    /// which returns the rest.
    async fn add_users(
        &mut self,
        context: &Context,
        since: SyncCursor,
        now: SyncCursor,
        any: Option<&ChatId>,
    ) -> Result<()> {
        let services = &context.services;
        let user = &context.user()?.id;
        let Page { items, more } = services.repository.changed_users(user, since.since(), USERS).await?;
        if let (true, Some(last), Some(any)) = (more, items.last(), any) {
            self.cursor = now.up_to(last.changed_at).text();
            if !self.pending.contains(any) {
                self.pending.push(any.clone());
            }
        }
        let told = |ChangedUser { user, is_deleted, .. }| SyncedUser {
            user: services.with_presence(user),
            deleted: is_deleted.then_some(true),
        };
        self.users = Some(items.into_iter().map(told).collect());
        Ok(())
    }
}

/// Bytes of a value as JSON.
fn size(value: &impl Serialize) -> Result<usize> {
    serde_json::to_vec(value).map(|text| text.len()).map_err(Error::internal)
}
