//! Quota checks that need the caller and the storage.

use crate::api::context::Context;
use crate::api::user_lookup;
use crate::auth::ADMIN;
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, User};

/// Refuses a caller who already owns `max` or more.
///
/// # Errors
///
/// CONFLICT that names the setting.
pub fn require_room(context: &Context, owned: usize, most: usize, setting: &str, what: &str) -> Result<()> {
    if most == 0 || owned < most || is_exempt(context)? {
        return Ok(());
    }
    Err(Error::conflict(format!("you have {most} {what}, which is the most allowed ({setting})")))
}

/// Refuses another chat to a caller who is in too many, or has created too many recently.
///
/// # Errors
///
/// CONFLICT that names the setting.
pub async fn require_room_for_chat(context: &Context, is_new: bool) -> Result<()> {
    if is_exempt(context)? {
        return Ok(());
    }
    let services = &context.services;
    let user = &context.user()?.id;
    let most = services.config.limits.chats_per_user;
    if most > 0 {
        let owned = services.repository.memberships(user).await?.len();
        require_room(context, owned, most, "MAX_CHATS_PER_USER", "chats")?;
    }
    if is_new {
        services.bus.share_attempt(&services.quotas.new_chat(user)?);
    }
    Ok(())
}

/// Like [`require_room_for_chat`], unless the chat exists, as it does for a repeated command. Returns true if it is
/// new.
///
/// # Errors
///
/// CONFLICT that names the setting.
pub async fn require_room_unless_exists(context: &Context, chat: &ChatId) -> Result<bool> {
    if context.connection.as_ref().is_some_and(|connection| connection.hears(chat)) {
        return Ok(false);
    }
    if context.services.repository.chat_access(chat, &context.user()?.id).await?.is_some() {
        return Ok(false);
    }
    require_room_for_chat(context, true).await?;
    Ok(true)
}

/// Refuses to add too many users who share no chat with the caller. Users added by a person's bots count as added by
/// the person.
///
/// # Errors
///
/// CONFLICT that names the setting.
pub async fn require_contacts(context: &Context, users: &[User]) -> Result<()> {
    let services = &context.services;
    if users.is_empty() || !services.quotas.counts_contacts() || is_exempt(context)? {
        return Ok(());
    }
    let ids: Vec<String> = users.iter().map(|user| user.id.to_string()).collect();
    let known = user_lookup::find_contacts(context, "members", &ids).await?;
    let strangers = u32::try_from(users.len().saturating_sub(known.len())).unwrap_or(u32::MAX);
    if strangers > 0 {
        services.bus.share_attempt(&services.quotas.new_contacts(context.identity()?.payer(), strangers)?);
    }
    Ok(())
}

/// True for the built-in administrator.
pub fn is_exempt(context: &Context) -> Result<bool> {
    Ok(*context.user()?.id == *ADMIN)
}
