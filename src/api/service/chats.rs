//! Finding a chat by what the client calls it, and whether the client may look at it.

use crate::api::context::Context;
use crate::domain::{direct_chat, name_key, outside, unknown_chat};
use crate::protocol::error::{Error, Result};
use crate::protocol::{Chat, ChatId, ChatKind, UserId};
use crate::store::repository::ChatAccess;

use super::bots;

/// The chat's id: as given, or of the channel named `#name`.
pub async fn resolve(context: &Context, given: &str) -> Result<ChatId> {
    let Some(name) = given.strip_prefix('#') else { return Ok(ChatId::from(given)) };
    let found = context.services.repository.channel_named(&name_key(name)).await?;
    let shown: String = name.chars().take(64).collect();
    found.ok_or_else(|| Error::not_found("chatId", format!("no channel named #{shown}")))
}

/// A chat that the caller may look at: a channel that the caller is not banned from, or one the caller is in.
pub async fn readable(context: &Context, given: &str) -> Result<ChatAccess> {
    let chat = resolve(context, given).await?;
    let standing = context.services.repository.chat_access(&chat, &context.user()?.id).await?;
    let standing = standing
        .filter(|standing| standing.role.is_some() || standing.chat.kind == ChatKind::Channel)
        .ok_or_else(|| unknown_chat(&chat))?;
    match standing.ban.as_ref().filter(|ban| ban.holds(context.services.clock.now())) {
        Some(ban) => Err(Error::forbidden(format!("you are banned from this chat {}", ban.term())).at("chatId")),
        None => {
            if standing.role.is_none() {
                bots::refuse_banned_owners(&context.services, &chat, context.user()?, "chatId").await?;
            }
            Ok(standing)
        }
    }
}

/// A chat that the caller is in.
pub async fn inside(context: &Context, given: &str) -> Result<Chat> {
    let ChatAccess { chat, role, .. } = readable(context, given).await?;
    role.map(|_| chat).ok_or_else(outside)
}

/// The id of a chat that the caller is in.
pub async fn joined(context: &Context, given: &str) -> Result<ChatId> {
    inside(context, given).await.map(|chat| chat.id)
}

/// A chat that the caller is in, as the calling connection knows: the storage is asked only where it does not.
pub async fn heard(context: &Context, given: &str) -> Result<ChatId> {
    let chat = resolve(context, given).await?;
    if context.connection.as_ref().is_some_and(|connection| connection.hears(&chat)) {
        return Ok(chat);
    }
    joined(context, &chat).await
}

/// The direct chat of the caller and another, or the one that is next: the id of each that has ended stays behind.
pub async fn direct(context: &Context, peer: &UserId) -> Result<ChatId> {
    let caller = &context.user()?.id;
    let (mut ended, mut step) = (0, 1);
    while has_ended(context, &direct_chat(caller, peer, ended + step - 1)).await? {
        ended += step;
        step = ended;
    }
    // It is one of those that the last step passed over, or the one at which it ended.
    while step > 1 {
        step /= 2;
        if has_ended(context, &direct_chat(caller, peer, ended + step - 1)).await? {
            ended += step;
        }
    }
    Ok(direct_chat(caller, peer, ended))
}

/// Whether the chat is not there any more: the storage is asked where the calling connection does not hear it.
async fn has_ended(context: &Context, chat: &ChatId) -> Result<bool> {
    if context.connection.as_ref().is_some_and(|connection| connection.hears(chat)) {
        return Ok(false);
    }
    context.services.repository.has_ended(chat).await
}

/// A chat with what the storage does not tell: whether the other of a direct chat is there, whether it is still muted,
/// and how far the caller has read meanwhile.
pub async fn present(context: &Context, mut chat: Chat) -> Result<Chat> {
    let (services, user) = (&context.services, context.user()?);
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
