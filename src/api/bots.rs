//! The bots of a person. Anything that ends a person's authority also applies to the bots, and to bots owned by bots,
//! which older versions allowed.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::sleep;

use crate::api::context::{Context, Services};
use crate::auth::ADMIN;
use crate::domain::{Action, Change, owner_banned};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::{ChatId, ChatKind, ChatRole, Timestamp, Token, User, UserId, UserKind};
use crate::store::repository::{Account, AccountName, ChatAccess, Repository};

use super::partial_commit::commit_part;

/// Maximum number of bots of one person that are looked up.
const MOST: usize = 10_000;
/// Number of checks for a ban that is being stored, and the pause between them.
const LOOKS: u32 = 100;
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Maximum number of owners that are looked up above a bot.
const OWNERS: usize = 32;

/// Every bot that a user owns, directly or through other bots; nearest first.
///
/// # Errors
/// Fails if the storage fails.
pub async fn owned(repository: &dyn Repository, owner: &UserId) -> Result<Vec<User>> {
    let mut seen = HashSet::from([owner.clone()]);
    let mut found: Vec<User> = vec![];
    let mut next = owner.clone();
    for place in 0..MOST {
        let bots = repository.bots(&next).await?;
        found.extend(bots.into_iter().filter(|bot| seen.insert(bot.id.clone())));
        match found.get(place) {
            Some(bot) => next = bot.id.clone(),
            None => break,
        }
    }
    Ok(found)
}

/// The owners of a bot, nearest first. The built-in administrator ends the chain and is not among them: its bots belong
/// to the server and are independent of each other.
///
/// # Errors
/// Fails if the storage fails.
pub async fn owners(repository: &dyn Repository, user: &User) -> Result<Vec<UserId>> {
    let mut owners = vec![];
    if user.kind != UserKind::Bot {
        return Ok(owners);
    }
    let mut next = user.id.clone();
    while owners.len() < OWNERS {
        let account = repository.account(&AccountName::Id(next)).await?;
        match account.and_then(|account| account.owner).filter(|owner| **owner != *ADMIN) {
            Some(owner) => owners.push(owner.clone()),
            None => break,
        }
        next = owners[owners.len() - 1].clone();
    }
    Ok(owners)
}

/// An API token and the user who made it, the only one who can revoke it.
#[derive(Debug)]
pub struct MadeToken {
    /// The token.
    pub token: Token,
    /// The user who made it.
    pub maker: UserId,
}

/// The tokens made by a user and the user's bots, newest first: all tokens that authenticate any of them.
///
/// # Errors
/// Fails if the storage fails.
pub async fn tokens(repository: &dyn Repository, user: &UserId) -> Result<Vec<MadeToken>> {
    let mut makers = vec![user.clone()];
    makers.extend(owned(repository, user).await?.into_iter().map(|bot| bot.id));
    let mut found = vec![];
    for maker in makers {
        let made = repository.tokens(&maker).await?;
        found.extend(made.into_iter().map(|token| MadeToken { token, maker: maker.clone() }));
    }
    found.sort_by(|one, other| (other.token.created_at, &other.token.id).cmp(&(one.token.created_at, &one.token.id)));
    Ok(found)
}

/// Tokens deleted at a time.
const BATCH: usize = 500;
/// The time for which expired tokens are kept: a program that still uses one gets TOKEN_EXPIRED, and its owner sees it
/// in the list.
const EXPIRED_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Deletes tokens that expired long ago.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond; tokens deleted so far stay deleted.
pub async fn forget_expired_tokens(services: &Services) -> Result<()> {
    let before = services.clock.look().minus(EXPIRED_KEPT);
    while services.repository.forget_tokens(before, BATCH).await? == BATCH {}
    Ok(())
}

/// The caller's bot with this id or username.
///
/// # Errors
/// `NOT_FOUND` for another user's bot, and for a user who is not a bot.
pub async fn find(context: &Context, given: &str) -> Result<Account> {
    let repository = &*context.services.repository;
    let found = match repository.account(&AccountName::Id(UserId::from(given))).await? {
        None => repository.account(&AccountName::Username(given.to_owned())).await?,
        found => found,
    };
    let unknown = || Error::not_found("userId", "you own no bot with this id or username");
    let account =
        found.filter(|account| account.deleted_at.is_none() && account.owner.is_some()).ok_or_else(unknown)?;
    let caller = &context.user()?.id;
    let is_own = account.owner.as_ref() == Some(caller) || owners(repository, &account.user).await?.contains(caller);
    if is_own { Ok(account) } else { Err(unknown()) }
}

/// Refuses the bots of a user who is banned from a chat.
///
/// # Errors
/// `FORBIDDEN` at the field.
pub async fn refuse_banned_owners(services: &Services, chat: &ChatId, user: &User, field: &'static str) -> Result<()> {
    let now = services.clock.now();
    for owner in owners(&*services.repository, user).await? {
        let access = services.repository.chat_access(chat, &owner).await?;
        if let Some(ban) = access.as_ref().and_then(|access| running_ban(access, now)) {
            return Err(owner_banned(user, ban).at(field));
        }
    }
    Ok(())
}

