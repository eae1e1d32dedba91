//! Deletes accounts: people delete their own, owners those of their bots.

use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::context::{Context, Services};
use crate::auth::security_log;
use crate::domain::{Action, Change};
use crate::protocol::error::{Code, Error, Result};
use crate::protocol::wire;
use crate::protocol::{ChatId, ChatKind, ChatRole, Member, ServerRole, Timestamp, User, UserId, UserKind};
use crate::realtime::hub::{Connection, Revocation, RevokedCredentials};
use crate::realtime::outbox::Close;
use crate::store::files::ReviewHint;
use crate::store::own_changes;
use crate::store::repository::{Account, AccountName};

use super::partial_commit::commit_part;
use super::{accounts, bots, pending_departures, sessions, user_settings};

/// Number of chats left concurrently.
const TOGETHER: usize = 16;
/// Attempts to leave a chat whose possible successors are leaving too.
const ATTEMPTS: usize = 5;
/// Maximum number of successors named.
const SUCCESSORS: usize = 20;
/// Members read at a time.
const PAGE: usize = 200;

const CLOSE: Close = Close { code: 4401, reason: "account deleted" };

/// A deleted account.
#[derive(Debug)]
pub struct Deleted {
    /// The user as shown to others.
    pub user: Arc<User>,
    /// The chats whose members must be informed.
    pub chats: Vec<ChatId>,
    /// The connections to close.
    pub revoked: Revocation,
}

/// A bot was deleted; sent to its owner and everybody who shared a chat with it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type", rename = "BOT_DELETED", rename_all = "camelCase")]
pub struct BotDeleted {
    /// The bot's id.
    pub user_id: UserId,
}

/// Deletes every bot of a user and informs their contacts. A failure leaves the rest for the next attempt.
///
/// # Errors
/// `UNAVAILABLE` if a chat could not be left.
pub async fn delete_bots_of(context: &Context, owner: &UserId) -> Result<()> {
    // The farthest first: once a bot is deleted, its own bots can no longer be found.
    for bot in bots::owned(&*context.services.repository, owner).await?.iter().rev() {
        delete_bot(context, &bot.id, None).await?;
    }
    Ok(())
}

/// Deletes a bot and informs everybody who shared a chat with it, and the caller's connections except the one that gets
/// the reply.
///
/// # Errors
/// `UNAVAILABLE` if a chat could not be left.
pub async fn delete_bot(context: &Context, bot: &UserId, replied: Option<&Connection>) -> Result<BotDeleted> {
    let services = &context.services;
    let found = services.repository.account(&AccountName::Id(bot.clone())).await?;
    let account = found.filter(|account| account.deleted_at.is_none());
    let account = account.ok_or_else(|| Error::not_found("userId", "the bot has already been deleted"))?;
    let makers = [account.owner.clone(), Some(bot.clone())];
    let deleted = delete(services, account, None).await?;
    for maker in makers.into_iter().flatten() {
        for token in services.repository.tokens(&maker).await?.iter().filter(|token| token.user_id == *bot) {
            services.repository.revoke_token(&maker, &token.id).await?;
        }
    }
    let caller = &context.user()?.id;
    security_log::account_changed("bot_deleted", bot, caller);
    services.bus.refresh_identity(&deleted.user);
    services.bus.revoke(&deleted.revoked);
    let event = BotDeleted { user_id: bot.clone() };
    services.bus.publish_shared(caller, 0, &deleted.chats, &wire::encode(&event), replied);
    Ok(event)
}

