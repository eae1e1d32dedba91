//! Quota checks that need the caller and the storage.

use tokio::sync::OwnedSemaphorePermit;

use crate::api::context::{Context, Services};
use crate::api::quotas::Quotas;
use crate::api::sessions;
use crate::api::user_lookup;
use crate::auth::{ADMIN, Identity};
use crate::protocol::error::{Error, Result};
use crate::protocol::{ChatId, User};

/// Chats or users that are read for the price of one command.
const READ_PER_COST: usize = 50;

/// Charges a caller for work, on every node.
///
/// # Errors
///
/// RATE_LIMITED with the time to wait.
pub fn spend(services: &Services, identity: &Identity, cost: u32) -> Result<()> {
    services.quotas.spend(identity, cost)?;
    share(services, identity, cost);
    Ok(())
}

/// Charges a caller for work whose extent is known only after `paid` was charged for it.
///
/// # Errors
///
/// RATE_LIMITED with the time until both can be paid.
pub fn spend_more(services: &Services, identity: &Identity, cost: u32, paid: u32) -> Result<()> {
    services.quotas.spend_more(identity, cost, paid)?;
    share(services, identity, cost);
    Ok(())
}

/// Charges a caller for the chats that a connection subscribes to, as many as there were last time: they are not read
/// yet.
///
/// # Errors
///
/// RATE_LIMITED with the time to wait.
pub fn spend_on_subscription(services: &Services, identity: &Identity) -> Result<()> {
    spend(services, identity, 1 + cost_of(services.quotas.subscribed(&identity.user.id)))
}

/// Charges what the first subscription of a user costs more than it was charged, as far as the user can pay it.
pub fn settle_subscription(services: &Services, identity: &Identity, chats: usize) {
    let before = services.quotas.note_subscribed(&identity.user.id, chats);
    let missing = cost_of(chats).saturating_sub(cost_of(before));
    services.quotas.drain(identity, missing);
    share(services, identity, missing);
}

/// Tells the other nodes from time to time what a caller has spent.
fn share(services: &Services, identity: &Identity, cost: u32) {
    if cost > 0
        && !services.bus.is_alone()
        && let Some(spent) = services.quotas.gather(identity, cost)
    {
        services.bus.share_attempt(&spent);
    }
}

/// Charges the caller for a command. The result is held while the command runs: slow reads of one user wait for each
/// other, not for those of others.
///
/// # Errors
///
/// RATE_LIMITED with the time to wait; the refusal of a caller who was banned or lost the role while waiting.
pub async fn charge(context: &Context, cost: u32) -> Result<Option<OwnedSemaphorePermit>> {
    let Some(identity) = context.identity.as_deref() else { return Ok(None) };
    let services = &context.services;
    spend(services, identity, cost)?;
    if !Quotas::is_slow(cost) {
        return Ok(None);
    }
    let payer = identity.payer();
    if let Some(turn) = services.quotas.try_turn(payer) {
        return Ok(Some(turn));
    }
    let turn = services.quotas.turn(payer).await;
    // Waiting may have taken long: the caller is judged again after it.
    let present = sessions::confirm(services, identity).await?.identity;
    if present.authority() < identity.authority() {
        return Err(Error::forbidden("your role on the server has changed meanwhile"));
    }
    Ok(turn)
}

/// The cost of reading so many chats or users.
pub fn cost_of(count: usize) -> u32 {
    u32::try_from(count / READ_PER_COST).unwrap_or(u32::MAX)
}

/// Refuses to let the caller, who owns `owned` already, own more than `most`.
///
/// # Errors
///
/// CONFLICT that names the setting.
pub fn require_room(context: &Context, owned: usize, max: usize, setting: &str, what: &str) -> Result<()> {
    if max == 0 || owned < max || is_exempt(context)? {
        return Ok(());
    }
    Err(Error::conflict(format!("you have {max} {what}, which is the most allowed ({setting})")))
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
    let max = services.config.limits.chats_per_user;
    if max > 0 {
        let owned = services.repository.memberships(user).await?.len();
        require_room(context, owned, max, "MAX_CHATS_PER_USER", "chats")?;
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