fn running_ban(access: &ChatAccess, now: Timestamp) -> Option<&crate::protocol::Ban> {
    access.ban.as_ref().filter(|ban| ban.holds(now))
}

/// A ban of one user from a chat, which extends to the user's bots and, if the user is a bot, to its owners.
#[derive(Debug)]
pub struct ChatBan<'a> {
    /// The chat as the caller sees it.
    pub access: &'a ChatAccess,
    /// The named user.
    pub user: &'a User,
    /// The reason.
    pub reason: Option<&'a str>,
}

/// Bans the owners of a user, and those of their bots that are in the chat. Bots that join later are refused by
/// [`refuse_banned_owners`]. Does nothing if the ban itself would be refused. Returns true if anybody was banned.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn ban_kin(context: &Context, ban: &ChatBan<'_>, until: Option<Timestamp>) -> Result<bool> {
    let repository = &*context.services.repository;
    let chat = &ban.access.chat.id;
    if !may_moderate(context, ban).await? {
        return Ok(false);
    }
    let kin = kin(repository, ban.user).await?;
    let has_kin = !kin.is_empty();
    for kin in kin {
        let access = repository.chat_access(chat, &kin.id).await?;
        let is_in = access.is_some_and(|access| access.role.is_some());
        if kin.id != context.user()?.id && (is_in || kin.is_owner) {
            let action = Action::Ban { user_id: kin.id, reason: ban.reason.map(str::to_owned), until };
            commit(context, chat, "BAN_MEMBER", action).await?;
        }
    }
    Ok(has_kin)
}

/// Bans owners and bots again once the ban of the user is stored, because a bot may have joined between the first check
/// and the ban. From then on the ban itself keeps bots out.
pub fn ban_late_kin(context: &Context, ban: &ChatBan<'_>, until: Option<Timestamp>) {
    let context = context.clone();
    let access = ban.access.clone();
    let user = ban.user.clone();
    let reason = ban.reason.map(str::to_owned);
    tokio::spawn(async move {
        let ban = ChatBan { access: &access, user: &user, reason: reason.as_deref() };
        for _ in 0..LOOKS {
            let stored = context.services.repository.chat_access(&access.chat.id, &user.id).await;
            let stored = stored.ok().flatten().and_then(|access| access.ban);
            if stored.is_some_and(|stored| stored.until == until && stored.reason.as_deref() == ban.reason) {
                if let Err(error) = ban_kin(&context, &ban, until).await {
                    tracing::warn!(error = %error, "bots of a banned user may still be in the chat");
                }
                return;
            }
            sleep(LOOK_EVERY).await;
        }
    });
}

/// Lifts the bans of a user's owners and their bots.
///
/// # Errors
/// `UNAVAILABLE` if the storage does not respond.
pub async fn unban_kin(context: &Context, ban: &ChatBan<'_>) -> Result<()> {
    let repository = &*context.services.repository;
    let chat = &ban.access.chat.id;
    let now = context.services.clock.now();
    if !may_moderate(context, ban).await? {
        return Ok(());
    }
    for kin in kin(repository, ban.user).await? {
        let access = repository.chat_access(chat, &kin.id).await?;
        if access.as_ref().is_some_and(|access| running_ban(access, now).is_some()) {
            let action = Action::Unban { user_id: kin.id, reason: ban.reason.map(str::to_owned) };
            commit(context, chat, "UNBAN_MEMBER", action).await?;
        }
    }
    Ok(())
}

/// True if [`crate::domain`] will let the caller ban or unban the named user.
async fn may_moderate(context: &Context, ban: &ChatBan<'_>) -> Result<bool> {
    let chat = &ban.access.chat;
    let own = ban.access.role;
    if own < Some(ChatRole::Admin) || chat.kind == ChatKind::Direct || !chat.active {
        return Ok(false);
    }
    let target = context.services.repository.chat_access(&chat.id, &ban.user.id).await?;
    let target = target.and_then(|access| access.role);
    Ok(own == Some(ChatRole::Owner) || target <= Some(ChatRole::Member))
}

struct Kin {
    id: UserId,
    is_owner: bool,
}

async fn kin(repository: &dyn Repository, user: &User) -> Result<Vec<Kin>> {
    let owners = owners(repository, user).await?;
    let root = owners.last().unwrap_or(&user.id);
    let mut kin: Vec<Kin> = owners.iter().map(|owner| Kin { id: owner.clone(), is_owner: true }).collect();
    for bot in owned(repository, root).await? {
        if bot.id != user.id && !owners.contains(&bot.id) {
            kin.push(Kin { id: bot.id, is_owner: false });
        }
    }
    Ok(kin)
}

/// Commits one ban of several. The caller's connection gets the event like any other. Users whom the caller may not ban
/// are skipped.
async fn commit(context: &Context, chat: &ChatId, command: &'static str, action: Action) -> Result<()> {
    // The command's outcome is recorded with the last of its changes.
    let change = Change { operation: None, ..*context.change(chat.clone(), action)? };
    match commit_part(&context.services, command, None, change).await {
        Some(Code::Unavailable | Code::Internal) => {
            Err(Error::unavailable("not all bots of the user could be banned; try again"))
        }
        _ => Ok(()),
    }
}
