//! Finding a chat by id or `#name`, and checking what the caller may do with it.

use crate::api::bots;
use crate::api::context::{Context, Services};
use crate::domain::{Change, channel_keys, direct_chat, name_key, outside, unknown_chat};
use crate::protocol::error::{Error, Result};
use crate::protocol::text::Name;
use crate::protocol::{Chat, ChatId, ChatKind, User, UserId};
use crate::realtime::hub::Connection;
use crate::store::repository::ChatAccess;

/// The id of a chat: the id as given, or that of the channel `#name`.
pub async fn find_chat(context: &Context, given: &str) -> Result<ChatId> {
    let Some(name) = given.strip_prefix('#') else { return Ok(ChatId::from(given)) };
    let found = context.services.repository.channel_named(&name_key(name)).await?;
    let shown: String = name.chars().take(64).collect();
    found.ok_or_else(|| Error::not_found("chatId", format!("no channel named #{shown}")))
}

/// Maximum length of a channel key in bytes. Some single characters stand for whole phrases, which keys spell out, and
/// a store accepts keys of about 2 KiB.
const CHANNEL_KEY_BYTES: usize = 1000;

/// Checks that a channel may have the name: it has no leading `#`, and its keys fit the stores. The domain refuses a
/// name that another channel has, or one that looks like it.
///
/// # Errors
///
/// INVALID_ARGUMENT at `name`.
pub fn require_channel_name(name: &Name) -> Result<()> {
    if name.starts_with('#') {
        return Err(Error::invalid("name", "give the channel's name without the #"));
    }
    if channel_keys(name).iter().any(|key| key.len() > CHANNEL_KEY_BYTES) {
        let sentence = format!("name must have at most {CHANNEL_KEY_BYTES} bytes when its ligatures are expanded");
        return Err(Error::invalid("name", sentence));
    }
    Ok(())
}

/// Subscribes the calling connection to the chat of a change, if the caller is a member and the event of their joining
/// has not arrived: the reply must not come before it.
///
/// # Errors
///
/// Fails if the storage does.
pub async fn subscribe_member(services: &Services, connection: &Connection, change: &Change) -> Result<()> {
    let Change { chat_id, actor, .. } = change;
    if services.bus.is_alone() || connection.is_binding() || connection.hears(chat_id) {
        return Ok(());
    }
    let standing = services.repository.chat_access(chat_id, &actor.id).await?;
    if standing.is_some_and(|standing| standing.role.is_some()) {
        services.bus.admit(connection, std::iter::once(chat_id)).await?;
    }
    Ok(())
}

/// A chat that the caller may read: the caller is a member, or it is a channel that the caller is not banned from.
pub async fn require_readable(context: &Context, given: &str) -> Result<ChatAccess> {
    let chat = find_chat(context, given).await?;
    readable_by(&context.services, context.user()?, &chat).await
}

/// A chat that a user may read.
pub async fn readable_by(services: &Services, user: &User, chat: &ChatId) -> Result<ChatAccess> {
    let standing = services.repository.chat_access(chat, &user.id).await?;
    let standing = standing
        .filter(|standing| standing.role.is_some() || standing.chat.kind == ChatKind::Channel)
        .ok_or_else(|| unknown_chat(chat))?;
    match standing.ban.as_ref().filter(|ban| ban.holds(services.clock.now())) {
        Some(ban) => Err(Error::forbidden(format!("you are banned from this chat {}", ban.term())).at("chatId")),
        None => {
            if standing.role.is_none() {
                bots::refuse_banned_owners(services, chat, user, "chatId").await?;
            }
            Ok(standing)
        }
    }
}

/// A chat that the caller is in.
pub async fn require_member(context: &Context, given: &str) -> Result<Chat> {
    require_membership(context, given).await.map(|access| access.chat)
}

/// A chat that the caller is in, and the caller's relation to it.
pub async fn require_membership(context: &Context, given: &str) -> Result<ChatAccess> {
    let access = require_readable(context, given).await?;
    if access.role.is_some() { Ok(access) } else { Err(outside()) }
}

/// The id of a chat that the caller is in.
pub async fn require_member_id(context: &Context, given: &str) -> Result<ChatId> {
    require_member(context, given).await.map(|chat| chat.id)
}

/// The id of a chat that the caller is in. Asks the storage only if the calling connection is not subscribed.
pub async fn require_subscribed(context: &Context, given: &str) -> Result<ChatId> {
    let chat = find_chat(context, given).await?;
    if context.connection.as_ref().is_some_and(|connection| connection.hears(&chat)) {
        return Ok(chat);
    }
    let chat = require_member_id(context, &chat).await?;
    if let Some(connection) = &context.connection {
        context.services.bus.admit(connection, std::iter::once(&chat)).await?;
    }
    Ok(chat)
}

/// The id of the direct chat of the caller and another user. Ids are never reused: after a chat is deleted, the pair
/// gets the next id.
pub async fn direct_chat_id(context: &Context, peer: &UserId) -> Result<ChatId> {
    let caller = &context.user()?.id;
    let mut ended = 0;
    let mut step = 1;
    while has_ended(context, &direct_chat(caller, peer, ended + step - 1)).await? {
        ended += step;
        step = ended;
    }
    // The id is one that the last step skipped, or the one at which the search ended.
    while step > 1 {
        step /= 2;
        if has_ended(context, &direct_chat(caller, peer, ended + step - 1)).await? {
            ended += step;
        }
    }
    Ok(direct_chat(caller, peer, ended))
}

/// True if the chat was deleted. Asks the storage only if the calling connection is not subscribed.
async fn has_ended(context: &Context, chat: &ChatId) -> Result<bool> {
    if context.connection.as_ref().is_some_and(|connection| connection.hears(chat)) {
        return Ok(false);
    }
    Ok(context.services.repository.has_ended(chat).await?)
}

/// Adds to a chat what the storage does not hold: the `large` flag, the presence of the peer, the end of an expired
/// mute, and a read position that is not stored yet.
pub async fn with_viewer_state(context: &Context, chat: Chat) -> Result<Chat> {
    let services = &context.services;
    let mut chat = chat.sized(services.large_chats());
    let user = context.user()?;
    let Some(mut viewer) = chat.viewer.take() else { return Ok(chat) };
    let ahead = services.receipts.read_ahead(&chat.id, &user.id).filter(|ahead| *ahead > viewer.read_seq);
    if let Some(read_seq) = ahead.map(|ahead| ahead.min(chat.seq)) {
        let read = services.repository.viewer(&chat.id, &user.id, read_seq).await?;
        viewer = read.unwrap_or(viewer);
    }
    viewer.peer = viewer.peer.map(|peer| services.with_presence(peer));
    chat.viewer = Some(viewer.at(services.clock.now()));
    Ok(chat)
}