/// Erases an account and removes it from its chats. A change of the account since it was read, such as a new password,
/// is a CONFLICT.
///
/// The account is erased first, so that nobody can add it to another chat and no failure leaves it active but outside
/// its chats. Steps that fail after that are repeated by [`pending_departures`].
///
/// # Errors
/// `CONFLICT`, or `UNAVAILABLE` if the account could not be erased.
pub async fn delete(services: &Services, account: Account, connection: Option<Arc<Connection>>) -> Result<Deleted> {
    let now = services.clock.now();
    let user = account.user.id.clone();
    let chats = services.repository.memberships(&user).await?;
    pending_departures::note(services, &user).await?;
    let changed = accounts::change(&*services.repository, &user, |present| {
        if present.password != account.password {
            return Err(Error::conflict("the password was changed at the same time; try again"));
        }
        erase(present, now);
        Ok(())
    });
    let changed = changed.await?;
    services.files.reviews().hint(ReviewHint::Owner(user.clone()));
    if let Err(error) = finish(services, &changed.new, connection).await {
        tracing::warn!(error = %error, user = %user, "a deleted account is not out of all chats yet; trying again later");
    }
    let shown = Arc::new(services.with_presence(changed.new.user));
    Ok(Deleted { user: shown, chats, revoked: Revocation { user, which: RevokedCredentials::All, close: CLOSE } })
}

/// Removes a deleted account from its chats and deletes its data. May run repeatedly, and on several nodes at once.
///
/// # Errors
/// `UNAVAILABLE` if a step failed.
pub async fn finish(services: &Services, account: &Account, connection: Option<Arc<Connection>>) -> Result<()> {
    let user = &account.user.id;
    let chats = services.repository.memberships(user).await?;
    let departing = Departing { services, user: Arc::new(account.user.clone()), connection };
    departing.leave_all(&chats).await?;
    sessions::forget_all(services, user, None).await?;
    own_changes::clear(&*services.repository, user).await?;
    user_settings::clear(services, user).await
}

/// Finishes the removal of recently deleted accounts, on any node.
///
/// # Errors
/// `UNAVAILABLE` if a step failed; the next call repeats it.
pub async fn finish_pending(services: &Services) -> Result<()> {
    for user in pending_departures::all(services).await?.into_keys() {
        let account = services.repository.account(&AccountName::Id(user)).await?;
        if let Some(account) = account.filter(|account| account.deleted_at.is_some()) {
            finish(services, &account, None).await?;
        }
    }
    pending_departures::forget_old(services).await
}

/// Erases the personal data of an account. The username stays taken.
fn erase(account: &mut Account, now: Timestamp) {
    let digits: String = account.user.id.chars().rev().filter(char::is_ascii_alphanumeric).take(8).collect();
    account.user = User {
        username: format!("deleted-{digits}"),
        display_name: "Deleted account".to_owned(),
        avatar_url: None,
        role: ServerRole::Member,
        last_seen_at: None,
        ..account.user.clone()
    };
    account.email = None;
    account.password = None;
    account.deleted_at = Some(now);
    accounts::end_foreign_tokens(account, now);
}

/// A user who leaves all their chats.
struct Departing<'a> {
    services: &'a Services,
    user: Arc<User>,
    /// The connection that sent the command, which gets no events about the chats.
    connection: Option<Arc<Connection>>,
}

impl Departing<'_> {
    /// Leaves these chats, except direct ones; if the user is the only owner, another member becomes one.
    async fn leave_all(&self, chats: &[ChatId]) -> Result<()> {
        let departures: Vec<_> = chats.iter().map(|chat| self.leave(chat)).collect();
        stream::iter(departures).buffer_unordered(TOGETHER).try_collect().await
    }

    async fn leave(&self, chat: &ChatId) -> Result<()> {
        let services = self.services;
        for _ in 0..ATTEMPTS {
            let access = services.repository.chat_access(chat, &self.user.id).await?;
            let Some(access) = access.filter(|access| access.chat.kind != ChatKind::Direct) else { return Ok(()) };
            let successors = match access.role {
                None => return Ok(()),
                Some(ChatRole::Owner) => successors(services, chat, &self.user.id).await?,
                Some(_) => vec![],
            };
            let change = Change {
                chat_id: chat.clone(),
                actor: self.user.clone(),
                authority: ServerRole::Member,
                action: Action::Depart { successors },
                operation: None,
                large_chats: services.large_chats(),
            };
            match commit_part(services, "LEAVE_CHAT", self.connection.clone(), change).await {
                // The chat was deleted, or the user removed, at the same time.
                None | Some(Code::NotFound | Code::Forbidden) => return Ok(()),
                Some(Code::Conflict) => {}
                Some(_) => break,
            }
        }
        Err(Error::unavailable("not all chats could be left; try again"))
    }
}

