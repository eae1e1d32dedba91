//! Finding a chat by what the client calls it, and whether the client may look at it.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::{Chat, ChatId, ChatKind};
use crate::repository::Standing;
use crate::rules::{name_key, outside, unknown_chat};

/// The chat's id: as given, or of the channel named `#name`.
pub async fn resolve(context: &Context, given: &str) -> Result<ChatId> {
    let Some(name) = given.strip_prefix('#') else { return Ok(ChatId::from(given)) };
    let found = context.services.repository.channel_named(&name_key(name)).await?;
    let shown: String = name.chars().take(64).collect();
    found.ok_or_else(|| Error::not_found("chatId", format!("no channel named #{shown}")))
}

/// A chat that the caller may look at: a channel that the caller is not banned from, or one the caller is in.
pub async fn readable(context: &Context, given: &str) -> Result<Standing> {
    let chat = resolve(context, given).await?;
    let standing = context.services.repository.standing(&chat, &context.user()?.id).await?;
    let standing = standing
        .filter(|standing| standing.role.is_some() || standing.chat.kind == ChatKind::Channel)
        .ok_or_else(|| unknown_chat(&chat))?;
    match standing.ban.as_ref().filter(|ban| ban.holds(context.services.clock.now())) {
        Some(ban) => Err(Error::forbidden(format!("you are banned from this chat {}", ban.term())).at("chatId")),
        None => Ok(standing),
    }
}

/// A chat that the caller is in.
pub async fn joined(context: &Context, given: &str) -> Result<ChatId> {
    let Standing { chat, role, .. } = readable(context, given).await?;
    role.map(|_| chat.id).ok_or_else(outside)
}

/// A chat that the caller is in, as the calling connection knows: the storage is asked only where it does not.
pub async fn heard(context: &Context, given: &str) -> Result<ChatId> {
    let chat = resolve(context, given).await?;
    if context.connection.as_ref().is_some_and(|connection| connection.hears(&chat)) {
        return Ok(chat);
    }
    joined(context, &chat).await
}

/// A chat with what only this moment tells: whether the other of a direct chat is there.
pub fn present(context: &Context, mut chat: Chat) -> Chat {
    if let Some(viewer) = &mut chat.viewer {
        viewer.peer = viewer.peer.take().map(|peer| context.services.with_presence(peer));
    }
    chat
}
