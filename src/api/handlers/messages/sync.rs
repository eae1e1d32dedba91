use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use tokio::sync::OwnedSemaphorePermit;

use crate::api::chat_access;
use crate::api::command::{Access, Command, Repeatable, Response};
use crate::api::context::Context;
use crate::api::digests::DIGEST_COST;
use crate::api::quota_checks;
use crate::api::quotas::Quotas;
use crate::api::reply_budget::{self, REPLY_BYTES, size};
use crate::api::sync_cursor::SyncCursor;
use crate::api::user_settings;
use crate::ops::collections::HashSet;
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{Chat, ChatId, ClientJson, Mark, Member, Message, PageLimit, Seq, StreamedMessage, User, Viewer};
use crate::store::repository::{ChangedUser, Page};

mod changed;
mod digests;
mod streams;

use digests::DIGEST_BYTES;

/// Bytes of the reply that the id of a pending chat takes.
const PENDING_BYTES: usize = 48;
/// Maximum number of chats in one command.
const CHATS: usize = 2000;
/// Number of unrequested chats that are read together.
const NEW_TOGETHER: usize = 200;
/// Chats that were not requested and are paid for: about as many as fit into a reply.
const NEW_MOST: usize = 1500;
/// Reads of the caller's chats while the caller leaves and joins some.
const ATTEMPTS: usize = 4;
/// Maximum number of changed users in a reply.
const USERS: usize = 500;

/// Gets the changes since the given positions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sync {
    /// The last `seq` you have seen of each chat you know; at most 2,000 chats.
    #[serde(deserialize_with = "positions")]
    chats: BTreeMap<String, Seq>,
    /// The latest `cursor` you received; the reply then includes the users and settings that changed since.
    cursor: Option<String>,
    /// Maximum number of messages per chat: 1 to 200, by default 200.
    limit: Option<PageLimit>,
    /// True to include the digest of each requested chat that the reply brings up to date, as far as your budget reaches: it
    /// costs as much as 10 commands, and each digest beyond the first that has to be computed 10 more, plus one per 1,000
    /// changes. A chat with more than 20,000 changes has none.
    #[serde(default)]
    digest: bool,
}

/// Reads the positions; a chat that is named twice has none.
fn positions<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<BTreeMap<String, Seq>, D::Error> {
    deserializer.deserialize_map(PositionsVisitor)
}

struct PositionsVisitor;

impl<'de> Visitor<'de> for PositionsVisitor {
    type Value = BTreeMap<String, Seq>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut positions = BTreeMap::new();
        while let Some((chat, seq)) = map.next_entry::<String, Seq>()? {
            if positions.insert(chat, seq).is_some() {
                return Err(A::Error::custom("must name each chat once"));
            }
        }
        Ok(positions)
    }
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
    /// Messages being streamed, if they fit in the reply; else SYNC with this chat has them.
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
    /// Messages being streamed. If their texts do not fit in a reply, each `content` is the end of its text; the message
    /// that ends the stream has all of it.
    streams: Vec<StreamedMessage>,
    /// Messages changed since then, in the order of their latest change.
    messages: Vec<Message>,
    /// True if there is more: request it from `seq`.
    more: bool,
    /// The digest of the chat's durable state at `seq`, as 64 hexadecimal digits, if requested and if it could be computed
    /// now.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
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
        let digest = if self.digest { DIGEST_COST } else { 0 };
        1 + quota_checks::cost_of(self.chats.len()) + digest
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
        let user = &context.user()?.id;
        let since = since.map(|since| since.valid_for(user, now));
        // One read tells which of the requested chats need looking up at all.
        let own = repository.memberships(user).await?;
        let _turn = charge_unrequested(context, self.cost(), own.len().saturating_sub(self.chats.len())).await?;
        let own = self.agree(context, own).await?;
        let mut synced = Synced {
            chats: vec![],
            new_chats: vec![],
            removed_chat_ids: vec![],
            pending: vec![],
            cursor: now.text(),
            users: None,
            settings: None,
        };
        let digests = if self.digest { self.chats.len() * DIGEST_BYTES } else { 0 };
        let mut room = REPLY_BYTES.saturating_sub(own.len() * PENDING_BYTES + digests).max(REPLY_BYTES / 4);
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
        synced.fit_streams(&mut room)?;
        if self.digest {
            synced.add_digests(context).await?;
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

impl Sync {
    /// The chats of the caller, as the calling connection is subscribed to them: a chat that the reply shows as new or
    /// as gone must be so for later events too.
    async fn agree(&self, context: &Context, mut own: Vec<ChatId>) -> Result<Vec<ChatId>> {
        let Some(connection) = &context.connection else { return Ok(own) };
        for _ in 0..ATTEMPTS {
            context.services.bus.admit(connection, own.iter()).await?;
            let members: HashSet<&str> = own.iter().map(|id| &**id).collect();
            let gone = self.chats.keys().filter(|id| !members.contains(id.as_str()));
            let gone: Vec<ChatId> = gone.map(|id| ChatId::from(id.as_str())).collect();
            if context.services.bus.dismiss(connection, gone.iter()).await? {
                return Ok(own);
            }
            own = context.services.repository.memberships(&context.user()?.id).await?;
        }
        Err(Error::unavailable("your chats changed during every read; try again"))
    }
}

/// Charges for the chats of the caller that were not requested, as many as a reply may have. The turn of the slow read
/// is that of the command if it was one without them.
async fn charge_unrequested(context: &Context, paid: u32, chats: usize) -> Result<Option<OwnedSemaphorePermit>> {
    let identity = context.identity()?;
    let cost = quota_checks::cost_of(chats.min(NEW_MOST));
    quota_checks::spend_more(&context.services, identity, cost, paid)?;
    let becomes_slow = !Quotas::is_slow(paid) && Quotas::is_slow(paid.saturating_add(cost));
    Ok(if becomes_slow { context.services.quotas.turn(identity.payer()).await } else { None })
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
            let running = streams.running(&new.chat.id);
            let bytes = size(&running)?;
            // A chat that is new in every reply to a client that asks for others must not be pending for ever.
            if bytes <= room {
                room -= bytes;
                new.streams = running;
            }
        }
        Ok(())
    }

    /// Adds the users whose profiles changed. Of too many, the client gets the rest with its next SYNC, which a pending
    /// chat makes it send.
    async fn add_users(
        &mut self,
        context: &Context,
        since: SyncCursor,
        now: SyncCursor,
        any: Option<&ChatId>,
    ) -> Result<()> {
        let services = &context.services;
        let user = &context.user()?.id;
        let Page { mut items, mut more } = services.repository.changed_users(user, since.since(), USERS).await?;
        let users: Vec<&User> = items.iter().map(|changed| &changed.user).collect();
        let fitting = reply_budget::fitting(&users)?;
        more |= fitting < items.len();
        items.truncate(fitting);
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