/// Finds a new owner for chats whose only owner is a banned user or one of their bots. Idempotent.
///
/// # Errors
/// `UNAVAILABLE` if a chat could not be handed over.
pub async fn hand_over_chats(context: &Context, user: &UserId) -> Result<()> {
    let repository = &*context.services.repository;
    let mut owners = vec![user.clone()];
    owners.extend(bots::owned(repository, user).await?.into_iter().map(|bot| bot.id));
    for owner in &owners {
        let chats = repository.memberships(owner).await?;
        let handed_over: Vec<_> = chats.iter().map(|chat| hand_over(context, chat, owner)).collect();
        stream::iter(handed_over).buffer_unordered(TOGETHER).try_collect::<()>().await?;
    }
    Ok(())
}

async fn hand_over(context: &Context, chat: &ChatId, owner: &UserId) -> Result<()> {
    let services = &context.services;
    for _ in 0..ATTEMPTS {
        let access = services.repository.chat_access(chat, owner).await?;
        let access = access.filter(|access| access.chat.kind != ChatKind::Direct);
        if access.and_then(|access| access.role) != Some(ChatRole::Owner) {
            return Ok(());
        }
        let successors = successors(services, chat, owner).await?;
        if successors.is_empty() {
            return Ok(());
        }
        let action = Action::HandOver { user_id: owner.clone(), successors };
        match commit_part(services, "UPDATE_MEMBER", None, *context.change(chat.clone(), action)?).await {
            None | Some(Code::NotFound | Code::Forbidden) => return Ok(()),
            Some(Code::Conflict) => {}
            Some(_) => break,
        }
    }
    Err(Error::unavailable("the user is banned, but not all their chats have a new owner yet; try again"))
}

/// Candidates for the ownership of a chat: people before bots, admins before others, earlier members before later ones,
/// without deleted or banned users.
async fn successors(services: &Services, chat: &ChatId, user: &UserId) -> Result<Vec<UserId>> {
    let mut first: Vec<Member> = vec![];
    let mut after: Option<UserId> = None;
    loop {
        let page = services.repository.members(chat, after.as_ref(), PAGE).await?;
        after = page.items.last().map(|member| member.user.id.clone());
        first.extend(page.items.into_iter().filter(|member| member.user.id != *user));
        first.sort_by_key(|member| {
            (
                member.user.kind == UserKind::Bot,
                std::cmp::Reverse(member.role),
                member.joined_at,
                member.user.id.clone(),
            )
        });
        first.truncate(SUCCESSORS);
        if !page.more {
            break;
        }
    }
    let first = able(services, first).await?;
    let has_people = first.iter().any(|member| member.user.kind == UserKind::Human);
    let successors = first.into_iter().filter(|member| !has_people || member.user.kind == UserKind::Human);
    Ok(successors.map(|member| member.user.id).collect())
}

/// The members who are neither deleted nor banned from the server.
async fn able(services: &Services, members: Vec<Member>) -> Result<Vec<Member>> {
    let now = services.clock.now();
    let mut able = vec![];
    for member in members {
        let account = services.repository.account(&AccountName::Id(member.user.id.clone())).await?;
        if account.is_some_and(|account| account.deleted_at.is_none() && account.ban_at(now).is_none()) {
            able.push(member);
        }
    }
    Ok(able)
}
